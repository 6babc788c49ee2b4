//! Listening with something to compare against: two takes, anchors, key points, what is carried forward; and search.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::compare::{AnchorView, CarryView, Comparison};
use crate::views::search::Hit;
use crate::views::takes::Stretch;
use aloud_practice::Level;
use tauri::State;

/// Two takes of the same question, or of its sibling, side by side; the earlier comes first whichever is named first.
#[tauri::command(async)]
#[specta::specta]
pub fn compare(aloud: State<'_, Aloud>, one: String, other: String) -> Outcome<Comparison> {
    crate::compare::compare(&aloud, &one, &other)
}

/// Writes a point for the next attempt at a take's question; returns the question's points.
#[tauri::command(async)]
#[specta::specta]
pub fn carry_forward(aloud: State<'_, Aloud>, take: String, text: String) -> Outcome<Vec<CarryView>> {
    crate::compare::carry_forward(&aloud, &take, &text)
}

/// Gives a point another wording; returns the question's points.
#[tauri::command(async)]
#[specta::specta]
pub fn edit_carry(aloud: State<'_, Aloud>, point: String, text: String) -> Outcome<Vec<CarryView>> {
    crate::compare::edit_carry(&aloud, &point, &text)
}

/// Takes a point away; returns the question's points. `restore_carry` brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_carry(aloud: State<'_, Aloud>, point: String) -> Outcome<Vec<CarryView>> {
    crate::compare::set_carry_gone(&aloud, &point, true)
}

/// Undoes `remove_carry`.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_carry(aloud: State<'_, Aloud>, point: String) -> Outcome<Vec<CarryView>> {
    crate::compare::set_carry_gone(&aloud, &point, false)
}

/// Pins a key point of a revealed take to a moment in seconds; without one the pin is taken away.
#[tauri::command(async)]
#[specta::specta]
pub fn pin_key_point(aloud: State<'_, Aloud>, take: String, index: u32, at_s: Option<f64>) -> Outcome<()> {
    crate::review::pin_key_point(&aloud, &take, index, at_s)
}

/// Holds a graded take, or a stretch of it, up as a level of a signal.
#[tauri::command(async)]
#[specta::specta]
pub fn pin_anchor(
    aloud: State<'_, Aloud>,
    take: String,
    signal: String,
    level: Level,
    stretch: Option<Stretch>,
) -> Outcome<AnchorView> {
    crate::review::pin_anchor(&aloud, &take, &signal, level, stretch)
}

/// Takes an anchor away; `restore_anchor` brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_anchor(aloud: State<'_, Aloud>, anchor: String) -> Outcome<()> {
    crate::review::remove_anchor(&aloud, &anchor)
}

/// Undoes `remove_anchor`.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_anchor(aloud: State<'_, Aloud>, anchor: String) -> Outcome<AnchorView> {
    crate::review::restore_anchor(&aloud, &anchor)
}

/// What holds all of these words: prompts, notes, reflections, points carried forward. Best first.
#[tauri::command(async)]
#[specta::specta]
pub fn search(aloud: State<'_, Aloud>, words: String) -> Outcome<Vec<Hit>> {
    crate::search::search(&aloud, &words)
}
