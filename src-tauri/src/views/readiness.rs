//! Readiness: the checklist with its evidence, and the plan until the interview.

use aloud_practice::Level;
use aloud_practice::readiness::Shows;
use serde::Serialize;
use specta::Type;

/// The screen Ready for it?
#[derive(Clone, Debug, Serialize, Type)]
pub struct ReadinessView {
    /// Packs that have a checklist.
    pub packs: Vec<super::progress::PackChoice>,
    /// The chosen one; `None` when no pack has a checklist.
    pub pack: Option<String>,
    /// The level the role asks for.
    pub target: Level,
    /// How it stands as a whole, in a sentence.
    pub overview: String,
    /// The lines.
    pub lines: Vec<LineView>,
    /// The day of the interview, as `2026-12-05`.
    pub interview: Option<String>,
    /// Minutes set aside a day.
    pub minutes_a_day: u32,
    /// About the plan, in a sentence: what it covers, or why there is none.
    pub plan_sentence: String,
    /// Days with something to do.
    pub days: Vec<PlanDayView>,
}

/// A line of the checklist.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LineView {
    /// The line.
    pub title: String,
    /// How to tell that it is done, as safe HTML.
    pub about_html: String,
    /// All of its evidence is at the target, and lately.
    pub ready: bool,
    /// How it stands, such as "2 of 7 ready, 1 below, 4 untested".
    pub standing: String,
    /// What it rests on.
    pub evidence: Vec<EvidenceView>,
}

/// A question or stage a line rests on.
#[derive(Clone, Debug, Serialize, Type)]
pub struct EvidenceView {
    /// A question's id, or `mock/stage`.
    pub of: String,
    /// It is a stage.
    pub stage: bool,
    /// As shown.
    pub title: String,
    /// What it shows.
    pub shows: Shows,
    /// The latest grade in words, with its age: "Senior, 5 days ago".
    pub latest: Option<String>,
    /// The take behind it.
    pub take: Option<String>,
    /// How long it takes to go through it.
    pub minutes: u32,
}

/// A day of the plan.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PlanDayView {
    /// The practice day, as `2026-11-22`.
    pub day: String,
    /// As shown: "today", "tomorrow", "Wednesday 25 November".
    pub when: String,
    /// Minutes of all of it.
    pub minutes: u32,
    /// What to do.
    pub steps: Vec<StepView>,
}

/// Something to do.
#[derive(Clone, Debug, Serialize, Type)]
pub struct StepView {
    /// A question's id, or `mock/stage`.
    pub of: String,
    /// It is a stage.
    pub stage: bool,
    /// As shown.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// A planned second attempt, with a sibling after it.
    pub rerun: bool,
    /// Why, as a sentence.
    pub reason: String,
}
