//! Ways in from outside the window.

mod evening;

use anyhow::{Context as _, Result, ensure};
use evening::Evening;
use std::process::Command;

/// Breaks when starting Aloud a second time opens a second window on a library that is held, or does not bring the first
/// one to the place that was asked for.
#[tokio::test]
async fn a_second_start_goes_to_the_window_that_is_open() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    let data = evening.in_the_usual_library();
    let mut window = evening.open().await?;
    window.on_screen("today").await?;
    let second = Command::new(env!("CARGO_BIN_EXE_aloud"))
        .args(["--go", "drill"])
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_DATA_HOME", &data)
        .envs(window.desktop())
        .output()
        .context("the second start")?;
    ensure!(second.status.success(), "{}", String::from_utf8_lossy(&second.stderr));
    window.on_screen("drill").await?;
    ensure!(data.join("aloud/library.db").is_file(), "the usual library was not used");
    window.close().await
}
