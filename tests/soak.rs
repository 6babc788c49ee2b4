//! What takes too long for every run: `make soak`.

mod evening;

use anyhow::Result;
use evening::{ASKED, Evening, RECORDING, into_interview};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Breaks when the hard stop of a ten-minute answer is off by a single sample.
#[tokio::test]
#[ignore = "takes ten minutes: make soak"]
async fn ten_minutes_are_ten_minutes() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    let packs = tempfile::tempdir()?;
    let minimal = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/minimal");
    assert!(Command::new("cp").arg("-r").arg(&minimal).arg(packs.path()).status()?.success());
    let group = packs.path().join("minimal/bank/01-first/01-group.md");
    fs::write(&group, fs::read_to_string(&group)?.replace("concept · 2 min", "concept · 10 min"))?;
    evening.set("ALOUD_PACKS", &packs.path().display().to_string());
    let _speaking = evening.speak(620)?;
    let mut window = evening.open().await?;
    into_interview(&mut window, "second-question").await?;
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    let over = "return document.body.innerText.includes('The time was up')";
    window.until_within("the hard stop", over, Duration::from_secs(630)).await?;
    let take = evening.takes().remove(0);
    let frames = rig::sound::read(&take)?.len();
    println!("ten minutes: {frames} frames of {}", 600 * 48_000);
    assert_eq!(frames, 600 * 48_000, "the take is longer or shorter than its budget");
    window.close().await
}

/// Breaks when one crash in twenty loses a take, or more than a second and a half of one.
#[tokio::test]
#[ignore = "takes minutes: make soak"]
async fn twenty_crashes_lose_no_take() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let mut worst = 0;
    for crash in 1..=20usize {
        let speaking = evening.speak(60)?;
        let mut window = evening.open().await?;
        into_interview(&mut window, "second-question").await?;
        window.until("the prompt", ASKED).await?;
        window.press("Space").await?;
        window.until("recording to begin", RECORDING).await?;
        let file = rig::wait_for("the take's file", Duration::from_secs(5), || {
            evening.takes().into_iter().nth(crash - 1)
        })?;
        // A different moment each time.
        let long = 44 + 96_000 + crash as u64 * 9_600;
        let enough = || (fs::metadata(&file).ok()?.len() > long).then_some(());
        rig::wait_for("some sound", Duration::from_secs(10), enough)?;
        let spoken = fs::metadata(&file)?.len();
        window.kill()?;
        drop(speaking);
        let mut window = evening.open().await?;
        window.script("location.hash = '#/takes'").await?;
        window.on_screen("takes").await?;
        let listed = format!(
            "return [...document.querySelectorAll('a')].filter((a) => a.innerText.includes('The second question')).length === {crash}"
        );
        window.until("every take in the list", &listed).await?;
        let kept = rig::sound::read(&file)?.len() as u64 * 2 + 44;
        worst = worst.max(spoken.saturating_sub(kept));
        window.close().await?;
    }
    println!("twenty crashes: at most {} ms of what was on disk lost", worst / 96);
    assert!(worst <= 144_000, "more than a second and a half was lost");
    Ok(())
}
