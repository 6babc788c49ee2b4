//! `aloud backup FILE` and `aloud restore FILE --to DIR`: everything in one file, and back, beside and never over.

use super::{DONE, interrupt, must_hold_library, refuse, say, say_json};
use crate::figures::{plural, size};
use aloud_library::{Backup, Contents, Library};
use jiff::Timestamp;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `aloud backup`.
#[derive(clap::Args)]
pub(super) struct BackupArgs {
    /// The backup to write: a new file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Arguments of `aloud restore`.
#[derive(clap::Args)]
pub(super) struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder to restore it to: a new or an empty one
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What was written or restored, for machines.
#[derive(Serialize)]
struct Answer<'a> {
    path: &'a Path,
    #[serde(flatten)]
    contents: &'a Contents,
}

/// Writes a backup. Status 1 when it could not be written or verified.
pub(super) fn back_up(args: &BackupArgs, library: &Path) -> ExitCode {
    if let Err(sentence) = must_hold_library(library) {
        return refuse(args.json, &sentence);
    }
    let write = || -> aloud_library::Result<Contents> {
        let snapshot = Library::open(library)?.snapshot()?;
        let mut stop = interrupt::watched();
        snapshot.write(&args.file, env!("CARGO_PKG_VERSION"), Timestamp::now(), &mut stop)
    };
    finish(write(), &args.file, args.json, "holds")
}

/// Restores a backup. Status 1 when it could not be read, verified or written.
pub(super) fn restore(args: &RestoreArgs) -> ExitCode {
    let restore = || -> aloud_library::Result<Contents> {
        let mut backup = Backup::open(&args.file)?;
        let mut stop = interrupt::watched();
        backup.restore(&args.to, &mut stop)?;
        Ok(backup.contents().clone())
    };
    finish(restore(), &args.to, args.json, "has now")
}

fn finish(outcome: aloud_library::Result<Contents>, path: &Path, json: bool, verb: &str) -> ExitCode {
    match outcome {
        Ok(contents) => {
            if json {
                say_json(&Answer { path, contents: &contents });
            } else {
                say(&format!(
                    "{} {verb} {}, {}, {} of sound, verified.",
                    path.display(),
                    plural(contents.holds.takes, "take"),
                    plural(contents.holds.grades, "grade"),
                    size(contents.sound_bytes)
                ));
            }
            DONE
        }
        Err(error) => refuse(json, &error.to_string()),
    }
}
