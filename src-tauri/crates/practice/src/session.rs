//! One sitting, as a state machine: `step(state, event, now) → state + effects`.
//!
//! Promise: whatever order events come in, a take that was started is accounted for exactly once, a probe is shown only
//! after it was asked, and no time is ever negative. Nothing here waits, records or stores; the conductor does that.
//!
//! Time: the clock of an answer is the sample clock, told by [`Event::Samples`]. Between the answers of one stage the
//! stage's clock runs on `now`, a monotonic count of milliseconds.

mod clock;
mod plan;
mod step;
#[cfg(test)]
mod tests;

pub use clock::Clock;
pub use plan::{DEFAULT_SECONDS, Plan, PlannedPrompt, PlannedStage, SessionKind};
pub use step::{Reaction, step};

use serde::{Deserialize, Serialize};

/// Identity of a take, given by whoever starts it.
pub type TakeId = String;

/// Where a session stands. Everything needed to go on after a crash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What is being run.
    pub plan: Plan,
    /// Index of the current stage.
    pub stage: usize,
    /// Index of the current prompt in the stage.
    pub prompt: usize,
    /// What is going on.
    pub phase: Phase,
    /// Milliseconds of the current stage that are used up, without the running answer.
    pub spent_ms: u64,
    /// Milliseconds of the current prompt's own budget that are used up, without the running answer.
    pub prompt_spent_ms: u64,
    /// Probes of the current prompt that have been asked.
    pub probes_asked: usize,
    /// The one-minute cue was given for the running answer.
    pub warned: bool,
    /// Thinking time of the current prompt is over.
    pub thought: bool,
    /// What came of each prompt so far, in order; a prompt that was taken up again appears again.
    pub outcomes: Vec<Outcome>,
    /// `now` of the last event; not kept across a restart, since the count starts anew.
    #[serde(skip)]
    pub last_ms: Option<u64>,
}

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Phase {
    /// The prompt is on screen and waits for the person.
    Asked,
    /// Thinking time before the clock.
    Thinking {
        /// Milliseconds left.
        left_ms: u64,
    },
    /// The recorder was told to start; no sample yet.
    Opening {
        /// The take.
        take: TakeId,
    },
    /// Samples arrive; the clock runs.
    Answering {
        /// The take.
        take: TakeId,
        /// Length so far, by the sample clock.
        answered_ms: u64,
    },
    /// The recorder was told to stop and drains.
    Closing {
        /// The take.
        take: TakeId,
        /// Length when it was told to stop.
        answered_ms: u64,
        /// Why it stops.
        why: Ended,
        /// What comes once it has stopped.
        then: Then,
    },
    /// An answer is over; the next prompt waits.
    Between,
    /// Everything stands still until the person resumes.
    Paused,
    /// The session is over.
    Over {
        /// It was given up before its last prompt.
        abandoned: bool,
    },
}

/// What follows once a take has closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// Stay between answers.
    Rest,
    /// Go on to the next prompt at once.
    GoOn,
    /// Stand still.
    Pause,
    /// End the session.
    Abandon,
}

/// How a prompt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The person ended it.
    Finished,
    /// The budget ended it, mid-sentence if need be.
    TimeUp,
    /// Paused, crashed, or the recording failed.
    Interrupted,
    /// Passed over without an answer.
    Skipped,
    /// The stage's time was over before it came up.
    NotReached,
}

