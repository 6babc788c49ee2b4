//! `aloud analyze`: exactly the promised keys, and an answer for every file.

use anyhow::{Context, Result};
use rig::sound::Noise;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const KEYS: [&str; 12] = [
    "articulation_rate",
    "clipped_runs",
    "duration_s",
    "first_word_s",
    "longest_pause_s",
    "loudness_lufs",
    "noise_floor_dbfs",
    "pauses",
    "peak_dbfs",
    "speech_share",
    "syllables",
    "warnings",
];

fn analyze(path: &Path, arguments: &[&str]) -> Result<Output> {
    Ok(Command::new(env!("CARGO_BIN_EXE_aloud")).arg("analyze").arg(path).args(arguments).output()?)
}

#[test]
fn the_answer_has_the_promised_keys() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("noise.wav");
    Noise::seconds(1, 2.0).write(&path)?;
    let output = analyze(&path, &["--json", "--pause-ms", "300"])?;
    assert_eq!(output.status.code(), Some(0));
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    let mut keys: Vec<&str> = answer.as_object().context("one object")?.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, KEYS);
    assert_eq!((&answer["duration_s"], &answer["first_word_s"]), (&Value::from(2.0), &Value::Null));
    assert_eq!(answer["warnings"][0]["code"], "no_speech");
    assert!(String::from_utf8(analyze(&path, &[])?.stdout)?.contains("No speech was found"));
    Ok(())
}

#[test]
fn a_file_that_cannot_be_read_is_status_1_and_a_pause_nobody_means_is_2() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("empty.wav");
    std::fs::write(&path, b"")?;
    let output = analyze(&path, &["--json"])?;
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    assert!(answer["error"].as_str().is_some_and(|error| error.contains("it is empty")), "{answer}");
    assert_eq!(analyze(&path, &["--pause-ms", "100"])?.status.code(), Some(2));
    Ok(())
}
