//! The library: everything the person has said, noted and judged, in `library.db` and `takes/`.
//!
//! Promise: history is append-only (triggers enforce it) and every commit is on disk when a call returns. A row for a take
//! exists before its first sample. The folder is readable by its owner alone. A library written by a newer version is
//! refused untouched; a second instance is refused at once.

mod anchor;
mod backup;
mod brief;
mod carry;
mod delivery;
mod disk;
mod error;
mod grade;
mod keeping;
mod key_point;
mod memory;
mod merge;
mod migrations;
mod moving;
mod note;
mod open;
mod pad;
mod place;
mod reflection;
mod search;
mod session;
mod setting;
mod take;
mod usage;

pub use anchor::Anchor;
pub use backup::{Backup, Contents, DatabaseCopy, Holdings, Snapshot};
pub use brief::{BriefGrade, BriefTake, BriefTakes};
pub use carry::{Carry, MOST_CARRIED};
pub use delivery::MeasuredTake;
pub use error::{LibraryError, in_words};
pub use grade::StoredGrade;
pub use keeping::{Removal, Trashed};
pub use merge::{Merged, Other, Plan, SoundPrint};
pub use moving::Move;
pub use note::Note;
pub use pad::PadEdit;
pub use place::{choose_folder, chosen_folder, default_folder, usual_folder};
pub use reflection::Reflection;
pub use search::{Found, PackWords, Piece, Place};
pub use session::{MockRun, NewSession, StoredSession};
pub use take::{NewTake, StoredMark, StoredTake, TakeEnd};
pub use usage::{Amount, Usage};

use jiff::Timestamp;
use memory::Memory;
use rusqlite::Connection;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Told how much of the work is done, in units of the second number; breaking off cancels it and leaves nothing half-done.
pub type Progress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// What library calls return.
pub type Result<T> = std::result::Result<T, LibraryError>;

/// An open library. One connection, held exclusively; share it behind a lock.
#[derive(Debug)]
pub struct Library {
    connection: Connection,
    folder: PathBuf,
    device: String,
    memory: Memory,
}

impl Library {
    /// The folder it lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where takes are stored.
    pub fn takes_folder(&self) -> PathBuf {
        self.folder.join("takes")
    }

    /// This machine's id in this library.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The sound file of a take while it is a WAV; once compacted, the FLAC stands beside this name.
    pub fn sound_file(&self, take: &str) -> PathBuf {
        self.takes_folder().join(format!("{take}.wav"))
    }

    /// Version of the SQLite it runs on, such as `3.53.2`.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    /// Whether SQLite finds the file sound; its first complaint otherwise.
    pub fn quick_check(&self) -> Result<std::result::Result<(), String>> {
        let answer: String = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok(if answer == "ok" { Ok(()) } else { Err(answer) })
    }
}

/// Work that was broken off ends with [`LibraryError::Cancelled`].
fn unless_cancelled(flow: ControlFlow<()>) -> Result<()> {
    if flow.is_break() { Err(LibraryError::Cancelled) } else { Ok(()) }
}

/// A fresh id; later ones sort after earlier ones.
pub fn fresh_id() -> String {
    Uuid::now_v7().to_string()
}

fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

fn timestamp(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}
