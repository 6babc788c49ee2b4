//! `aloud merge OTHER`: another library, or a backup of one, into this one.

use super::{DONE, NOT_WELL, interrupt, refuse, say, say_json};
use crate::keeping::{print, told};
use aloud_library::Library;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `aloud merge`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The other library's folder, a backup of it, or a copy of its database
    #[arg(value_name = "OTHER")]
    other: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What was added, for machines.
#[derive(Serialize)]
struct Answer {
    rows: u64,
    sessions: u64,
    takes: u64,
    grades: u64,
    notes: u64,
    sounds: u64,
    damaged: u64,
}

/// Merges. Status 1 when it could not, or when sounds of the other library are damaged.
pub(super) fn run(args: &Args, library: &Path) -> ExitCode {
    let merged = Library::open(library).and_then(|mut library| {
        let mut stop = interrupt::watched();
        library.merge(&args.other, print, &mut stop)
    });
    match merged {
        Ok(merged) => {
            if args.json {
                say_json(&Answer {
                    rows: merged.rows,
                    sessions: merged.sessions,
                    takes: merged.takes,
                    grades: merged.grades,
                    notes: merged.notes,
                    sounds: merged.sounds,
                    damaged: merged.damaged,
                });
            } else {
                say(&told(&merged));
            }
            if merged.damaged == 0 { DONE } else { NOT_WELL }
        }
        Err(error) => refuse(args.json, &error.to_string()),
    }
}
