//! Takes, their notes, marks and grades.

use super::asked::Asked;
use super::compare::AnchorView;
use super::lists::SignalView;
use super::revealed::Revealed;
use aloud_practice::session::Ended;
use aloud_practice::{GradeKind, Level};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// A take, in a list.
#[derive(Clone, Debug, Serialize, Type)]
pub struct TakeRow {
    /// The take.
    pub id: String,
    /// The question's title as it was asked.
    pub title: String,
    /// Where it was asked: section, or mock and stage.
    pub place: String,
    /// When, as `2026-11-22T19:42:00+01:00[Europe/Berlin]` cut to what a list shows: "today 19:42", "yesterday 08:10", "12 Nov 19:42".
    pub when: String,
    /// Length in seconds.
    #[specta(type = u32)]
    pub seconds: f64,
    /// How it ended; `None` while it is being recorded.
    pub ended: Option<Ended>,
    /// The latest grade's levels in a few words, such as "Mid to Senior"; `None` before the first grade.
    pub grade: Option<String>,
    /// How many notes it has.
    pub notes: u32,
    /// It is kept for ever.
    pub kept: bool,
    /// Its sound was deleted.
    pub sound_deleted: bool,
}

/// Which takes to list.
#[derive(Clone, Debug, Default, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct TakesWish {
    /// Each of these words stands in the title, the place, the time or the grade.
    pub words: String,
    /// Only those that want a grade.
    pub ungraded: bool,
    /// At most so many.
    pub most: u32,
}

/// The newest takes of a list.
#[derive(Clone, Debug, Serialize, Type)]
pub struct TakesPage {
    /// Newest first.
    pub rows: Vec<TakeRow>,
    /// How many fit in all.
    pub found: u32,
}

/// A take to review.
#[derive(Clone, Debug, Serialize, Type)]
pub struct TakeView {
    /// The take.
    pub row: TakeRow,
    /// What was asked.
    pub asked: Asked,
    /// The pack's target level.
    pub target: Level,
    /// The signals to grade, with their levels described.
    pub signals: Vec<SignalView>,
    /// Marks on the timeline.
    pub marks: Vec<MarkView>,
    /// Notes, those of the whole take first, then by moment.
    pub notes: Vec<NoteView>,
    /// All grades, oldest first. Empty while grading blind.
    pub grades: Vec<GradeView>,
    /// The kind the next own grade will have.
    pub next_grade: GradeKind,
    /// The model answer and what belongs to it, once revealed.
    pub revealed: Option<Revealed>,
    /// Earlier and later takes of the same question, oldest first, without this one.
    pub others: Vec<TakeRow>,
    /// Takes of the sibling question, oldest first, to compare with. Empty while grading blind.
    pub siblings: Vec<TakeRow>,
    /// What the person holds up as a level of one of the signals, newest first.
    pub anchors: Vec<AnchorView>,
    /// When each key point is said, in seconds, in the pack's order, as far as it was pinned. Empty before the reveal.
    #[specta(type = Vec<Option<u32>>)]
    pub key_point_moments: Vec<Option<f64>>,
    /// Something about the recording the person should know (gaps, cut short by a crash), as sentences.
    pub remarks: Vec<String>,
    /// The sound file is there.
    pub has_sound: bool,
    /// Date and earlier grades are hidden: this is a blind re-grade.
    pub blind: bool,
    /// Where to go after the last grade: the next ungraded take of the session.
    pub next_take: Option<String>,
    /// The session it belongs to.
    pub session: String,
    /// The session is a mock or a rerun, which has a scorecard.
    pub has_scorecard: bool,
    /// After a blind grade: how it differs from the one before, a sentence each.
    pub difference: Vec<String>,
    /// How it sounded; `None` when that was not measured.
    pub delivery: Option<DeliveryView>,
    /// What was written into the pad, if there was one, as it stood at the end.
    pub pad_text: Option<String>,
}

/// How a take sounded: facts beside what is typical for the person. No score.
#[derive(Clone, Debug, Serialize, Type)]
pub struct DeliveryView {
    /// The facts, in order.
    pub rows: Vec<DeliveryRow>,
    /// All pauses.
    pub pauses: Vec<Stretch>,
    /// The shortest silence that counted as one, in milliseconds.
    pub pause_ms: u32,
    /// Pauses of a second or more, with their moments.
    pub long_pauses: Vec<Moment>,
    /// Why figures are withheld, as sentences.
    pub warnings: Vec<String>,
    /// How often the sound touched full scale.
    pub clipped: u32,
}

/// One fact.
#[derive(Clone, Debug, Serialize, Type)]
pub struct DeliveryRow {
    /// What it is.
    pub name: String,
    /// How it is defined, with its source.
    pub about: String,
    /// This take; `None` when it is withheld.
    pub this: Option<String>,
    /// The median of the person's latest takes; `None` from fewer than three.
    pub typical: Option<String>,
    /// What is usual among speakers, where something is.
    pub usual: Option<String>,
}

/// A moment of a take.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Moment {
    /// In seconds.
    #[specta(type = u32)]
    pub at_s: f64,
    /// What is there.
    pub label: String,
}

/// A stretch of a take.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Beginning in seconds.
    #[specta(type = u32)]
    pub from_s: f64,
    /// End in seconds.
    #[specta(type = u32)]
    pub to_s: f64,
}

/// A mark on the timeline.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MarkView {
    /// Moment in seconds.
    #[specta(type = u32)]
    pub at_s: f64,
    /// What it is.
    pub kind: MarkKind,
    /// As shown: "probe 1", "one minute left", "time up", "0.4 s lost".
    pub label: String,
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// A probe was asked.
    Probe,
    /// One minute was left.
    OneMinute,
    /// The budget was used up.
    TimeUp,
    /// Sound is missing here.
    Gap,
}

/// A note.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NoteView {
    /// The note; stays the same when it is edited.
    pub id: String,
    /// Moment in seconds; `None` is about the whole take.
    pub at_s: Option<f64>,
    /// The text.
    pub text: String,
}

/// A grade as it is stored.
#[derive(Clone, Debug, Serialize, Type)]
pub struct GradeView {
    /// In what light it was given.
    pub kind: GradeKind,
    /// Who gave it; `None` is the person themselves.
    pub by: Option<String>,
    /// When, as in lists.
    pub when: String,
    /// Level by signal id.
    pub levels: BTreeMap<String, Level>,
    /// Key points heard.
    pub heard: Vec<String>,
    /// Key points not heard.
    pub missed: Vec<String>,
    /// Red flags heard.
    pub flags: Vec<String>,
}

/// A grade the person gives. Its kind follows from what has happened to the take.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct GradeInput {
    /// Level by signal id.
    pub levels: BTreeMap<String, Level>,
    /// Indices of key points heard; only after the reveal.
    pub heard: Vec<u32>,
    /// Indices of red flags heard; only after the reveal.
    pub flags: Vec<u32>,
}
