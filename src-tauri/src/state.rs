//! Everything the commands stand on.

use crate::conductor::Conductor;
use crate::own::Own;
use crate::settings;
use crate::shelf::Shelf;
use crate::views::lists::{Boot, WarmUp};
use crate::wall::Wall;
use crate::work::Work;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The app's state, one per process.
pub struct Aloud {
    /// Packs and library.
    pub shelf: Arc<Shelf>,
    /// The clock on the wall.
    pub wall: Wall,
    /// Whoever runs the session.
    pub conductor: Conductor,
    /// The long work there may be.
    pub work: Work,
    /// The library's folder was given at the start.
    pub given: bool,
    /// What is being done to the person's own packs.
    pub own: Own,
    repaired: AtomicU32,
    reviewed: Mutex<Option<String>>,
}

impl Aloud {
    /// Puts the parts together; `repaired` takes were mended at this start.
    pub fn new(
        shelf: Arc<Shelf>,
        wall: Wall,
        conductor: Conductor,
        work: Work,
        given: bool,
        repaired: u32,
    ) -> Self {
        let (repaired, reviewed) = (AtomicU32::new(repaired), Mutex::new(None));
        Self { shelf, wall, conductor, work, own: Own::default(), given, repaired, reviewed }
    }

    /// The take that is being reviewed, as far as is known.
    pub fn reviewed(&self) -> Option<String> {
        self.reviewed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers which take is being reviewed, or that none is: its file is left alone.
    pub fn reviewing(&self, take: Option<&str>) {
        *self.reviewed.lock().unwrap_or_else(PoisonError::into_inner) = take.map(str::to_owned);
    }

    /// What the window needs first. Repaired takes are told once.
    pub fn boot(&self) -> Boot {
        let first_run = self.shelf.with(|library| library.count_takes()).is_ok_and(|takes| takes == 0);
        Boot {
            version: env!("CARGO_PKG_VERSION").into(),
            theme: settings::current(&self.shelf).theme,
            library_trouble: self.shelf.trouble(),
            pack_troubles: self.shelf.pack_troubles(),
            first_run,
            sample: self.shelf.is_visiting(),
            warm_up: self.shelf.packs().iter().find_map(|pack| {
                let (_, _, first) = pack.shown().next()?;
                Some(WarmUp { pack: pack.id.clone(), question: first.id.clone(), title: first.title.clone() })
            }),
            repaired_takes: self.repaired.swap(0, Ordering::Relaxed),
        }
    }
}
