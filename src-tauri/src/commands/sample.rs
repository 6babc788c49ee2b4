//! The sample: opened to look around, and left again.

use crate::failure::Outcome;
use crate::sample;
use crate::state::Aloud;
use tauri::State;

/// Opens the sample in the place of the library. The page loads anew after it.
#[tauri::command(async)]
#[specta::specta]
pub fn open_sample(aloud: State<'_, Aloud>) -> Outcome<()> {
    sample::open(&aloud)
}

/// Removes the sample and goes on with the library. The page loads anew after it.
#[tauri::command(async)]
#[specta::specta]
pub fn leave_sample(aloud: State<'_, Aloud>) -> Outcome<()> {
    sample::leave(&aloud)
}
