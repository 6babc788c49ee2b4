//! The command line. Without a subcommand the window opens.
//!
//! Exit status: 0 done, 1 the thing asked about is not well, 2 bad usage.

mod analyze;
mod backup;
mod check;
mod doctor;
mod export;
mod import;
mod interrupt;
mod manual;
mod merge;
mod record;

use crate::entries::Place;
use clap::{Parser, Subcommand};
use serde::Serialize;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

const DONE: ExitCode = ExitCode::SUCCESS;
const NOT_WELL: ExitCode = ExitCode::FAILURE;

#[derive(Parser)]
#[command(
    name = "aloud",
    version,
    about = "Practise interviews out loud. Without a command the window opens.",
    after_long_help = "Exit status: 0 done, 1 the thing asked about is not well, 2 bad usage."
)]
struct Cli {
    /// The library's folder, instead of the usual one
    #[arg(long, global = true, value_name = "DIR", env = "ALOUD_LIBRARY")]
    library: Option<PathBuf>,
    /// Where the window opens; one that is open already goes there
    #[arg(long, value_name = "PLACE", value_enum)]
    go: Option<Place>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Measure how a recording sounds: pauses, rate, loudness
    Analyze(analyze::Args),
    /// Write the whole library into one file, verified
    Backup(backup::BackupArgs),
    /// Say what is in a pack and what is wrong with it
    Check(check::Args),
    /// Look at microphones, library, packs and versions
    Doctor(doctor::Args),
    /// Add what another library, or a backup of one, holds
    Merge(merge::Args),
    /// Find the questions in Markdown files and keep them as a pack
    Import(import::Args),
    /// Write a report of a session or a period: HTML, Markdown or JSON
    Export(export::Args),
    /// Write manual pages and shell completions into a folder, for packages
    #[command(hide = true)]
    Manual(manual::Args),
    /// Record from the microphone into a WAV file
    Record(record::Args),
    /// Restore a backup into a new folder, beside and never over
    Restore(backup::RestoreArgs),
}

/// Parses the arguments and runs what they ask for.
pub fn run() -> ExitCode {
    private_files();
    report_ourselves();
    let cli = Cli::parse();
    let given = cli.library.is_some();
    let library = cli.library.unwrap_or_else(aloud_library::default_folder);
    match cli.command {
        Some(Command::Analyze(args)) => analyze::run(&args),
        Some(Command::Backup(args)) => backup::back_up(&args, &library),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Doctor(args)) => doctor::run(&args, &library),
        Some(Command::Merge(args)) => merge::run(&args, &library),
        Some(Command::Import(args)) => import::run(&args),
        Some(Command::Export(args)) => export::run(&args, &library),
        Some(Command::Manual(args)) => manual::run(&args),
        Some(Command::Record(args)) => record::run(&args),
        Some(Command::Restore(args)) => backup::restore(&args),
        None => window(&library, given, cli.go),
    }
}

/// The place that another start of Aloud asked for.
pub(crate) fn asked_place(arguments: &[String]) -> Option<Place> {
    Cli::try_parse_from(arguments).ok()?.go
}

fn window(library: &Path, given: bool, place: Option<Place>) -> ExitCode {
    #[cfg(target_os = "linux")]
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        complain(
            "there is no display to open a window on. Start it from a desktop session, or try `xvfb-run aloud`.",
        );
        return NOT_WELL;
    }
    match crate::app::run(library, given, place) {
        Ok(()) => DONE,
        Err(error) => {
            complain(&format!("the window could not be opened: {error}"));
            NOT_WELL
        }
    }
}

/// Warnings of our own go to standard error; what libraries say among themselves is not for the person.
fn report_ourselves() {
    let ours = Targets::new().with_target("aloud", LevelFilter::WARN);
    tracing_subscriber::registry().with(ours).with(fmt::layer().with_writer(std::io::stderr)).init();
}

/// Whatever this process writes is for its owner alone.
fn private_files() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Why there is no answer, for machines.
#[derive(Serialize)]
struct Refusal<'a> {
    error: &'a str,
}

/// Prints a line; a closed pipe is not an error.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn say_json(value: &impl Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => say(&text),
        Err(error) => complain(&format!("the result could not be written as JSON: {error}")),
    }
}

/// Says why there is no answer: to machines as JSON, to the person beside it.
fn refuse(json: bool, sentence: &str) -> ExitCode {
    if json {
        say_json(&Refusal { error: sentence });
    }
    complain(sentence);
    NOT_WELL
}

/// Says so where a folder holds no library; opening it would make one.
fn must_hold_library(folder: &Path) -> Result<(), String> {
    if folder.join("library.db").exists() {
        return Ok(());
    }
    Err(format!("There is no library in {}. Name its folder with --library.", folder.display()))
}

fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "aloud: {line}");
}
