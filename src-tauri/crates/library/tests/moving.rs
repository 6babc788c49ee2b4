//! Moving a library: complete in one place at every moment.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod filled;

use aloud_library::{Library, LibraryError, Move, Removal};
use filled::{add_spoken, add_take};
use jiff::Timestamp;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use tempfile::TempDir;

fn go_on(_done: u64, _of: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn print(file: &Path, most: Option<u64>) -> Result<(String, u64), String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let frames = (bytes.len() as u64).saturating_sub(44) / 2;
    Ok((filled::sha256(&bytes), frames.min(most.unwrap_or(u64::MAX))))
}

#[test]
fn everything_moves_also_what_changed_on_the_way_and_the_old_one_goes_when_asked() {
    let home = TempDir::new().unwrap();
    let (old, new) = (home.path().join("old"), home.path().join("new"));
    let mut library = Library::open(&old).unwrap();
    let first = add_spoken(&mut library, 500);
    let deleted = add_spoken(&mut library, 100);
    fs::create_dir_all(old.join("packs/mine")).unwrap();
    fs::write(old.join("packs/mine/rubric.md"), "# Mine").unwrap();
    fs::write(old.join("mine.txt"), "not the library's").unwrap();
    fs::write(old.join("search.db"), "made again").unwrap();

    let moving = Move::begin(&old, &new).unwrap();
    moving.copy(&mut go_on).unwrap();
    // One goes on practising meanwhile.
    let second = add_spoken(&mut library, 300);
    library.delete(&deleted, Removal::Take, Timestamp::now()).unwrap();
    let mut moved = moving.finish(&library).unwrap();
    drop(library);

    for take in [&first, &second] {
        assert_eq!(
            fs::read(moved.sound_file(take)).unwrap(),
            fs::read(old.join(format!("takes/{take}.wav"))).unwrap()
        );
    }
    assert!(!moved.has_sound(&deleted) && moved.restore(&deleted, Removal::Take, Timestamp::now()).unwrap());
    assert_eq!(moved.takes().unwrap().len(), 3);
    assert!(new.join("packs/mine/rubric.md").is_file() && !new.join("search.db").exists());

    // Somebody practised in the old folder once more: nothing of it may be lost.
    let mut again = Library::open(&old).unwrap();
    let late = add_spoken(&mut again, 50);
    drop(again);
    moved.merge(&old, print, &mut go_on).unwrap();
    Library::remove_files(&old).unwrap();
    assert!(moved.has_sound(&late));
    let left: Vec<_> = fs::read_dir(&old).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["mine.txt"], "only what belongs to the library goes");
}

#[test]
fn cancelled_or_refused_it_leaves_the_old_one_and_nothing_else() {
    let home = TempDir::new().unwrap();
    let (old, new) = (home.path().join("old"), home.path().join("new"));
    let mut library = Library::open(&old).unwrap();
    add_spoken(&mut library, 500);
    let moving = Move::begin(&old, &new).unwrap();
    assert!(matches!(moving.copy(&mut |_, _| ControlFlow::Break(())), Err(LibraryError::Cancelled)));
    drop(moving);
    fs::create_dir(home.path().join("full")).unwrap();
    fs::write(home.path().join("full/file"), "").unwrap();
    for (to, says) in [
        (home.path().join("full"), "not empty"),
        (old.join("inside"), "inside the library"),
        (old.clone(), "inside the library"),
        ("relative".into(), "whole path"),
    ] {
        let refused = Move::begin(&old, &to).unwrap_err().to_string();
        assert!(refused.contains(says), "{refused}");
    }
    let mut left: Vec<_> =
        fs::read_dir(home.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    left.sort();
    assert_eq!(left, ["full", "old"]);
}

#[test]
fn a_dated_copy_becomes_a_library_with_the_sounds_that_are_left() {
    let home = TempDir::new().unwrap();
    let mut library = Library::open(&home.path().join("library")).unwrap();
    let there = add_spoken(&mut library, 500);
    let silent = add_take(&mut library, 100);
    let copy = library.back_up_daily(jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0)).unwrap().unwrap();
    let later = add_spoken(&mut library, 10);
    let to = home.path().join("restored");
    Library::restore_copy(&copy, &library.takes_folder(), &to, &mut go_on).unwrap();
    let restored = Library::open(&to).unwrap();
    assert!(restored.has_sound(&there) && !restored.has_sound(&silent));
    assert!(restored.take(&later).unwrap().is_none(), "the copy is older than this take");
    let refused = Library::restore_copy(&copy, &library.takes_folder(), &to, &mut go_on).unwrap_err();
    assert!(matches!(refused, LibraryError::NotRestored(_)));
}
