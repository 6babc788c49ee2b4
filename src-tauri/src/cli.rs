//! The command line. Without a subcommand the window opens.
//!
//! Exit status: 0 done, 1 the thing asked about is not well, 2 bad usage.

mod check;
mod doctor;
mod record;

use clap::{Parser, Subcommand};
use serde::Serialize;
use std::io::Write as _;
use std::process::ExitCode;

const DONE: ExitCode = ExitCode::SUCCESS;
const NOT_WELL: ExitCode = ExitCode::FAILURE;

#[derive(Parser)]
#[command(name = "aloud", version, about = "Practise interviews out loud.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is in a pack and what is wrong with it
    Check(check::Args),
    /// Record from the microphone into a WAV file
    Record(record::Args),
}

/// Parses the arguments and runs what they ask for.
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Record(args)) => record::run(&args),
        None => DONE,
    }
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

fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "aloud: {line}");
}
