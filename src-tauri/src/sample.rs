//! The sample: a small library of its own, to look at Review, Compare and Progress before one has a history.
//!
//! Promise: the person's own library is not touched. It waits, still held, while the sample is open. The sample is made
//! anew each time, and it is gone with everything in it when it is left or Aloud is closed; so nothing may be recorded
//! or brought in there. Only the settings are taken along, there and back.

mod answers;

use crate::failure::{Code, Failure, Outcome};
use crate::keeping::no_interview;
use crate::settings;
use crate::shelf::Shelf;
use crate::state::Aloud;
use crate::views::keeping::WorkState;
use std::fs;
use std::path::{Path, PathBuf};

/// Commands that would put something of the person's own into the sample, or work on their library.
const NOT_HERE: [&str; 20] = [
    "choose_import",
    "import_questions",
    "new_pack",
    "save_question",
    "move_question",
    "hide_question",
    "undo_edit",
    "open_microphone",
    "start_drill",
    "start_mock",
    "start_rerun",
    "resume_session",
    "set_compaction",
    "start_compaction",
    "start_backup",
    "start_restore",
    "start_merge",
    "start_move",
    "start_remove_old",
    "switch_library",
];

/// Why a command is not carried out while the sample is open; nothing when it is.
pub fn refusal(aloud: &Aloud, command: &str) -> Option<Failure> {
    let say = "This is the sample, and what you do here goes when you leave it. Leave it first; then this goes into your own library.";
    (NOT_HERE.contains(&command) && aloud.shelf.is_visiting()).then(|| Failure::coded(Code::Refused, say))
}

/// Makes the sample and opens it in the place of the library.
pub fn open(aloud: &Aloud) -> Outcome<()> {
    if aloud.shelf.is_visiting() {
        return Ok(());
    }
    no_interview(aloud)?;
    if aloud.work.view().is_some_and(|work| work.state == WorkState::Running) {
        return Err(Failure::coded(Code::Refused, "Wait until the work that is going on is over."));
    }
    let folder = folder(&aloud.shelf.folder());
    remove(&folder)?;
    let chosen = settings::current(&aloud.shelf);
    let made = answers::make(&folder, &aloud.shelf.packs(), &aloud.wall);
    let library = made.inspect_err(|_| {
        // It was begun just now, and nobody has seen it.
        let _ = remove(&folder);
    })?;
    aloud.shelf.visit(library)?;
    aloud.reviewing(None);
    settings::store(&aloud.shelf, &chosen)
}

/// Removes the sample and goes on with the person's own library.
pub fn leave(aloud: &Aloud) -> Outcome<()> {
    if !aloud.shelf.is_visiting() {
        return Ok(());
    }
    let chosen = settings::current(&aloud.shelf);
    let sample = aloud.shelf.folder();
    aloud.shelf.return_home();
    aloud.reviewing(None);
    settings::store(&aloud.shelf, &chosen)?;
    remove(&sample)
}

/// Removes what a crash left of a sample. Only for whoever holds the library: nobody else's sample is open there.
pub fn tidy(shelf: &Shelf) {
    if shelf.trouble().is_none()
        && let Err(failure) = remove(&folder(&shelf.folder()))
    {
        tracing::warn!("{}", failure.message);
    }
}

/// Where the sample of a library is.
fn folder(library: &Path) -> PathBuf {
    library.join("sample")
}

/// Removes the sample. One that is not there is as good as removed.
fn remove(folder: &Path) -> Outcome<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::new(format!(
            "The sample in {} could not be removed ({error}). Close what has it open, then try again.",
            folder.display()
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Breaks when a command is renamed and the sample goes on accepting what it would lose.
    #[test]
    fn what_is_refused_are_commands() {
        let commands = include_str!("../build.rs");
        for command in NOT_HERE {
            assert!(commands.contains(&format!("\"{command}\"")), "there is no command {command}");
        }
    }
}
