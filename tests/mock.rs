//! A whole mock in the real window: stages, a crash and a resume, the scorecard, and what comes back tomorrow.

mod evening;

use anyhow::Result;
use evening::{ASKED, Evening, RECORDING, past_ready, picture};
use rig::window::Window;
use std::fs;
use std::time::Duration;

/// Answers the prompt on screen for a moment and ends it.
async fn answer(window: &mut Window) -> Result<()> {
    begin(window).await?;
    window.press("Space").await?;
    window.until("the answer to be over", OVER).await
}

/// Begins to answer the prompt on screen, once it is asked.
async fn begin(window: &mut Window) -> Result<()> {
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await
}

/// The answer is kept, and something else is offered.
const OVER: &str =
    "return /Listen and grade|Grade stage by stage|See the scorecard/.test(document.body.innerText)";

/// Gives every signal of the take on screen this level: first grade, reveal, second grade.
async fn grade(window: &mut Window, key: &str) -> Result<()> {
    for _ in 0..2 {
        window.press(key).await?;
    }
    window.press("Enter").await?;
    window.says("Your first grade is locked").await?;
    window.press("v").await?;
    window.says("What a strong answer says").await?;
    for _ in 0..2 {
        window.press(key).await?;
    }
    window.press("Enter").await?;
    window.says("Both grades are kept").await
}

/// Answers a design prompt, which has a pad beside it; what is typed keeps its moment.
async fn write_into_the_pad(window: &mut Window, evening: &Evening) -> Result<()> {
    window.says("Tell me something deeper.").await?;
    begin(window).await?;
    window.until("the pad", "return !!document.querySelector('[data-testid=pad] .editor')?.shadowRoot?.querySelector('.cm-content')").await?;
    window.press("c").await?;
    // Until it has the focus, letters are keys of the screen.
    let focused = "return !!document.querySelector('[data-testid=pad] .editor')?.shadowRoot?.activeElement";
    window.until("the pad to have the focus", focused).await?;
    for letter in "outbox, then relay".chars() {
        window.press(&letter.to_string()).await?;
    }
    picture(window, "interview-pad").await?;
    // Long enough to listen to.
    let file = evening.takes().pop().expect("the take's file");
    let enough = || (fs::metadata(&file).ok()?.len() > 44 + 2 * 96_000).then_some(());
    rig::wait_for("two seconds of sound", Duration::from_secs(10), enough)?;
    window.press("Escape").await?;
    window.until("the pad to let go", &focused.replace("return !!", "return !")).await?;
    window.press("Space").await?;
    window.until("the answer to be over", OVER).await?;
    Ok(())
}

/// Grades stage by stage, as the end of the session offers; the first stage Senior, the second Mid.
async fn guided_pass(window: &mut Window) -> Result<()> {
    window.click("Grade stage by stage").await?;
    window.on_screen("review").await?;
    grade(window, "3").await?;
    // Three more: the interrupted answer of stage 2 has sound too and is graded like the others.
    let mut seen_pad = false;
    for _ in 0..3 {
        window.click("Next take of this session").await?;
        window.ready().await?;
        // The pad is shown as it stood at the moment one listens to: at the end, whole.
        let pad = "return !!document.querySelector('[aria-label=\"Pad at this moment\"]')";
        if window.script(pad).await?.as_bool() == Some(true) {
            for _ in 0..5 {
                window.press("ArrowRight").await?;
            }
            window.says("outbox, then relay").await?;
            seen_pad = true;
        }
        grade(window, "2").await?;
    }
    assert!(seen_pad, "what was written into the pad is not in the review");
    Ok(())
}

