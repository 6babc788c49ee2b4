//! Merging on a real disk: rows, sounds, refusals, and a process that is killed half-way.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod filled;

use aloud_library::{Library, LibraryError, Merged, Removal};
use filled::{add_spoken, add_take, sha256, wav};
use jiff::Timestamp;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

fn go_on(_done: u64, _of: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Stands for the reader of sounds: what follows a WAV's header, whatever the file is called.
fn print(file: &Path, most: Option<u64>) -> Result<(String, u64), String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let sound = bytes.get(44..).filter(|_| bytes.starts_with(b"RIFF")).ok_or("not a sound")?;
    let frames = (sound.len() as u64 / 2).min(most.unwrap_or(u64::MAX));
    Ok((sha256(&sound[..frames as usize * 2]), frames))
}

fn merge(library: &mut Library, other: &Path) -> aloud_library::Result<Merged> {
    library.merge(other, print, &mut go_on)
}

fn ids(library: &Library) -> Vec<String> {
    let mut ids: Vec<_> = library.takes().unwrap().into_iter().map(|take| take.id).collect();
    ids.sort();
    ids
}

/// Names and contents of the files that make a library, its database aside.
fn sounds(library: &Library) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(library.takes_folder()).unwrap().flatten();
    let mut all: Vec<_> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    all.sort();
    all
}

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn library(&self, name: &str) -> (Library, PathBuf) {
        let folder = self.0.path().join(name);
        (Library::open(&folder).unwrap(), folder)
    }

    /// Copies a closed library, as a person does with a folder.
    fn copy(&self, from: &Path, name: &str) -> PathBuf {
        let to = self.0.path().join(name);
        fs::create_dir_all(to.join("takes")).unwrap();
        fs::copy(from.join("library.db"), to.join("library.db")).unwrap();
        for take in fs::read_dir(from.join("takes")).unwrap().flatten() {
            fs::copy(take.path(), to.join("takes").join(take.file_name())).unwrap();
        }
        to
    }
}

#[test]
fn two_libraries_become_one_and_the_other_is_only_read() {
    let home = Home::new();
    let (mut mine, mine_at) = home.library("mine");
    let (mut theirs, theirs_at) = home.library("theirs");
    let own = add_spoken(&mut mine, 100);
    let new = add_spoken(&mut theirs, 200);
    let silent = add_take(&mut theirs, 300);
    theirs.set_setting("settings", &"theirs").unwrap();
    mine.set_setting("settings", &"mine").unwrap();
    drop(theirs);
    let before = (fs::read(theirs_at.join("library.db")).unwrap(), fs::read_dir(&theirs_at).unwrap().count());

    let merged = merge(&mut mine, &theirs_at).unwrap();
    assert_eq!((merged.takes, merged.sessions, merged.sounds, merged.damaged), (2, 2, 1, 0));
    let mut all = vec![own, new.clone(), silent];
    all.sort();
    assert_eq!(ids(&mine), all);
    assert_eq!(fs::read(mine.sound_file(&new)).unwrap(), wav(&new, 200));
    assert_eq!(
        mine.setting::<String>("settings").unwrap().as_deref(),
        Some("mine"),
        "choices are this machine's"
    );
    assert_eq!(
        (fs::read(theirs_at.join("library.db")).unwrap(), fs::read_dir(&theirs_at).unwrap().count()),
        before
    );

    assert_eq!(merge(&mut mine, &theirs_at).unwrap(), Merged::default(), "twice is once");
    drop(mine);
    let (mut theirs, _) = home.library("theirs");
    merge(&mut theirs, &mine_at).unwrap();
    let (mine, _) = home.library("mine");
    assert_eq!((ids(&theirs), sounds(&theirs)), (ids(&mine), sounds(&mine)), "in any order");
}

#[test]
fn a_backup_and_a_copy_of_the_database_merge_like_the_folder() {
    let home = Home::new();
    let (mut theirs, _) = home.library("theirs");
    let take = add_spoken(&mut theirs, 500);
    let zip = home.0.path().join("backup.zip");
    theirs.snapshot().unwrap().write(&zip, "1", Timestamp::now(), &mut go_on).unwrap();
    let copy = theirs.back_up_daily(jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0)).unwrap().unwrap();

    let (mut mine, _) = home.library("mine");
    let merged = merge(&mut mine, &copy).unwrap();
    assert_eq!((merged.takes, merged.sounds), (1, 0), "a copy of the database brings no sound");
    let merged = merge(&mut mine, &zip).unwrap();
    assert_eq!((merged.takes, merged.sounds), (0, 1), "the backup brings the sound that was missing");
    assert_eq!(fs::read(mine.sound_file(&take)).unwrap(), wav(&take, 500));
}

