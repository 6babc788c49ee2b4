//! Listening in the real window, with the sound that comes out of the loudspeakers.

mod evening;

use anyhow::{Context as _, Result};
use evening::{Evening, into_interview, speak_into_the_only_take};
use rig::sound::{SAMPLE_RATE, beeps, loud, pitch};
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
