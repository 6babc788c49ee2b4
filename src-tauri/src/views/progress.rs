//! Progress: levels over time with their noise, calibration, gains, time spoken, delivery over time.

use aloud_practice::{GradeKind, Level};
use serde::Serialize;
use specta::Type;

/// The screen Progress, but for delivery.
#[derive(Clone, Debug, Serialize, Type)]
pub struct ProgressView {
    /// Packs to choose from.
    pub packs: Vec<PackChoice>,
    /// The chosen one; `None` when there is no pack.
    pub pack: Option<String>,
    /// The practice day, as `2026-11-22`.
    pub today: String,
    /// The level the role asks for.
    pub target: Level,
    /// What the history says, in sentences.
    pub overview: String,
    /// Signals and stages to look at, in the pack's order.
    pub subjects: Vec<SubjectRow>,
    /// The one that is looked at.
    pub chosen: Option<SubjectView>,
    /// One's own grading noise.
    pub noise: NoiseView,
    /// First grades against others; those of which there are any.
    pub calibration: Vec<GapView>,
    /// The same prompt again, then another one on the same skill.
    pub gains: Vec<GainView>,
    /// Time spoken, oldest week first.
    pub weeks: Vec<WeekView>,
}

/// A pack to choose.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PackChoice {
    /// Its id.
    pub id: String,
    /// As shown.
    pub title: String,
}

/// A signal or a stage.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SubjectRow {
    /// `signal:ID` or `stage:MOCK/STAGE`.
    pub id: String,
    /// As shown.
    pub name: String,
    /// The mock of a stage; `None` for a signal.
    pub mock: Option<String>,
    /// Graded runs.
    pub runs: u32,
    /// Where the latest runs stand, such as "Mid +0.4".
    pub now: Option<String>,
    /// What may be claimed of it.
    pub change: Change,
}

/// What may be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Too few runs, or the noise is not known.
    Unknown,
    /// Not more than the noise.
    WithinNoise,
    /// Better, by more than it.
    Improved,
    /// Worse, by more than it.
    Slipped,
}

/// A signal or a stage over time.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SubjectView {
    /// `signal:ID` or `stage:MOCK/STAGE`.
    pub id: String,
    /// As shown.
    pub name: String,
    /// What may be said of it.
    pub sentence: String,
    /// Each point is a week, not a run.
    pub by_week: bool,
    /// Oldest first; levels in steps above Junior.
    pub points: Vec<PointView>,
    /// Mean level of the first runs, which the band is drawn around.
    pub start: Option<f64>,
    /// Half-width of the noise band in levels; `None` while it is not known.
    pub band: Option<f64>,
}

/// A run, or a week of runs.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PointView {
    /// The practice day (of a week, its Monday), as `2026-11-22`.
    pub day: String,
    /// As shown: "22 Nov 2026", "week of 16 Nov 2026".
    pub when: String,
    /// How many sittings.
    pub sittings: u32,
    /// The take to look at.
    pub take: String,
    /// Before the reveal.
    pub first: Option<f64>,
    /// After it.
    pub second: Option<f64>,
    /// On a later day.
    pub later: Option<f64>,
    /// By others.
    pub peer: Option<f64>,
}

/// One's own grading noise.
#[derive(Clone, Debug, Serialize, Type)]
pub struct NoiseView {
    /// What is known, and what would make more known.
    pub sentence: String,
    /// Takes graded again, blind.
    pub takes: u32,
    /// From how many on something is said.
    pub needed: u32,
    /// Levels compared.
    pub pairs: u32,
    /// Share of the same level; `None` before there are enough.
    pub same: Option<f64>,
    /// Share at most one level apart.
    pub within_one: Option<f64>,
    /// Weighted kappa; `None` also when all grades have one level.
    pub kappa: Option<f64>,
    /// Kappa rests on too few pairs to be more than rough.
    pub kappa_rough: bool,
    /// Half-width of the band in levels.
    pub band: Option<f64>,
}

/// First grades against those of another kind.
#[derive(Clone, Debug, Serialize, Type)]
pub struct GapView {
    /// Of which signal; `None` is all of them.
    pub signal: Option<String>,
    /// Against which grades.
    pub against: GradeKind,
    /// In a sentence; only where it is about all signals.
    pub sentence: String,
    /// Takes with both.
    pub takes: u32,
    /// Levels compared.
    pub pairs: u32,
    /// First minus other, mean in levels.
    #[specta(type = u32)]
    pub mean: f64,
    /// How often the first was higher.
    pub higher: u32,
    /// How often it was lower.
    pub lower: u32,
}

/// What came of trying again.
#[derive(Clone, Debug, Serialize, Type)]
pub struct GainView {
    /// "The same prompt again", "Another prompt on the same skill".
    pub name: String,
    /// In a sentence.
    pub sentence: String,
    /// Pairs of takes.
    pub pairs: u32,
    /// Mean change in levels, once there are enough pairs.
    pub mean: Option<f64>,
}

/// A week of practice.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WeekView {
    /// Its Monday, as `2026-11-16`.
    pub monday: String,
    /// As shown.
    pub when: String,
    /// Seconds spoken.
    #[specta(type = u32)]
    pub seconds: f64,
    /// How many takes.
    pub takes: u32,
}

/// A fact of delivery over time.
#[derive(Clone, Debug, Serialize, Type)]
pub struct FactView {
    /// What it is.
    pub name: String,
    /// How it is defined, with its source.
    pub about: String,
    /// What is typical lately, in words; `None` from fewer than three takes.
    pub typical: Option<String>,
    /// What stands after a number on the axis, such as " s".
    pub unit: String,
    /// Where the middle half of the latest takes begins, in this unit.
    pub low: Option<f64>,
    /// Where it ends.
    pub high: Option<f64>,
    /// Each point is the median of a week.
    pub by_week: bool,
    /// Oldest first.
    pub points: Vec<FactPoint>,
}

/// A take's value, or the median of a week.
#[derive(Clone, Debug, Serialize, Type)]
pub struct FactPoint {
    /// The practice day (of a week, its Monday), as `2026-11-22`.
    pub day: String,
    /// As shown.
    pub when: String,
    /// The value in the fact's unit, to be drawn.
    #[specta(type = u32)]
    pub value: f64,
    /// The value, as it is said.
    pub says: String,
    /// Of how many takes.
    pub takes: u32,
}
