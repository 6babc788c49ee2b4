//! The person's own packs: what an import would bring, what it brought, and the list that is edited.

use serde::Serialize;
use specta::Type;

/// What was recognised in a file or folder, before anything is written.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ImportView {
    /// What was looked at, as it was named.
    pub path: String,
    /// A title for a new pack.
    pub title: String,
    /// How many questions there are.
    pub questions: u32,
    /// How many of them are answered in the source.
    pub with_answers: u32,
    /// The questions, by where they stand.
    pub sections: Vec<ImportSection>,
    /// Questions that are imported but not listed here, because the list is long.
    pub unlisted: u32,
    /// What was left out.
    pub skipped: Vec<SkipRow>,
    /// Why there is nothing to import, as a sentence.
    pub refusal: Option<String>,
    /// Personal packs that it can be imported into; the first is suggested if it came from the same place.
    pub packs: Vec<OwnPack>,
    /// The pack that was imported from the same place before.
    pub known: Option<String>,
}

/// A place in the source and its questions.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ImportSection {
    /// Headings, outermost first.
    pub title: String,
    /// In order.
    pub questions: Vec<ImportRow>,
}

/// A question that was recognised. Its answer is not told.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ImportRow {
    /// Line in its file.
    pub line: u32,
    /// Its words.
    pub text: String,
    /// Whether the source answers it.
    pub answered: bool,
    /// How many follow-ups come with it.
    pub probes: u32,
}

/// Something that was left out.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SkipRow {
    /// "line 12", with the file if there are several.
    pub place: String,
    /// Why.
    pub why: String,
}

/// A personal pack to choose.
#[derive(Clone, Debug, Serialize, Type)]
pub struct OwnPack {
    /// Its id.
    pub id: String,
    /// As shown.
    pub title: String,
}

/// What an import did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ImportedView {
    /// The pack.
    pub pack: String,
    /// As shown.
    pub title: String,
    /// New questions.
    pub added: u32,
    /// Brought up to date.
    pub updated: u32,
    /// Word for word as they were.
    pub unchanged: u32,
    /// Titles of questions that the person has edited, which stayed theirs although the source has changed.
    pub kept: Vec<String>,
    /// Titles of questions that the source does not hold any more; they stay.
    pub gone: Vec<String>,
}

/// A pack as it is edited.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EditorView {
    /// The pack.
    pub pack: String,
    /// As shown.
    pub title: String,
    /// Whether its words can be changed; otherwise questions can only be hidden.
    pub personal: bool,
    /// The bank with what is hidden.
    pub sections: Vec<EditorSection>,
    /// What undoing would take back, in words.
    pub undo: Option<String>,
}

/// A section, as it is edited.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EditorSection {
    /// As shown.
    pub title: String,
    /// Its groups.
    pub groups: Vec<EditorGroup>,
}

/// A group, as it is edited.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EditorGroup {
    /// As shown.
    pub title: String,
    /// In order.
    pub questions: Vec<EditorRow>,
}

/// A question, as it is edited.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EditorRow {
    /// Its id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Hidden from lists and drills.
    pub hidden: bool,
    /// Whether it has a model answer.
    pub answered: bool,
    /// Where it came from, as a sentence.
    pub origin: Option<String>,
}
