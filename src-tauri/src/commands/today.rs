//! Today.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::lists::{Boot, Today};
use tauri::State;

/// What the window needs before its first screen.
#[tauri::command]
#[specta::specta]
pub fn boot(aloud: State<'_, Aloud>) -> Boot {
    aloud.boot()
}

/// What is due, what can be started, what happened last.
#[tauri::command(async)]
#[specta::specta]
pub fn today(aloud: State<'_, Aloud>) -> Outcome<Today> {
    crate::today::today(&aloud)
}
