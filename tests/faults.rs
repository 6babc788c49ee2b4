//! Bad input, in the real window: each a clear sentence with what to do next, and nothing lost.

mod evening;

use anyhow::Result;
use evening::{Evening, into_interview, speak_into_the_only_take};
use rig::disk::SmallDisk;
use rig::or_skip;
use std::fs;
use std::process::Command;
use std::time::Duration;

/// Breaks when a missing sound server is not explained, or leaves no way on.
#[tokio::test]
async fn no_microphone_is_a_sentence() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    evening.microphone.kill_server()?;
    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs/minimal/questions/first-question'").await?;
    window.on_screen("question").await?;
    window.press("Enter").await?;
    window.on_screen("ready").await?;
    window
        .until_within(
            "the explanation",
            "return /microphone/i.test(document.querySelector('[role=alert]')?.innerText ?? '')",
            Duration::from_secs(15),
        )
        .await?;
    // Plugged in and tried again, it goes on.
    evening.microphone.start_server()?;
    window.click("Try again").await?;
    window.says("The bar moves when you speak").await?;
    window.close().await
}

/// Breaks when leaving "Ready?" in the middle of an echo test takes the next one, or the end of the next answer, with it.
#[tokio::test]
async fn an_echo_test_that_is_left_is_over() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let _speaking = evening.speak(30)?;
    let window = evening.open().await?;
    let ask = "const { invoke } = window.__TAURI_INTERNALS__;
        window.open = () => invoke('open_microphone', { choice: null });
        window.echo = () => invoke('echo_test').then(() => 'heard', (error) => error.message);
        window.left = window.open().then(window.echo);";
    window.script(ask).await?;
    let file = evening.library().join("echo.wav");
    rig::wait_for("the echo test to begin", Duration::from_secs(10), || file.exists().then_some(()))?;
    let leave = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke('close_microphone')
            .then(() => window.left)
            .then((left) => window.open().then(window.echo).then((next) => done([left, next])))
            .catch((error) => done([String(error.message ?? error)]))";
    let answers = window.client.execute_async(leave, vec![]).await?;
    assert_ne!(answers[0].as_str(), Some("heard"), "{answers}");
    assert_eq!(answers[1].as_str(), Some("heard"), "the next echo test was refused: {answers}");
    window.close().await
}

/// Breaks when the death of the sound server in the middle of an answer hangs the app or loses what was said.
#[tokio::test]
async fn a_dying_sound_server_keeps_the_answer() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    let mut window = evening.open().await?;
    let _speaking = evening.speak(60)?;
    into_interview(&mut window, "second-question").await?;
    let file = speak_into_the_only_take(&mut window, &evening, 2).await?;
    evening.microphone.kill_server()?;
    window.says("The microphone went away").await?;
    window
        .until_within(
            "the pause",
            "return document.body.innerText.includes('Paused')",
            Duration::from_secs(25),
        )
        .await?;
    assert!(rig::sound::read(&file)?.len() >= 96_000, "what was said before is gone");
    window.close().await
}

/// Breaks when a second window could write into a library that is open.
#[tokio::test]
async fn a_second_instance_says_so() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let first = evening.open().await?;
    let mut second = evening.open().await?;
    second.says("already open").await?;
    second.close().await?;
    first.close().await
}

/// Breaks when an older app changes a newer library, or does not say what to do.
#[tokio::test]
async fn a_newer_library_is_left_alone() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    evening.open().await?.close().await?;
    let file = evening.library().join("library.db");
    let sql = rusqlite::Connection::open(&file)?;
    sql.pragma_update(None, "user_version", 999)?;
    sql.close().map_err(|(_, error)| error)?;
    let before = fs::read(&file)?;
    let mut window = evening.open().await?;
    window.says("written by a newer version").await?;
    window.close().await?;
    assert!(fs::read(&file)? == before, "the newer library was changed");
    Ok(())
}

/// Breaks when a library folder that cannot be made is not explained.
#[tokio::test]
async fn a_library_that_cannot_be_made_is_a_sentence() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    fs::write(evening.library(), "in the way")?;
    let mut window = evening.open().await?;
    window.says("a file stands where the folder should be").await?;
    window.close().await
}

/// Breaks when a read-only disk is not explained.
#[tokio::test]
async fn a_read_only_library_is_a_sentence() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let Some(_disk) = or_skip(SmallDisk::mount(evening.library(), "ro,size=1m")) else { return Ok(()) };
    let mut window = evening.open().await?;
    window.says("the disk is read-only").await?;
    window.close().await
}

/// Breaks when a broken pack takes the others with it, or is left out without a word.
#[tokio::test]
async fn a_broken_pack_is_named_and_left_out() -> Result<()> {
    let Some(mut evening) = Evening::begin() else { return Ok(()) };
    let packs = tempfile::tempdir()?;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/minimal");
    for name in ["broken", "minimal"] {
        let copied = Command::new("cp").arg("-r").arg(&root).arg(packs.path().join(name)).status()?;
        assert!(copied.success());
    }
    let group = packs.path().join("broken/bank/01-first/01-group.md");
    fs::write(&group, fs::read_to_string(&group)?.replace("`second-question` ·", "`first-question` ·"))?;
    evening.set("ALOUD_PACKS", &packs.path().display().to_string());
    let mut window = evening.open().await?;
    window.script("location.hash = '#/packs'").await?;
    window.on_screen("packs").await?;
    window.says("The pack “broken” was left out").await?;
    window.says("bank/01-first/01-group.md:7: ").await?;
    window.script("location.hash = '#/packs/minimal/questions'").await?;
    window.on_screen("packs").await?;
    window.says("The first question").await?;
    window.close().await
}

/// Breaks when a disk that fills up while somebody speaks costs more than the end of the answer.
#[tokio::test]
async fn a_full_disk_keeps_what_was_said() -> Result<()> {
    let Some(evening) = Evening::begin() else { return Ok(()) };
    let Some(_disk) = or_skip(SmallDisk::mount(evening.library(), "size=120m")) else { return Ok(()) };
    let mut window = evening.open().await?;
    let _speaking = evening.speak(60)?;
    into_interview(&mut window, "second-question").await?;
    let file = speak_into_the_only_take(&mut window, &evening, 2).await?;
    let ballast = evening.library().join("ballast");
    // Writing until nothing fits is the point.
    let _ = Command::new("dd")
        .args(["if=/dev/zero", "bs=64k", "status=none"])
        .arg(format!("of={}", ballast.display()))
        .status();
    window.until("the explanation", "return /disk .*is full/.test(document.body.innerText)").await?;
    fs::remove_file(&ballast)?;
    assert!(rig::sound::read(&file)?.len() >= 96_000, "what was said before is gone");
    // With space again, the take is where it belongs, without a restart.
    window.click("Leave for now").await?;
    window.on_screen("today").await?;
    // Each look asks for the list anew, once the last one has come.
    let listed = "if (document.body.dataset.ready !== 'true') return false;
        if (document.body.innerText.includes('The second question')) return true;
        location.hash = document.body.dataset.screen === 'takes' ? '#/settings' : '#/takes';
        return false";
    window.until("the take in the list", listed).await?;
    window.close().await
}
