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
mod error;
mod grade;
mod key_point;
mod migrations;
mod note;
mod open;
mod pad;
mod reflection;
mod search;
mod session;
mod setting;
mod take;

pub use anchor::Anchor;
pub use brief::{BriefGrade, BriefTake, BriefTakes};
pub use carry::{Carry, MOST_CARRIED};
pub use delivery::MeasuredTake;
pub use error::LibraryError;
pub use grade::StoredGrade;
pub use note::Note;
pub use open::default_folder;
pub use pad::PadEdit;
pub use reflection::Reflection;
pub use search::{Found, PackWords, Piece, Place};
pub use session::{MockRun, NewSession, StoredSession};
pub use take::{NewTake, StoredMark, StoredTake, TakeEnd};

use jiff::Timestamp;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What library calls return.
pub type Result<T> = std::result::Result<T, LibraryError>;

/// An open library. One connection, held exclusively; share it behind a lock.
#[derive(Debug)]
pub struct Library {
    connection: Connection,
    folder: PathBuf,
    device: String,
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

    /// The sound file of a take.
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
