//! The other library: its database copied and checked, its sounds where they are.

use crate::backup::{Backup, copy_database, verify_database};
use crate::disk::{private_file, private_folder};
use crate::error::file_error;
use crate::keeping::FORMS;
use crate::open::{self, SCRATCH};
use crate::{LibraryError, Result, fresh_id, migrations};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A library to merge from. What was copied of it goes when this does.
#[derive(Debug)]
pub struct Other {
    scratch: PathBuf,
    sounds: Sounds,
}

/// Where its sounds are.
#[derive(Debug)]
enum Sounds {
    Folder(PathBuf),
    Backup(Box<Backup>),
    /// A copy of a database has none.
    Nowhere,
}

impl Other {
    /// Looks at a library's folder, a backup, or a copy of a database, and copies its database into the library at `into`.
    pub fn open(path: &Path, into: &Path) -> Result<Self> {
        let scratch = into.join(SCRATCH).join(fresh_id());
        private_folder(&scratch)?;
        let mut other = Self { scratch, sounds: Sounds::Nowhere };
        other.sounds = other.copy(path, into)?;
        let database = other.database();
        verify_database(&database).map_err(|error| not_merged(error, path))?;
        let mut connection = Connection::open(&database)?;
        open::gate(&connection, &database).map_err(|error| not_merged(error, path))?;
        migrations::ALL.to_latest(&mut connection).map_err(|error| {
            LibraryError::NotMerged(format!(
                "{} could not be brought to this version's format ({error})",
                path.display()
            ))
        })?;
        drop(connection);
        check_ids_in(&database).map_err(LibraryError::NotMerged)?;
        Ok(other)
    }

    fn copy(&self, path: &Path, into: &Path) -> Result<Sounds> {
        let database = self.database();
        let missing = || LibraryError::NotMerged(format!("there is no library in {}", path.display()));
        if path.is_dir() {
            if same(path, into) {
                return Err(LibraryError::NotMerged(
                    "that is this library itself. Choose the other one".into(),
                ));
            }
            let file = path.join("library.db");
            if !file.is_file() {
                return Err(missing());
            }
            copy_untouched(&file, &database).map_err(|error| not_merged(error, path))?;
            return Ok(Sounds::Folder(path.join("takes")));
        }
        let mut start = Vec::new();
        let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut start));
        read.map_err(file_error("read", path))?;
        if start.starts_with(b"SQLite format 3\0") {
            copy_untouched(path, &database).map_err(|error| not_merged(error, path))?;
            return Ok(Sounds::Nowhere);
        }
        let mut backup = Backup::open(path)?;
        if !backup.extract_named("library.db", &database, &mut |_| ControlFlow::Continue(()))? {
            return Err(missing());
        }
        Ok(Sounds::Backup(Box::new(backup)))
    }

    fn database(&self) -> PathBuf {
        self.scratch.join("library.db")
    }

    /// What SQLite attaches.
    pub(super) fn address(&self) -> String {
        self.database().to_string_lossy().into_owned()
    }

    /// The form in which the other library has a take's sound.
    pub(super) fn form(&self, take: &str) -> Option<&'static str> {
        FORMS.into_iter().find(|form| match &self.sounds {
            Sounds::Folder(takes) => takes.join(format!("{take}.{form}")).is_file(),
            Sounds::Backup(backup) => backup.has(&format!("takes/{take}.{form}")),
            Sounds::Nowhere => false,
        })
    }

    /// Copies a take's sound to a file of our own, whole or not at all.
    pub(super) fn fetch(&mut self, take: &str, form: &str) -> Result<PathBuf> {
        let name = format!("{take}.{form}");
        let target = self.scratch.join(&name);
        let _ = fs::remove_file(&target);
        match &mut self.sounds {
            Sounds::Nowhere => return Err(LibraryError::Missing("sound")),
            Sounds::Backup(backup) => {
                backup.extract_named(
                    &format!("takes/{name}"),
                    &target,
                    &mut |_| ControlFlow::Continue(()),
                )?;
            }
            Sounds::Folder(takes) => {
                let from = takes.join(&name);
                fs::copy(&from, &target).map_err(file_error("copied", &from))?;
                private_file(&target)?;
                File::open(&target).and_then(|file| file.sync_all()).map_err(file_error("copied", &from))?;
            }
        }
        Ok(target)
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

fn same(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().zip(other.canonicalize().ok()).is_some_and(|(one, other)| one == other)
}

/// Copies a library's database without changing a byte of it, and only when nobody has it open.
fn copy_untouched(file: &Path, target: &Path) -> Result<()> {
    let wal = file.with_file_name("library.db-wal");
    let waiting = wal.metadata().is_ok_and(|data| data.len() > 0);
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let writable = fs::File::options().write(true).open(file).is_ok();
    if !writable {
        // Nobody can be writing it; what waits in its journal belongs to it.
        fs::copy(file, target).map_err(file_error("copied", file))?;
        if waiting {
            fs::copy(&wal, target.with_file_name("library.db-wal")).map_err(file_error("copied", &wal))?;
        }
        let copy = Connection::open(target)?;
        open::gate(&copy, file)?;
        return Ok(());
    }
    let connection = Connection::open_with_flags(file, flags)?;
    if open::gate(&connection, file)? {
        return Err(LibraryError::NotMerged("there is nothing in it".into()));
    }
    if waiting {
        // Its journal stays as it is; with an empty one there is nothing to keep.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    }
    copy_database(&connection, target)
}

/// The other library's trouble, told as such.
fn not_merged(error: LibraryError, path: &Path) -> LibraryError {
    let at = path.display();
    match error {
        LibraryError::InUse => LibraryError::NotMerged(format!(
            "the library in {at} is open in another Aloud. Close it there, then try again"
        )),
        LibraryError::Newer { .. } => LibraryError::NotMerged(format!(
            "{at} was written by a newer version of Aloud. Install that version here, then try again"
        )),
        LibraryError::Foreign(_) => LibraryError::NotMerged(format!("{at} is not an Aloud library")),
        LibraryError::Damaged { reason, .. } => LibraryError::NotMerged(format!(
            "the library in {at} is damaged ({reason}). Merge a backup of it instead"
        )),
        other => other,
    }
}

/// Ids name files, so every take's must be one; the sentence says what is wrong otherwise.
pub(crate) fn check_ids_in(database: &Path) -> std::result::Result<(), String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let look = || -> rusqlite::Result<bool> {
        let connection = Connection::open_with_flags(database, flags)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        let mut statement = connection.prepare("SELECT id FROM take")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if !row.get_ref(0)?.as_str().is_ok_and(crate::backup::is_id) {
                return Ok(false);
            }
        }
        Ok(true)
    };
    match look() {
        Ok(true) => Ok(()),
        Ok(false) => {
            Err("a take in it has an id that Aloud never gives, so it was not written by Aloud".into())
        }
        Err(_) => Err("its takes cannot be read, so it is damaged or was not written by Aloud".into()),
    }
}
