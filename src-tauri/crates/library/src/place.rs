//! Where the library lives: what the person chose, else the system's data folder.
//!
//! The choice is one line in a small file in the system's configuration folder, since it cannot be in the library itself.

use crate::error::file_error;
use crate::{LibraryError, Result};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Where the library lives unless a start says otherwise: the folder that was chosen, else the system's data folder.
pub fn default_folder() -> PathBuf {
    chosen_folder().unwrap_or_else(usual_folder)
}

/// The folder in the system's place for data.
pub fn usual_folder() -> PathBuf {
    let data = if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else if cfg!(windows) {
        std::env::var_os("APPDATA").map(PathBuf::from)
    } else {
        absolute("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
    };
    data.unwrap_or_else(|| PathBuf::from(".")).join("aloud")
}

/// The folder the person chose, if they did.
pub fn chosen_folder() -> Option<PathBuf> {
    let text = fs::read_to_string(note()?).ok()?;
    let folder = PathBuf::from(text.trim_end_matches(['\r', '\n']));
    folder.is_absolute().then_some(folder)
}

/// Remembers a folder for every start from now on; the usual one needs no remembering.
pub fn choose_folder(folder: &Path) -> Result<()> {
    let note = note().ok_or_else(|| {
        LibraryError::Refused("this system has no folder for choices, so set ALOUD_LIBRARY instead".into())
    })?;
    if folder == usual_folder() {
        return match fs::remove_file(&note) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(file_error("removed", &note)(error))
            }
            _ => Ok(()),
        };
    }
    let text = folder
        .to_str()
        .filter(|text| folder.is_absolute() && !text.contains(['\r', '\n']))
        .ok_or_else(|| {
            LibraryError::Refused(
                "this folder's name cannot be remembered. Choose one with plain letters".into(),
            )
        })?;
    let write = || -> std::io::Result<()> {
        if let Some(folder) = note.parent() {
            fs::create_dir_all(folder)?;
        }
        // Written whole or not at all: half a path would be another folder.
        let unfinished = note.with_extension("part");
        let mut file = fs::File::create(&unfinished)?;
        writeln!(file, "{text}")?;
        file.sync_all()?;
        fs::rename(&unfinished, &note)
    };
    write().map_err(file_error("written", &note))
}

/// A folder that was chosen and is gone must not be made anew and empty: its disk may only not be connected.
pub(crate) fn must_be_there(folder: &Path) -> Result<()> {
    if !folder.join("library.db").exists() && chosen_folder().is_some_and(|chosen| chosen == folder) {
        return Err(LibraryError::Away(folder.to_owned()));
    }
    Ok(())
}

fn note() -> Option<PathBuf> {
    let config = if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Preferences"))
    } else if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else {
        absolute("XDG_CONFIG_HOME").or_else(|| home().map(|home| home.join(".config")))
    };
    config.map(|config| config.join("aloud").join("library-folder"))
}

fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").map(PathBuf::from)
}

fn absolute(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
}
