//! Merging another library, or a backup of one, into this one.

use super::whole_path;
use crate::failure::Outcome;
use crate::figures::plural;
use crate::state::Aloud;
use crate::views::keeping::{WorkKind, WorkView};
use aloud_library::{Merged, Other};
use std::path::Path;
use std::sync::Arc;

/// What tells one sound from another, for the library, which knows no sound.
pub(crate) fn print(file: &Path, most: Option<u64>) -> Result<(String, u64), String> {
    let found = aloud_audio::fingerprint(file, most).map_err(|error| error.to_string())?;
    Ok((found.sha256, found.frames))
}

/// Merges; the library is held only for the moments in which rows are read and added.
pub fn start_merge(aloud: &Aloud, other: &str) -> Outcome<WorkView> {
    let other = whole_path(other)?;
    super::no_interview(aloud)?;
    let shelf = Arc::clone(&aloud.shelf);
    aloud.work.start(WorkKind::Merge, "Merging", move |progress| {
        let mut opened = Other::open(&other, &shelf.folder())?;
        let mut plan = shelf.with(|library| library.plan_merge(&opened))?;
        plan.bring(&mut opened, print, progress)?;
        let merged = shelf.with(|library| library.finish_merge(&opened, plan))?;
        Ok(told(&merged))
    })
}

/// What came of it.
pub(crate) fn told(merged: &Merged) -> String {
    let sentence = if merged.rows == 0 && merged.sounds == 0 {
        "Everything in it was here already.".to_owned()
    } else {
        format!(
            "Merged: {}, {} and {} were added, with {}.",
            plural(merged.takes, "take"),
            plural(merged.grades, "grade"),
            plural(merged.notes, "note"),
            plural(merged.sounds, "sound file"),
        )
    };
    let damaged = format!(
        " {} of the other library could not be read or is not what it was, and stayed out.",
        plural(merged.damaged, "sound file")
    );
    if merged.damaged > 0 { sentence + &damaged } else { sentence }
}
