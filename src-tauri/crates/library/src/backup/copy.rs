//! Copies of `library.db` that were opened and checked before anybody relies on them.

use crate::disk::{private_file, private_folder, sync_parent};
use crate::error::folder_error;
use crate::{LibraryError, Result};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::Path;

/// Writes a compact copy of the open database to `target` and verifies it: it opens, it is whole, it has the same format.
///
/// The copy appears under its name only once it is verified and on disk.
pub(crate) fn verified_copy(connection: &Connection, target: &Path) -> Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let unfinished = target.with_extension("tmp");
    copy_database(connection, &unfinished)?;
    let format: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if verify_database(&unfinished)? != format {
        let reason = "its copy has another format".to_owned();
        return Err(LibraryError::Damaged { file: unfinished, reason });
    }
    let sync = || -> std::io::Result<()> {
        fs::File::open(&unfinished)?.sync_all()?;
        fs::rename(&unfinished, target)?;
        sync_parent(target)
    };
    sync().map_err(|error| folder_error(folder, &error))
}

/// Writes a compact copy, not verified yet, in the place of whatever stands there. Fast: it is all that needs the library.
pub(crate) fn copy_database(connection: &Connection, target: &Path) -> Result<()> {
    let _ = fs::remove_file(target);
    connection.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
    private_file(target)
}

/// Reads the whole database and returns its format.
pub(crate) fn verify_database(file: &Path) -> Result<i64> {
    let damaged = |reason: String| LibraryError::Damaged { file: file.to_owned(), reason };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(file, flags)?;
    let check: String = copy
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| damaged(error.to_string()))?;
    if check != "ok" {
        return Err(damaged(check));
    }
    Ok(copy.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_opens_is_whole_and_replaces_nothing_unverified() {
        let folder = tempfile::tempdir().unwrap();
        let original = Connection::open(folder.path().join("library.db")).unwrap();
        original
            .execute_batch(
                "CREATE TABLE said (words TEXT); INSERT INTO said VALUES ('aloud'); PRAGMA user_version = 7",
            )
            .unwrap();
        let target = folder.path().join("backups/copy.db");
        verified_copy(&original, &target).unwrap();
        let copy = Connection::open(&target).unwrap();
        let words: String = copy.query_row("SELECT words FROM said", [], |row| row.get(0)).unwrap();
        let format: i64 = copy.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!((words.as_str(), format), ("aloud", 7));
        let left: Vec<_> =
            fs::read_dir(target.parent().unwrap()).unwrap().flatten().map(|e| e.file_name()).collect();
        assert_eq!(left, ["copy.db"], "an unfinished copy was left behind");
    }
}