#[test]
fn a_deletion_comes_along_and_its_sound_does_not() {
    let home = Home::new();
    let (mut mine, mine_at) = home.library("mine");
    let take = add_spoken(&mut mine, 100);
    let other = add_spoken(&mut mine, 100);
    drop(mine);
    let theirs_at = home.copy(&mine_at, "theirs");
    let (theirs, _) = home.library("theirs");
    theirs.delete(&take, Removal::Sound, Timestamp::now()).unwrap();
    theirs.delete(&other, Removal::Take, Timestamp::now()).unwrap();
    theirs.restore(&other, Removal::Take, Timestamp::now()).unwrap();
    drop(theirs);

    let (mut mine, _) = home.library("mine");
    merge(&mut mine, &theirs_at).unwrap();
    assert!(!mine.has_sound(&take) && mine.has_sound(&other));
    assert_eq!(mine.trash().unwrap().len(), 1, "it can still come back here");
    drop(mine);
    let (mut theirs, _) = home.library("theirs");
    theirs.empty_trash(Timestamp::now()).unwrap();
    assert_eq!(
        merge(&mut theirs, &mine_at).unwrap().sounds,
        0,
        "a deleted sound came back from the other machine"
    );
}

#[test]
fn the_same_take_in_two_forms_or_lengths_needs_no_decision() {
    let home = Home::new();
    let (mut mine, mine_at) = home.library("mine");
    let packed = add_spoken(&mut mine, 100);
    let cut = add_spoken(&mut mine, 100);
    let damaged = add_spoken(&mut mine, 100);
    drop(mine);
    let theirs_at = home.copy(&mine_at, "theirs");
    let (mine, _) = home.library("mine");
    fs::rename(mine.sound_file(&packed), mine.sound_file(&packed).with_extension("flac")).unwrap();
    fs::write(mine.sound_file(&cut), wav(&cut, 40)).unwrap();
    fs::write(mine.sound_file(&damaged), "nothing one can hear").unwrap();
    drop(mine);

    let (mut mine, _) = home.library("mine");
    assert_eq!(merge(&mut mine, &theirs_at).unwrap(), Merged::default());
    let names: Vec<String> = sounds(&mine).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 3, "no take has two files: {names:?}");
    assert!(names.contains(&format!("{packed}.flac")));
    assert_eq!(fs::read(mine.sound_file(&cut)).unwrap(), wav(&cut, 100), "the longer one counts");
    assert_eq!(fs::read(mine.sound_file(&damaged)).unwrap(), wav(&damaged, 100), "a damaged one is healed");
}

#[test]
fn a_sound_that_is_not_what_it_was_is_left_out_or_refused() {
    let home = Home::new();
    let (mut theirs, theirs_at) = home.library("theirs");
    let take = add_spoken(&mut theirs, 100);
    let (hash, frames) = print(&theirs.sound_file(&take), None).unwrap();
    theirs.add_sound_hash(&take, &hash, frames, Timestamp::now()).unwrap();
    fs::write(theirs.sound_file(&take), wav("something else", 100)).unwrap();
    drop(theirs);
    let (mut mine, mine_at) = home.library("mine");
    let merged = merge(&mut mine, &theirs_at).unwrap();
    assert_eq!(
        (merged.takes, merged.sounds, merged.damaged),
        (1, 0, 1),
        "its hash says that it is another sound"
    );
    assert!(!mine.has_sound(&take));

    // Nobody knows which of two different sounds is right.
    let unknown = add_spoken(&mut mine, 100);
    drop(mine);
    let other_at = home.copy(&mine_at, "other");
    let (mut mine, _) = home.library("mine");
    fs::write(other_at.join("takes").join(format!("{unknown}.wav")), wav("another", 100)).unwrap();
    let refused = merge(&mut mine, &other_at).unwrap_err().to_string();
    assert!(refused.contains("sounds different in the two libraries"), "{refused}");
}

