//! A library with one finished take, for tests.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; not every one needs all"
)]

use aloud_library::{Library, NewSession, NewTake, TakeEnd, fresh_id};
use aloud_practice::session::{Ended, Plan, PlannedPrompt, PlannedStage, SessionKind, State};
use jiff::Timestamp;
use tempfile::TempDir;

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
pub fn with_take(folder: &TempDir) -> (Library, String) {
    let mut library = Library::open(folder.path()).unwrap();
    let plan = plan();
    let state = State::new(plan.clone());
    let session =
        library.begin_session(&NewSession { pack: "p", plan: &plan }, &state, Timestamp::now()).unwrap();
    let take = fresh_id();
    library.begin_take(&new_take(&take, &session), Timestamp::now()).unwrap();
    library.end_take(&take, ended(96_000), Timestamp::now()).unwrap();
    (library, take)
}
