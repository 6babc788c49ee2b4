//! Reports, written into the library's folder `reports` and opened from there.

use crate::failure::Outcome;
use crate::report;
use crate::state::Aloud;
use crate::views::report::{ReportBegun, ReportWish};
use tauri::State;

/// Begins to write a report and returns the name it will have.
#[tauri::command(async)]
#[specta::specta]
pub fn start_report(aloud: State<'_, Aloud>, wish: ReportWish) -> Outcome<ReportBegun> {
    report::start(&aloud, &wish)
}

/// Opens a report that was written, in the browser or whatever shows such files.
#[tauri::command(async)]
#[specta::specta]
pub fn open_report(aloud: State<'_, Aloud>, name: String) -> Outcome<()> {
    crate::desktop::open_report(&report::in_folder(&aloud, &name)?)
}

/// Opens the folder of the reports in the file manager.
#[tauri::command(async)]
#[specta::specta]
pub fn open_reports_folder(aloud: State<'_, Aloud>) -> Outcome<()> {
    crate::desktop::open_folder(&report::folder(&aloud))
}
