//! Two takes side by side, anchors, and what is carried forward.

use super::takes::{MarkView, NoteView, Stretch, TakeRow};
use aloud_practice::{GradeKind, Level};
use serde::Serialize;
use specta::Type;

/// Two takes side by side, the earlier one first.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Comparison {
    /// The earlier take.
    pub earlier: Side,
    /// The later take.
    pub later: Side,
    /// Both answer the same question; if not, the questions are siblings.
    pub same_question: bool,
    /// Key points of the question, in the pack's order. Empty for siblings, and until the model answer of both was revealed.
    pub key_points: Vec<KeyPointRow>,
    /// Why there are no key points, as a sentence.
    pub no_key_points: Option<String>,
    /// Facts of delivery side by side.
    pub delivery: Vec<DeliveryPair>,
    /// Levels side by side, by the signal's name: signals graded in both takes.
    pub levels: Vec<LevelPair>,
    /// Points to carry forward to the next attempt at the later take's question.
    pub carried: Vec<CarryView>,
    /// At most this many.
    pub most_carried: u32,
}

/// One of the two takes.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Side {
    /// The take.
    pub row: TakeRow,
    /// What was asked, as safe HTML.
    pub prompt_html: String,
    /// The sound is there.
    pub has_sound: bool,
    /// How much softer to play it so that both are equally loud, in dB, at most 0; 0 when either loudness is unknown.
    #[specta(type = u32)]
    pub gain_db: f64,
    /// Marks on the timeline.
    pub marks: Vec<MarkView>,
    /// Its notes.
    pub notes: Vec<NoteView>,
    /// All pauses, for skipping silence; `None` when they were not measured.
    pub pauses: Option<Vec<Stretch>>,
}

/// A key point in both takes.
#[derive(Clone, Debug, Serialize, Type)]
pub struct KeyPointRow {
    /// Its number in the question.
    pub index: u32,
    /// As safe HTML.
    pub html: String,
    /// In the earlier take.
    pub earlier: KeyPointHeard,
    /// In the later take.
    pub later: KeyPointHeard,
}

/// A key point in a take.
#[derive(Clone, Copy, Debug, Serialize, Type)]
pub struct KeyPointHeard {
    /// As ticked in the own grade that counts; `None` when that ticked nothing.
    pub heard: Option<bool>,
    /// The moment it is said, in seconds, if the person pinned it.
    #[specta(type = Option<u32>)]
    pub at_s: Option<f64>,
}

/// A fact of delivery in both takes.
#[derive(Clone, Debug, Serialize, Type)]
pub struct DeliveryPair {
    /// What it is.
    pub name: String,
    /// How it is defined, with its source.
    pub about: String,
    /// In the earlier take; `None` when withheld.
    pub earlier: Option<String>,
    /// In the later take.
    pub later: Option<String>,
}

/// A signal graded in both takes.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LevelPair {
    /// The signal's name.
    pub signal: String,
    /// In the earlier take.
    pub earlier: Level,
    /// The kind of grade it comes from.
    pub earlier_kind: GradeKind,
    /// In the later take.
    pub later: Level,
    /// The kind of grade it comes from.
    pub later_kind: GradeKind,
}

/// A point to carry forward.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CarryView {
    /// The point; stays the same when it is edited.
    pub id: String,
    /// The text.
    pub text: String,
}

/// A take, or a stretch of it, that the person holds up as a level of a signal.
#[derive(Clone, Debug, Serialize, Type)]
pub struct AnchorView {
    /// The anchor.
    pub id: String,
    /// The take it is heard in.
    pub take: String,
    /// The take's title.
    pub title: String,
    /// When the take was recorded, as in lists.
    pub when: String,
    /// The signal's id.
    pub signal: String,
    /// The level it stands for.
    pub level: Level,
    /// The stretch; `None` is the whole take.
    pub stretch: Option<Stretch>,
    /// The take's length in seconds.
    #[specta(type = u32)]
    pub seconds: f64,
    /// The sound is there.
    pub has_sound: bool,
}
