//! Personal packs: what an import writes reads back, importing again changes nothing, and edits are kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use aloud_packs::import::{File, Import, read};
use aloud_packs::personal::{Merged, Personal, Place, Stopped, Wording};
use proptest::prelude::*;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

const DAY: &str = "2026-11-22";

fn bank(text: &str) -> Import {
    read(&[File { name: "bank.md".into(), bytes: text.as_bytes().to_vec() }])
}

fn take_in(pack: &mut Personal, import: &Import) -> Merged {
    pack.take_in(import, "bank.md", &["bank.md".into()], DAY, &mut |_, _| ControlFlow::Continue(())).unwrap()
}

fn empty() -> Personal {
    Personal::new("mine", "Mine", "en")
}

fn ids(pack: &Personal) -> Vec<String> {
    pack.pack().unwrap().bank().map(|(_, _, question)| question.id.clone()).collect()
}

const BANK: &str = "# Bees\n\n## Hives\n\n### What is a hive?\n\nA home.\n\n### Explain the comb\n\nWax in hexagons.\n\n## Work\n\n### How do bees dance?\n\nIn eights.\n";

#[test]
fn what_an_import_writes_is_an_ordinary_pack() {
    let mut personal = empty();
    let merged = take_in(&mut personal, &bank(BANK));
    assert_eq!(merged.added, ["what-is-a-hive", "explain-the-comb", "how-do-bees-dance"]);
    let pack = personal.pack().unwrap();
    assert!(pack.personal);
    let (section, _, question) = pack.bank().next().unwrap();
    assert_eq!((section.title.as_str(), question.prompt.as_str()), ("Hives", "What is a hive?"));
    assert_eq!(question.sealed.answer[0].text, "A home.");
    assert_eq!(question.signals, ["communication", "technical-depth"]);
    assert_eq!(question.seconds, Some(180));
    let origin = question.origin.as_ref().unwrap();
    assert_eq!((origin.file.as_str(), origin.line, origin.imported.as_str()), ("bank.md", 5, DAY));
}

#[test]
fn importing_again_changes_not_a_byte() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    let before = personal.clone();
    let merged = take_in(&mut personal, &bank(BANK));
    assert_eq!((merged.unchanged, merged.added.len(), merged.updated.len()), (3, 0, 0));
    assert_eq!(personal, before);
}

/// A section that goes on later gathers its questions, so that in the pack equal ones stand in another order.
#[test]
fn equal_questions_are_not_mixed_up() {
    let knot = "## Knots\n\n### What is a strand?\n\nA part of a rope.\n\n";
    let lay = knot.replace("Knots", "Lays");
    let bank = bank(&format!("# Ropes\n\n{knot}{lay}{knot}{lay}"));
    let mut personal = empty();
    assert_eq!(take_in(&mut personal, &bank).added.len(), 4);
    let before = personal.clone();
    take_in(&mut personal, &bank);
    assert_eq!(personal, before);
}

#[test]
fn a_changed_source_updates_and_ids_stay() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    let before = ids(&personal);
    let changed = BANK
        .replace("A home.", "A home for bees.")
        .replace("How do bees dance?", "How do honey bees dance?")
        .replace("## Hives\n", "## Hives\n\n### Why smoke?\n\nIt calms.\n");
    let merged = take_in(&mut personal, &bank(&changed));
    assert_eq!(merged.updated, ["what-is-a-hive", "how-do-bees-dance"]);
    assert_eq!(merged.added, ["why-smoke"]);
    let pack = personal.pack().unwrap();
    assert!(before.iter().all(|id| pack.question(id).is_some()));
    assert_eq!(pack.question("how-do-bees-dance").unwrap().title, "How do honey bees dance?");
    assert_eq!(pack.bank().count(), 4);
}

#[test]
fn what_the_person_edited_stays_theirs() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    let question = personal.pack().unwrap().question("what-is-a-hive").unwrap().clone();
    let wording = Wording { answer: "My own words.".into(), ..Wording::of(&question) };
    personal.edit("what-is-a-hive", &wording).unwrap();
    let merged = take_in(&mut personal, &bank(&BANK.replace("A home.", "Another answer.")));
    assert_eq!(merged.kept, ["what-is-a-hive"]);
    let pack = personal.pack().unwrap();
    assert_eq!(pack.question("what-is-a-hive").unwrap().sealed.answer[0].text, "My own words.");
}

