//! Everything the commands stand on.

use crate::conductor::Conductor;
use crate::own::Own;
use crate::settings;
use crate::shelf::Shelf;
use crate::views::lists::{Boot, WarmUp};
use crate::wall::Wall;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The app's state, one per process.
pub struct Aloud {
    /// Packs and library.
    pub shelf: Arc<Shelf>,
    /// The clock on the wall.
    pub wall: Wall,
    /// Whoever runs the session.
    pub conductor: Conductor,
    /// What is being done to the person's own packs.
    pub own: Own,
    repaired: AtomicU32,
}

impl Aloud {
    /// Puts the parts together; `repaired` takes were mended at this start.
    pub fn new(shelf: Arc<Shelf>, wall: Wall, conductor: Conductor, repaired: u32) -> Self {
        Self { shelf, wall, conductor, own: Own::default(), repaired: AtomicU32::new(repaired) }
    }

    /// The library's folder.
    pub fn library_folder(&self) -> &Path {
        self.shelf.folder()
    }

    /// What the window needs first. Repaired takes are told once.
    pub fn boot(&self) -> Boot {
        let first_run =
            self.shelf.with(|library| library.recent_takes(1)).is_ok_and(|takes| takes.is_empty());
        Boot {
            version: env!("CARGO_PKG_VERSION").into(),
            theme: settings::current(&self.shelf).theme,
            library_trouble: self.shelf.trouble(),
            pack_troubles: self.shelf.pack_troubles(),
            first_run,
            warm_up: self.shelf.packs().iter().find_map(|pack| {
                let (_, _, first) = pack.shown().next()?;
                Some(WarmUp { pack: pack.id.clone(), question: first.id.clone(), title: first.title.clone() })
            }),
            repaired_takes: self.repaired.swap(0, Ordering::Relaxed),
        }
    }
}
