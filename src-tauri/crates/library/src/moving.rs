//! Moving the library to another folder, and making a library of a dated copy.
//!
//! Promise: the old folder is complete until the new one was verified and is in use, and is removed only when asked for.
//! Only files that belong to a library are removed.

use crate::disk::{private_file, private_folder, sync, sync_parent};
use crate::error::file_error;
use crate::keeping::FORMS;
use crate::open::SCRATCH;
use crate::{Library, LibraryError, Progress, Result, backup, unless_cancelled};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// What of a library is copied as it is. The database is copied by itself, and what can be made again is made again.
const FOLDERS: [&str; 5] = ["takes", "packs", "backups", "trash", "reports"];
/// Folders whose files a merge does not bring.
const UNMERGED: [&str; 2] = ["packs", "reports"];
/// Files of a library beside its folders.
const FILES: [&str; 8] = [
    "library.db",
    "library.db-wal",
    "library.db-shm",
    "search.db",
    "search.db-journal",
    "search.db-wal",
    "search.db-shm",
    "echo.wav",
];

/// A copy of a library on its way to its new place. Dropped before it is finished, it goes.
#[derive(Debug)]
pub struct Move {
    from: PathBuf,
    to: PathBuf,
    unfinished: PathBuf,
    done: bool,
}

impl Move {
    /// Begins to move the library in `from` to `to`, an empty folder or a new one.
    pub fn begin(from: &Path, to: &Path) -> Result<Self> {
        let no = |why: &str| Err(LibraryError::NotMoved(format!("{}: {why}", to.display())));
        let Some(name) = to.file_name().filter(|_| to.is_absolute()) else {
            return no("choose a folder with its whole path");
        };
        let inside = |one: &Path, other: &Path| one.canonicalize().is_ok_and(|one| one.starts_with(other));
        let above = to.ancestors().find(|folder| folder.is_dir()).unwrap_or(to);
        if from.canonicalize().is_ok_and(|from| inside(above, &from)) {
            return no("it is inside the library. Choose a folder beside it");
        }
        match fs::read_dir(to).map(|mut entries| entries.next().is_some()) {
            Ok(true) => return no("it is not empty. Choose a new folder"),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(file_error("used", to)(error));
            }
            _ => {}
        }
        let mut unfinished = name.to_owned();
        unfinished.push(".unfinished");
        let unfinished = to.with_file_name(unfinished);
        // The name says what it is: an earlier try that a crash ended.
        let _ = fs::remove_dir_all(&unfinished);
        private_folder(&unfinished)?;
        Ok(Self { from: from.to_owned(), to: to.to_owned(), unfinished, done: false })
    }

    /// Copies everything but the database, each file verified. What changes meanwhile is copied by another call, which
    /// then takes a moment only. Progress is in bytes.
    pub fn copy(&self, progress: &mut Progress<'_>) -> Result<()> {
        let mut files = Vec::new();
        for folder in FOLDERS {
            crate::usage::walk(&self.from.join(folder), &mut |file, bytes| {
                files.push((file.to_owned(), bytes));
            });
        }
        let total: u64 = files.iter().map(|(_, bytes)| bytes).sum();
        let mut done = 0;
        let mut wanted = HashSet::new();
        for (file, bytes) in files {
            let Ok(inside) = file.strip_prefix(&self.from) else { continue };
            let target = self.unfinished.join(inside);
            if !is_same(&file, &target) {
                copy_verified(&file, &target)?;
            }
            wanted.insert(target);
            done += bytes;
            unless_cancelled(progress(done, total.max(1)))?;
        }
        // Something may have been deleted, or compacted, since an earlier call.
        let mut stale = Vec::new();
        for folder in FOLDERS {
            crate::usage::walk(&self.unfinished.join(folder), &mut |file, _| stale.push(file.to_owned()));
        }
        for file in stale.iter().filter(|file| !wanted.contains(*file)) {
            fs::remove_file(file).map_err(file_error("removed", file))?;
        }
        Ok(())
    }

    /// Copies the database, verifies it and opens the library in its new place. `library` must not be used afterwards.
    pub fn finish(mut self, library: &Library) -> Result<Library> {
        self.copy(&mut |_, _| std::ops::ControlFlow::Continue(()))?;
        private_folder(&self.unfinished.join("takes"))?;
        backup::verified_copy(&library.connection, &self.unfinished.join("library.db"))?;
        let _ = fs::remove_dir(&self.to);
        fs::rename(&self.unfinished, &self.to).map_err(file_error("written", &self.to))?;
        self.done = true;
        sync_parent(&self.to).map_err(file_error("written", &self.to))?;
        Library::open(&self.to)
    }
}

