//! Settings.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::settings::{Settings, SettingsView};
use tauri::State;

/// The choices, and what is stored where.
#[tauri::command(async)]
#[specta::specta]
pub fn settings(aloud: State<'_, Aloud>) -> SettingsView {
    crate::settings::view(&aloud)
}

/// Stores the choices.
#[tauri::command(async)]
#[specta::specta]
pub fn save_settings(
    app: tauri::AppHandle,
    aloud: State<'_, Aloud>,
    settings: Settings,
) -> Outcome<SettingsView> {
    crate::comfort::apply(&app, &settings)?;
    crate::settings::save(&aloud, &settings)
}

/// Says a sentence in the voice that reads aloud, or why there is none.
#[tauri::command(async)]
#[specta::specta]
pub fn try_voice() -> Outcome<()> {
    crate::voice::try_out()
}

/// Ends the answer that is being recorded, keeps it, and quits.
#[tauri::command(async)]
#[specta::specta]
pub fn quit(app: tauri::AppHandle) {
    app.exit(0);
}

/// Opens the library's folder in the file manager.
#[tauri::command(async)]
#[specta::specta]
pub fn open_library_folder(aloud: State<'_, Aloud>) -> Outcome<()> {
    crate::desktop::open_folder(&aloud.shelf.folder())
}
