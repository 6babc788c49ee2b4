//! Ready?: microphone, level, echo test.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::settings::{MicrophoneRow, MicrophoneView};
use tauri::State;
use tauri::ipc::Response;

/// The microphones there are.
#[tauri::command(async)]
#[specta::specta]
pub fn microphones(aloud: State<'_, Aloud>) -> Outcome<Vec<MicrophoneRow>> {
    aloud.conductor.microphones()
}

/// Opens the chosen microphone, or the one given, which becomes the choice. `pulse` events follow.
#[tauri::command(async)]
#[specta::specta]
pub fn open_microphone(aloud: State<'_, Aloud>, choice: Option<String>) -> Outcome<MicrophoneView> {
    aloud.conductor.open_microphone(choice)
}

/// Closes the microphone, unless an answer is being recorded.
#[tauri::command(async)]
#[specta::specta]
pub fn close_microphone(aloud: State<'_, Aloud>) {
    aloud.conductor.close_microphone();
}

/// Records three seconds and returns them as a WAV file's bytes. Nothing is kept.
#[tauri::command(async)]
pub fn echo_test(aloud: State<'_, Aloud>) -> Outcome<Response> {
    aloud.conductor.echo_test().map(Response::new)
}

/// The person heard themselves: "Ready?" may be skipped until the microphone changes.
#[tauri::command(async)]
#[specta::specta]
pub fn microphone_is_fine(aloud: State<'_, Aloud>) -> Outcome<()> {
    aloud.conductor.microphone_is_fine()
}
