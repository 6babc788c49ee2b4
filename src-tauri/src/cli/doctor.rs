//! `aloud doctor`: is everything well that practising needs?

use super::{DONE, NOT_WELL, say};
use crate::shelf::pack_folders;
use aloud_audio::MicrophoneInfo;
use aloud_library::{Library, LibraryError};
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;

/// Arguments of `aloud doctor`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The whole report.
#[derive(Debug, Serialize)]
struct Report {
    version: &'static str,
    sqlite: &'static str,
    sound: Sound,
    library: LibraryHealth,
    packs: Vec<PackHealth>,
}

/// The sound part of the report.
#[derive(Debug, Serialize)]
struct Sound {
    /// Whether there is a microphone to practise with.
    well: bool,
    /// The microphones that are connected.
    microphones: Vec<MicrophoneInfo>,
    /// What is wrong and what to do about it, when something is.
    error: Option<String>,
}

/// The library part of the report.
#[derive(Debug, Serialize)]
struct LibraryHealth {
    well: bool,
    folder: String,
    takes: u32,
    free_bytes: u64,
    error: Option<String>,
}

/// One pack in the report.
#[derive(Debug, Serialize)]
struct PackHealth {
    well: bool,
    folder: String,
    questions: usize,
    errors: usize,
}

/// Looks at everything. Status 1 when something is not well.
pub(super) fn run(args: &Args, library: &Path) -> ExitCode {
    let packs = pack_folders();
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        sqlite: Library::sqlite_version(),
        sound: sound(),
        library: health(library),
        packs: packs
            .iter()
            .flat_map(|folder| crate::shelf::packs_in(folder))
            .map(|root| pack(&root))
            .collect(),
    };
    let well = report.sound.well && report.library.well && report.packs.iter().all(|pack| pack.well);
    if args.json {
        super::say_json(&report);
    } else {
        prose(&report);
    }
    if well { DONE } else { NOT_WELL }
}

/// Looks at the microphones. Takes at most a few seconds, also when the sound system hangs.
fn sound() -> Sound {
    match aloud_audio::microphones() {
        Ok(microphones) => Sound { well: true, microphones, error: None },
        Err(error) => Sound { well: false, microphones: Vec::new(), error: Some(error.to_string()) },
    }
}

/// Opens the library if there is one. None yet is well: it is made when the window opens first.
fn health(folder: &Path) -> LibraryHealth {
    let mut found = LibraryHealth {
        well: true,
        folder: folder.display().to_string(),
        takes: 0,
        free_bytes: folder.ancestors().find_map(|there| fs4::available_space(there).ok()).unwrap_or(0),
        error: None,
    };
    // A folder that was chosen and is gone is another matter: opening it says so.
    if !folder.join("library.db").exists()
        && aloud_library::chosen_folder().is_none_or(|chosen| chosen != folder)
    {
        return found;
    }
    let looked =
        Library::open(folder).and_then(|library| Ok((library.count_takes()?, library.quick_check()?)));
    match looked {
        Ok((takes, Ok(()))) => found.takes = takes,
        Ok((takes, Err(complaint))) => {
            let damaged = LibraryError::Damaged { file: folder.join("library.db"), reason: complaint };
            found = LibraryHealth { well: false, takes, error: Some(damaged.to_string()), ..found };
        }
        Err(error) => found = LibraryHealth { well: false, error: Some(error.to_string()), ..found },
    }
    found
}

fn pack(root: &Path) -> PackHealth {
    let reading = aloud_packs::read(root);
    PackHealth {
        well: reading.is_well(),
        folder: root.display().to_string(),
        questions: reading.pack.as_ref().map_or(0, |pack| pack.bank().count()),
        errors: reading.count(aloud_packs::Severity::Error),
    }
}

fn prose(report: &Report) {
    say(&format!("Aloud {}, SQLite {}", report.version, report.sqlite));
    for microphone in &report.sound.microphones {
        let default = if microphone.is_default { " (default)" } else { "" };
        say(&format!("microphone  {}{default}  [{}]", microphone.name, microphone.id));
    }
    if let Some(error) = &report.sound.error {
        say(&format!("microphone  {error}"));
    }
    let library = &report.library;
    say(&format!(
        "library     {}: {} takes, {} MB free",
        library.folder,
        library.takes,
        library.free_bytes / 1_000_000
    ));
    if let Some(error) = &library.error {
        say(&format!("library     {error}"));
    }
    for pack in &report.packs {
        say(&format!("pack        {}: {} questions, {} errors", pack.folder, pack.questions, pack.errors));
    }
}
