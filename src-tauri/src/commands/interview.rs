//! The interview: one session at a time.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::asked::{Action, Interview};
use tauri::State;

/// Starts a drill of these questions.
#[tauri::command(async)]
#[specta::specta]
pub fn start_drill(aloud: State<'_, Aloud>, pack: String, questions: Vec<String>) -> Outcome<Interview> {
    aloud.conductor.start_drill(&pack, &questions)
}

/// Starts a mock.
#[tauri::command(async)]
#[specta::specta]
pub fn start_mock(
    aloud: State<'_, Aloud>,
    pack: String,
    mock: String,
    variant: String,
) -> Outcome<Interview> {
    aloud.conductor.start_mock(&pack, &mock, &variant)
}

/// Goes on with a session that was interrupted.
#[tauri::command(async)]
#[specta::specta]
pub fn resume_session(aloud: State<'_, Aloud>, session: String) -> Outcome<Interview> {
    aloud.conductor.resume_session(&session)
}

/// The running session, if there is one.
#[tauri::command(async)]
#[specta::specta]
pub fn interview(aloud: State<'_, Aloud>) -> Option<Interview> {
    aloud.conductor.view()
}

/// The person does something. The new view also goes out as an `interview-changed` event.
#[tauri::command(async)]
#[specta::specta]
pub fn act(aloud: State<'_, Aloud>, action: Action) -> Outcome<Interview> {
    aloud.conductor.act(action)
}
