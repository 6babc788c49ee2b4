//! What makes the app pleasant to have around, in the real window: the interviewer's voice, the size of things, a
//! question before an answer is cut short.

mod evening;

use anyhow::{Context as _, Result};
use evening::{ASKED, Evening, RECORDING, into_interview, settle};
use rig::sound::{SAMPLE_RATE, loud};
use std::process::Command;
use std::time::Duration;

/// Breaks when the voice is not heard, or gets into a take, or what the person says around it does not.
#[tokio::test]
async fn prompt_and_probe_are_read_aloud_and_stay_out_of_the_take() -> Result<()> {
    let installed = Command::new("speech-dispatcher").arg("--version").output();
    let installed = installed.context("Speech Dispatcher is not installed").map(drop);
    if rig::or_skip(installed).is_none() {
        return Ok(());
    }
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    settle(&window, "{ read_aloud: true }").await?;
    let listening = evening.microphone.listen()?;
    let speaking = evening.speak(60)?;
    into_interview(&mut window, "first-question").await?;
    window.until("the prompt", ASKED).await?;
    rig::wait_for("the prompt to be read", Duration::from_secs(10), || {
        (listening.loud_frames() > u64::from(SAMPLE_RATE) / 4).then_some(())
    })?;
    // Begun while the voice still speaks: it falls silent, and what is left of it is silence in the take.
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    let before = listening.loud_frames();
    window.press("p").await?;
    window.says("Could you give the quokkaword follow-up?").await?;
    let over = "return document.body.innerText.includes('The time was up')";
    window.until_within("the hard stop", over, Duration::from_secs(15)).await?;
    drop(speaking);
    let after = listening.loud_frames();
    assert!(
        after > before + u64::from(SAMPLE_RATE) / 2,
        "the probe was not read: {before} frames, then {after}"
    );

    let take = rig::sound::read(&evening.takes()[0])?;
    assert_eq!(take.len(), 8 * SAMPLE_RATE as usize, "the clock went on while the voice spoke");
    // The person's noise has no zero in it.
    let hushed = silences(&take);
    let longest = hushed.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
    assert!(longest > SAMPLE_RATE as usize / 2, "the take holds what was said while the probe was read");
    let silent: usize = hushed.iter().map(ExactSizeIterator::len).sum();
    assert!(silent < 6 * SAMPLE_RATE as usize, "hardly anything of the answer was recorded");
    assert!(hushed.last().is_some_and(|hush| hush.end < take.len()), "nothing was recorded after the probe");
    assert!(!loud(&take).is_empty());
    window.close().await
}

/// Stretches of nothing but zeros.
fn silences(samples: &[i16]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for at in (0..samples.len()).filter(|at| samples[*at] == 0) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}