#[test]
fn choices_survive_an_update() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    personal.hide("explain-the-comb", true).unwrap();
    take_in(&mut personal, &bank(&BANK.replace("Wax in hexagons.", "Hexagons of wax.")));
    let pack = personal.pack().unwrap();
    assert!(pack.question("explain-the-comb").unwrap().hidden);
    assert_eq!(pack.shown().count(), 2);
    assert_eq!(pack.question("explain-the-comb").unwrap().sealed.answer[0].text, "Hexagons of wax.");
}

#[test]
fn what_left_the_source_stays_and_is_marked_and_comes_back() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    let less = BANK.replace("### Explain the comb\n\nWax in hexagons.\n\n", "");
    assert_eq!(take_in(&mut personal, &bank(&less)).gone, ["explain-the-comb"]);
    assert_eq!(take_in(&mut personal, &bank(&less)).gone.len(), 0, "told once");
    let pack = personal.pack().unwrap();
    assert_eq!(
        pack.question("explain-the-comb").unwrap().origin.as_ref().unwrap().gone.as_deref(),
        Some(DAY)
    );
    take_in(&mut personal, &bank(BANK));
    let pack = personal.pack().unwrap();
    assert_eq!(pack.question("explain-the-comb").unwrap().origin.as_ref().unwrap().gone, None);
}

#[test]
fn a_bank_that_moved_is_known_again_and_another_one_is_not_mixed_up_with_it() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    let moved = read(&[File { name: "elsewhere/bank.md".into(), bytes: BANK.as_bytes().to_vec() }]);
    let files = vec!["elsewhere/bank.md".to_owned()];
    let go_on = &mut |_: u64, _: u64| ControlFlow::Continue(());
    let merged = personal.take_in(&moved, "elsewhere/bank.md", &files, DAY, go_on).unwrap();
    assert_eq!((merged.unchanged, merged.added.len()), (3, 0));
    let other = "### What is a hive?\n\nA kind of rash.\n\n### Who treats it?\n\nA doctor.\n";
    let other = read(&[File { name: "medicine.md".into(), bytes: other.as_bytes().to_vec() }]);
    let merged = personal.take_in(&other, "medicine.md", &["medicine.md".into()], DAY, go_on).unwrap();
    assert_eq!((merged.added.len(), merged.gone.len()), (2, 0));
    assert_eq!(personal.pack().unwrap().question("what-is-a-hive").unwrap().sealed.answer[0].text, "A home.");
}

#[test]
fn a_cancelled_import_changes_nothing() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    let before = personal.clone();
    let more = format!("{BANK}\n### And what now?\n\nWait.\n");
    let stopped = personal
        .take_in(&bank(&more), "bank.md", &["bank.md".into()], DAY, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(Stopped::Cancelled)));
    assert_eq!(personal, before);
}

#[test]
fn questions_are_added_edited_moved_and_hidden() {
    let mut personal = empty();
    let place = Place { section: "My section".into(), group: "My group".into() };
    let wording = |prompt: &str| Wording {
        title: String::new(),
        prompt: prompt.into(),
        answer: String::new(),
        key_points: vec!["one\n\ntwo".into(), String::new()],
        probes: vec!["And then?".into()],
        seconds: 90,
    };
    for prompt in ["First?", "Second?", "Third?"] {
        personal.add(&place, &wording(prompt)).unwrap();
    }
    assert_eq!(ids(&personal), ["first", "second", "third"]);
    assert!(personal.shift("third", -1).unwrap());
    assert!(personal.shift("first", 9).unwrap());
    assert_eq!(ids(&personal), ["third", "second", "first"]);
    assert!(!personal.shift("third", -1).unwrap(), "already the first");
    personal.edit("second", &Wording { title: "New title".into(), ..wording("Second, again?") }).unwrap();
    personal.hide("second", true).unwrap();
    let pack = personal.pack().unwrap();
    let second = pack.question("second").unwrap();
    assert_eq!(
        (second.title.as_str(), second.prompt.as_str(), second.hidden),
        ("New title", "Second, again?", true)
    );
    assert_eq!(second.sealed.key_points, ["one\ntwo"]);
    assert_eq!((second.sealed.probes[0].question.as_str(), second.seconds), ("And then?", Some(90)));
    let refused = personal.add(&place, &wording("  ")).unwrap_err();
    assert!(refused.to_string().contains("no words yet"));
}

#[test]
fn moving_goes_over_the_border_of_a_group() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    personal.shift("how-do-bees-dance", -1).unwrap();
    let pack = personal.pack().unwrap();
    let (section, _, _) = pack.bank().find(|(_, _, question)| question.id == "how-do-bees-dance").unwrap();
    assert_eq!(section.title, "Hives");
}

