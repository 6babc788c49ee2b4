//! What makes a desktop app pleasant to have around: its size, a key that works from anywhere, a question before an answer
//! is cut short.

use crate::app::MAIN;
use crate::failure::{Failure, Outcome};
use crate::ipc::QuitAsked;
use crate::state::Aloud;
use crate::views::asked::Action;
use crate::views::settings::Settings;
use tauri::{AppHandle, Manager, WebviewWindow, Window, WindowEvent};
use tauri_plugin_global_shortcut::{GlobalShortcutExt, ShortcutState};
use tauri_plugin_window_state::StateFlags;
use tauri_specta::Event;

/// What of a window is the same when it is opened again.
pub const REMEMBERED: StateFlags =
    StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED).union(StateFlags::FULLSCREEN);

/// Ends the answer from anywhere.
const END: &str = "CommandOrControl+Shift+Space";

/// Makes the window's size and the key from anywhere as they were chosen.
pub fn apply(app: &AppHandle, settings: &Settings) -> Outcome<()> {
    for window in app.webview_windows().values() {
        zoom(window, settings)?;
    }
    let keys = app.global_shortcut();
    match (settings.end_from_anywhere, keys.is_registered(END)) {
        (true, false) => keys.on_shortcut(END, |app, _, pressed| {
            if pressed.state == ShortcutState::Pressed {
                end_answer(app);
            }
        }),
        (false, true) => keys.unregister(END),
        _ => Ok(()),
    }
    .map_err(|_| {
        Failure::new("Ctrl+Shift+Space cannot be used from other windows here: the system refuses it, or another program has it.")
    })
}

/// Shows a window's page in the size that was chosen.
pub fn zoom(window: &WebviewWindow, settings: &Settings) -> Outcome<()> {
    window.set_zoom(f64::from(settings.zoom) / 100.0).map_err(Failure::new)
}

fn end_answer(app: &AppHandle) {
    let Some(aloud) = app.try_state::<Aloud>() else { return };
    if aloud.conductor.is_recording()
        && let Err(failure) = aloud.conductor.act(Action::End)
    {
        tracing::warn!("the answer could not be ended from another window: {}", failure.message);
    }
}

/// Closing the window in the middle of an answer asks first.
pub fn ask_before_quitting(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let recording = window.try_state::<Aloud>().is_some_and(|aloud| aloud.conductor.is_recording());
    // A page that cannot be asked must not keep the window open.
    if window.label() == MAIN && recording && QuitAsked.emit(window.app_handle()).is_ok() {
        api.prevent_close();
    }
}
