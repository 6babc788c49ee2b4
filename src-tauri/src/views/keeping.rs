//! The library as the person's own: what it takes, what is in the trash, its backups, and long work.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Everything about the library.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LibraryView {
    /// Its folder.
    pub folder: String,
    /// Why it cannot be used now; everything else is empty then.
    pub trouble: Option<String>,
    /// Free bytes on its disk.
    pub free_bytes: u64,
    /// Bytes of everything in it.
    pub bytes: u64,
    /// What they are for, without what takes none.
    pub parts: Vec<PartRow>,
    /// Takes older than so many days are compacted by themselves; `None` is never.
    pub compact_after_days: Option<u32>,
    /// Takes that are still WAV.
    pub wav: Amount,
    /// The dated copies and whole backups that are known, newest first.
    pub backups: Vec<BackupRow>,
    /// The folder whole backups went to last.
    pub backup_folder: Option<String>,
    /// What was deleted and can still come back.
    pub trash: Vec<TrashRow>,
    /// Days until what is in the trash goes by itself.
    pub trash_days: u32,
    /// The folder this library was moved from, while it is still there.
    pub moved_from: Option<String>,
    /// The folder was given at the start (`--library`), so another choice would not be remembered.
    pub given: bool,
    /// The system's usual folder for the library.
    pub usual_folder: String,
}

/// Files and their bytes.
#[derive(Clone, Copy, Debug, Serialize, Type)]
pub struct Amount {
    /// How many.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// What a part of the folder takes.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PartRow {
    /// What it is.
    pub name: String,
    /// In a sentence.
    pub about: String,
    /// How much it is.
    pub amount: Amount,
}

/// What kind of backup it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupKind {
    /// Everything, in one file.
    Whole,
    /// The database alone, made by itself.
    Copy,
    /// The database alone, made before its format changed.
    BeforeFormat,
}

/// A backup.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BackupRow {
    /// The file.
    pub file: String,
    /// Whole or not.
    pub kind: BackupKind,
    /// When it was made, as a list tells it.
    pub when: String,
    /// Its bytes.
    pub bytes: u64,
    /// What it holds, in words; `None` when it cannot be read.
    pub holds: Option<String>,
}

/// A backup looked into.
#[derive(Clone, Debug, Serialize, Type)]
pub struct BackupView {
    /// The file.
    pub row: BackupRow,
    /// What it holds, a line each.
    pub lines: Vec<String>,
    /// A folder to restore it to, beside the library.
    pub suggested: String,
}

/// A deleted sound that can come back.
#[derive(Clone, Debug, Serialize, Type)]
pub struct TrashRow {
    /// The take.
    pub take: String,
    /// Its title.
    pub title: String,
    /// Only its sound was deleted; the take is still listed.
    pub sound_only: bool,
    /// When it was deleted, as a list tells it.
    pub when: String,
    /// Bytes it takes.
    pub bytes: u64,
    /// Days until it goes by itself.
    pub days_left: u32,
}

/// What kind of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Making takes smaller.
    Compact,
    /// Writing a whole backup.
    Backup,
    /// Reading one through.
    Check,
    /// Restoring one beside.
    Restore,
    /// Merging another library into this one.
    Merge,
    /// Moving the library, or removing where it was.
    Move,
    /// Writing a take's sound as WAV.
    Export,
    /// Writing a report.
    Report,
}

/// How long work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WorkState {
    /// It goes on.
    Running,
    /// It is done.
    Done,
    /// It could not be done.
    Failed,
    /// It was broken off.
    Cancelled,
}

/// Long work, running or over.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct WorkView {
    /// What kind.
    pub kind: WorkKind,
    /// What it does, such as "Backing up".
    pub title: String,
    /// How it stands.
    pub state: WorkState,
    /// How much is done, from 0 to 1.
    #[specta(type = u32)]
    pub share: f64,
    /// What came of it, once it is over.
    pub sentence: String,
}
