//! What the library does for itself while the app runs: a copy of the database a day, old trash, and compacting if the
//! person asked for it. Nothing runs without the window, and nothing while an answer is recorded.

use super::{TRASH_DAYS, compaction};
use crate::state::Aloud;
use jiff::SignedDuration;
use std::thread;
use std::time::Duration;
use tauri::{AppHandle, Manager};

const LOOK_EVERY: Duration = Duration::from_hours(1);

/// Looks at the start and once an hour, on a thread of its own, as long as the app runs.
pub fn start(app: AppHandle) {
    let looking = thread::Builder::new().name("upkeep".into()).spawn(move || {
        loop {
            let aloud = app.state::<Aloud>();
            if !aloud.conductor.is_recording() && !aloud.shelf.is_visiting() {
                look_after(&aloud);
            }
            thread::sleep(LOOK_EVERY);
        }
    });
    if let Err(error) = looking {
        tracing::warn!("nobody looks after the library: {error}");
    }
}

fn look_after(aloud: &Aloud) {
    let before = aloud.wall.now() - SignedDuration::from_hours(24 * TRASH_DAYS);
    let now = aloud.wall.here().datetime();
    let kept = aloud.shelf.with(|library| {
        library.empty_trash(before)?;
        // There is nothing to lose yet.
        if library.count_takes()? == 0 { Ok(None) } else { library.back_up_daily(now) }
    });
    if let Err(failure) = kept {
        tracing::warn!("today's copy of the library was not made: {}", failure.message);
    }
    if let Some(days) = compaction::chosen(&aloud.shelf)
        && compaction::compactable(&aloud.shelf, &aloud.wall, days).is_ok_and(|takes| !takes.is_empty())
        && let Err(failure) = super::start_compaction(aloud, days)
    {
        tracing::info!("takes are not compacted now: {}", failure.message);
    }
}
