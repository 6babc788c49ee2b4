//! `aloud export`: a report of a session or a period as a file.

use super::{DONE, NOT_WELL, complain, interrupt, must_hold_library, say, say_json};
use crate::conductor::{Audience, Conductor};
use crate::failure::{Failure, Outcome};
use crate::report::{About, Draft, Format, Wanted};
use crate::shelf::{Shelf, pack_folders};
use crate::state::Aloud;
use crate::views::asked::{Interview, Pulse};
use crate::wall::Wall;
use crate::work::Work;
use aloud_practice::day::practice_day;
use jiff::civil::Date;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Arguments of `aloud export`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Report this session; `last` is the newest one
    #[arg(long, value_name = "ID", required_unless_present = "from", conflicts_with_all = ["from", "to"])]
    session: Option<String>,
    /// Report every session from this day on, as 2026-11-22
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Up to and with this day; today when it is left out
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<Date>,
    /// How to write it: HTML to read and print, Markdown to edit, JSON for machines
    #[arg(long, value_enum, default_value = "html")]
    format: Format,
    /// The file to write; one that is there is left as it is
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Put the recordings beside it, in a folder of the same name
    #[arg(long)]
    audio: bool,
    /// Print one JSON object about what was written
    #[arg(long)]
    json: bool,
}

/// What was written, for machines.
#[derive(Serialize)]
struct Answer {
    out: Option<PathBuf>,
    recordings: u64,
    error: Option<String>,
}

/// Nobody watches.
struct Nobody;

impl Audience for Nobody {
    fn pulse(&self, _: Pulse) {}
    fn interview(&self, _: &Interview) {}
    fn trouble(&self, _: Option<&str>) {}
}

/// Writes the report. Status 1 when it cannot be.
pub(super) fn run(args: &Args, library: &Path) -> ExitCode {
    let done = export(args, library);
    let error = done.as_ref().err().map(|failure| failure.message.clone());
    if args.json {
        let out = done.is_ok().then(|| args.out.clone());
        say_json(&Answer { out, recordings: done.unwrap_or(0), error: error.clone() });
    } else if error.is_none() {
        say(&format!("Written: {}", args.out.display()));
        if args.format == Format::Html {
            say("To get a PDF, open it in a browser, print it and choose “Save as PDF”.");
        }
    }
    match error {
        None => DONE,
        Some(error) => {
            complain(&error);
            NOT_WELL
        }
    }
}

/// Writes the report, and returns how many takes were gone through for their recordings.
fn export(args: &Args, library: &Path) -> Outcome<u64> {
    must_hold_library(library).map_err(Failure::new)?;
    let wall = Wall::from_environment();
    let shelf = Arc::new(Shelf::open(library, pack_folders()));
    let conductor = Conductor::start(Arc::clone(&shelf), wall.clone(), Nobody);
    let aloud = Aloud::new(shelf, wall, conductor, Work::new(|_| {}), true, 0);
    let wanted = Wanted { about: about(&aloud, args)?, format: args.format, audio: args.audio };
    let draft = Draft::of(&aloud, &wanted, &args.out)?;
    let mut recordings = 0;
    let mut stop = interrupt::watched();
    draft.write(&aloud.shelf, &mut |done, all| {
        recordings = done;
        stop(done, all)
    })?;
    Ok(recordings)
}

fn about(aloud: &Aloud, args: &Args) -> Outcome<About> {
    match (args.session.as_deref(), args.from) {
        (Some("last"), _) => {
            let newest = aloud.shelf.with(|library| library.session_times())?.pop();
            let none =
                || Failure::new("Nothing was practised in this library yet, so there is nothing to report.");
            newest.map(|(id, _)| About::Session(id)).ok_or_else(none)
        }
        (Some(id), _) => Ok(About::Session(id.to_owned())),
        (None, Some(from)) => {
            Ok(About::Period(from, args.to.unwrap_or_else(|| practice_day(&aloud.wall.here()))))
        }
        (None, None) => Err(Failure::new("Name a session with --session, or a period with --from and --to.")),
    }
}
