//! A year of practice in the real window: what every screen shows is there at once.
//!
//! `cargo test --release -p aloud --test speed -- --ignored --nocapture` makes 20,000 takes and prints how long each
//! command takes, from the page's call to its answer: right after something was written, and again after that.
//! `ALOUD_YEAR=DIR` keeps the library there and uses it again.

mod year;

use anyhow::{Context as _, Result};
use jiff::Zoned;
use rig::window::Window;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use year::one::one_answer;
use year::{NOW, Year, pack_folder, window_on};

/// How often each command is called; the slowest counts.
const CALLS: u32 = 11;

fn library() -> Result<(Option<tempfile::TempDir>, PathBuf)> {
    let kept = std::env::var_os("ALOUD_YEAR").map(PathBuf::from);
    let (folder, library) = if let Some(kept) = kept {
        (None, kept)
    } else {
        let folder = tempfile::tempdir()?;
        let library = folder.path().join("library");
        (Some(folder), library)
    };
    if !library.join("library.db").exists() {
        let pack = aloud_packs::read(&pack_folder()).pack.context("the shipped pack")?;
        let started = std::time::Instant::now();
        Year::up_to(&NOW.parse::<Zoned>()?).write(&library, &pack)?;
        let size = std::fs::metadata(library.join("library.db"))?.len() / 1_000_000;
        eprintln!("made a year in {:.1} s, {size} MB", started.elapsed().as_secs_f64());
    }
    Ok((folder, library))
}

/// Milliseconds the app has had the processor so far, which a busy machine does not stretch.
fn worked(window: &Window) -> Result<f64> {
    let pid = window.pid().context("the app")?.as_raw_nonzero();
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let (_, rest) = stat.rsplit_once(')').context("a line of /proc")?;
    let ticks = rest.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    // A tick is a hundredth of a second.
    Ok(ticks.sum::<f64>() * 10.0)
}

async fn call(window: &Window, command: &str, arguments: &Value) -> Result<(f64, Value)> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         const began = performance.now();
         window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(
             (value) => {{ const ms = performance.now() - began; window.last = value; done([ms, null]); }},
             (error) => done([-1, error]))"
    );
    let answer = window.client.execute_async(&script, vec![]).await?;
    let ms = answer[0].as_f64().context("a time")?;
    anyhow::ensure!(ms >= 0.0, "{command}: {}", answer[1]);
    Ok((ms, answer))
}

/// How long calls took, and how much of that was work.
#[derive(Default)]
struct Times {
    ms: Vec<f64>,
    worked: f64,
}

impl Times {
    async fn measure(&mut self, window: &Window, command: &str, arguments: &Value) -> Result<()> {
        let before = worked(window)?;
        self.ms.push(call(window, command, arguments).await?.0);
        self.worked += worked(window)? - before;
        Ok(())
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut ms = self.ms.clone();
        ms.sort_by(f64::total_cmp);
        let (median, slowest) = (ms[ms.len() / 2], ms[ms.len() - 1]);
        let worked = self.worked / ms.len() as f64;
        write!(out, "{median:5.0} ms, slowest {slowest:5.0}, work {worked:5.0}")
    }
}

/// How long it takes from the way to a take of an hour until its waveform is painted: the first time its peaks are read
/// from the sound, later from their file.
#[tokio::test]
#[ignore = "writes an hour of sound and measures"]
async fn an_hour_is_drawn_at_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let library = folder.path().join("library");
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/minimal");
    let pack = aloud_packs::read(&packs).pack.context("the minimal pack")?;
    let (open, take) = one_answer(&library, &pack, 3_600)?;
    rig::sound::Noise::seconds(7, 3_600.0).write(&open.sound_file(&take))?;
    drop(open);
    let Some(mut window) = rig::or_skip(Window::open(&window_on(&library)).await) else { return Ok(()) };
    let painted = format!(
        "const done = arguments[arguments.length - 1];
         const began = performance.now();
         const look = () => {{
             const canvas = document.querySelector('main canvas');
             const pixels = canvas?.width && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
             if (pixels && pixels.some((value) => value > 0)) done(performance.now() - began);
             else requestAnimationFrame(look);
         }};
         location.hash = '#/review/{take}';
         look();"
    );
    for time in 0..CALLS {
        window.script("location.hash = '#/takes'").await?;
        window.on_screen("takes").await?;
        let ms = window.client.execute_async(&painted, vec![]).await?.as_f64().context("a time")?;
        eprintln!("an hour is painted after {ms:.0} ms{}", if time == 0 { ", its peaks made" } else { "" });
    }
    window.close().await
}

/// Measures; it asserts nothing about time, for a busy machine would break it.
#[tokio::test]
#[ignore = "makes 20,000 takes and measures"]
async fn every_screens_data_is_ready_at_once() -> Result<()> {
    let (_folder, library) = library()?;
    let Some(window) = rig::or_skip(Window::open(&window_on(&library)).await) else { return Ok(()) };
    let newest = "window.__TAURI_INTERNALS__.invoke('today').then((today) => arguments[arguments.length - 1](today.recent[0].id))";
    let take = window.client.execute_async(newest, vec![]).await?;
    let session = format!(
        "window.__TAURI_INTERNALS__.invoke('take', {{ take: {take}, blind: false }}).then((t) => arguments[arguments.length - 1](t.session))"
    );
    let session = window.client.execute_async(&session, vec![]).await?;
    let pack = "senior-go-backend";
    let wish = json!({ "pack": pack, "section": null, "depth": null, "signal": null, "pick": "weakest", "count": 10 });
    let calls = [
        ("boot", json!({})),
        ("today", json!({})),
        ("packs", json!({})),
        ("question", json!({ "pack": pack, "question": "gmp-model" })),
        ("suggest_drill", json!({ "wish": wish })),
        ("takes", json!({ "wish": { "words": "", "ungraded": false, "most": 100 } })),
        ("takes", json!({ "wish": { "words": "nothing has these", "ungraded": false, "most": 100 } })),
        ("take", json!({ "take": take, "blind": false })),
        ("scorecard", json!({ "session": session })),
        ("progress", json!({ "pack": null, "subject": null })),
        ("progress", json!({ "pack": pack, "subject": "stage:system-design/deep-dive" })),
        ("delivery_over_time", json!({})),
        ("readiness", json!({ "pack": null })),
        ("settings", json!({})),
    ];
    let settings = "window.__TAURI_INTERNALS__.invoke('settings').then((view) => arguments[arguments.length - 1](view.settings))";
    let chosen = json!({ "settings": window.client.execute_async(settings, vec![]).await? });
    eprintln!("{:<18} {:^33}   {:^33}", "", "after something was written", "again");
    for (command, arguments) in calls {
        let (mut written, mut again) = (Times::default(), Times::default());
        for _ in 0..CALLS {
            call(&window, "save_settings", &chosen).await?;
            written.measure(&window, command, &arguments).await?;
            again.measure(&window, command, &arguments).await?;
        }
        eprintln!("{command:<18} {written}   {again}");
    }
    window.close().await
}
