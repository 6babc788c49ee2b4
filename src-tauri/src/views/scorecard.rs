//! The scorecard of a session, drills to choose, and what the interviewer sees.

use super::asked::Interview;
use super::lists::SignalView;
use super::revealed::Revealed;
use aloud_practice::Level;
use aloud_practice::drill::Pick;
use aloud_practice::pack::Depth;
use aloud_practice::pad::PadChange;
use aloud_practice::session::Ended;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What came of a mock or a rerun.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Scorecard {
    /// The session.
    pub session: String,
    /// As shown.
    pub title: String,
    /// When it was.
    pub when: String,
    /// The level the role asks for.
    pub target: Level,
    /// Its stages, in order.
    pub stages: Vec<StageCard>,
    /// The weakest stage, once something is graded.
    pub weakest: Option<WeakestView>,
    /// When the weakest comes back, as a sentence; or why nothing is promised.
    pub planned: Option<String>,
    /// How many spoken takes still want a grade.
    pub ungraded: u32,
    /// The first of them.
    pub next_take: Option<String>,
    /// What was written down.
    pub reflection: String,
    /// At most two.
    pub commitments: Vec<String>,
    /// The session was given up before its end.
    pub abandoned: bool,
    /// The session can still go on.
    pub can_resume: bool,
}

impl Scorecard {
    /// Of a session about which nothing more is known than its title.
    pub fn empty(session: &str, title: &str) -> Self {
        Self {
            session: session.into(),
            title: title.into(),
            when: String::new(),
            target: Level::Senior,
            stages: Vec::new(),
            weakest: None,
            planned: None,
            ungraded: 0,
            next_take: None,
            reflection: String::new(),
            commitments: Vec::new(),
            abandoned: false,
            can_resume: false,
        }
    }
}

/// A stage against the target.
#[derive(Clone, Debug, Serialize, Type)]
pub struct StageCard {
    /// As shown.
    pub title: String,
    /// Its time budget in seconds.
    pub budget_s: u32,
    /// Seconds spoken.
    #[specta(type = u32)]
    pub spoken_s: f64,
    /// Prompts that ran out of time or were not reached.
    pub overrun: u32,
    /// Key points heard, where they were ticked.
    pub heard: Option<u32>,
    /// All key points of the prompts where they were ticked.
    pub key_points: Option<u32>,
    /// Lowest level per signal over the stage, in the rubric's order.
    pub levels: Vec<SignalLevel>,
    /// Its prompts, in order.
    pub prompts: Vec<PromptCard>,
    /// This is the weakest.
    pub weakest: bool,
}

/// A signal's level.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SignalLevel {
    /// The signal's name.
    pub signal: String,
    /// The level.
    pub level: Level,
    /// Below the target.
    pub below: bool,
}

/// A prompt of a stage.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PromptCard {
    /// As shown.
    pub title: String,
    /// Its take, if something was said.
    pub take: Option<String>,
    /// Length in seconds.
    #[specta(type = u32)]
    pub seconds: f64,
    /// How it ended; `None` if it was never come to.
    pub ended: Option<Ended>,
    /// The grade in a few words.
    pub grade: Option<String>,
}

/// The weakest stage.
#[derive(Clone, Debug, Serialize, Type)]
pub struct WeakestView {
    /// The stage's title.
    pub stage: String,
    /// Why, as a sentence.
    pub reason: String,
    /// The take that shows it most.
    pub take: Option<String>,
}

/// What a drill should be made of.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct DrillWish {
    /// The pack.
    pub pack: String,
    /// Only this section.
    pub section: Option<String>,
    /// Only this depth.
    pub depth: Option<Depth>,
    /// Only questions that exercise this signal.
    pub signal: Option<String>,
    /// Which to prefer.
    pub pick: Pick,
    /// At most so many.
    pub count: u32,
}

/// An edit of the pad at a moment of the take.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PadStep {
    /// Moment in seconds.
    #[specta(type = u32)]
    pub at_s: f64,
    /// What changed, in order of position.
    pub changes: Vec<PadChange>,
}

/// What the interviewer's window shows; never sent to the candidate's.
#[derive(Clone, Debug, Serialize, Type)]
pub struct InterviewerView {
    /// What the candidate sees; `None` when no session runs.
    pub interview: Option<Interview>,
    /// Everything about the current prompt, or the one just answered.
    pub sealed: Option<Revealed>,
    /// The signals to grade it on.
    pub signals: Vec<SignalView>,
    /// The take to grade: the one just given.
    pub take: Option<String>,
    /// Title of that take.
    pub take_title: String,
    /// The names under which others have graded this take.
    pub graded_by: Vec<String>,
}
