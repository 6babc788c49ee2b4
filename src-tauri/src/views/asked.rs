//! What the candidate sees while being asked.

use aloud_practice::pack::{Depth, Kind, Pad};
use aloud_practice::session::Ended;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A question without anything that is sealed.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Asked {
    /// Stable id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What the interviewer says, as safe HTML.
    pub prompt_html: String,
    /// Bank questions only.
    pub depth: Option<Depth>,
    /// What sort of answer it wants.
    pub kind: Kind,
    /// Budget in minutes, if it has its own.
    pub minutes: Option<u32>,
    /// Names of the signals it exercises.
    pub signals: Vec<String>,
}

/// What the interview screen shows. Sent whole whenever something changes; the clock ticks in [`Pulse`].
#[derive(Clone, Debug, Serialize, Type)]
pub struct Interview {
    /// Counts up with every change: of two views the one with the larger number is newer.
    pub revision: u32,
    /// The session.
    pub session: String,
    /// As shown: the mock's title, or what the drill is.
    pub title: String,
    /// Whether this is a mock (stages matter) or single questions.
    pub mock: bool,
    /// Number of the stage, from 1.
    pub stage: u32,
    /// How many stages there are.
    pub stages: u32,
    /// The stage's title.
    pub stage_title: String,
    /// Number of the prompt in its stage, from 1.
    pub prompt: u32,
    /// How many prompts the stage has.
    pub prompts: u32,
    /// What is going on.
    pub phase: Phase,
    /// What is asked; `None` once the session is over.
    pub asked: Option<Asked>,
    /// Probes asked so far, as safe HTML, oldest first.
    pub probes: Vec<String>,
    /// How many more probes can be asked.
    pub probes_left: u32,
    /// The pad beside the question.
    pub pad: Option<Pad>,
    /// What stands in the pad; read it when a prompt comes up, the page keeps it from then on.
    pub pad_text: String,
    /// The clock at this moment.
    pub clock: Option<Clock>,
    /// Something the person must know now (microphone gone, disk full), as a sentence.
    pub trouble: Option<String>,
    /// How the answer just given ended; set between answers and when over.
    pub ended: Option<Ended>,
    /// The take just given, or the last one of the session.
    pub take: Option<String>,
    /// Commitments made last time ("next time I will…"), shown before the first answer of a rerun.
    pub commitments: Vec<String>,
    /// Points carried forward to the question that is asked now; empty once the answer has begun.
    pub carried: Vec<String>,
}

/// What is going on, for the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The prompt is on screen; Space begins.
    Asked,
    /// Thinking time runs.
    Thinking,
    /// The microphone is being started.
    Opening,
    /// The clock runs, samples arrive: say "recording".
    Answering,
    /// The last samples are being written.
    Closing,
    /// The answer is over; N goes on.
    Between,
    /// Everything stands still.
    Paused,
    /// The session is over.
    Over,
}

/// A clock reading, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Clock {
    /// Left for this answer.
    pub left_ms: u32,
    /// The most this answer could have.
    pub budget_ms: u32,
    /// Left in the stage.
    pub stage_left_ms: u32,
    /// The stage's budget.
    pub stage_budget_ms: u32,
}

/// Sent 20 times a second while a microphone is open.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct Pulse {
    /// Loudness for the dot, 0 to 1.
    #[specta(type = u32)]
    pub level: f32,
    /// Peak of the last moment in dBFS, at most 0.
    #[specta(type = u32)]
    pub peak_dbfs: f32,
    /// Samples touched full scale.
    pub clipping: bool,
    /// Milliseconds left for the answer, while one is being given or thought about.
    pub left_ms: Option<u32>,
    /// Milliseconds left in the stage.
    pub stage_left_ms: Option<u32>,
}

/// What the person can do during an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Start answering, or end thinking time early.
    Begin,
    /// The answer is finished.
    End,
    /// Go on to the next prompt.
    Next,
    /// Ask the next probe.
    Probe,
    /// Pass over this prompt.
    Skip,
    /// Stand still.
    Pause,
    /// Go on after a pause.
    Resume,
    /// Give the session up; what was recorded stays.
    Abandon,
}
