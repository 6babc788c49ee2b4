//! Moving the library's folder, opening another library, and removing the folder that was moved away from.

use super::{check_room, no_interview, whole_path};
use crate::failure::{Code, Failure, Outcome};
use crate::figures::plural;
use crate::shelf::Shelf;
use crate::state::Aloud;
use crate::views::keeping::{LibraryView, WorkKind, WorkView};
use aloud_library::{Library, Move, Other};
use std::path::PathBuf;
use std::sync::Arc;

const FROM: &str = "moved_from";

/// The folder this library was moved from, while a library is still there.
pub(super) fn moved_from(shelf: &Shelf) -> Option<PathBuf> {
    let from: Option<PathBuf> = shelf.with(|library| library.setting(FROM)).ok().flatten();
    from.filter(|from| from.join("library.db").is_file() && *from != shelf.folder())
}

/// Copies the library to another folder, verifies it and goes on there. The old folder stays.
pub fn start_move(aloud: &Aloud, to: &str) -> Outcome<WorkView> {
    let to = whole_path(to)?;
    remembered(aloud)?;
    no_interview(aloud)?;
    check_room(&to, Library::usage(&aloud.shelf.folder()).bytes())?;
    let (shelf, busy) = (Arc::clone(&aloud.shelf), aloud.conductor.recording());
    aloud.work.start(WorkKind::Move, "Moving the library", move |progress| {
        let from = shelf.folder();
        let moving = Move::begin(&from, &to)?;
        moving.copy(progress)?;
        if busy.load(std::sync::atomic::Ordering::Acquire) {
            return Err(Failure::new(
                "An answer is being recorded, so the library stays where it is. Move it later.",
            ));
        }
        // Only now is the library held: what changed meanwhile is copied, then the database.
        shelf.replace(|library| {
            let moved = moving.finish(library)?;
            moved.set_setting(FROM, &from)?;
            if let Err(error) = aloud_library::choose_folder(&to) {
                drop(moved);
                // The old one goes on; a copy nobody opens would only be in the way.
                let _ = Library::remove_files(&to);
                return Err(error);
            }
            Ok(moved)
        })?;
        Ok(format!(
            "The library is in {} now. The old folder {} is still there; remove it when you are sure.",
            to.display(),
            from.display()
        ))
    })
}

/// Opens the library in another folder, now and at every start.
pub fn switch(aloud: &Aloud, folder: &str) -> Outcome<LibraryView> {
    let folder = whole_path(folder)?;
    remembered(aloud)?;
    no_interview(aloud)?;
    if folder == aloud.shelf.folder() && aloud.shelf.trouble().is_none() {
        return Err(Failure::coded(Code::Refused, "That is the library which is open."));
    }
    let usual = folder == aloud_library::usual_folder();
    if !usual && !folder.join("library.db").is_file() {
        let say =
            format!("There is no library in {}. Choose the folder that holds library.db.", folder.display());
        return Err(Failure::coded(Code::Refused, say));
    }
    if aloud.work.view().is_some_and(|work| work.state == crate::views::keeping::WorkState::Running) {
        return Err(Failure::coded(Code::Refused, "Wait until the work that is going on is over."));
    }
    let opened = Library::open(&folder)?;
    aloud_library::choose_folder(&folder)?;
    aloud.shelf.put(opened);
    crate::conductor::repair_takes(&aloud.shelf, &aloud.wall);
    Ok(super::view(aloud))
}

/// Removes the folder the library was moved from, once nothing in it is missing here.
pub fn start_remove_old(aloud: &Aloud) -> Outcome<WorkView> {
    let Some(old) = moved_from(&aloud.shelf) else {
        return Err(Failure::coded(Code::Refused, "There is no old folder any more."));
    };
    let shelf = Arc::clone(&aloud.shelf);
    aloud.work.start(WorkKind::Move, "Removing the old folder", move |progress| {
        // What was recorded, graded or noted there since is taken along.
        let mut other = Other::open(&old, &shelf.folder())?;
        let mut plan = shelf.with(|library| library.plan_merge(&other))?;
        plan.bring(&mut other, super::print, progress)?;
        let merged = shelf.with(|library| library.finish_merge(&other, plan))?;
        drop(other);
        if merged.damaged > 0 {
            return Err(Failure::new(format!(
                "{} in {} cannot be read and is not in your library, so the old folder stays. Look at what is in its folder `takes`, then remove it yourself.",
                plural(merged.damaged, "sound file"),
                old.display()
            )));
        }
        if let Some(file) = Library::only_in(&old, &shelf.folder())? {
            return Err(Failure::new(format!(
                "{} is not in your library, so the old folder stays. Copy what you want to keep, then remove it yourself.",
                file.display()
            )));
        }
        Library::remove_files(&old)?;
        shelf.with(|library| library.set_setting(FROM, &None::<PathBuf>))?;
        Ok(format!("The old library in {} is removed. Everything is here.", old.display()))
    })
}

/// A folder given at the start would come back at the next one, whatever is chosen here.
fn remembered(aloud: &Aloud) -> Outcome<()> {
    if aloud.given {
        let say = "Aloud was started with a library of its own (--library or ALOUD_LIBRARY). Start it without, then try again.";
        return Err(Failure::coded(Code::Refused, say));
    }
    Ok(())
}
