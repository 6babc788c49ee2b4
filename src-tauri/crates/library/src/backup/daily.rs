//! Dated copies of the database in `backups/`: small, made by themselves, thinned.

use super::manifest::Holdings;
use super::{thinned, verified_copy};
use crate::error::file_error;
use crate::{Library, Result};
use jiff::civil::{Date, DateTime};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};

const PREFIX: &str = "library-";
const STAMP: &str = "%Y%m%d-%H%M%S";

/// A dated copy of the database.
#[derive(Clone, Debug, PartialEq)]
pub struct DatabaseCopy {
    /// The file.
    pub file: PathBuf,
    /// When it was made, where the person was.
    pub made: DateTime,
    /// It was made before the library got a new format, and is not thinned.
    pub before_format: bool,
    /// Its bytes.
    pub bytes: u64,
    /// What it holds; nothing when it cannot be read.
    pub holds: Option<Holdings>,
}

impl Library {
    /// Where dated copies are.
    pub fn backups_folder(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// Makes today's copy unless there is one already, and removes what is not worth keeping any more. Returns the new
    /// copy.
    pub fn back_up_daily(&self, now: DateTime) -> Result<Option<PathBuf>> {
        let folder = self.backups_folder();
        if dated(&folder).iter().any(|(_, made)| made.date() == now.date()) {
            return Ok(None);
        }
        let file = folder.join(format!("{PREFIX}{}.db", now.strftime(STAMP)));
        verified_copy(&self.connection, &file)?;
        let copies = dated(&folder);
        let days: Vec<Date> = copies.iter().map(|(_, made)| made.date()).collect();
        for index in thinned(&days) {
            if let Some((old, _)) = copies.get(index) {
                fs::remove_file(old).map_err(file_error("removed", old))?;
            }
        }
        Ok(Some(file))
    }

    /// Reads a dated copy through; an error says what is wrong with it.
    pub fn check_copy(copy: &Path) -> Result<()> {
        super::verify_database(copy).map(drop)
    }

    /// The dated copies in a folder, newest first, with what each holds.
    pub fn database_copies(backups: &Path) -> Vec<DatabaseCopy> {
        let entries = fs::read_dir(backups).into_iter().flatten().flatten();
        let mut copies: Vec<DatabaseCopy> = entries
            .filter_map(|entry| {
                let file = entry.path();
                let (made, before_format) = stamp(&file)?;
                let bytes = entry.metadata().ok().filter(fs::Metadata::is_file)?.len();
                Some(DatabaseCopy { holds: holdings(&file).ok(), file, made, before_format, bytes })
            })
            .collect();
        copies.sort_by(|one, other| (other.made, &other.file).cmp(&(one.made, &one.file)));
        copies
    }
}

fn holdings(file: &Path) -> Result<Holdings> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Holdings::of(&Connection::open_with_flags(file, flags)?)
}

/// The copies that are thinned.
fn dated(folder: &Path) -> Vec<(PathBuf, DateTime)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| match stamp(&entry.path())? {
            (made, false) => Some((entry.path(), made)),
            (_, true) => None,
        })
        .collect()
}

/// When a file says it was made, and whether before a change of format; nothing when it is no copy.
fn stamp(file: &Path) -> Option<(DateTime, bool)> {
    let name = file.file_name()?.to_str()?.strip_suffix(".db")?;
    let parse = |stamp: &str| DateTime::strptime(STAMP, stamp).ok();
    if let Some(stamp) = name.strip_prefix(PREFIX) {
        return Some((parse(stamp)?, false));
    }
    let (_, stamp) = name.strip_prefix("before-format-")?.split_once('-')?;
    Some((parse(stamp)?, true))
}
