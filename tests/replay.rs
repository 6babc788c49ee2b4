//! Listening in the real window, with the sound that comes out of the loudspeakers.

mod evening;

use anyhow::{Context as _, Result};
use evening::{ASKED, Evening, RECORDING, into_interview, speak_into_the_only_take};
use rig::sound::{SAMPLE_RATE, beeps, loud, pitch, rms};
use rig::window::Window;
use std::time::Duration;

/// True while the take plays.
const PLAYING: &str =
    "return document.querySelector('.play button')?.innerText.split('\\n')[0].trim() === 'Pause'";

/// Breaks when playing faster changes the pitch, or does not play faster.
#[tokio::test]
async fn a_take_plays_faster_at_its_own_pitch() -> Result<()> {
    const HERTZ: f64 = 440.0;
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    let speaking = evening.speak_samples("beeps", &beeps(HERTZ, 30.0))?;
    into_interview(&mut window, "second-question").await?;
    speak_into_the_only_take(&mut window, &evening, 7).await?;
    window.press("Space").await?;
    window.click("Listen and grade").await?;
    window.on_screen("review").await?;
    drop(speaking);

    window.press(".").await?;
    window.press(".").await?;
    let faster = "return [...document.querySelectorAll('select')].some((one) => one.value === '1.5')";
    window.until("one and a half times the speed", faster).await?;
    let listening = evening.microphone.listen()?;
    window.press("Space").await?;
    window.until("the take to play", PLAYING).await?;
    let over = PLAYING.replace("=== 'Pause'", "=== 'Play'");
    window.until_within("the take to play to its end", &over, Duration::from_secs(20)).await?;
    let heard = listening.heard()?;

    // The first and the last beep may be cut by the take's edges.
    let all = loud(&heard);
    let inner = all.get(1..all.len().saturating_sub(1)).filter(|beeps| beeps.len() >= 3);
    let inner = inner.with_context(|| format!("only {} beeps were heard", all.len()))?;
    for beep in inner {
        let middle = &heard[beep.start + beep.len() / 4..beep.end - beep.len() / 4];
        let hertz = pitch(middle).context("a beep has a pitch")?;
        assert!((hertz / HERTZ - 1.0).abs() < 0.01, "{hertz:.1} Hz came out where {HERTZ} went in");
    }
    let apart = (inner[inner.len() - 1].start - inner[0].start) as f64
        / f64::from(SAMPLE_RATE)
        / (inner.len() - 1) as f64;
    assert!((apart * 1.5 - 1.0).abs() < 0.05, "beeps a second apart came {apart:.3} s apart at 1.5×");
    window.close().await
}

/// Answers the second question with beeps of this pitch and this part of their usual volume, grades the answer, sees the model answer and grades again.
async fn an_answer_of(window: &mut Window, evening: &Evening, hertz: f64, volume: f64) -> Result<()> {
    let before = evening.takes().len();
    let sound: Vec<i16> =
        beeps(hertz, 30.0).iter().map(|sample| (f64::from(*sample) * volume) as i16).collect();
    let speaking = evening.speak_samples(&format!("beeps-{hertz}"), &sound)?;
    into_interview(window, "second-question").await?;
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    let enough = || {
        let takes = evening.takes();
        let newest = takes.get(before)?;
        (std::fs::metadata(newest).ok()?.len() > 44 + 4 * 96_000).then_some(())
    };
    rig::wait_for("four seconds of sound", Duration::from_secs(15), enough)?;
    window.press("Space").await?;
    window.click("Listen and grade").await?;
    window.on_screen("review").await?;
    drop(speaking);
    if before > 0 {
        window.says("Hear your Senior").await?;
    }
    window.press("2").await?;
    window.press("2").await?;
    window.press("Enter").await?;
    window.says("Your first grade is locked").await?;
    window.press("v").await?;
    window.says("Model answer").await?;
    window.press("3").await?;
    window.press("3").await?;
    window.press("Enter").await?;
    window.says("Both grades are kept").await
}

/// Breaks when two takes cannot be heard one against the other, or an anchor, a point to carry forward or a note cannot be
/// found again.
#[tokio::test]
async fn two_takes_are_compared_and_what_is_found_is_kept() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    an_answer_of(&mut window, &evening, 440.0, 1.0).await?;
    window.press("a").await?;
    window.says("This take is your Senior for").await?;
    an_answer_of(&mut window, &evening, 880.0, 0.3).await?;
    window.press("n").await?;
    window.type_text("Rushed the ending").await?;
    window.press("Enter").await?;
    window.says("Rushed the ending").await?;
    window.script("document.activeElement.blur()").await?;

    // The later take first; one key, and the earlier one is heard from the same part on.
    window.press("m").await?;
    window.on_screen("compare").await?;
    let listening = evening.microphone.listen()?;
    window.press("Space").await?;
    window.until("the later take to play", PLAYING).await?;
    rig::wait_for("the later take to be heard", Duration::from_secs(15), || {
        (listening.loud_frames() > u64::from(SAMPLE_RATE) / 2).then_some(())
    })?;
    window.press("x").await?;
    window.says("Switch to the later").await?;
    let over = PLAYING.replace("=== 'Pause'", "=== 'Play'");
    window.until_within("the earlier take to play to its end", &over, Duration::from_secs(20)).await?;
    let heard = listening.heard()?;
    let beeps: Vec<_> = loud(&heard)
        .into_iter()
        .filter_map(|beep| Some((pitch(&heard[beep.clone()])?, rms(&heard[beep]))))
        .collect();
    let loudest = |hertz: f64| {
        beeps
            .iter()
            .filter(|(heard, _)| (heard / hertz - 1.0).abs() < 0.05)
            .map(|(_, rms)| *rms)
            .max_by(f64::total_cmp)
    };
    let (Some(later), Some(earlier)) = (loudest(880.0), loudest(440.0)) else {
        anyhow::bail!("the two takes were not both heard: {beeps:?}");
    };
    // One was spoken 10 dB below the other; heard beside each other they are as loud.
    let apart = 20.0 * (earlier / later).log10();
    assert!(apart.abs() < 3.0, "the takes were heard {apart:.1} dB apart");

    window.press("c").await?;
    window.type_text("Name the cost first").await?;
    window.press("Enter").await?;
    window
        .until("the point to be kept", "return document.querySelectorAll('main input[type=text]').length > 1")
        .await?;
    // The field waits for the next point.
    window.script("document.activeElement.blur()").await?;

    // Found from anywhere, and shown above the question the next time.
    window.press("g").await?;
    window.press("f").await?;
    window.until("the search", "return !!document.querySelector('dialog[open] input')").await?;
    window.type_text("rushed").await?;
    window.press("Enter").await?;
    window.on_screen("review").await?;
    window.says("Rushed the ending").await?;
    into_interview(&mut window, "second-question").await?;
    window.says("Name the cost first").await?;
    window.close().await
}
