//! What stands on the shelf: the packs, and the library or the reason why it cannot be used.

use crate::failure::{Code, Failure, Outcome};
use aloud_library::{Library, LibraryError};
use aloud_practice::pack::{Pack, Question};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The open library behind a lock, or why there is none.
pub struct Shelf {
    library: Mutex<Result<Library, String>>,
    folder: PathBuf,
    packs: Vec<Pack>,
    pack_folders: Vec<PathBuf>,
    pack_troubles: Vec<String>,
}

impl Shelf {
    /// Opens the library and reads the packs.
    pub fn open(folder: &Path, pack_folders: Vec<PathBuf>) -> Self {
        let library = Library::open(folder).map_err(|error| {
            tracing::error!("the library cannot be used: {error}");
            error.to_string()
        });
        let mut packs = Vec::new();
        let mut pack_troubles = Vec::new();
        for root in pack_folders.iter().flat_map(|folder| packs_in(folder)) {
            let reading = aloud_packs::read(&root);
            if reading.is_well() {
                packs.extend(reading.pack);
            } else {
                let first =
                    reading.problems.iter().find(|problem| problem.severity == aloud_packs::Severity::Error);
                let why = first.map(ToString::to_string).unwrap_or_default();
                let name =
                    root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                pack_troubles.push(format!("The pack “{name}” was left out: {why}"));
            }
        }
        Self { library: Mutex::new(library), folder: folder.to_owned(), packs, pack_folders, pack_troubles }
    }

    /// Does something with the library.
    pub fn with<T>(&self, work: impl FnOnce(&mut Library) -> aloud_library::Result<T>) -> Outcome<T> {
        match &mut *self.lock() {
            Ok(library) => Ok(work(library)?),
            Err(trouble) => Err(Failure::coded(Code::Library, trouble)),
        }
    }

    /// Why the library cannot be used.
    pub fn trouble(&self) -> Option<String> {
        self.lock().as_ref().err().cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Result<Library, String>> {
        // A panic elsewhere leaves at worst a transaction that SQLite rolls back.
        self.library.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The library's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The packs that can be used.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Folders packs are read from.
    pub fn pack_folders(&self) -> &[PathBuf] {
        &self.pack_folders
    }

    /// Packs that could not be read, as sentences.
    pub fn pack_troubles(&self) -> &[String] {
        &self.pack_troubles
    }

    /// One pack.
    pub fn pack(&self, id: &str) -> Outcome<&Pack> {
        self.packs.iter().find(|pack| pack.id == id).ok_or_else(|| Failure::not_found("pack"))
    }

    /// One question of a pack, if both still exist.
    pub fn question(&self, pack: &str, id: &str) -> Option<&Question> {
        self.packs.iter().find(|found| found.id == pack)?.question(id)
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        let code = match &error {
            LibraryError::Missing(_) => Some(Code::NotFound),
            LibraryError::Refused(_) => Some(Code::Refused),
            _ => None,
        };
        Self { code, message: error.to_string() }
    }
}

/// The packs in a folder: the folder itself, or the folders in it, in order of their names.
pub(crate) fn packs_in(folder: &Path) -> Vec<PathBuf> {
    if folder.join("rubric.md").is_file() {
        return vec![folder.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.join("rubric.md").is_file()).collect();
    found.sort();
    found
}

/// Where packs are: `ALOUD_PACKS` alone if set (folders separated as in `PATH`), else the ones shipped with the app.
pub fn pack_folders() -> Vec<PathBuf> {
    if let Some(named) = std::env::var_os("ALOUD_PACKS") {
        return std::env::split_paths(&named).collect();
    }
    let installed = crate::app::resources().map(|folder| folder.join("content"));
    let installed = installed.filter(|folder| folder.is_dir());
    // While developing, the project's own packs count, also where Aloud is installed.
    let found = if cfg!(debug_assertions) {
        beside_the_program().or(installed)
    } else {
        installed.or_else(beside_the_program)
    };
    found.into_iter().collect()
}

/// A build in the project's own folder finds `content/` above itself.
fn beside_the_program() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let above = program.ancestors().skip(1).take(4);
    above.map(|folder| folder.join("content")).find(|folder| folder.is_dir())
}
