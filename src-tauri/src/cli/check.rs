//! `aloud check PACK`: what is in a pack, and what is wrong with it.

use super::{DONE, NOT_WELL, say};
use aloud_packs::check::{Summary, summary};
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `aloud check`.
#[derive(clap::Args)]
pub struct Args {
    /// The pack's folder
    pack: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Reads the pack and prints what was found. Status 1 when it has errors.
pub fn run(args: &Args) -> ExitCode {
    let reading = aloud_packs::read(&args.pack);
    let summary = summary(&reading);
    if args.json {
        super::say_json(&summary);
    } else {
        prose(&summary);
    }
    if reading.is_well() { DONE } else { NOT_WELL }
}

fn prose(summary: &Summary) {
    for problem in &summary.errors {
        say(&format!("error   {problem}"));
    }
    for problem in &summary.warnings {
        say(&format!("warning {problem}"));
    }
    say(&format!(
        "{} sections, {} groups, {} questions, {} signals at {} levels, {} checklist lines",
        summary.sections,
        summary.groups,
        summary.questions,
        summary.signals,
        summary.levels,
        summary.checklist
    ));
    for mock in &summary.mocks {
        say(&format!(
            "mock {}: {} min, {} stages, {} prompts, {} variants",
            mock.id, mock.minutes, mock.stages, mock.prompts, mock.variants
        ));
    }
    say(&format!("{} errors, {} warnings", summary.errors.len(), summary.warnings.len()));
}
