//! How long the waveform and the facts of an hour of speech take, beside `sox stat` on the same file in the same run.
//!
//! ```text
//! cargo bench -p aloud-audio --bench analysis
//! ALOUD_BENCH_KEEP=hour.wav cargo bench …      # keeps the hour, to measure other programs on it
//! ```

#![expect(clippy::print_stdout, reason = "what was measured is what this prints")]

use aloud_audio::{Peaks, Settings, Sound, analyze, peaks_of};
use aloud_speech::Analyzer;
use anyhow::{Context, Result, ensure};
use rig::{or_skip, speaker};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RATE: u32 = 48_000;
const HOUR: Duration = Duration::from_hours(1);
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let Some(path) = or_skip(an_hour(folder.path())) else { return Ok(()) };
    // In the page cache before anybody is measured.
    std::fs::read(&path)?;

    let (mut sox, mut peaks, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        sox.push(timed(|| stat(&path))?);
        peaks.push(timed(|| peaks_of(&path).map(drop).map_err(Into::into))?);
        facts.push(timed(|| analyze(&path, Settings::default()).map(drop).map_err(Into::into))?);
    }
    let recording = timed(|| one_thread(&path))?;
    let kept = folder.path().join("hour.peaks");
    std::fs::write(&kept, peaks_of(&path)?.to_dat())?;
    let drawn: Result<Vec<Duration>> = (0..ROUNDS).map(|_| timed(|| draw(&kept))).collect();
    let (sox, peaks, facts) = (best(&sox), best(&peaks), best(&facts));
    report("sox stat", sox);
    report("peaks", peaks);
    report("all facts, from a file", facts);
    report("all facts, one thread", recording);
    println!(
        "the waveform of the hour, from its peaks file: {:.1} ms",
        best(&drawn?).as_secs_f64() * 1_000.0
    );
    println!("peaks are {:.1} times as fast as sox stat", sox.as_secs_f64() / peaks.as_secs_f64());
    println!("while recording: {:.2} % of a core", 100.0 * recording.as_secs_f64() / HOUR.as_secs_f64());
    if let Some(kept) = std::env::var_os("ALOUD_BENCH_KEEP") {
        std::fs::copy(&path, kept)?;
    }
    Ok(())
}

/// What recording costs: everything on one thread, in the blocks a device delivers.
fn one_thread(path: &Path) -> Result<()> {
    let sound = Sound::open(path)?;
    let mut analyzer = Analyzer::new(sound.sample_rate(), Settings::default());
    sound.read(|samples| samples.chunks(480).for_each(|block| analyzer.push(block)))?;
    let delivery = analyzer.finish();
    ensure!(
        delivery.speech_share.is_some_and(|share| share > 0.3),
        "speech was not recognised: {delivery:?}"
    );
    Ok(())
}

/// What the window asks for when it draws the whole hour.
fn draw(peaks: &Path) -> Result<()> {
    let peaks = Peaks::from_dat(&std::fs::read(peaks)?)?;
    ensure!(peaks.view(0, peaks.frames(), 1_280).len() == 1_280, "the picture is as wide as the window");
    Ok(())
}

fn stat(path: &Path) -> Result<()> {
    let status = Command::new("sox").arg(path).args(["-n", "stat"]).stderr(Stdio::null()).status()?;
    ensure!(status.success(), "sox failed");
    Ok(())
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn best(times: &[Duration]) -> Duration {
    times.iter().min().copied().unwrap_or(HOUR)
}

fn report(what: &str, time: Duration) {
    println!(
        "{what:<24} {:>8.3} s {:>8.0} x real time",
        time.as_secs_f64(),
        HOUR.as_secs_f64() / time.as_secs_f64()
    );
}

/// Speech with pauses between the sentences, again and again, at 48 kHz.
fn an_hour(folder: &Path) -> Result<PathBuf> {
    const SENTENCES: [&str; 5] = [
        "my team owned the billing pipeline for three years",
        "so the database became the bottleneck",
        "we measured first and only then rewrote the parser",
        "every request carries an idempotency key",
        "in the end we rolled it back and looked at what had changed",
    ];
    speaker::find()?;
    let mut some = Vec::new();
    for sentence in SENTENCES {
        some.extend(speaker::say(sentence, "en-us", 165)?);
        some.resize(some.len() + speaker::SAMPLE_RATE as usize * 7 / 10, 0);
    }
    let (short, long) = (folder.join("short.wav"), folder.join("hour.wav"));
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: speaker::SAMPLE_RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&short, spec)?;
    some.iter().try_for_each(|sample| writer.write_sample(*sample))?;
    writer.finalize()?;
    let times = HOUR.as_secs() as usize * speaker::SAMPLE_RATE as usize / some.len() + 1;
    let status = Command::new("sox")
        .arg(&short)
        .args(["-r", &RATE.to_string()])
        .arg(&long)
        .args(["repeat", &times.to_string(), "trim", "0", "3600"])
        .status();
    ensure!(status.context("sox is not installed; `apt-get install sox` brings it")?.success(), "sox failed");
    Ok(long)
}
