//! Takes: list, listen, note, grade, reveal.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::takes::{GradeInput, NoteView, TakeView, TakesPage, TakesWish};
use tauri::State;
use tauri::ipc::Response;

/// The newest takes that fit a wish.
#[tauri::command(async)]
#[specta::specta]
pub fn takes(aloud: State<'_, Aloud>, wish: TakesWish) -> Outcome<TakesPage> {
    crate::review::takes(&aloud, &wish)
}

/// One take to review. `blind` hides date and earlier grades.
#[tauri::command(async)]
#[specta::specta]
pub fn take(aloud: State<'_, Aloud>, take: String, blind: bool) -> Outcome<TakeView> {
    crate::review::take(&aloud, &take, blind)
}

/// A stretch of a take's sound as a WAV file's bytes; whole when no end is given. At most ten minutes at once.
#[tauri::command(async)]
pub fn take_sound(
    aloud: State<'_, Aloud>,
    take: String,
    from_s: f64,
    to_s: Option<f64>,
) -> Outcome<Response> {
    crate::review::sound(&aloud, &take, from_s, to_s).map(Response::new)
}

/// Peaks of a stretch: `bins` pairs of little-endian i16, lowest and highest sample.
#[tauri::command(async)]
pub fn take_peaks(
    aloud: State<'_, Aloud>,
    take: String,
    from_s: f64,
    to_s: f64,
    bins: u32,
) -> Outcome<Response> {
    crate::review::peaks(&aloud, &take, from_s, to_s, bins).map(Response::new)
}

/// Writes a note at a moment, or about the whole take.
#[tauri::command(async)]
#[specta::specta]
pub fn add_note(aloud: State<'_, Aloud>, take: String, at_s: Option<f64>, text: String) -> Outcome<NoteView> {
    crate::review::add_note(&aloud, &take, at_s, &text)
}

/// Changes a note's text.
#[tauri::command(async)]
#[specta::specta]
pub fn edit_note(aloud: State<'_, Aloud>, note: String, text: String) -> Outcome<NoteView> {
    crate::review::edit_note(&aloud, &note, &text)
}

/// Takes a note away; `restore_note` brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn delete_note(aloud: State<'_, Aloud>, note: String) -> Outcome<()> {
    crate::review::delete_note(&aloud, &note)
}

/// Undoes `delete_note`.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_note(aloud: State<'_, Aloud>, note: String) -> Outcome<NoteView> {
    crate::review::restore_note(&aloud, &note)
}

/// Stores a grade and returns the take as it is then. The first one locks.
#[tauri::command(async)]
#[specta::specta]
pub fn grade(aloud: State<'_, Aloud>, take: String, grade: GradeInput, blind: bool) -> Outcome<TakeView> {
    crate::review::grade(&aloud, &take, &grade, blind)
}

/// Shows the model answer, once the first grade is locked.
#[tauri::command(async)]
#[specta::specta]
pub fn reveal(aloud: State<'_, Aloud>, take: String) -> Outcome<TakeView> {
    crate::review::reveal(&aloud, &take)
}
