//! `aloud import`: the promised keys and exit statuses, writing, and writing again.

use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn import(path: &Path, arguments: &[&str]) -> Result<Output> {
    Ok(Command::new(env!("CARGO_BIN_EXE_aloud")).arg("import").arg(path).args(arguments).output()?)
}

fn json(output: &Output) -> Result<Value> {
    serde_json::from_slice(&output.stdout).context("one JSON object")
}

const BANK: &str = "# Bees\n\n- [What is a hive?](#what-is-a-hive)\n- [Why smoke?](#why-smoke)\n\n### What is a hive?\n\nA home.\n\n### Why smoke?\n";

#[test]
fn the_answer_has_the_promised_keys_and_out_makes_a_pack() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bees.md");
    std::fs::write(&file, BANK)?;
    let out = folder.path().join("pack");
    let answer = json(&import(&file, &["--json"])?)?;
    assert_eq!(
        (&answer["questions"], &answer["with_answers"], &answer["sections"]),
        (&2.into(), &1.into(), &1.into())
    );
    assert_eq!(answer["skipped"][0]["line"], 3);
    assert!(answer["skipped"][0]["why"].as_str().is_some_and(|why| why.contains("table of contents")));
    assert!(!out.exists(), "without --out nothing is written");

    let written = out.display().to_string();
    let output = import(&file, &["--json", "--out", &written])?;
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(json(&output)?["written"]["added"].as_array().map(Vec::len), Some(2));
    let check = Command::new(env!("CARGO_BIN_EXE_aloud")).arg("check").arg(&out).output()?;
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stdout));
    let again = json(&import(&file, &["--json", "--out", &written])?)?;
    assert_eq!(again["written"]["unchanged"], 2);
    Ok(())
}

#[test]
fn a_list_of_links_is_status_1_and_a_missing_path_is_2() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("links.md");
    let entries = (0..20).map(|n| format!("- [Thing {n}](https://example.org/{n})\n"));
    std::fs::write(&file, format!("# Awesome things\n\n{}", entries.collect::<String>()))?;
    let out = folder.path().join("pack");
    let output = import(&file, &["--json", "--out", &out.display().to_string()])?;
    assert_eq!(output.status.code(), Some(1));
    let answer = json(&output)?;
    assert_eq!(answer["questions"], 0);
    assert!(answer["error"].as_str().is_some_and(|error| error.contains("20 links")), "{answer}");
    assert!(!out.exists());
    assert_eq!(import(&folder.path().join("nowhere.md"), &[])?.status.code(), Some(1));
    let nothing = Command::new(env!("CARGO_BIN_EXE_aloud")).arg("import").output()?;
    assert_eq!(nothing.status.code(), Some(2));
    Ok(())
}

#[test]
fn a_folder_with_something_else_in_it_is_not_touched() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bees.md");
    std::fs::write(&file, BANK)?;
    let thesis = tempfile::tempdir()?;
    std::fs::write(thesis.path().join("thesis.md"), "# Mine")?;
    let output = import(&file, &["--out", &thesis.path().display().to_string()])?;
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not a personal pack"));
    assert_eq!(std::fs::read_dir(thesis.path())?.count(), 1);
    Ok(())
}
