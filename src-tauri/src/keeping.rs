//! The library as the person's own: what it takes, deleting and bringing back, compacting, backups, merging, moving.

mod backup;
mod compaction;
mod merge;
mod moving;
mod upkeep;
mod view;

pub use backup::{inspect, start_backup, start_check, start_restore};
pub use compaction::{set_compaction, start_compaction};
pub use merge::start_merge;
pub use moving::{start_move, start_remove_old, switch};
pub use upkeep::start as start_upkeep;
pub use view::view;

pub(crate) use merge::{print, told};

use crate::failure::{Code, Failure, Outcome};
use crate::figures::size;
use crate::state::Aloud;
use crate::views::keeping::{LibraryView, WorkKind, WorkView};
use aloud_library::Removal;
use std::path::{Path, PathBuf};

/// Days until what is in the trash goes by itself.
const TRASH_DAYS: i64 = 30;

/// Deletes a take, or only its sound.
pub fn delete(aloud: &Aloud, take: &str, what: Removal) -> Outcome<()> {
    aloud.shelf.with(|library| library.delete(take, what, aloud.wall.now()))
}

/// Takes a deletion back. Returns whether the sound is there again.
pub fn restore(aloud: &Aloud, take: &str, what: Removal) -> Outcome<bool> {
    aloud.shelf.with(|library| library.restore(take, what, aloud.wall.now()))
}

/// Keeps a take for ever, or no longer.
pub fn keep(aloud: &Aloud, take: &str, kept: bool) -> Outcome<()> {
    aloud.shelf.with(|library| library.set_kept(take, kept, aloud.wall.now()))
}

/// Removes for good what is in the trash.
pub fn empty_trash(aloud: &Aloud) -> Outcome<LibraryView> {
    aloud.shelf.with(|library| library.empty_trash(aloud.wall.now()))?;
    Ok(view(aloud))
}

/// Writes a take's sound as a WAV file.
pub fn start_export(aloud: &Aloud, take: &str, to: &str) -> Outcome<WorkView> {
    let to = whole_path(to)?;
    let stored = crate::review::stored(aloud, take)?;
    let sound = aloud.shelf.with(|library| Ok(library.sound_file(&stored.id)))?;
    aloud.work.start(WorkKind::Export, "Saving the sound", move |progress| {
        aloud_audio::write_wav(&sound, &to, progress).map_err(Failure::new)?;
        Ok(format!("The sound is saved as {}.", to.display()))
    })
}

/// What the person typed or chose as a place; a relative one would depend on where Aloud was started.
fn whole_path(text: &str) -> Outcome<PathBuf> {
    let text = text.trim();
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    let path = match text.strip_prefix("~/") {
        Some(rest) => home().map(|home| home.join(rest)),
        None => Some(PathBuf::from(text)),
    };
    path.filter(|path| path.is_absolute()).ok_or_else(|| {
        Failure::coded(Code::Refused, "Give the whole path, from the beginning, such as /home/you/Backups.")
    })
}

/// Refuses to begin what the disk cannot hold.
fn check_room(place: &Path, needed: u64) -> Outcome<()> {
    let there = place.ancestors().find(|folder| folder.is_dir()).unwrap_or(place);
    let free = fs4::available_space(there).unwrap_or(u64::MAX);
    // A little more, for the folder itself and what else is written meanwhile.
    if free < needed + 10_000_000 {
        return Err(Failure::coded(
            Code::Refused,
            format!(
                "This needs {}, and only {} are free on that disk. Free some space or choose another disk.",
                size(needed),
                size(free)
            ),
        ));
    }
    Ok(())
}

/// An interview that is going on must not lose its library.
pub(crate) fn no_interview(aloud: &Aloud) -> Outcome<()> {
    use crate::views::asked::Phase;
    match aloud.conductor.view() {
        Some(view) if view.phase != Phase::Over => {
            Err(Failure::coded(Code::Refused, "An interview is going on. End it first, then try again."))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_whole_path() {
        assert!(whole_path("backups").is_err() && whole_path("").is_err());
        assert_eq!(whole_path(" /mnt/stick ").unwrap(), PathBuf::from("/mnt/stick"));
    }
}
