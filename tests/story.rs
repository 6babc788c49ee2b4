//! The first story, in the real window with a real (virtual) microphone: record, hear, note, grade, and find it tomorrow.

mod evening;

use anyhow::Result;
use evening::{ASKED, Evening, RECORDING, SEALED, into_interview, picture, speak_into_the_only_take};
use std::time::Duration;

/// Breaks when any step between opening the window and finding yesterday's take again no longer works.
#[tokio::test]
async fn an_answer_is_recorded_graded_and_there_tomorrow() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    evening.set("ALOUD_NOW", "2026-11-22T19:40:00+01:00[Europe/Berlin]");
    let mut window = evening.open().await?;
    window.on_screen("today").await?;
    window.says("Nothing is recorded yet").await?;

    // Choose a question; nothing sealed may have reached the page.
    window.press("g").await?;
    window.press("p").await?;
    window.on_screen("packs").await?;
    window.click("The first question").await?;
    window.on_screen("question").await?;
    window.says("Explain the first thing to me.").await?;
    assert!(!window.source().await?.contains(SEALED), "the page holds sealed words before an attempt");
    window.press("Enter").await?;

    // The microphone has never been checked, so it is now.
    window.on_screen("ready").await?;
    let speaking = evening.speak(60)?;
    window
        .until("the level to move", "return Number(document.querySelector('[role=meter]').ariaValueNow) > 5")
        .await?;
    window.press("r").await?;
    window.until("the echo test to be over", "return !!document.querySelector('audio')?.src").await?;
    window.press("Enter").await?;

    // Eight seconds, and the budget ends the answer mid-sentence.
    window.on_screen("interview").await?;
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    picture(&window, "interview").await?;
    window.press("p").await?;
    window.says("Could you give the quokkaword follow-up?").await?;
    let over = "return document.body.innerText.includes('The time was up')";
    window.until_within("the hard stop", over, Duration::from_secs(15)).await?;
    drop(speaking);
    let takes = evening.takes();
    assert_eq!(takes.len(), 1, "one answer, one file");
    let reader = hound_frames(&takes[0]);
    assert_eq!(reader, (8 * 48_000, 48_000), "the answer is as long as its budget, to the sample");

    // Listen, and write a note at a moment of it.
    window.press("l").await?;
    window.on_screen("review").await?;
    assert!(
        !window.source().await?.contains("quokkaword point"),
        "key points are there before the first grade"
    );
    window.press("Space").await?;
    window
        .until("the sound to play", "return document.querySelector('[data-testid=time]').innerText >= '0:01'")
        .await?;
    window.press("Space").await?;
    window.press("n").await?;
    window.type_text("Started with the fix").await?;
    window.press("Enter").await?;
    window.says("Started with the fix").await?;

    // First grade, reveal, second grade.
    window.script("document.activeElement.blur()").await?;
    window.press("2").await?;
    window.press("2").await?;
    window.press("Enter").await?;
    window.says("Your first grade is locked").await?;
    assert!(
        !window.source().await?.contains("quokkaword point"),
        "the answer is there before it was asked for"
    );
    window.press("v").await?;
    window.says("quokkaword point one").await?;
    picture(&window, "review-revealed").await?;
    window.click("quokkaword point one").await?;
    window.script("document.activeElement.blur()").await?;
    window.press("3").await?;
    window.press("2").await?;
    window.press("Enter").await?;
    window.says("Both grades are kept").await?;
    window.close().await?;

    // Tomorrow.
    evening.set("ALOUD_NOW", "2026-11-23T19:40:00+01:00[Europe/Berlin]");
    let mut window = evening.open().await?;
    window.press("g").await?;
    window.press("k").await?;
    window.on_screen("takes").await?;
    window.says("yesterday 19:4").await?;
    window.says("Mid to Senior").await?;
    window.click("The first question").await?;
    window.on_screen("review").await?;
    window.says("Started with the fix").await?;
    window.press("Space").await?;
    window
        .until("the sound to play", "return document.querySelector('[data-testid=time]').innerText >= '0:01'")
        .await?;
    window.click("Grade once more").await?;
    window.press("3").await?;
    window.press("3").await?;
    window.press("Enter").await?;
    let both =
        "return document.querySelectorAll('[aria-label=\"Grades, side by side\"] thead th').length === 3";
    window.until("three grades side by side", both).await?;
    picture(&window, "review-tomorrow").await?;
    window.close().await
}

/// Breaks when a crash in the middle of an answer loses more than a moment of it, or loses its place in the list.
#[tokio::test]
async fn an_answer_survives_a_crash() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    let speaking = evening.speak(60)?;
    into_interview(&mut window, "second-question").await?;
    // The file is valid on disk after each second; kill it with some seconds in it.
    let file = speak_into_the_only_take(&mut window, &evening, 3).await?;
    let before = std::fs::metadata(&file)?.len();
    window.kill()?;
    drop(speaking);

    let mut window = evening.open().await?;
    window.on_screen("today").await?;
    window.says("The second question").await?;
    let (frames, _) = hound_frames(&file);
    let lost = (before - 44) / 2 - u64::from(frames).min((before - 44) / 2);
    assert!(lost < 72_000, "{lost} frames were lost");
    window.press("g").await?;
    window.press("k").await?;
    window.on_screen("takes").await?;
    window.click("The second question").await?;
    window.on_screen("review").await?;
    window.says("Everything up to about the last second is here").await?;
    window.press("Space").await?;
    window
        .until("the sound to play", "return document.querySelector('[data-testid=time]').innerText >= '0:01'")
        .await?;
    window.close().await
}

/// Frames and sample rate, as an independent reader sees them.
fn hound_frames(file: &std::path::Path) -> (u32, u32) {
    let samples = rig::sound::read(file).expect("the take is a WAV file");
    (u32::try_from(samples.len()).expect("short takes"), 48_000)
}
