//! The library on a real disk: what it keeps, what it refuses, who may read it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod filled;

use aloud_library::{Library, LibraryError};
use aloud_practice::session::Mark;
use aloud_practice::{GradeKind, Level};
use filled::{ended, grade, with_take};
use jiff::Timestamp;
use std::fs;
use tempfile::TempDir;

#[test]
fn everything_is_there_after_opening_again() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    library.add_mark(&take, 60_000, &Mark::OneMinute, Timestamp::now()).unwrap();
    library.add_note(&take, Some(1_500), "Started with the fix", Timestamp::now()).unwrap();
    library.add_grade(&take, &grade(GradeKind::First, Level::Mid), Timestamp::now()).unwrap();
    drop(library);

    let library = Library::open(folder.path()).unwrap();
    let stored = library.take(&take).unwrap().unwrap();
    assert_eq!(stored.end, Some(ended(96_000)));
    assert!((stored.seconds() - 2.0).abs() < f64::EPSILON);
    assert!(stored.progress.first && !stored.progress.revealed);
    assert_eq!(stored.notes, 1);
    assert_eq!(library.marks::<Mark>(&take).unwrap()[0].moment_ms, 60_000);
    assert_eq!(library.grades(&take).unwrap()[0].grade.levels["depth"], Level::Mid);
    assert_eq!(library.interrupted_session().unwrap().unwrap().state.plan.title, "A drill");
}

#[test]
fn both_grades_stand_side_by_side_and_the_first_comes_once() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    library.add_grade(&take, &grade(GradeKind::First, Level::Mid), Timestamp::now()).unwrap();
    let again = library.add_grade(&take, &grade(GradeKind::First, Level::Staff), Timestamp::now());
    let sentence = aloud_practice::grade::Refusal::FirstLocked.sentence();
    assert_eq!(again.unwrap_err().to_string(), sentence, "a first grade was given twice");
    let early = library.add_grade(&take, &grade(GradeKind::Second, Level::Senior), Timestamp::now());
    assert!(early.is_err(), "a second grade came before the reveal");
    library.add_reveal(&take, Timestamp::now()).unwrap();
    library.add_grade(&take, &grade(GradeKind::Second, Level::Senior), Timestamp::now()).unwrap();
    let kinds: Vec<_> = library.grades(&take).unwrap().iter().map(|stored| stored.grade.kind).collect();
    assert_eq!(kinds, [GradeKind::First, GradeKind::Second]);
}

#[test]
fn history_cannot_be_rewritten_even_by_sql() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    library.add_grade(&take, &grade(GradeKind::First, Level::Mid), Timestamp::now()).unwrap();
    drop(library);
    let sql = rusqlite::Connection::open(folder.path().join("library.db")).unwrap();
    for statement in [
        "UPDATE grade SET levels = '{}'",
        "DELETE FROM grade",
        "DELETE FROM take",
        "UPDATE take SET title = ''",
    ] {
        let refused = sql.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
}

#[test]
fn a_note_taken_away_comes_back_with_its_wording() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    let note = library.add_note(&take, None, "Too fast", Timestamp::now()).unwrap();
    library.edit_note(&note.id, "Too fast at the start", Timestamp::now()).unwrap();
    library.set_note_gone(&note.id, true, Timestamp::now()).unwrap();
    assert!(library.notes(&take).unwrap().is_empty());
    library.set_note_gone(&note.id, false, Timestamp::now()).unwrap();
    assert_eq!(library.notes(&take).unwrap()[0].text, "Too fast at the start");
}

#[test]
fn a_second_instance_is_refused_at_once() {
    let folder = TempDir::new().unwrap();
    let _first = Library::open(folder.path()).unwrap();
    assert!(matches!(Library::open(folder.path()), Err(LibraryError::InUse)));
}

#[test]
fn a_newer_library_is_refused_and_untouched() {
    let folder = TempDir::new().unwrap();
    drop(Library::open(folder.path()).unwrap());
    let file = folder.path().join("library.db");
    let sql = rusqlite::Connection::open(&file).unwrap();
    sql.pragma_update(None, "user_version", 999).unwrap();
    sql.close().unwrap();
    let before = fs::read(&file).unwrap();
    assert!(matches!(Library::open(folder.path()), Err(LibraryError::Newer { found: 999, .. })));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn what_is_not_a_library_is_refused_and_untouched() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("library.db");
    fs::write(&file, vec![b'x'; 8_192]).unwrap();
    assert!(matches!(Library::open(folder.path()), Err(LibraryError::Foreign(_))));
    assert_eq!(fs::read(&file).unwrap(), vec![b'x'; 8_192]);
    fs::remove_file(&file).unwrap();
    let sql = rusqlite::Connection::open(&file).unwrap();
    sql.execute_batch("CREATE TABLE theirs (a)").unwrap();
    drop(sql);
    assert!(matches!(Library::open(folder.path()), Err(LibraryError::Foreign(_))));
}

#[test]
fn a_file_where_the_folder_should_be_is_a_clear_sentence() {
    let folder = TempDir::new().unwrap();
    let blocked = folder.path().join("library");
    fs::write(&blocked, "").unwrap();
    let error = Library::open(&blocked).unwrap_err().to_string();
    assert!(error.contains("a file stands where the folder should be"), "{error}");
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = TempDir::new().unwrap();
    let folder = parent.path().join("library");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let _library = Library::open(&folder).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("takes")), 0o700);
    assert_eq!(mode(&folder.join("library.db")), 0o600);
    assert_eq!(mode(&folder.join("library.db-wal")), 0o600);
}

#[test]
fn a_library_of_the_first_format_opens_with_everything_in_it() {
    let folder = TempDir::new().unwrap();
    let sql = rusqlite::Connection::open(folder.path().join("library.db")).unwrap();
    sql.execute_batch(include_str!("../src/migrations/001_start.sql")).unwrap();
    sql.execute_batch(
        "PRAGMA application_id = 0x416C6F75; PRAGMA user_version = 1;
         INSERT INTO device VALUES ('d', 'a machine', 1);
         INSERT INTO setting VALUES ('device', '\"d\"');
         INSERT INTO session VALUES ('s', 'd', 1, 'p', 'drill', '', 'A drill', '{}');
         INSERT INTO take VALUES ('t', 'd', 's', 1, 'p', 'q', 'q', 'A question', '', 'Say it.', 1, 48000);
         INSERT INTO take_end VALUES ('e', 'd', 't', 2, 'time_up', 96000, 5, 1);
         INSERT INTO grade VALUES ('g', 'd', 't', 3, 'first', NULL, '{\"depth\":\"mid\"}', '[]', '[]', '[]');",
    )
    .unwrap();
    drop(sql);
    let library = Library::open(folder.path()).unwrap();
    let take = library.take("t").unwrap().unwrap();
    let end = take.end.unwrap();
    assert_eq!((end.frames, end.lost_frames, end.repaired), (96_000, 5, true));
    assert!(take.progress.first && !take.deleted && !take.sound_deleted && !take.kept);
    assert_eq!(library.grades("t").unwrap()[0].grade.kind, GradeKind::First);
    assert!(library.end_take("t", ended(1), Timestamp::now()).is_err(), "a take ended twice");
    let copies = Library::database_copies(&library.backups_folder());
    assert!(
        copies.iter().any(|copy| copy.before_format && copy.holds.as_ref().is_some_and(|h| h.takes == 1))
    );
}
