//! The person's own questions: import, edit, hide.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::own::{EditorView, ImportView, ImportedView};
use crate::views::revealed::WordingView;
use crate::{dialog, own};
use tauri::{AppHandle, State};

/// Lets the person choose a file, or a folder, to import from; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_import(app: AppHandle, folder: bool) -> Outcome<Option<String>> {
    if folder {
        return dialog::folder(&app, "Import questions from a folder");
    }
    dialog::file(&app, "Import questions from a file", "Markdown", &["md", "markdown", "mdx", "txt", "zip"])
}

/// What can be imported from a file, a folder or an archive. Nothing is written.
#[tauri::command(async)]
#[specta::specta]
pub fn look_at_import(aloud: State<'_, Aloud>, path: String) -> Outcome<ImportView> {
    own::look(&aloud, &path)
}

/// Imports what was looked at last, into a personal pack or into a new one of this title.
#[tauri::command(async)]
#[specta::specta]
pub fn import_questions(
    app: AppHandle,
    aloud: State<'_, Aloud>,
    pack: Option<String>,
    title: String,
) -> Outcome<ImportedView> {
    own::import(&app, &aloud, pack.as_deref(), &title)
}

/// Breaks an import off; nothing changes.
#[tauri::command]
#[specta::specta]
pub fn cancel_import(aloud: State<'_, Aloud>) {
    aloud.own.cancel();
}

/// Makes a personal pack without questions and returns its id.
#[tauri::command(async)]
#[specta::specta]
pub fn new_pack(aloud: State<'_, Aloud>, title: String) -> Outcome<String> {
    own::new_pack(&aloud, &title)
}

/// A pack as it is edited.
#[tauri::command(async)]
#[specta::specta]
pub fn editor(aloud: State<'_, Aloud>, pack: String) -> Outcome<EditorView> {
    own::editor(&aloud, &pack)
}

/// The words of a question of a personal pack, with its answer.
#[tauri::command(async)]
#[specta::specta]
pub fn wording(aloud: State<'_, Aloud>, pack: String, question: String) -> Outcome<WordingView> {
    own::wording(&aloud, &pack, &question)
}

/// Words a question anew, or adds one to a group when none is named.
#[tauri::command(async)]
#[specta::specta]
pub fn save_question(
    aloud: State<'_, Aloud>,
    pack: String,
    question: Option<String>,
    section: String,
    group: String,
    wording: WordingView,
) -> Outcome<EditorView> {
    own::save(&aloud, &pack, question.as_deref(), (section, group), wording)
}

/// Moves a question up or down by this many places.
#[tauri::command(async)]
#[specta::specta]
pub fn move_question(
    aloud: State<'_, Aloud>,
    pack: String,
    question: String,
    steps: i32,
) -> Outcome<EditorView> {
    own::shift(&aloud, &pack, &question, steps)
}

/// Hides a question from lists and drills, or shows it again.
#[tauri::command(async)]
#[specta::specta]
pub fn hide_question(
    aloud: State<'_, Aloud>,
    pack: String,
    question: String,
    hidden: bool,
) -> Outcome<EditorView> {
    own::hide(&aloud, &pack, &question, hidden)
}

/// Takes the latest change to a pack back.
#[tauri::command(async)]
#[specta::specta]
pub fn undo_edit(aloud: State<'_, Aloud>, pack: String) -> Outcome<EditorView> {
    own::undo(&aloud, &pack)
}
