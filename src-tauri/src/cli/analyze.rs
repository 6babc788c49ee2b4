//! `aloud analyze FILE.wav`: facts about how a recording sounds.

use super::{DONE, refuse, say, say_json};
use aloud_audio::{Delivery, PAUSE_MS, Pause, Settings, Warning};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Pauses worth listing one by one, in seconds.
const LONG_PAUSE_S: f64 = 1.0;

/// Arguments of `aloud analyze`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The recording: any WAV file
    #[arg(value_name = "FILE.wav")]
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// The shortest silence that counts as a pause, in milliseconds, 200 to 350
    #[arg(
        long,
        value_name = "MS",
        default_value_t = Settings::default().pause_ms,
        value_parser = clap::value_parser!(u32).range(i64::from(*PAUSE_MS.start())..=i64::from(*PAUSE_MS.end())),
    )]
    pause_ms: u32,
}

/// The facts, for machines. A figure that cannot be trusted is null and a warning says why.
#[derive(Serialize)]
struct Answer<'a> {
    duration_s: f64,
    first_word_s: Option<f64>,
    speech_share: Option<f64>,
    pauses: &'a [Pause],
    longest_pause_s: Option<f64>,
    syllables: Option<u32>,
    articulation_rate: Option<f64>,
    loudness_lufs: Option<f64>,
    peak_dbfs: f64,
    clipped_runs: u32,
    noise_floor_dbfs: Option<f64>,
    warnings: &'a [Warning],
}

/// Measures the file and prints what was found. Status 1 when it cannot be read.
pub(super) fn run(args: &Args) -> ExitCode {
    match aloud_audio::analyze(&args.file, Settings { pause_ms: args.pause_ms }) {
        Ok(delivery) if args.json => {
            say_json(&answer(&delivery));
            DONE
        }
        Ok(delivery) => {
            prose(&delivery);
            DONE
        }
        Err(error) => refuse(args.json, &error.to_string()),
    }
}

fn answer(delivery: &Delivery) -> Answer<'_> {
    Answer {
        duration_s: delivery.duration_s,
        first_word_s: delivery.first_word_s,
        speech_share: delivery.speech_share,
        pauses: &delivery.pauses,
        longest_pause_s: delivery.longest_pause_s,
        syllables: delivery.syllables,
        articulation_rate: delivery.articulation_rate,
        loudness_lufs: delivery.loudness_lufs,
        peak_dbfs: delivery.peak_dbfs,
        clipped_runs: delivery.clipped_runs,
        noise_floor_dbfs: delivery.noise_floor_dbfs,
        warnings: &delivery.warnings,
    }
}

fn prose(delivery: &Delivery) {
    let line = |name: &str, value: Option<String>| {
        say(&format!("{name:<20} {}", value.unwrap_or_else(|| "–".to_owned())));
    };
    let seconds = |value: f64| format!("{value:.2} s");
    line("Length", Some(seconds(delivery.duration_s)));
    line("Time to first word", delivery.first_word_s.map(seconds));
    line("Speech share", delivery.speech_share.map(|share| format!("{:.0} %", share * 100.0)));
    line("Pauses", Some(format!("{} of {} ms or more", delivery.pauses.len(), delivery.pause_ms)));
    line("Longest pause", delivery.longest_pause_s.map(seconds));
    line("Syllables", delivery.syllables.map(|count| format!("about {count}")));
    line("Articulation rate", delivery.articulation_rate.map(|rate| format!("{rate:.1} syllables a second")));
    line("Loudness", delivery.loudness_lufs.map(|lufs| format!("{lufs:.1} LUFS")));
    line("Peak", Some(format!("{:.1} dBFS", delivery.peak_dbfs)));
    line("Clipped runs", Some(delivery.clipped_runs.to_string()));
    line("Noise floor", delivery.noise_floor_dbfs.map(|floor| format!("{floor:.1} dBFS")));
    line("Signal to noise", delivery.snr_db.map(|snr| format!("{snr:.1} dB")));
    for pause in delivery.pauses_from(LONG_PAUSE_S) {
        say(&format!(
            "Pause of {:.2} s from {:.2} s to {:.2} s",
            pause.length_s(),
            pause.start_s,
            pause.end_s
        ));
    }
    for warning in &delivery.warnings {
        say(&format!("Note: {}", warning.message));
    }
}
