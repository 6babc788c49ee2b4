//! The reader: what it accepts, and how it says what is wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use aloud_packs::{Severity, read};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of the minimal pack that a test may damage.
fn copy() -> TempDir {
    fn copy_into(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy_into(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let folder = TempDir::new().unwrap();
    copy_into(&minimal(), folder.path());
    folder
}

fn minimal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/packs/minimal")
}

/// Replaces text in a file of the copy and returns the errors that follow.
fn errors_after(file: &str, from: &str, to: &str) -> Vec<String> {
    let folder = copy();
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "the test's text is not in {file}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let reading = read(folder.path());
    reading.problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect()
}

const GROUP: &str = "bank/01-first/01-group.md";

#[test]
fn the_minimal_pack_is_well() {
    let reading = read(&minimal());
    assert!(reading.is_well(), "{:?}", reading.problems);
    let pack = reading.pack.unwrap();
    let question = pack.question("first-question").unwrap();
    assert_eq!(question.prompt, "Explain the first thing to me.");
    assert_eq!(question.signals, ["clarity", "depth"]);
    assert_eq!(question.sealed.answer.len(), 3);
    assert_eq!(pack.sibling("short-a-deep").unwrap().id, "short-b-deep");
}

#[test]
fn errors_name_file_line_and_what_to_write() {
    for (from, to, line, wants) in [
        ("core · concept · 8 s", "concept · 1 min", 7, "the level is missing. Write one of: core"),
        ("core · concept · 8 s", "core · concept", 7, "the time budget is missing"),
        ("core · concept · 8 s", "core · 1 min", 7, "the kind is missing"),
        (
            "core · concept · 8 s",
            "core · concept · hard · 1 min",
            7,
            "“hard” is not a fact that belongs here",
        ),
        ("signals: Clarity", "signals: Charm", 7, "“Charm” is not a signal of the rubric"),
        ("`first-question` ·", "`First_Question` ·", 7, "is not an id"),
        ("### Mechanism", "### Machinery", 15, "“Machinery” is not a sub-heading that belongs here"),
        ("- sibling: `second-question`", "- sibling: `nobody`", 7, "`nobody` does not exist"),
        ("> Explain the first", "Explain the first", 7, "the prompt is missing"),
    ] {
        let errors = errors_after(GROUP, from, to);
        let place = format!("{GROUP}:{line}: ");
        assert!(errors.iter().any(|e| e.starts_with(&place) && e.contains(wants)), "{to}: {errors:#?}");
    }
}

#[test]
fn an_id_given_twice_is_named_with_both_places() {
    let errors = errors_after(GROUP, "`second-question` ·", "`first-question` ·");
    assert!(errors.iter().any(|e| e.contains("already used in bank/01-first/01-group.md:7")), "{errors:#?}");
}

#[test]
fn a_retired_id_may_not_come_back() {
    let errors =
        errors_after("README.md", "The smallest", "## Retired ids\n\n- `first-question`\n\nThe smallest");
    assert!(errors.iter().any(|e| e.contains("is retired")), "{errors:#?}");
}

#[test]
fn a_missing_level_is_an_error() {
    let errors =
        errors_after("rubric.md", "- **Staff**: Makes a hard thing simple without making it wrong.\n", "");
    assert!(errors.iter().any(|e| e.contains("does not describe Staff")), "{errors:#?}");
}

#[test]
fn stages_must_fill_the_mock_in_every_variant() {
    let errors = errors_after("mocks/short/b.md", "`opening` · 12 s", "`opening` · 2 min");
    assert!(errors.iter().any(|e| e.contains("add up to 204 s")), "{errors:#?}");
    assert!(errors.iter().any(|e| e.contains("stages differ")), "{errors:#?}");
}

#[test]
fn broken_files_are_errors_not_panics() {
    let folder = copy();
    fs::write(folder.path().join(GROUP), [0xff, 0xfe, 0x00]).unwrap();
    assert!(!read(folder.path()).is_well());
    fs::write(folder.path().join(GROUP), "").unwrap();
    assert!(!read(folder.path()).is_well());
    assert!(!read(&folder.path().join("nowhere")).is_well());
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    let folder = copy();
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("bank/01-first/02-link.md")).unwrap();
    let reading = read(folder.path());
    assert!(reading.problems.iter().any(|p| p.message.contains("this is a link")));
}
