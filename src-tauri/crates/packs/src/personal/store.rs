//! A personal pack on disk: read whole, written whole or not at all.

use super::Personal;
use crate::read::Folder;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a pack could not be opened or written, as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds something else.
    #[error("{0} holds something that is not a personal pack. Choose another folder, or an empty one.")]
    NotPersonal(PathBuf),
    /// The pack there has errors.
    #[error("The pack in {0} cannot be read: {1}")]
    Broken(PathBuf, String),
    /// The disk said no.
    #[error("{0} could not be written: {1}. Nothing has changed.")]
    Disk(PathBuf, io::Error),
}

impl Personal {
    /// Opens the personal pack in `root`; nothing if there is no folder, or an empty one.
    pub fn open(root: &Path) -> Result<Option<Self>, StoreError> {
        let empty = match fs::read_dir(root) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(StoreError::Broken(root.to_owned(), format!("{error}."))),
        };
        if empty {
            return Ok(None);
        }
        if !root.join("rubric.md").is_file() || !root.join("README.md").is_file() {
            return Err(StoreError::NotPersonal(root.to_owned()));
        }
        let mut problems = Vec::new();
        let folder = Folder::open(root, &mut problems);
        if let Some(problem) = problems.first() {
            return Err(StoreError::Broken(root.to_owned(), problem.to_string()));
        }
        let texts = folder.map(|folder| {
            folder.documents().map(|document| (document.file.clone(), document.source.clone())).collect()
        });
        let personal = Self { texts: texts.unwrap_or_default() };
        match personal.pack() {
            Ok(pack) if pack.personal => Ok(Some(personal)),
            Ok(_) => Err(StoreError::NotPersonal(root.to_owned())),
            Err(trouble) => Err(StoreError::Broken(root.to_owned(), trouble.to_string())),
        }
    }

    /// Writes what differs from `before` into the pack in `root`, or the whole pack if there was none. A crash leaves
    /// the pack as it was or as it shall be. Files of the folder that are no texts of the pack stay as they are.
    pub fn save(&self, root: &Path, before: Option<&Self>) -> Result<(), StoreError> {
        let none = BTreeMap::new();
        let old = before.map_or(&none, |before| &before.texts);
        let changed: Vec<(&String, &String)> =
            self.texts.iter().filter(|(path, text)| old.get(*path) != Some(text)).collect();
        let removed: Vec<&String> = old.keys().filter(|path| !self.texts.contains_key(*path)).collect();
        let result = match (before, changed.as_slice(), removed.as_slice()) {
            (Some(_), [], []) => Ok(()),
            (Some(_), [(path, text)], []) => replace(&root.join(path), text),
            _ => rebuild(root, &changed, &removed),
        };
        result.map_err(|error| StoreError::Disk(root.to_owned(), error))
    }
}

/// Replaces one file.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let temporary = folder.join(format!(".{}.tmp", file_name(path)));
    let done =
        write(&temporary, text).and_then(|()| fs::rename(&temporary, path)).and_then(|()| sync(folder));
    if done.is_err() {
        // What is left of a failed attempt is of no use; the first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    done
}

/// Builds the folder anew beside itself, then changes places with it.
fn rebuild(root: &Path, changed: &[(&String, &String)], removed: &[&String]) -> io::Result<()> {
    let parent = root.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let temporary = parent.join(format!(".{}.{}.tmp", file_name(root), std::process::id()));
    if temporary.exists() {
        fs::remove_dir_all(&temporary)?;
    }
    let done = build(root, &temporary, changed, removed).and_then(|()| exchange(&temporary, root));
    // After the exchange it holds what was there before; after a failure, half of what was meant.
    let _ = fs::remove_dir_all(&temporary);
    done.and_then(|()| sync(parent))
}

fn build(root: &Path, target: &Path, changed: &[(&String, &String)], removed: &[&String]) -> io::Result<()> {
    fs::create_dir(target)?;
    if root.is_dir() {
        let skip = |path: &str| {
            changed.iter().any(|(changed, _)| *changed == path)
                || removed.iter().any(|removed| *removed == path)
        };
        copy(root, target, "", &skip, 0)?;
    }
    for (path, text) in changed {
        let file = target.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        write(&file, text)?;
    }
    sync(target)
}

/// Links or copies everything that stays.
fn copy(from: &Path, to: &Path, inside: &str, skip: &dyn Fn(&str) -> bool, depth: usize) -> io::Result<()> {
    if depth > 16 {
        return Err(io::Error::other("the folder is nested too deep"));
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = if inside.is_empty() {
            name.to_string_lossy().into_owned()
        } else {
            format!("{inside}/{}", name.to_string_lossy())
        };
        let target = to.join(&name);
        let kind = entry.file_type()?;
        if kind.is_dir() {
            fs::create_dir(&target)?;
            copy(&entry.path(), &target, &path, skip, depth + 1)?;
        } else if kind.is_file() && !skip(&path) && fs::hard_link(entry.path(), &target).is_err() {
            // Not every file system has hard links.
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Makes `new` take the place of `root`; what was there is at `new` afterwards.
fn exchange(new: &Path, root: &Path) -> io::Result<()> {
    if !root.exists() {
        return fs::rename(new, root);
    }
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, root, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Not every file system can exchange: then by way of a third name, and back if the second step fails.
    let aside = root.with_file_name(format!(".{}.before", file_name(root)));
    fs::rename(root, &aside)?;
    if let Err(error) = fs::rename(new, root) {
        fs::rename(&aside, root)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "pack".to_owned(), |name| name.to_string_lossy().into_owned())
}
