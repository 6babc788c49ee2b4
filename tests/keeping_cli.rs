//! `aloud backup`, `aloud restore`, `aloud merge`, and the folder that was chosen.

use aloud_library::{Library, NewSession, NewTake, TakeEnd};
use aloud_practice::session::{Ended, Plan, SessionKind, State};
use anyhow::{Context, Result};
use jiff::Timestamp;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn aloud(library: &Path, arguments: &[&str]) -> Result<Output> {
    Ok(Command::new(env!("CARGO_BIN_EXE_aloud")).args(arguments).env("ALOUD_LIBRARY", library).output()?)
}

/// The JSON a command printed, once its status is this.
fn answer(library: &Path, arguments: &[&str], status: i32) -> Result<Value> {
    let output = aloud(library, arguments)?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {told}");
    serde_json::from_slice(&output.stdout).with_context(|| format!("{arguments:?} printed no JSON"))
}

/// A library with a take of noise, so long.
fn filled(folder: &Path, seconds: f64) -> Result<String> {
    let mut library = Library::open(folder)?;
    let plan = Plan { kind: SessionKind::Drill, title: "A drill".into(), thinking_ms: 0, stages: vec![] };
    let now = Timestamp::now();
    let session =
        library.begin_session(&NewSession { pack: "p", plan: &plan }, &State::new(plan.clone()), now)?;
    let take = aloud_library::fresh_id();
    let new = NewTake {
        id: &take,
        session: &session,
        pack: "p",
        question: "q",
        stage: "q",
        title: "A question",
        place: "",
        prompt: "",
        budget_ms: 1_000,
        sample_rate: 48_000,
    };
    library.begin_take(&new, now)?;
    rig::sound::Noise::seconds(1, seconds).write(&library.sound_file(&take))?;
    let frames = (seconds * 48_000.0) as u64;
    library.end_take(
        &take,
        TakeEnd { ended: Ended::Finished, frames, lost_frames: 0, repaired: false },
        now,
    )?;
    Ok(take)
}

#[test]
fn a_library_goes_into_a_file_out_of_it_and_into_another_library() -> Result<()> {
    let home = TempDir::new()?;
    let (mine, theirs) = (home.path().join("mine"), home.path().join("theirs"));
    let take = filled(&mine, 1.0)?;
    let file = home.path().join("backup.zip");
    let (file, restored) = (file.to_string_lossy().into_owned(), home.path().join("restored"));
    let written = answer(&mine, &["backup", &file, "--json"], 0)?;
    assert_eq!((&written["holds"]["takes"], &written["sounds"]), (&Value::from(1), &Value::from(1)));

    let to = restored.to_string_lossy().into_owned();
    let read = answer(&mine, &["restore", &file, "--to", &to, "--json"], 0)?;
    assert_eq!(read["made_at"], written["made_at"]);
    let wav = |folder: &Path| fs::read(folder.join("takes").join(format!("{take}.wav")));
    assert_eq!(wav(&restored)?, wav(&mine)?);
    // Never over.
    assert!(answer(&mine, &["restore", &file, "--to", &to, "--json"], 1)?["error"].is_string());
    assert!(answer(&mine, &["backup", &file, "--json"], 1)?["error"].is_string());

    filled(&theirs, 0.5)?;
    let merged = answer(&theirs, &["merge", &file, "--json"], 0)?;
    assert_eq!((&merged["takes"], &merged["sounds"]), (&Value::from(1), &Value::from(1)));
    let again = answer(&theirs, &["merge", &to, "--json"], 0)?;
    assert_eq!((&again["rows"], &again["sounds"]), (&Value::from(0), &Value::from(0)), "twice is once");
    Ok(())
}

#[test]
fn what_cannot_be_is_status_1_with_a_sentence_and_nothing_left() -> Result<()> {
    let home = TempDir::new()?;
    let mine = home.path().join("mine");
    let file = home.path().join("backup.zip").to_string_lossy().into_owned();
    assert!(
        answer(&mine, &["backup", &file, "--json"], 1)?["error"]
            .as_str()
            .is_some_and(|e| e.contains("no library"))
    );
    assert!(!mine.exists(), "asking for a backup made a library");
    filled(&mine, 0.2)?;
    fs::write(&file, "not a backup")?;
    let to = home.path().join("to").to_string_lossy().into_owned();
    for arguments in [&["restore", &file, "--to", &to, "--json"][..], &["merge", &file, "--json"]] {
        let error = answer(&mine, arguments, 1)?["error"].as_str().unwrap_or_default().to_owned();
        assert!(error.contains("cannot be used as a backup"), "{error}");
    }
    assert!(!Path::new(&to).exists());
    let _open = Library::open(&mine)?;
    let other = home.path().join("other.zip").to_string_lossy().into_owned();
    let error =
        answer(&mine, &["backup", &other, "--json"], 1)?["error"].as_str().unwrap_or_default().to_owned();
    assert!(error.contains("already open"), "{error}");
    assert_eq!(aloud(&mine, &["restore", &file])?.status.code(), Some(2), "--to is needed");
    Ok(())
}

/// Breaks when a chosen folder is forgotten, or when its disk being away makes a new, empty library in its place.
#[cfg(target_os = "linux")]
#[test]
fn the_chosen_folder_is_remembered_and_never_made_anew() -> Result<()> {
    let home = TempDir::new()?;
    let chosen = home.path().join("chosen");
    filled(&chosen, 0.2)?;
    let doctor = || -> Result<Value> {
        let output = Command::new(env!("CARGO_BIN_EXE_aloud"))
            .args(["doctor", "--json"])
            .env_remove("ALOUD_LIBRARY")
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("XDG_DATA_HOME", home.path().join("data"))
            .output()?;
        let report: Value = serde_json::from_slice(&output.stdout)?;
        Ok(report["library"].clone())
    };
    let usual = home.path().join("data/aloud");
    assert_eq!(doctor()?["folder"], usual.display().to_string());
    fs::create_dir_all(home.path().join("config/aloud"))?;
    fs::write(home.path().join("config/aloud/library-folder"), format!("{}\n", chosen.display()))?;
    let found = doctor()?;
    assert_eq!(
        (&found["folder"], &found["takes"]),
        (&Value::from(chosen.display().to_string()), &Value::from(1))
    );
    fs::rename(&chosen, home.path().join("unplugged"))?;
    let away = doctor()?;
    assert!(away["error"].as_str().is_some_and(|error| error.contains("Connect its disk")), "{away}");
    assert!(!chosen.exists());
    Ok(())
}
