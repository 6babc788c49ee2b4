//! Packs and questions, to browse.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::lists::{PackView, QuestionView};
use tauri::State;

/// All packs, with how often each question was tried.
#[tauri::command(async)]
#[specta::specta]
pub fn packs(aloud: State<'_, Aloud>) -> Outcome<Vec<PackView>> {
    crate::browse::packs(&aloud)
}

/// One question with its history.
#[tauri::command(async)]
#[specta::specta]
pub fn question(aloud: State<'_, Aloud>, pack: String, question: String) -> Outcome<QuestionView> {
    crate::browse::question(&aloud, &pack, &question)
}

/// Opens a link of a pack outside the app. Only `https` addresses; the window has asked the person.
#[tauri::command(async)]
#[specta::specta]
pub fn open_link(url: String) -> Outcome<()> {
    crate::desktop::open_link(&url)
}
