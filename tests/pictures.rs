//! The pictures in the README, taken from the real window with the shipped pack: `make pictures`.

mod evening;

use anyhow::{Context, Result};
use evening::{ASKED, Evening, RECORDING, past_ready};
use rig::window::Window;
use std::path::Path;
use std::process::Command;

const SAID: &str = "A closed channel is always ready to receive. It hands out what is still buffered, and then zero \
    values, with the second result false. So once one of the two is closed, select finds that case ready on every pass, \
    and the loop spins. The cure is to receive with two results, and when the second one is false, to set that variable \
    to nil. A nil channel is never ready, so the case drops out. When both are nil, the loop is done. In production you \
    would see one core pinned by a goroutine that looks busy.";

async fn theme(window: &Window, name: &str) -> Result<()> {
    window.script(&format!("document.documentElement.dataset.theme = '{name}'")).await?;
    Ok(())
}

#[tokio::test]
#[ignore = "writes docs/pictures: make pictures"]
async fn take_the_pictures() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pictures = root.join("docs/pictures");
    std::fs::create_dir_all(&pictures)?;
    evening.set("ALOUD_PACKS", &root.join("content").display().to_string());
    evening.set("ALOUD_NOW", "2026-11-19T19:40:00+01:00[Europe/Berlin]");
    let voice = tempfile::tempdir()?;
    let raw = voice.path().join("raw.wav");
    let speech = voice.path().join("speech.wav");
    Command::new("espeak-ng").args(["-s", "150", "-w"]).arg(&raw).arg(SAID).status().context("espeak-ng")?;
    Command::new("sox").arg(&raw).args(["-r", "48000", "-c", "1"]).arg(&speech).status().context("sox")?;

    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs/senior-go-backend/questions/nil-and-closed-channels'").await?;
    window.on_screen("question").await?;
    window.press("Enter").await?;
    past_ready(&mut window).await?;
    window.until("the prompt", ASKED).await?;
    window.press("Space").await?;
    window.until("recording to begin", RECORDING).await?;
    let speaking = evening.microphone.play_background(&speech)?;
    window.until("some of the answer", "return /2:4[0-9]/.test(document.body.innerText)").await?;
    theme(&window, "dark").await?;
    window.ready().await?;
    window.picture(&pictures.join("interview.png")).await?;
    window
        .until_within(
            "the answer",
            "return /2:2[0-9]/.test(document.body.innerText)",
            std::time::Duration::from_secs(40),
        )
        .await?;
    window.press("Space").await?;
    window.says("Listen and grade").await?;
    drop(speaking);
    window.press("l").await?;
    window.on_screen("review").await?;
    window.press("n").await?;
    window.type_text("Named the cure before the symptom").await?;
    window.press("Enter").await?;
    window.says("Named the cure").await?;
    window.script("document.activeElement.blur()").await?;
    for key in ["3", "2", "3", "Enter"] {
        window.press(key).await?;
    }
    window.says("Your first grade is locked").await?;
    window.press("v").await?;
    window.says("What a strong answer says").await?;
    theme(&window, "light").await?;
    window.script("window.scrollTo(0, 0)").await?;
    window.ready().await?;
    window.picture(&pictures.join("review.png")).await?;
    for key in ["3", "3", "3", "Enter"] {
        window.press(key).await?;
    }
    window.says("Both grades are kept").await?;
    window.script("location.hash = '#/packs/senior-go-backend/questions'").await?;
    window.on_screen("packs").await?;
    window.picture(&pictures.join("packs.png")).await?;
    window.script("location.hash = '#/today'").await?;
    window.on_screen("today").await?;
    window.picture(&pictures.join("today.png")).await?;
    window.close().await
}