/// Breaks when a mock cannot be run to its scorecard, does not survive a crash in its second stage, or does not bring its
/// weakest stage back the next day with a reason.
#[tokio::test]
async fn a_mock_from_start_to_tomorrows_rerun() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    evening.set("ALOUD_NOW", "2026-11-22T19:40:00+01:00[Europe/Berlin]");
    let speaking = evening.speak(120)?;
    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs/minimal/mocks/short'").await?;
    window.on_screen("mock").await?;
    window.press("Enter").await?;
    past_ready(&mut window).await?;
    window.says("stage 1 of 2").await?;

    // Stage 1: a probe, then the hard stop of twelve seconds.
    begin(&mut window).await?;
    window.press("p").await?;
    window.says("First quokkaword probe?").await?;
    let time = "return document.body.innerText.includes('The time was up')";
    window.until_within("the hard stop", time, Duration::from_secs(20)).await?;
    let first = evening.takes().into_iter().next().expect("the first take's file");
    assert_eq!(rig::sound::read(&first)?.len(), 12 * 48_000, "the stage's budget, to the sample");
    window.press("n").await?;

    // Stage 2: killed in the middle of its first answer.
    window.says("stage 2 of 2").await?;
    begin(&mut window).await?;
    let file =
        rig::wait_for("the second take", Duration::from_secs(5), || evening.takes().into_iter().nth(1))?;
    let enough = || (fs::metadata(&file).ok()?.len() > 44 + 2 * 96_000).then_some(());
    rig::wait_for("two seconds of sound", Duration::from_secs(10), enough)?;
    window.kill()?;

    // Resumed exactly where it stood: stage 2, first prompt, with less time left.
    let mut window = evening.open().await?;
    window.says("Stage 2 of 2").await?;
    picture(&window, "today-interrupted").await?;
    window.press("Enter").await?;
    past_ready(&mut window).await?;
    window.says("stage 2 of 2").await?;
    window.says("Tell me something deep.").await?;
    answer(&mut window).await?;
    window.press("n").await?;
    write_into_the_pad(&mut window, &evening).await?;
    drop(speaking);

    guided_pass(&mut window).await?;
    window.click("See the scorecard").await?;
    window.on_screen("scorecard").await?;
    window.says("The weakest stage").await?;
    window.says("Mid on Clarity, target Senior.").await?;
    window.says("It comes back tomorrow").await?;
    window.fill("textarea", "Too slow a start.").await?;
    window.fill("input[type=text]", "name the failure first").await?;
    window.script("document.activeElement.blur()").await?;
    window.says("saved").await?;
    picture(&window, "scorecard").await?;
    window.close().await?;

    // The next day it is the one obvious thing, with its reason and yesterday's promise.
    evening.set("ALOUD_NOW", "2026-11-23T18:00:00+01:00[Europe/Berlin]");
    let _speaking = evening.speak(60)?;
    let mut window = evening.open().await?;
    window.says("Your weakest stage of yesterday’s Short mock: Mid on Clarity, target Senior.").await?;
    window.says("name the failure first").await?;
    picture(&window, "today-due").await?;

    // Blind: neither the date nor yesterday's grade is on the page; the difference is shown afterwards.
    window.click("Grade the earlier take blind").await?;
    window.on_screen("review").await?;
    let text = window.text().await?;
    assert!(
        !text.contains("yesterday") && !text.contains("Grades so far"),
        "a blind grade is not blind:\n{text}"
    );
    window.press("4").await?;
    window.press("4").await?;
    window.press("Enter").await?;
    window.says("Clarity: Mid then, Staff now.").await?;
    picture(&window, "review-blind").await?;

    // The rerun: the same stage, then a sibling. The variant just done is not offered again.
    window.script("location.hash = '#/today'").await?;
    window.on_screen("today").await?;
    window.click("Run it again").await?;
    past_ready(&mut window).await?;
    window.says("name the failure first").await?;
    window.says("Tell me something deep.").await?;
    answer(&mut window).await?;
    window.press("n").await?;
    answer(&mut window).await?;
    window.press("n").await?;
    window.says("Tell me another deep thing.").await?;
    window.press("Escape").await?;
    window.says("Paused").await?;
    window.script("location.hash = '#/packs/minimal/mocks/short'").await?;
    window.on_screen("mock").await?;
    let offered = "const one = document.querySelector('input[name=variant][value=short-a]'); return one.disabled && !one.checked";
    window.until("another variant to be suggested", offered).await?;
    window.close().await
}

/// Breaks when the peer's window cannot run and grade the interview, when the candidate's window shows what is the
/// peer's, or when a peer's grade colours the candidate's first one.
#[tokio::test]
async fn a_peer_sits_on_the_other_side() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let _speaking = evening.speak(60)?;
    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs/minimal/mocks/short'").await?;
    window.on_screen("mock").await?;
    window.click("Interviewer window").await?;
    let candidate = window.client.window().await?;
    let peer = window.other_window().await?;
    window.press("Enter").await?;
    past_ready(&mut window).await?;

    // The peer starts the answer, asks a probe, stops it, and sees what to listen for.
    window.client.switch_to_window(peer.clone()).await?;
    window.on_screen("interviewer").await?;
    window.says("quokkaword point one").await?;
    window.click("Start the answer").await?;
    window.click("Ask the next probe").await?;
    window.click("Stop the answer").await?;
    window.says("Next question").await?;
    picture(&window, "interviewer").await?;
    window.click("quokkaword point one").await?;
    window.press("4").await?;
    window.press("4").await?;
    window.fill("input[type=text]", "Ada").await?;
    window.click("Store the grade").await?;
    window.says("Thank you, Ada. The grade is stored.").await?;

    // The candidate heard the probe and has nothing else of it, until the first grade is locked.
    window.client.switch_to_window(candidate).await?;
    assert!(!window.source().await?.contains("quokkaword point"), "the candidate sees what to listen for");
    window.press("l").await?;
    window.on_screen("review").await?;
    assert!(!window.text().await?.contains("Ada"), "a peer's grade is there before the person's own");
    window.press("2").await?;
    window.press("2").await?;
    window.press("Enter").await?;
    window.says("Your first grade is locked").await?;
    window.says("Ada").await?;
    // Her levels are told now; what she ticked is in the words of the model answer, which is still sealed.
    let told = "const done = arguments[arguments.length - 1];
        const take = location.hash.split('/').at(-1).split('?')[0];
        window.__TAURI_INTERNALS__.invoke('take', { take, blind: false }).then((view) => done(JSON.stringify(view)))";
    let told = window.client.execute_async(told, vec![]).await?;
    let told = told.as_str().unwrap_or_default();
    assert!(
        told.contains("Ada") && !told.contains("quokkaword point"),
        "what a peer ticked was sent: {told}"
    );
    window.close().await
}
