//! Everything the commands stand on.

use crate::conductor::Conductor;
use crate::settings;
use crate::shelf::Shelf;
use crate::views::lists::Boot;
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
    repaired: AtomicU32,
}

impl Aloud {
    /// Puts the parts together; `repaired` takes were mended at this start.
    pub fn new(shelf: Arc<Shelf>, wall: Wall, conductor: Conductor, repaired: u32) -> Self {
        Self { shelf, wall, conductor, repaired: AtomicU32::new(repaired) }
    }

    /// The library's folder.
    pub fn library_folder(&self) -> &Path {
        self.shelf.folder()
    }

    /// What the window needs first. Repaired takes are told once.
    pub fn boot(&self) -> Boot {
        let first_run = self.shelf.with(|library| library.count_takes()).is_ok_and(|takes| takes == 0);
        Boot {
            version: env!("CARGO_PKG_VERSION").into(),
            theme: settings::current(&self.shelf).theme,
            library_trouble: self.shelf.trouble(),
            pack_troubles: self.shelf.pack_troubles().to_vec(),
            first_run,
            repaired_takes: self.repaired.swap(0, Ordering::Relaxed),
        }
    }
}
