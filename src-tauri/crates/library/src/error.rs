//! What can go wrong with a library, as sentences for the person.

use std::path::{Path, PathBuf};
use thiserror::Error;

/// A library error. `Display` is meant to be shown.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LibraryError {
    /// Another process holds it.
    #[error("Aloud is already open with this library. Use that window, or close it and try again.")]
    InUse,
    /// Written by a newer version.
    #[error(
        "This library was written by a newer version of Aloud (its format is {found}, this version knows up to {known}). Nothing was changed. Install the newer version to open it."
    )]
    Newer {
        /// Format of the file.
        found: i64,
        /// Newest format known here.
        known: i64,
    },
    /// Not one of ours.
    #[error("{} is not an Aloud library. Choose another folder in Settings, or move that file away.", .0.display())]
    Foreign(PathBuf),
    /// The folder cannot be made or written.
    #[error("Aloud cannot write to its library folder {}: {reason}. Check that the disk is connected and that you may write there, or choose another folder in Settings.", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said, in words.
        reason: String,
    },
    /// No space left.
    #[error(
        "The disk that holds the library is full. Free some space and try again; what was saved so far is safe."
    )]
    DiskFull,
    /// The file is damaged.
    #[error("The library file {} is damaged: {reason}. It was left as it is. Move it aside and restore the newest copy from the folder `backups` beside it.", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What SQLite said.
        reason: String,
    },
    /// Something asked for is not there.
    #[error("This {0} is not in the library any more.")]
    Missing(&'static str),
    /// A rule of the library was broken by a caller.
    #[error("That could not be saved: {0}.")]
    Refused(String),
    /// Whoever asked for the work broke it off.
    #[error("This was cancelled. Nothing was changed.")]
    Cancelled,
    /// A file that is no backup, or one that is damaged.
    #[error("{} cannot be used as a backup: {reason}. Nothing was changed.", file.display())]
    NotBackup {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// A backup cannot be restored to a place.
    #[error("Nothing was restored: {0}.")]
    NotRestored(String),
    /// The chosen folder is not there.
    #[error("The library is kept in {}, and that folder is not there now. Connect its disk and start Aloud again, or open another library in Settings.", .0.display())]
    Away(PathBuf),
    /// The library cannot be moved to a place.
    #[error("The library was not moved to {0}.")]
    NotMoved(String),
    /// A library cannot be merged into this one.
    #[error("Nothing was merged: {0}.")]
    NotMerged(String),
    /// A file could not be worked with.
    #[error("{} could not be {doing}: {reason}. Check the disk and the folder, then try again.", path.display())]
    File {
        /// What was being done, as a participle.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said, in words.
        reason: String,
    },
    /// It must not be done now; the sentence says why and what to do.
    #[error("{0}")]
    Forbidden(&'static str),
    /// Anything else SQLite reports.
    #[error("The library could not be read or written ({0}). Try again; if it happens again, restart Aloud.")]
    Sqlite(rusqlite::Error),
    /// A stored value cannot be understood.
    #[error("A stored entry could not be read ({0}). It was left as it is.")]
    Entry(#[from] serde_json::Error),
}

impl From<rusqlite::Error> for LibraryError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{ConstraintViolation, DatabaseBusy, DatabaseLocked, DiskFull};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::InUse,
            Some(DiskFull) => Self::DiskFull,
            Some(ConstraintViolation) => Self::Refused(plain(&error)),
            _ => Self::Sqlite(error),
        }
    }
}

fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        other => other.to_string(),
    }
}

/// Why the system refused to work with a file or folder, as the rest of a sentence without its full stop.
pub fn in_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "there is no space left on its disk".to_owned(),
        ErrorKind::PermissionDenied => "that is not allowed".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "its disk is read-only".to_owned(),
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::AlreadyExists => "there is one already".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "a file stands where a folder should be".to_owned(),
        _ => without_number(error),
    }
}

/// What the system said, without the number that only it understands.
fn without_number(error: &std::io::Error) -> String {
    let said = error.to_string();
    said.split_once(" (os error").map_or(said.as_str(), |(words, _)| words).to_owned()
}

/// A file error with what was being done to which file.
pub(crate) fn file_error<'a>(
    doing: &'static str,
    path: &'a Path,
) -> impl Fn(std::io::Error) -> LibraryError + 'a {
    move |error| LibraryError::File { doing, path: path.to_owned(), reason: in_words(&error) }
}

pub(crate) fn folder_error(folder: &Path, error: &std::io::Error) -> LibraryError {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull => LibraryError::DiskFull,
        kind => {
            let reason = match kind {
                ErrorKind::PermissionDenied => "writing there is not allowed".to_owned(),
                ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
                ErrorKind::NotFound => "the folder above it does not exist".to_owned(),
                ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                    "a file stands where the folder should be".to_owned()
                }
                _ => without_number(error),
            };
            LibraryError::Folder { folder: folder.to_owned(), reason }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn a_refusal_of_the_system_is_told_in_words() {
        assert_eq!(in_words(&Error::from(ErrorKind::PermissionDenied)), "that is not allowed");
        for number in 1..=100 {
            let told = in_words(&Error::from_raw_os_error(number));
            assert!(!told.is_empty() && !told.contains("os error"), "{told}");
        }
    }
}
