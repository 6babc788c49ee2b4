//! What stands on the shelf: the packs, and the library or the reason why it cannot be used.

use crate::failure::{Code, Failure, Outcome};
use aloud_library::{Library, LibraryError, PackWords};
use aloud_practice::pack::{Pack, Question};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

/// Ids of hidden questions by published pack; a personal pack keeps them itself.
pub type Hidden = BTreeMap<String, BTreeSet<String>>;

/// Where the library keeps [`Hidden`].
const HIDDEN: &str = "hidden_questions";

/// What was read, and where from.
#[derive(Default)]
struct Stock {
    packs: Vec<Arc<Pack>>,
    /// Folders of the personal packs, by id.
    own: BTreeMap<String, PathBuf>,
    troubles: Vec<String>,
    /// What a search looks through, made when it is first asked for.
    words: OnceLock<Arc<[PackWords]>>,
}

/// The open library behind a lock, or why there is none.
pub struct Shelf {
    library: Mutex<Result<Library, String>>,
    /// The person's own library, still held, while another one is visited.
    waiting: Mutex<Option<Library>>,
    folder: RwLock<PathBuf>,
    stock: RwLock<Arc<Stock>>,
    pack_folders: Vec<PathBuf>,
}

impl Shelf {
    /// Opens the library and reads the packs.
    pub fn open(folder: &Path, pack_folders: Vec<PathBuf>) -> Self {
        let library = Library::open(folder).map_err(|error| {
            tracing::error!("the library cannot be used: {error}");
            error.to_string()
        });
        let shelf = Self {
            library: Mutex::new(library),
            waiting: Mutex::default(),
            folder: RwLock::new(folder.to_owned()),
            stock: RwLock::default(),
            pack_folders,
        };
        shelf.read_packs();
        shelf
    }

    /// Reads all packs anew: after one was written, and after a question was hidden.
    pub fn read_packs(&self) {
        let mut stock = Stock::default();
        let hidden: Hidden = self.with(|library| library.setting(HIDDEN)).ok().flatten().unwrap_or_default();
        for root in self.pack_folders.iter().flat_map(|folder| packs_in(folder)) {
            stock.read(&root, &hidden, false);
        }
        for root in packs_in(&self.own_packs()) {
            stock.read(&root, &hidden, true);
        }
        *self.stock.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(stock);
    }

    /// Hides a question of a published pack, or shows it again.
    pub fn hide(&self, pack: &str, question: &str, hide: bool) -> Outcome<()> {
        self.with(|library| {
            let mut hidden: Hidden = library.setting(HIDDEN)?.unwrap_or_default();
            let of_pack = hidden.entry(pack.to_owned()).or_default();
            if hide {
                of_pack.insert(question.to_owned());
            } else {
                of_pack.remove(question);
            }
            library.set_setting(HIDDEN, &hidden)
        })?;
        self.read_packs();
        Ok(())
    }

