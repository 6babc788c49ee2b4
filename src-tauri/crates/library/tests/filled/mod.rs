//! Libraries with something in them, for tests.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "every test uses a part of it, and one that cannot go on has failed"
)]

use aloud_library::{Library, NewSession, NewTake, TakeEnd, fresh_id};
use aloud_practice::session::{Ended, Plan, PlannedPrompt, PlannedStage, SessionKind, State};
use aloud_practice::{Grade, GradeKind, Level};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub fn plan() -> Plan {
    let prompt = PlannedPrompt {
        question: "q".into(),
        title: "A question".into(),
        budget_ms: None,
        probes: 0,
        pad: None,
        optional: false,
    };
    let stage = PlannedStage {
        id: "q".into(),
        title: "A question".into(),
        budget_ms: 180_000,
        prompts: vec![prompt],
    };
    Plan { kind: SessionKind::Drill, title: "A drill".into(), thinking_ms: 0, stages: vec![stage] }
}

pub fn new_take<'a>(id: &'a str, session: &'a str) -> NewTake<'a> {
    NewTake {
        id,
        session,
        pack: "p",
        question: "q",
        stage: "q",
        title: "A question",
        place: "Section",
        prompt: "Say it.",
        budget_ms: 180_000,
        sample_rate: 48_000,
    }
}

pub fn ended(frames: u64) -> TakeEnd {
    TakeEnd { ended: Ended::Finished, frames, lost_frames: 0, repaired: false }
}

/// A library with one finished take; returns the take's id.
pub fn with_take(folder: &Path) -> (Library, String) {
    let mut library = Library::open(folder).unwrap();
    let take = add_take(&mut library, 96_000);
    (library, take)
}

/// Adds a finished take in a session of its own, without sound.
pub fn add_take(library: &mut Library, frames: u64) -> String {
    let plan = plan();
    let state = State::new(plan.clone());
    let session =
        library.begin_session(&NewSession { pack: "p", plan: &plan }, &state, Timestamp::now()).unwrap();
    let take = fresh_id();
    library.begin_take(&new_take(&take, &session), Timestamp::now()).unwrap();
    library.end_take(&take, ended(frames), Timestamp::now()).unwrap();
    take
}

/// Adds a finished take with sound: a WAV of so many frames, and no two alike.
pub fn add_spoken(library: &mut Library, frames: u32) -> String {
    let take = add_take(library, frames.into());
    fs::write(library.sound_file(&take), wav(&take, frames)).unwrap();
    take
}

/// A 16-bit mono WAV whose sound depends on `seed`.
pub fn wav(seed: &str, frames: u32) -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    bytes.extend(48_000_u32.to_le_bytes());
    bytes.extend(96_000_u32.to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend((frames * 2).to_le_bytes());
    let riff = 36 + frames * 2;
    bytes[4..8].copy_from_slice(&riff.to_le_bytes());
    bytes.extend(seed.bytes().cycle().take(frames as usize * 2));
    bytes
}

pub fn grade(kind: GradeKind, level: Level) -> Grade {
    let levels = BTreeMap::from([("depth".to_owned(), level)]);
    Grade { kind, by: None, levels, heard: vec![], missed: vec![], flags: vec![] }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