#[test]
fn a_library_in_use_newer_foreign_or_missing_is_refused_with_a_sentence() {
    let home = Home::new();
    let (mut mine, mine_at) = home.library("mine");
    let (theirs, theirs_at) = home.library("theirs");
    let mut refusal = |at: &Path| {
        let error = merge(&mut mine, at).unwrap_err();
        assert!(
            matches!(
                error,
                LibraryError::NotMerged(_) | LibraryError::NotBackup { .. } | LibraryError::File { .. }
            ),
            "{error}"
        );
        assert!(!mine_at.join("unfinished").read_dir().is_ok_and(|mut left| left.next().is_some()));
        error.to_string()
    };
    assert!(refusal(&theirs_at).contains("open in another Aloud"));
    drop(theirs);
    assert!(refusal(&mine_at).contains("this library itself"));
    let database = theirs_at.join("library.db");
    let sql = rusqlite::Connection::open(&database).unwrap();
    sql.pragma_update(None, "user_version", 999).unwrap();
    sql.close().unwrap();
    assert!(refusal(&theirs_at).contains("newer version of Aloud"));
    fs::write(&database, [b'x'; 8_192]).unwrap();
    assert!(refusal(&theirs_at).contains("not an Aloud library"));
    fs::remove_file(&database).unwrap();
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    assert!(refusal(&theirs_at).contains("not an Aloud library"));
    fs::remove_file(&database).unwrap();
    assert!(refusal(&theirs_at).contains("there is no library in"));
    assert!(refusal(&home.0.path().join("nowhere")).contains("there is no such file"));
    let text = home.0.path().join("notes.txt");
    fs::write(&text, "hello").unwrap();
    assert!(refusal(&text).contains("cannot be used as a backup"));
}

#[test]
fn cancelled_it_leaves_the_library_as_it_was() {
    let home = Home::new();
    let (mut theirs, theirs_at) = home.library("theirs");
    for _ in 0..4 {
        add_spoken(&mut theirs, 50);
    }
    drop(theirs);
    let (mut mine, _) = home.library("mine");
    for last in 0..=4 {
        let broken_off = mine.merge(&theirs_at, print, &mut |done, _| {
            if done == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(broken_off, Err(LibraryError::Cancelled)), "at {last}");
        assert!(ids(&mine).is_empty() && sounds(&mine).is_empty(), "at {last}");
    }
}

/// Where the child finds the two libraries.
const CHILD: &str = "ALOUD_TEST_MERGE";

/// Not a test by itself: merges step by step as its parent lets it, until that kills it.
#[test]
fn child_that_is_killed() {
    let Some(home) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let mut library = Library::open(&home.join("mine")).unwrap();
    let mut answers = std::io::stdin().lines();
    let merged = library.merge(&home.join("theirs"), print, &mut |done, _| {
        println!("step {done}");
        std::io::stdout().flush().unwrap();
        answers.next();
        ControlFlow::Continue(())
    });
    println!("merged {}", merged.unwrap().takes);
}

#[test]
fn killed_at_any_step_it_is_as_before_or_as_after_and_the_next_merge_finishes_it() {
    const TAKES: usize = 5;
    for killed_at in 0..=TAKES {
        let home = Home::new();
        let (mut theirs, theirs_at) = home.library("theirs");
        let all: Vec<String> = (0..TAKES).map(|_| add_spoken(&mut theirs, 50)).collect();
        drop(theirs);
        drop(home.library("mine"));
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_is_killed", "--nocapture"])
            .env(CHILD, home.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut go = child.stdin.take().unwrap();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            let Some((_, step)) = line.split_once("step ") else { continue };
            if step == killed_at.to_string() {
                break;
            }
            writeln!(go).unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let (mut mine, mine_at) = home.library("mine");
        assert!(ids(&mine).is_empty(), "rows came before their sounds were all there");
        assert!(sounds(&mine).is_empty(), "killed at {killed_at}: sounds without rows stayed");
        assert!(!mine_at.join("unfinished").exists());
        assert_eq!(merge(&mut mine, &theirs_at).unwrap().sounds, TAKES as u64);
        assert_eq!(ids(&mine), all);
    }
}
