//! The system's own dialogs for choosing files and folders, opened from here so that the page needs no permission for them.

use crate::failure::{Failure, Outcome};
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt as _, FilePath};

/// Lets the person choose a folder; nothing when they change their mind. Must not be called on the main thread.
pub fn folder(app: &AppHandle, title: &str) -> Outcome<Option<String>> {
    path(app.dialog().file().set_title(title).blocking_pick_folder())
}

/// Lets the person choose a file with one of these endings.
pub fn file(app: &AppHandle, title: &str, kind: &str, endings: &[&str]) -> Outcome<Option<String>> {
    path(app.dialog().file().set_title(title).add_filter(kind, endings).blocking_pick_file())
}

fn path(chosen: Option<FilePath>) -> Outcome<Option<String>> {
    let path: Option<PathBuf> = chosen.map(FilePath::into_path).transpose().map_err(Failure::new)?;
    Ok(path.map(|path| path.display().to_string()))
}