impl Drop for Move {
    fn drop(&mut self) {
        if !self.done {
            // The name says that it is none.
            let _ = fs::remove_dir_all(&self.unfinished);
        }
    }
}

/// The same length and time of change: what an earlier call copied.
fn is_same(from: &Path, to: &Path) -> bool {
    let facts = |file: &Path| file.metadata().and_then(|data| Ok((data.len(), data.modified()?))).ok();
    facts(to).is_some_and(|there| facts(from) == Some(there))
}

/// Copies a file, reads the copy back, and gives it the time of the first.
fn copy_verified(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        private_folder(folder)?;
    }
    let copied = file_error("copied", from);
    let hash = |file: &mut File, out: &mut dyn io::Write| -> io::Result<[u8; 32]> {
        let mut hash = Sha256::new();
        let mut block = vec![0; 256 * 1024];
        loop {
            let read = file.read(&mut block)?;
            let Some(bytes) = block.get(..read).filter(|bytes| !bytes.is_empty()) else {
                return Ok(hash.finalize().into());
            };
            hash.update(bytes);
            out.write_all(bytes)?;
        }
    };
    let copy = || -> io::Result<bool> {
        let mut source = File::open(from)?;
        let mut target = File::create(to)?;
        let written = hash(&mut source, &mut target)?;
        target.flush()?;
        target.sync_all()?;
        let read = hash(&mut File::open(to)?, &mut io::sink())?;
        target.set_modified(source.metadata()?.modified()?)?;
        Ok(written == read)
    };
    if !copy().map_err(&copied)? {
        return Err(copied(io::Error::other("what was read back is not what was written")));
    }
    private_file(to)
}

impl Library {
    /// A file of a pack or a report that is in the old library's folder alone, or differs there: a merge brings none.
    pub fn only_in(old: &Path, new: &Path) -> Result<Option<PathBuf>> {
        let mut files = Vec::new();
        for folder in UNMERGED {
            crate::usage::walk(&old.join(folder), &mut |file, _| files.push(file.to_owned()));
        }
        for file in files {
            let Ok(inside) = file.strip_prefix(old) else { continue };
            let there = new.join(inside);
            let here = fs::read(&file).map_err(file_error("read", &file))?;
            if !there.is_file() || fs::read(&there).map_err(file_error("read", &there))? != here {
                return Ok(Some(file));
            }
        }
        Ok(None)
    }

    /// Removes the library in a folder that was moved away from; merge it first, so that nothing in it is missing here.
    /// Files that are not a library's stay.
    pub fn remove_files(old: &Path) -> Result<()> {
        for name in FOLDERS.into_iter().chain([SCRATCH]) {
            let folder = old.join(name);
            match fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(file_error("removed", &folder)(error));
                }
                _ => {}
            }
        }
        for name in FILES {
            let file = old.join(name);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(file_error("removed", &file)(error));
                }
                _ => {}
            }
        }
        // Not empty when the person keeps something there, too.
        let _ = fs::remove_dir(old);
        Ok(())
    }

    /// Makes a library of a dated copy of the database, in a new folder: its rows, and the sounds of its takes that are
    /// still in `takes`.
    pub fn restore_copy(copy: &Path, takes: &Path, to: &Path, progress: &mut Progress<'_>) -> Result<()> {
        let name =
            to.file_name().ok_or_else(|| LibraryError::NotRestored("choose a folder with a name".into()))?;
        backup::check_empty(to)?;
        backup::verify_database(copy)?;
        let mut unfinished = name.to_owned();
        unfinished.push(".unfinished");
        let unfinished = to.with_file_name(unfinished);
        let _ = fs::remove_dir_all(&unfinished);
        let mut fill = || -> Result<()> {
            private_folder(&unfinished.join("takes"))?;
            copy_verified(copy, &unfinished.join("library.db"))?;
            let restored = Library::open(&unfinished)?;
            let wanted = restored.takes()?;
            drop(restored);
            for (done, take) in wanted.iter().enumerate() {
                let found = FORMS
                    .into_iter()
                    .map(|form| format!("{}.{form}", take.id))
                    .find(|name| takes.join(name).is_file());
                if let Some(name) = found {
                    copy_verified(&takes.join(&name), &unfinished.join("takes").join(&name))?;
                }
                unless_cancelled(progress(done as u64 + 1, wanted.len() as u64))?;
            }
            sync(&unfinished)?;
            let _ = fs::remove_dir(to);
            fs::rename(&unfinished, to).map_err(file_error("restored", to))?;
            sync_parent(to).map_err(file_error("restored", to))
        };
        let filled = fill();
        if filled.is_err() {
            let _ = fs::remove_dir_all(&unfinished);
        }
        filled
    }
}
