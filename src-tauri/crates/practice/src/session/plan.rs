//! What a session will ask, and how long each part may take.

use crate::pack::{Pad, Question, Variant};
use serde::{Deserialize, Serialize};

/// What a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SessionKind {
    /// A full simulated interview.
    Mock {
        /// Which mock.
        mock: String,
        /// Which variant of it.
        variant: String,
    },
    /// Some questions of the bank.
    Drill,
    /// A planned second attempt.
    Rerun {
        /// What comes back: a question's id, or `mock/stage`.
        of: String,
    },
}

/// The whole of a session, fixed when it starts, so that a change of the pack cannot disturb it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is.
    pub kind: SessionKind,
    /// As shown.
    pub title: String,
    /// Thinking time before each answer; 0 for none.
    pub thinking_ms: u64,
    /// At least one, each with at least one prompt.
    pub stages: Vec<PlannedStage>,
}

/// A part with its own clock. In a drill every question is a stage of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStage {
    /// Id in the mock; in a drill the question's.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Time budget.
    pub budget_ms: u64,
    /// In the order they are asked.
    pub prompts: Vec<PlannedPrompt>,
}

/// A question in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPrompt {
    /// The question's id.
    pub question: String,
    /// As shown in lists.
    pub title: String,
    /// Its own budget, where it has one inside the stage's.
    pub budget_ms: Option<u64>,
    /// How many probes it has.
    pub probes: usize,
    /// What one may write into beside it.
    pub pad: Option<Pad>,
    /// Asked only when there is time.
    pub optional: bool,
}

/// What a bank question gets when its pack names no budget (an imported one), in seconds.
pub const DEFAULT_SECONDS: u32 = 180;

fn millis(seconds: u32) -> u64 {
    u64::from(seconds) * 1_000
}

impl PlannedPrompt {
    /// The question as it stands in a session.
    pub fn of(question: &Question) -> Self {
        Self {
            question: question.id.clone(),
            title: question.title.clone(),
            budget_ms: question.seconds.map(millis),
            probes: question.sealed.probes.len(),
            pad: question.kind.pad(),
            optional: question.optional,
        }
    }
}

impl Plan {
    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.stages.is_empty() || self.stages.iter().any(|stage| stage.prompts.is_empty())
    }

    /// Bank questions, one after the other, each with its own clock.
    pub fn drill<'a>(title: &str, questions: impl IntoIterator<Item = &'a Question>) -> Self {
        let stages = questions.into_iter().map(|question| PlannedStage {
            id: question.id.clone(),
            title: question.title.clone(),
            budget_ms: millis(question.seconds.unwrap_or(DEFAULT_SECONDS)),
            prompts: vec![PlannedPrompt { budget_ms: None, ..PlannedPrompt::of(question) }],
        });
        Self { kind: SessionKind::Drill, title: title.to_owned(), thinking_ms: 0, stages: stages.collect() }
    }

    /// A variant of a mock, whole.
    pub fn mock(mock: &str, title: &str, variant: &Variant) -> Self {
        let stages = variant.stages.iter().map(|stage| PlannedStage {
            id: stage.id.clone(),
            title: stage.title.clone(),
            budget_ms: millis(stage.seconds),
            prompts: stage.prompts.iter().map(PlannedPrompt::of).collect(),
        });
        let kind = SessionKind::Mock { mock: mock.to_owned(), variant: variant.id.clone() };
        Self { kind, title: title.to_owned(), thinking_ms: 0, stages: stages.collect() }
    }
}
