//! The library as the person's own: trash, compacting, backups, merging, moving, and long work.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::keeping::{BackupView, LibraryView, WorkView};
use crate::{dialog, keeping};
use aloud_library::Removal;
use tauri::{AppHandle, State};

/// What the library holds and takes.
#[tauri::command(async)]
#[specta::specta]
pub fn library(aloud: State<'_, Aloud>) -> LibraryView {
    // Whoever looks at the library reviews no take.
    aloud.reviewing(None);
    keeping::view(&aloud)
}

/// Deletes a take. Its grades stay; `restore_take` brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn delete_take(aloud: State<'_, Aloud>, take: String) -> Outcome<()> {
    keeping::delete(&aloud, &take, Removal::Take)
}

/// Undoes `delete_take`. Says whether the sound is there again.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_take(aloud: State<'_, Aloud>, take: String) -> Outcome<bool> {
    keeping::restore(&aloud, &take, Removal::Take)
}

/// Deletes a take's sound alone; `restore_sound` brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn delete_sound(aloud: State<'_, Aloud>, take: String) -> Outcome<()> {
    keeping::delete(&aloud, &take, Removal::Sound)
}

/// Undoes `delete_sound`. Says whether the sound is there again.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_sound(aloud: State<'_, Aloud>, take: String) -> Outcome<bool> {
    keeping::restore(&aloud, &take, Removal::Sound)
}

/// Keeps a take for ever, neither deleted nor compacted, or no longer.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_take(aloud: State<'_, Aloud>, take: String, kept: bool) -> Outcome<()> {
    keeping::keep(&aloud, &take, kept)
}

/// Removes for good what is in the trash.
#[tauri::command(async)]
#[specta::specta]
pub fn empty_trash(aloud: State<'_, Aloud>) -> Outcome<LibraryView> {
    keeping::empty_trash(&aloud)
}

/// Chooses after how many days takes are compacted by themselves; nothing is never.
#[tauri::command(async)]
#[specta::specta]
pub fn set_compaction(aloud: State<'_, Aloud>, days: Option<u32>) -> Outcome<LibraryView> {
    keeping::set_compaction(&aloud, days)
}

/// Compacts takes older than so many days now.
#[tauri::command(async)]
#[specta::specta]
pub fn start_compaction(aloud: State<'_, Aloud>, older_than_days: u32) -> Outcome<WorkView> {
    keeping::start_compaction(&aloud, older_than_days)
}

/// Writes a whole backup into a folder.
#[tauri::command(async)]
#[specta::specta]
pub fn start_backup(aloud: State<'_, Aloud>, folder: String) -> Outcome<WorkView> {
    keeping::start_backup(&aloud, &folder)
}

/// Looks into a backup without unpacking it.
#[tauri::command(async)]
#[specta::specta]
pub fn inspect_backup(aloud: State<'_, Aloud>, file: String) -> Outcome<BackupView> {
    keeping::inspect(&aloud, &file)
}

/// Reads every byte of a backup.
#[tauri::command(async)]
#[specta::specta]
pub fn start_check(aloud: State<'_, Aloud>, file: String) -> Outcome<WorkView> {
    keeping::start_check(&aloud, &file)
}

/// Restores a backup into a new folder, beside the library.
#[tauri::command(async)]
#[specta::specta]
pub fn start_restore(aloud: State<'_, Aloud>, file: String, to: String) -> Outcome<WorkView> {
    keeping::start_restore(&aloud, &file, &to)
}

/// Merges another library, or a backup of one, into this one.
#[tauri::command(async)]
#[specta::specta]
pub fn start_merge(aloud: State<'_, Aloud>, other: String) -> Outcome<WorkView> {
    keeping::start_merge(&aloud, &other)
}

/// Moves the library to another folder; the old one stays.
#[tauri::command(async)]
#[specta::specta]
pub fn start_move(aloud: State<'_, Aloud>, to: String) -> Outcome<WorkView> {
    keeping::start_move(&aloud, &to)
}

/// Removes the folder the library was moved from.
#[tauri::command(async)]
#[specta::specta]
pub fn start_remove_old(aloud: State<'_, Aloud>) -> Outcome<WorkView> {
    keeping::start_remove_old(&aloud)
}

/// Opens the library in another folder, now and at every start.
#[tauri::command(async)]
#[specta::specta]
pub fn switch_library(aloud: State<'_, Aloud>, folder: String) -> Outcome<LibraryView> {
    keeping::switch(&aloud, &folder)
}

/// Writes a take's sound as a WAV file.
#[tauri::command(async)]
#[specta::specta]
pub fn start_export_sound(aloud: State<'_, Aloud>, take: String, to: String) -> Outcome<WorkView> {
    keeping::start_export(&aloud, &take, &to)
}

/// The long work that goes on, or how the last one ended.
#[tauri::command(async)]
#[specta::specta]
pub fn work(aloud: State<'_, Aloud>) -> Option<WorkView> {
    aloud.work.view()
}

/// Breaks the long work off.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_work(aloud: State<'_, Aloud>) {
    aloud.work.cancel();
}

/// Puts the result of the last work away.
#[tauri::command(async)]
#[specta::specta]
pub fn put_work_away(aloud: State<'_, Aloud>) {
    aloud.work.put_away();
}

/// Lets the person choose a folder.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_folder(app: AppHandle, title: String) -> Outcome<Option<String>> {
    dialog::folder(&app, &title)
}

/// Lets the person choose a backup.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_backup(app: AppHandle) -> Outcome<Option<String>> {
    dialog::file(&app, "Choose a backup", "Backups", &["zip", "db"])
}

/// Lets the person choose where to save a take's sound.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_sound_file(app: AppHandle, name: String) -> Outcome<Option<String>> {
    dialog::save(&app, "Save the sound as WAV", &name, "wav")
}
