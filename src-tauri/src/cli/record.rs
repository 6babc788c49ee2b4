//! `aloud record`: from the microphone into a WAV file, for scripts, tests and support.

use super::{DONE, NOT_WELL, interrupt, refuse, say, say_json};
use aloud_audio::{AudioError, Choice, Ended, Gap, Microphone, Notice, Recording};
use serde::Serialize;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvError};

/// Arguments of `aloud record`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// How long to record, in seconds
    #[arg(long, value_name = "N", value_parser = seconds)]
    seconds: f64,
    /// The WAV file to write; an existing one is never replaced
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The microphone, by its id from `aloud doctor`; the system's default otherwise
    #[arg(long, value_name = "ID")]
    microphone: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The longest recording that can be asked for: what fits into a WAV file at any usual rate, in seconds.
const LONGEST: f64 = 21_600.0;

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(seconds),
        _ => Err(format!("give a number of seconds above 0 and up to {LONGEST}")),
    }
}

/// What was recorded, for machines.
#[derive(Serialize)]
struct Answer<'a> {
    path: &'a Path,
    device: &'a str,
    frames: u64,
    sample_rate: u32,
    lost_frames: u64,
    gaps: &'a [Gap],
    clipped_runs: u32,
    peak_dbfs: f32,
    ended: Ended,
}

/// What the recording waits for.
enum News {
    Notice(Box<Notice>),
    Interrupted,
}

/// Exit status for a request that cannot be meant, as clap uses it.
const BAD_USAGE: u8 = 2;

/// Records. Exit status 0 when all that was asked for, or all up to Ctrl-C, was heard; 1 when it was not; 2 when the
/// file to write exists.
pub(super) fn run(args: &Args) -> ExitCode {
    match record(args) {
        Ok((device, recording)) => {
            report(args, &device, &recording);
            match recording.ended {
                Ended::Limit | Ended::Stopped => DONE,
                Ended::DiskFull | Ended::DeviceLost | Ended::WriteFailed => NOT_WELL,
            }
        }
        Err(error) => {
            let not_well = refuse(args.json, &error.to_string());
            if matches!(error, AudioError::Exists(_)) { ExitCode::from(BAD_USAGE) } else { not_well }
        }
    }
}

fn record(args: &Args) -> Result<(String, Recording), AudioError> {
    if args.out.try_exists().unwrap_or(false) {
        return Err(AudioError::Exists(args.out.clone()));
    }
    let (tell, news) = mpsc::channel();
    let interrupted = tell.clone();
    interrupt::told(move || {
        // Whoever listened has its recording already.
        let _ = interrupted.send(News::Interrupted);
    });
    let choice = args.microphone.clone().map_or(Choice::Default, Choice::Id);
    let microphone = Microphone::open(&choice, move |notice| {
        // Whoever listened has its recording already.
        let _ = tell.send(News::Notice(Box::new(notice)));
    })?;
    let frames = (args.seconds * f64::from(microphone.sample_rate())).round() as u64;
    microphone.record(&args.out, Some(frames))?;
    let recording = wait(&microphone, &news)?;
    Ok((microphone.name().to_owned(), recording))
}

/// Until the recording has ended by itself or is interrupted.
fn wait(microphone: &Microphone, news: &Receiver<News>) -> Result<Recording, AudioError> {
    loop {
        match news.recv() {
            Ok(News::Notice(notice)) => match *notice {
                Notice::LimitReached(recording) => return Ok(recording),
                Notice::DiskFull(recording) => {
                    tell("The disk is full. What was recorded so far is kept; free some space and go on.");
                    return Ok(recording);
                }
                Notice::Failed { message, recording } => {
                    tell(&message);
                    return recording.ok_or(AudioError::Lost);
                }
                Notice::FirstSample { .. } => tell("Recording. Ctrl-C ends it."),
                Notice::Silent => tell("The microphone delivers silence. Is it muted, or the wrong one?"),
                Notice::Sounding => tell("The microphone delivers sound again."),
                Notice::Gap(_) => tell("Some sound was lost; silence stands in its place."),
                Notice::Lost { .. } => {
                    tell("The microphone went away. It has ten seconds to come back.");
                }
                Notice::Reopened { name } => tell(&format!("Sound comes again, from: {name}.")),
            },
            Ok(News::Interrupted) | Err(RecvError) => return microphone.stop(),
        }
    }
}

fn report(args: &Args, device: &str, recording: &Recording) {
    if args.json {
        say_json(&Answer {
            path: &recording.path,
            device,
            frames: recording.frames,
            sample_rate: recording.sample_rate,
            lost_frames: recording.lost_frames,
            gaps: &recording.gaps,
            clipped_runs: recording.clipped_runs,
            peak_dbfs: recording.peak_dbfs,
            ended: recording.ended,
        });
    } else {
        let rate = f64::from(recording.sample_rate.max(1));
        say(&format!("{}: {:.1} s from {device}", recording.path.display(), recording.frames as f64 / rate));
        if recording.lost_frames > 0 {
            say(&format!("Lost: {:.1} s, silent in the file", recording.lost_frames as f64 / rate));
        }
    }
}

/// How it goes, for the person, beside the output for machines.
fn tell(sentence: &str) {
    // With the terminal gone there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
