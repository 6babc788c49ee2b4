//! Reports: a session or a period, for a reader who was not there. What was asked, how it went, what to do next.
//!
//! Promise: one [`Report`] is read from the library and then written as Markdown, HTML or JSON, so that all three say the
//! same. Nothing in any of them loads from anywhere but beside the file. What is sealed stays sealed: of a take that was
//! not revealed there is no key point, no red flag and nothing of the model answer, and of one without a first grade no
//! grade by somebody else.

mod gather;
mod html;
mod markdown;
mod window;
mod write;

pub use gather::gather;
pub use window::{folder, in_folder, start};
pub use write::{Draft, Format, Wanted};

use aloud_practice::{GradeKind, Level};
use jiff::civil::Date;
use serde::Serialize;

/// What a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// One session.
    Session(String),
    /// Every session begun on these practice days, the first and the last included.
    Period(Date, Date),
}

/// A report, before it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// As shown on top.
    pub title: String,
    /// When it was, and what is counted.
    pub about: String,
    /// The day it was written.
    pub written: String,
    /// The level the role asks for.
    pub target: Level,
    /// How it went, a sentence each.
    pub summary: Vec<String>,
    /// What to do next, a sentence each.
    pub next: Vec<String>,
    /// Oldest first.
    pub sessions: Vec<SessionReport>,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionReport {
    /// Its id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// When it was.
    pub when: String,
    /// Stages against the target; none for a drill.
    pub stages: Vec<StageLine>,
    /// Every answer that has sound, in order.
    pub takes: Vec<TakeReport>,
    /// What was written down afterwards.
    pub reflection: String,
    /// What the person will do next time.
    pub commitments: Vec<String>,
}

/// A stage on the scorecard.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageLine {
    /// As shown.
    pub title: String,
    /// Seconds spoken.
    pub spoken_s: f64,
    /// Time budget in seconds.
    pub budget_s: u32,
    /// Key points heard and all, where they were ticked.
    pub heard: Option<(u32, u32)>,
    /// Lowest level per signal.
    pub levels: Vec<(String, Level)>,
    /// The weakest stage.
    pub weakest: bool,
}

/// One recorded answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TakeReport {
    /// Its id.
    pub id: String,
    /// The question's title.
    pub title: String,
    /// Where it was asked.
    pub place: String,
    /// What the interviewer said, in Markdown.
    pub prompt: String,
    /// Probes that were asked, in Markdown.
    pub probes: Vec<String>,
    /// When it was.
    pub when: String,
    /// Length in seconds.
    pub seconds: f64,
    /// The time it might take, in seconds.
    pub budget_s: f64,
    /// How it ended, in words.
    pub ended: String,
    /// Oldest first.
    pub grades: Vec<GradeReport>,
    /// About the whole take first, then by moment.
    pub notes: Vec<NoteReport>,
    /// Facts of how it sounded.
    pub delivery: Vec<FactReport>,
    /// The sound file beside the report, as a relative path.
    pub sound: Option<String>,
}

/// A judgement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradeReport {
    /// In what light it was given.
    pub kind: GradeKind,
    /// Who gave it; `None` is the person themselves.
    pub by: Option<String>,
    /// When.
    pub when: String,
    /// Level by the signal's name.
    pub levels: Vec<(String, Level)>,
    /// Key points heard; only of a revealed take.
    pub heard: Vec<String>,
    /// Key points missed; only of a revealed take.
    pub missed: Vec<String>,
    /// Red flags heard; only of a revealed take.
    pub flags: Vec<String>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteReport {
    /// Moment in seconds; `None` is about the whole take.
    pub at_s: Option<f64>,
    /// The text, as it was typed.
    pub text: String,
}

/// A fact of delivery.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactReport {
    /// What it is.
    pub name: String,
    /// This take.
    pub this: String,
    /// What is typical of the person, in the report of a session.
    pub typical: Option<String>,
}

impl GradeReport {
    /// The grade as it is called: "First grade", "Grade by Ada".
    pub fn name(&self) -> String {
        match (&self.by, self.kind) {
            (Some(by), _) => format!("Grade by {by}"),
            (None, GradeKind::First) => "First grade".into(),
            (None, GradeKind::Second) => "After the model answer".into(),
            (None, GradeKind::Later) => "On a later day".into(),
            (None, GradeKind::Peer) => "Peer grade".into(),
        }
    }
}

/// The signals of several lists of levels, each once, in order of appearance.
fn signals<'a>(lists: impl IntoIterator<Item = &'a Vec<(String, Level)>>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for (signal, _) in lists.into_iter().flatten() {
        if !found.contains(&signal.as_str()) {
            found.push(signal);
        }
    }
    found
}

/// The level of a signal in a list.
fn level(levels: &[(String, Level)], signal: &str) -> Option<Level> {
    levels.iter().find(|(name, _)| name == signal).map(|(_, level)| *level)
}

#[cfg(test)]
mod tests;
