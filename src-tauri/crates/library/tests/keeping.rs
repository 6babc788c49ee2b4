//! Deleting and keeping: what leaves, what stays, and how it comes back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod filled;

use aloud_library::{Library, LibraryError, Removal};
use aloud_practice::{GradeKind, Level};
use filled::{add_spoken, grade, plan};
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn spoken(folder: &Path) -> (Library, String) {
    let mut library = Library::open(folder).unwrap();
    let take = add_spoken(&mut library, 4_800);
    fs::write(library.sound_file(&take).with_extension("peaks"), "peaks").unwrap();
    library.add_grade(&take, &grade(GradeKind::First, Level::Mid), Timestamp::now()).unwrap();
    library.add_note(&take, None, "Too fast", Timestamp::now()).unwrap();
    (library, take)
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_deleted_take_keeps_its_grades_and_comes_back_whole() {
    let folder = TempDir::new().unwrap();
    let (library, take) = spoken(folder.path());
    let sound = fs::read(library.sound_file(&take)).unwrap();
    for what in [Removal::Take, Removal::Sound] {
        library.delete(&take, what, Timestamp::now()).unwrap();
        let stored = library.take(&take).unwrap().unwrap();
        assert_eq!((stored.deleted, stored.sound_deleted), (what == Removal::Take, what == Removal::Sound));
        assert!(!library.has_sound(&take) && files(&library.takes_folder()).is_empty());
        assert_eq!(files(&library.trash_folder()).len(), 2, "sound and peaks wait in the trash");
        assert_eq!(library.grades(&take).unwrap().len(), 1);
        assert_eq!(library.notes(&take).unwrap().len(), 1);
        let trash = library.trash().unwrap();
        assert_eq!((trash.len(), trash[0].what, trash[0].title.as_str()), (1, what, "A question"));

        assert!(library.restore(&take, what, Timestamp::now()).unwrap(), "the sound did not come back");
        assert_eq!(fs::read(library.sound_file(&take)).unwrap(), sound);
        assert!(library.trash().unwrap().is_empty());
    }
}

#[test]
fn a_take_brought_back_stays_without_the_sound_that_was_deleted_before() {
    let folder = TempDir::new().unwrap();
    let (library, take) = spoken(folder.path());
    library.delete(&take, Removal::Sound, Timestamp::now()).unwrap();
    library.delete(&take, Removal::Take, Timestamp::now()).unwrap();
    assert_eq!(library.trash().unwrap().len(), 1);
    assert!(!library.restore(&take, Removal::Take, Timestamp::now()).unwrap());
    assert!(!library.take(&take).unwrap().unwrap().deleted);
    assert!(library.restore(&take, Removal::Sound, Timestamp::now()).unwrap());
}

#[test]
fn emptying_the_trash_is_final_and_only_for_what_is_old_enough() {
    let folder = TempDir::new().unwrap();
    let (mut library, old) = spoken(folder.path());
    let fresh = add_spoken(&mut library, 100);
    let now = Timestamp::now();
    library.delete(&old, Removal::Sound, now - SignedDuration::from_hours(24 * 40)).unwrap();
    library.delete(&fresh, Removal::Take, now).unwrap();
    let (sounds, bytes) = library.empty_trash(now - SignedDuration::from_hours(24 * 30)).unwrap();
    assert_eq!((sounds, bytes), (1, 44 + 9_600 + 5));
    assert!(!library.restore(&old, Removal::Sound, now).unwrap(), "nothing can come back");
    assert!(library.restore(&fresh, Removal::Take, now).unwrap());
    assert_eq!(library.grades(&old).unwrap().len(), 1, "its grade stays");
}

#[test]
fn what_is_kept_for_ever_or_still_recorded_cannot_be_deleted() {
    let folder = TempDir::new().unwrap();
    let (mut library, take) = spoken(folder.path());
    library.set_kept(&take, true, Timestamp::now()).unwrap();
    let refused = library.delete(&take, Removal::Sound, Timestamp::now()).unwrap_err();
    assert!(matches!(refused, LibraryError::Forbidden(_)), "{refused}");
    assert!(library.has_sound(&take));
    library.set_kept(&take, false, Timestamp::now()).unwrap();
    library.delete(&take, Removal::Sound, Timestamp::now()).unwrap();
    assert!(library.set_kept(&take, true, Timestamp::now()).is_err(), "there is nothing left to keep");

    let plan = plan();
    let state = aloud_practice::session::State::new(plan.clone());
    let new = aloud_library::NewSession { pack: "p", plan: &plan };
    let session = library.begin_session(&new, &state, Timestamp::now()).unwrap();
    library.begin_take(&filled::new_take("running", &session), Timestamp::now()).unwrap();
    assert!(library.delete("running", Removal::Take, Timestamp::now()).is_err());
}

#[test]
fn a_crash_between_row_and_file_is_put_right_at_the_next_start() {
    let folder = TempDir::new().unwrap();
    let (library, take) = spoken(folder.path());
    library.delete(&take, Removal::Take, Timestamp::now()).unwrap();
    let (wav, trashed) = (library.sound_file(&take), library.trash_folder().join(format!("{take}.wav")));
    // The row was written, the file had not moved yet.
    fs::rename(&trashed, &wav).unwrap();
    fs::write(wav.with_extension("flac.part"), "half").unwrap();
    drop(library);
    let library = Library::open(folder.path()).unwrap();
    assert!(!wav.exists() && trashed.exists());
    assert!(files(&library.takes_folder()).is_empty(), "an unfinished file was left");
    library.restore(&take, Removal::Take, Timestamp::now()).unwrap();
    fs::rename(&wav, &trashed).unwrap();
    drop(library);
    let library = Library::open(folder.path()).unwrap();
    assert!(library.has_sound(&take), "a take that was brought back lost its sound");
}

#[test]
fn every_byte_is_counted_where_it_belongs() {
    let folder = TempDir::new().unwrap();
    let (mut library, take) = spoken(folder.path());
    let gone = add_spoken(&mut library, 10);
    library.delete(&gone, Removal::Take, Timestamp::now()).unwrap();
    fs::write(library.takes_folder().join("x.flac"), [0; 7]).unwrap();
    for (name, bytes) in [("backups", 11), ("packs", 13)] {
        fs::create_dir_all(folder.path().join(name).join("deep")).unwrap();
        fs::write(folder.path().join(name).join("deep/file"), vec![0; bytes]).unwrap();
    }
    let usage = Library::usage(folder.path());
    assert_eq!((usage.wav.files, usage.wav.bytes), (1, 44 + 9_600));
    assert_eq!((usage.flac.bytes, usage.peaks.bytes, usage.trash.bytes), (7, 5, 64));
    assert_eq!((usage.backups.bytes, usage.packs.bytes, usage.other.bytes), (11, 13, 0));
    assert!(usage.database.bytes > 4_096 && library.has_sound(&take));
}