#[test]
fn an_edit_leaves_every_other_byte_as_it_was() {
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    let question = personal.pack().unwrap().question("explain-the-comb").unwrap().clone();
    let before = personal.texts().clone();
    personal
        .edit("explain-the-comb", &Wording { answer: "Short.".into(), ..Wording::of(&question) })
        .unwrap();
    let changed: Vec<_> = personal.texts().iter().filter(|(path, text)| before[*path] != **text).collect();
    assert_eq!(changed.len(), 1);
    let (path, text) = changed[0];
    let kept = before[path].split("## Explain").next().unwrap();
    assert!(text.starts_with(kept));
}

#[test]
fn saving_is_whole_and_keeps_strange_files() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("mine");
    assert!(Personal::open(&root).unwrap().is_none());
    let mut personal = empty();
    take_in(&mut personal, &bank(BANK));
    personal.save(&root, None).unwrap();
    fs::write(root.join("sketch.png"), "x").unwrap();
    let before = Personal::open(&root).unwrap().unwrap();
    assert_eq!(before, personal);
    let mut after = before.clone();
    let place = Place { section: "New".into(), group: "New".into() };
    let question = before.pack().unwrap().bank().next().unwrap().2.clone();
    after.add(&place, &Wording { prompt: "Why now?".into(), ..Wording::of(&question) }).unwrap();
    after.save(&root, Some(&before)).unwrap();
    assert_eq!(Personal::open(&root).unwrap().unwrap(), after);
    assert!(root.join("sketch.png").is_file());
    assert!(aloud_packs::read(&root).is_well());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["mine"], "nothing stays beside the pack");
}

#[test]
fn what_is_no_personal_pack_is_not_touched() {
    let minimal = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/packs/minimal");
    assert!(Personal::open(&minimal).unwrap_err().to_string().contains("not a personal pack"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.md"), "# Mine").unwrap();
    assert!(Personal::open(folder.path()).is_err());
}

/// Pieces of Markdown that meet in the wild, good and bad.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zäß 什么?]{1,12}\\?".prop_map(|text| format!("### {text}\n\n")),
        "[a-z ]{0,20}".prop_map(|text| format!("{text}\n\n")),
        "[0-9]{1,2}".prop_map(|number| format!("{number}. What is {number}?\n\n   Because.\n")),
        "[a-z]{1,8}".prop_map(|word| format!(
            "<details><summary>Why {word}?</summary>\n\nSo *{word}*.\n\n</details>\n\n"
        )),
        "[a-z]{1,8}".prop_map(|word| format!("**What about {word}?**\n\n> quoted {word}\n\n")),
        Just("```\nopen\n".to_owned()),
        Just("<!-- open\n".to_owned()),
        Just("- a\n  - b?\n    1. c\n".to_owned()),
        Just("| Question | Answer |\n|---|---|\n| Why `|`? | `` ` `` |\n\n".to_owned()),
        Just("Q: Why?\nA: So.\n\n".to_owned()),
        Just("[x]: http://example.org\n\n---\n\n    indented\n".to_owned()),
        Just("# H\n\n## `id` · core\n\n### Key points\n\n".to_owned()),
        "[#>`*_\\-<\\[\\]()!|~\\\\ \n\ta-c0-9.?]{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Nothing that is imported can break the pack, and importing twice is importing once.
    #[test]
    fn twice_is_once(pieces in prop::collection::vec(piece(), 0..14)) {
        let import = bank(&pieces.concat());
        let mut personal = empty();
        let merged = take_in(&mut personal, &import);
        prop_assert_eq!(merged.added.len() + merged.skipped.len(), import.questions.len());
        prop_assert!(merged.skipped.is_empty(), "{:?}", merged.skipped);
        let before = personal.clone();
        let again = take_in(&mut personal, &import);
        prop_assert_eq!((again.added.len(), again.updated.len(), again.kept.len(), again.gone.len()), (0, 0, 0, 0));
        prop_assert_eq!(&personal, &before);
    }

    /// Whatever becomes of the source, ids stay and no question is there twice.
    #[test]
    fn ids_outlive_their_source(
        first in prop::collection::vec(piece(), 0..10),
        second in prop::collection::vec(piece(), 0..10),
    ) {
        let mut personal = empty();
        take_in(&mut personal, &bank(&first.concat()));
        let before = ids(&personal);
        let import = bank(&second.concat());
        take_in(&mut personal, &import);
        let after = ids(&personal);
        prop_assert!(before.iter().all(|id| after.contains(id)));
        let unique: std::collections::BTreeSet<_> = after.iter().collect();
        prop_assert_eq!(unique.len(), after.len());
        take_in(&mut personal, &import);
        prop_assert_eq!(ids(&personal), after);
    }
}
