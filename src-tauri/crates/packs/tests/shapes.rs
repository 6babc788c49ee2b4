//! The importer against every shape of bank, in our own words, and against real ones where they are at hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use aloud_packs::import::{File, Import, gather, read};
use std::fs;
use std::path::{Path, PathBuf};

fn shapes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes")
}

fn import(path: &Path) -> Import {
    read(&gather(path).unwrap().files)
}

/// Each fixture says in a comment what is to be found in it.
fn expected(text: &str) -> (usize, usize) {
    let words = text.split_once("expect ").unwrap().1;
    let mut numbers = words.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

#[test]
fn every_shape_gives_exactly_its_questions_and_answers() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in fs::read_dir(shapes()).unwrap() {
        let path = entry.unwrap().path();
        let import = import(&path);
        let found = (import.questions.len(), import.with_answers());
        let wanted = expected(&fs::read_to_string(&path).unwrap());
        if found != wanted {
            wrong.push(format!("{}: wanted {wanted:?}, found {found:?}", path.display()));
        }
        seen += 1;
    }
    assert!(seen > 40 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn line_ends_marks_and_tabs_change_nothing() {
    for entry in fs::read_dir(shapes()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let read_as =
            |text: String| read(&[File { name: "bank.md".into(), bytes: text.into_bytes() }]).questions;
        let plain = read_as(text.clone());
        assert_eq!(read_as(text.replace('\n', "\r\n")), plain, "CRLF in {}", path.display());
        assert_eq!(read_as(format!("\u{feff}{text}")), plain, "byte order mark in {}", path.display());
    }
}

#[test]
fn lines_and_sections_are_those_of_the_file() {
    let import = import(&shapes().join("headings-in-a-numbered-list.md"));
    let seen: Vec<_> =
        import.questions.iter().map(|question| (question.line, question.path.join("/"))).collect();
    assert_eq!(seen[0], (35, "Basics".into()));
    assert_eq!(seen[4].1, "Seasons");
    assert!(
        import.skipped.iter().any(|skip| skip.line == 25 && skip.why.contains("table of contents")),
        "{:?}",
        import.skipped
    );
}

#[test]
fn a_refusal_is_a_sentence_that_says_what_to_do() {
    let import = import(&shapes().join("list-of-lists.md"));
    let say = import.refusal("lists.md").unwrap();
    assert!(say.contains("a list of 10 links") && say.ends_with('.'), "{say}");
}

#[test]
fn what_comes_with_a_project_contributes_nothing() {
    let file = |name: &str, text: &str| File { name: name.into(), bytes: text.as_bytes().to_vec() };
    let files = [
        file(
            "bank/CONTRIBUTING.md",
            "## How do I add a question?\n\nLike this.\n\n## Where do I ask?\n\nHere.\n",
        ),
        file("bank/LICENSE.md", "# What may I do?\n\nAll.\n"),
        file(
            "bank/README.md",
            "# Questions\n\n- [What is a hive?](hive.md)\n- [What is a comb?](comb.md)\n\n## Why bees?\n\nWhy not?\n",
        ),
        file("bank/comb.md", "### What is a comb?\n\n#### Answer\n\nWax.\n"),
        file("bank/hive.md", "### What is a hive?\n\n#### Answer\n\nA home.\n"),
    ];
    let found = read(&files);
    let texts: Vec<_> = found.questions.iter().map(|question| question.text.as_str()).collect();
    assert_eq!(texts, ["What is a comb?", "What is a hive?"]);
    assert_eq!(found.sections(), 1, "a folder of one-question files is one section");
}

/// Real banks, counted by hand; they are not part of the repository.
#[test]
fn real_banks_are_counted_exactly() {
    let banks = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().filter_map(|folder| {
        let banks = folder.join("shared/samples/banks");
        banks.is_dir().then_some(banks)
    });
    let named = std::env::var_os("ALOUD_BANKS").map(PathBuf::from);
    let Some(banks) = named.into_iter().chain(banks).next() else {
        println!("SKIPPED: ALOUD_BANKS names no folder with real banks");
        return;
    };
    for (name, questions, answers) in [
        ("30-seconds-of-interviews", 109, 109),
        ("javascript-questions.md", 155, 155),
        ("front-end-general-questions.md", 29, 0),
        // One of the summaries goes over two lines; whoever counts lines sees 270.
        ("test-your-sysadmin-skills.md", 271, 271),
    ] {
        let import = import(&banks.join(name));
        assert_eq!((import.questions.len(), import.with_answers()), (questions, answers), "{name}");
    }
}
