//! What is found while listening: anchors, moments of key points, points to carry forward, and finding it all again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod filled;

use aloud_library::{Library, LibraryError, PackWords, Place};
use aloud_practice::Level;
use filled::with_take;
use jiff::Timestamp;
use std::fs;
use tempfile::TempDir;

fn now() -> Timestamp {
    Timestamp::now()
}

#[test]
fn an_anchor_can_be_taken_away_and_comes_back() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    let whole = library.pin_anchor(&take, "depth", Level::Senior, None, now()).unwrap();
    let part = library.pin_anchor(&take, "depth", Level::Staff, Some(1_000..1_900), now()).unwrap();
    assert_eq!(library.anchors_for("p", "depth").unwrap(), [part.clone(), whole.clone()], "newest first");
    library.set_anchor_gone(&part.id, true, now()).unwrap();
    assert_eq!(library.anchors_for("p", "depth").unwrap(), [whole]);
    assert_eq!(library.set_anchor_gone(&part.id, false, now()).unwrap(), part);
    assert_eq!(library.anchors_for("p", "depth").unwrap().len(), 2);
    assert!(library.anchors_for("another pack", "depth").unwrap().is_empty());
}

#[test]
fn a_key_point_has_one_moment_the_last_one_pinned() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    for moment in [Some(400), Some(900)] {
        library.pin_key_point(&take, "names the cost", moment, now()).unwrap();
    }
    library.pin_key_point(&take, "says when", Some(1_200), now()).unwrap();
    library.pin_key_point(&take, "says when", None, now()).unwrap();
    let moments = library.key_point_moments(&take).unwrap();
    assert_eq!(moments.into_iter().collect::<Vec<_>>(), [("names the cost".to_owned(), 900)]);
}

#[test]
fn two_points_are_carried_forward_and_not_a_third() {
    let folder = TempDir::new().unwrap();
    let (library, _) = with_take(folder.path());
    let first = library.carry_forward("p", "q", "Name the cost first", now()).unwrap();
    library.carry_forward("p", "q", "Draw it", now()).unwrap();
    let third = library.carry_forward("p", "q", "And slower", now());
    assert!(matches!(third, Err(LibraryError::Refused(_))), "{third:?}");
    library.edit_carry(&first.id, "Name the cost in the first sentence", now()).unwrap();
    library.set_carry_gone(&first.id, true, now()).unwrap();
    library.carry_forward("p", "q", "And slower", now()).unwrap();
    let back = library.set_carry_gone(&first.id, false, now());
    assert!(matches!(back, Err(LibraryError::Refused(_))), "its place was taken: {back:?}");
    let texts: Vec<_> = library.carried("p", "q").unwrap().into_iter().map(|carry| carry.text).collect();
    assert_eq!(texts, ["Draw it", "And slower"]);
}

fn packs() -> Vec<PackWords> {
    let question = |id: &str, title: &str, prompt: &str| [id, title, prompt].map(str::to_owned);
    vec![PackWords {
        pack: "p".into(),
        questions: vec![
            question("q", "A question", "How would you find a goroutine leak?"),
            question("r", "Échecs répétés", "并发 和 并行 有什么 区别"),
        ],
    }]
}

/// Titles of what is found, and the words that were marked.
fn find(library: &Library, words: &str) -> Vec<(String, Vec<String>)> {
    let found = library.search(words, &packs(), 10).unwrap();
    found
        .into_iter()
        .map(|one| {
            (one.title, one.text.into_iter().filter(|piece| piece.found).map(|piece| piece.text).collect())
        })
        .collect()
}

#[test]
fn prompts_notes_reflections_and_points_are_found_by_the_beginning_of_words() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    assert_eq!(
        find(&library, "gorout LEAK"),
        [("A question".into(), vec!["goroutine".into(), "leak".into()])]
    );
    assert_eq!(find(&library, "echecs").len(), 1, "accents do not matter");
    assert_eq!(
        find(&library, "并行"),
        [("Échecs répétés".into(), vec!["并行".into()])],
        "inside a run of Han"
    );
    assert!(find(&library, "leak NOT goroutine").is_empty(), "operators are words");
    assert!(find(&library, "\"*").is_empty());

    let note = library.add_note(&take, Some(1_500), "Started with the mutex", now()).unwrap();
    let session = library.take(&take).unwrap().unwrap().session;
    library.add_reflection(&session, "Too fast", &["Breathe before the mutex".into()], now()).unwrap();
    library.carry_forward("p", "q", "Say mutex, not lock", now()).unwrap();
    let places: Vec<_> =
        library.search("mutex", &packs(), 10).unwrap().into_iter().map(|found| found.place).collect();
    assert_eq!(places.len(), 3, "{places:?}");
    assert!(places.contains(&Place::Note { take: take.clone(), moment_ms: Some(1_500) }));
    assert!(places.contains(&Place::Reflection { session }));
    assert!(places.contains(&Place::Carry { pack: "p".into(), question: "q".into() }));

    library.edit_note(&note.id, "Started with the channel", now()).unwrap();
    assert_eq!(find(&library, "mutex").len(), 2, "the old wording is gone");
    assert_eq!(find(&library, "channel").len(), 1);
    library.set_note_gone(&note.id, true, now()).unwrap();
    assert!(find(&library, "channel").is_empty());
}

#[test]
fn the_index_can_be_dropped_damaged_or_of_another_library() {
    let folder = TempDir::new().unwrap();
    let (library, take) = with_take(folder.path());
    library.add_note(&take, None, "Started with the mutex", now()).unwrap();
    assert_eq!(find(&library, "mutex").len(), 1);
    let index = folder.path().join("search.db");
    fs::remove_file(&index).unwrap();
    assert_eq!(find(&library, "mutex").len(), 1, "dropped");
    fs::write(&index, b"not a database, but long enough to look like a file of some kind").unwrap();
    assert_eq!(find(&library, "mutex").len(), 1, "damaged");
    drop(library);
    let other = TempDir::new().unwrap();
    let (library, _) = with_take(other.path());
    fs::copy(&index, other.path().join("search.db")).unwrap();
    assert!(find(&library, "mutex").is_empty(), "another library's notes do not show up");
}

#[test]
fn a_question_that_left_its_pack_is_still_found() {
    let folder = TempDir::new().unwrap();
    let (library, _) = with_take(folder.path());
    let found = library.search("say it", &[], 10).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, Place::Question { pack: "p".into(), question: "q".into() });
}
