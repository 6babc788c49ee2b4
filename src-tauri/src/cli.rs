//! The command line. Without a subcommand the window opens.
//!
//! Exit status: 0 done, 1 the thing asked about is not well, 2 bad usage.

pub mod doctor;
mod record;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "aloud", version, about = "Practise interviews out loud.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Record from the microphone into a WAV file
    Record(record::Args),
}

/// Parses the arguments and runs what they ask for.
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Some(Command::Record(args)) => record::run(&args),
        None => ExitCode::SUCCESS,
    }
}