    fn stock(&self) -> Arc<Stock> {
        Arc::clone(&self.stock.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The folder of the person's own packs.
    pub fn own_packs(&self) -> PathBuf {
        self.folder().join("packs")
    }

    /// Folders of the personal packs, by id.
    pub fn own(&self) -> BTreeMap<String, PathBuf> {
        self.stock().own.clone()
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
    pub fn folder(&self) -> PathBuf {
        self.folder.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes on with another library in this one's place, made while nobody uses it. The old one is closed.
    pub fn replace(&self, with: impl FnOnce(&Library) -> aloud_library::Result<Library>) -> Outcome<()> {
        let mut library = self.lock();
        match &*library {
            Ok(old) => {
                let new = with(old)?;
                self.hold(&mut library, new);
            }
            Err(trouble) => return Err(Failure::coded(Code::Library, trouble)),
        }
        drop(library);
        self.read_packs();
        Ok(())
    }

    /// Puts a library in the place of whatever was there.
    pub fn put(&self, new: Library) {
        let mut library = self.lock();
        self.hold(&mut library, new);
        drop(library);
        self.read_packs();
    }

    /// Opens another library for a while. This one waits and stays held, until [`Shelf::return_home`].
    pub fn visit(&self, other: Library) -> Outcome<()> {
        let mut library = self.lock();
        if let Err(trouble) = &*library {
            return Err(Failure::coded(Code::Library, trouble));
        }
        let own = std::mem::replace(&mut *library, Err(String::new())).ok();
        *self.waiting() = own;
        self.hold(&mut library, other);
        drop(library);
        self.read_packs();
        Ok(())
    }

    /// Closes the library that is visited and goes on with the one that waits.
    pub fn return_home(&self) {
        let mut library = self.lock();
        if let Some(own) = self.waiting().take() {
            self.hold(&mut library, own);
        }
        drop(library);
        self.read_packs();
    }

    /// Whether another library than the person's own is open.
    pub fn is_visiting(&self) -> bool {
        self.waiting().is_some()
    }

    fn waiting(&self) -> MutexGuard<'_, Option<Library>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold(&self, place: &mut Result<Library, String>, new: Library) {
        new.folder().clone_into(&mut self.folder.write().unwrap_or_else(PoisonError::into_inner));
        *place = Ok(new);
    }

    /// The packs that can be used.
    pub fn packs(&self) -> Vec<Arc<Pack>> {
        self.stock().packs.clone()
    }

    /// What a search looks through in the packs, as `of` says it of each; kept until they are read anew.
    pub fn words(&self, of: impl Fn(&Pack) -> PackWords) -> Arc<[PackWords]> {
        let stock = self.stock();
        Arc::clone(stock.words.get_or_init(|| stock.packs.iter().map(|pack| of(pack)).collect()))
    }

    /// Folders packs are read from.
    pub fn pack_folders(&self) -> &[PathBuf] {
        &self.pack_folders
    }

    /// Packs that could not be read, as sentences.
    pub fn pack_troubles(&self) -> Vec<String> {
        self.stock().troubles.clone()
    }

    /// One pack.
    pub fn pack(&self, id: &str) -> Outcome<Arc<Pack>> {
        self.stock()
            .packs
            .iter()
            .find(|pack| pack.id == id)
            .cloned()
            .ok_or_else(|| Failure::not_found("pack"))
    }

    /// One question of a pack, if both still exist.
    pub fn question(&self, pack: &str, id: &str) -> Option<Question> {
        self.stock().packs.iter().find(|found| found.id == pack)?.question(id).cloned()
    }
}

impl Stock {
    fn read(&mut self, root: &Path, hidden: &Hidden, own: bool) {
        let reading = aloud_packs::read(root);
        let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let well = reading.is_well();
        let problem =
            reading.problems.iter().find(|problem| problem.severity == aloud_packs::Severity::Error);
        let why = problem.map(ToString::to_string).unwrap_or_default();
        match reading.pack.filter(|_| well) {
            None => self.troubles.push(format!("The pack “{name}” was left out: {why}")),
            Some(pack) if self.packs.iter().any(|other| other.id == pack.id) => {
                let say =
                    format!("The pack “{name}” was left out: another pack has the id `{}`, too.", pack.id);
                self.troubles.push(say);
            }
            Some(mut pack) => {
                if own && pack.personal {
                    self.own.insert(pack.id.clone(), root.to_owned());
                } else if let Some(hidden) = hidden.get(&pack.id) {
                    hide_all(&mut pack, hidden);
                }
                self.packs.push(Arc::new(pack));
            }
        }
    }
}

fn hide_all(pack: &mut Pack, hidden: &BTreeSet<String>) {
    let groups = pack.sections.iter_mut().flat_map(|section| section.groups.iter_mut());
    for question in groups.flat_map(|group| group.questions.iter_mut()) {
        question.hidden = question.hidden || hidden.contains(&question.id);
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        let code = match &error {
            LibraryError::Missing(_) => Some(Code::NotFound),
            LibraryError::Refused(_) | LibraryError::Forbidden(_) => Some(Code::Refused),
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