/// What came of a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Index of the stage.
    pub stage: usize,
    /// Index of the prompt in the stage.
    pub prompt: usize,
    /// The take, if one was started.
    pub take: Option<TakeId>,
    /// Its length, by the sample clock.
    pub answered_ms: u64,
    /// How it ended.
    pub ended: Ended,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Time passes.
    Tick,
    /// The person wants to answer (or ends thinking time early); `take` is the id the take would get.
    Begin {
        /// A fresh id.
        take: TakeId,
    },
    /// The first sample of the take arrived.
    FirstSample {
        /// The take.
        take: TakeId,
    },
    /// The take has this length now.
    Samples {
        /// The take.
        take: TakeId,
        /// Length by the sample clock.
        ms: u64,
    },
    /// The recorder reached its limit and closed the take by itself.
    Limit {
        /// The take.
        take: TakeId,
        /// Final length.
        ms: u64,
    },
    /// The recorder has drained and closed the take.
    Closed {
        /// The take.
        take: TakeId,
        /// Final length.
        ms: u64,
    },
    /// The recording broke off (device lost, disk full); what was recorded is kept.
    BrokeOff {
        /// The take.
        take: TakeId,
        /// Length that was saved.
        ms: u64,
    },
    /// The person has finished the answer.
    End,
    /// The interviewer asks the next probe.
    Probe,
    /// Go on: ends the answer if one is running, then the next prompt comes.
    Next,
    /// Pass over this prompt.
    Skip,
    /// Stand still.
    Pause,
    /// Go on after a pause.
    Resume,
    /// Give the session up.
    Abandon,
}

/// Something the conductor must carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Store a row for the take, then record, at most this long.
    StartTake {
        /// The take.
        take: TakeId,
        /// The budget that is left.
        limit_ms: u64,
    },
    /// Stop recording and drain.
    StopTake {
        /// The take.
        take: TakeId,
    },
    /// Put a mark on the take's timeline at its current length.
    Mark {
        /// The take.
        take: TakeId,
        /// Which mark.
        mark: Mark,
        /// Where, by the sample clock.
        at_ms: u64,
    },
    /// Store how the take ended.
    CloseTake {
        /// The take.
        take: TakeId,
        /// How.
        ended: Ended,
    },
    /// Store the state, so that a crash resumes here.
    Save,
}

/// A mark on a take's timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Mark {
    /// A probe was asked.
    Probe {
        /// Which, from 0.
        index: u32,
    },
    /// One minute was left.
    OneMinute,
    /// The budget was used up.
    TimeUp,
}

impl State {
    /// A session about to begin.
    pub fn new(plan: Plan) -> Self {
        let phase = if plan.is_empty() { Phase::Over { abandoned: false } } else { Phase::Asked };
        Self {
            plan,
            stage: 0,
            prompt: 0,
            phase,
            spent_ms: 0,
            prompt_spent_ms: 0,
            probes_asked: 0,
            warned: false,
            thought: false,
            outcomes: Vec::new(),
            last_ms: None,
        }
    }

    /// The state to go on from after a crash: a take that was running counts as interrupted with the length that was
    /// recovered, and everything stands still at the prompt where it stood.
    pub fn after_crash(mut self, recovered_ms: u64) -> Self {
        self.last_ms = None;
        if let Some(take) = self.take().map(str::to_owned) {
            self.record(Some(take), recovered_ms, Ended::Interrupted);
            self.use_up(recovered_ms);
        }
        if !self.is_over() {
            self.phase = Phase::Paused;
        }
        self
    }

    /// The take being recorded, from the moment it is asked for until it has closed.
    pub fn take(&self) -> Option<&str> {
        match &self.phase {
            Phase::Opening { take } | Phase::Answering { take, .. } | Phase::Closing { take, .. } => {
                Some(take)
            }
            _ => None,
        }
    }

    /// Whether the session has ended.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over { .. })
    }

    /// The current stage, unless the session is over.
    pub fn current_stage(&self) -> Option<&PlannedStage> {
        if self.is_over() { None } else { self.plan.stages.get(self.stage) }
    }

    /// The current prompt, unless the session is over.
    pub fn current_prompt(&self) -> Option<&PlannedPrompt> {
        self.current_stage()?.prompts.get(self.prompt)
    }

    /// How many probes of the current prompt may be on screen.
    pub fn probes_shown(&self) -> usize {
        self.probes_asked
    }

    fn record(&mut self, take: Option<TakeId>, answered_ms: u64, ended: Ended) {
        let outcome = Outcome { stage: self.stage, prompt: self.prompt, take, answered_ms, ended };
        self.outcomes.push(outcome);
    }

    fn use_up(&mut self, ms: u64) {
        self.spent_ms = self.spent_ms.saturating_add(ms);
        self.prompt_spent_ms = self.prompt_spent_ms.saturating_add(ms);
    }
}
