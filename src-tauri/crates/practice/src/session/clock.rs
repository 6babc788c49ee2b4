//! What the clock shows, computed from a state and never kept beside it.

use super::{Phase, State};

/// What the clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds left for this answer: the prompt's own budget or what the stage has left, whichever is less.
    pub left_ms: u64,
    /// Milliseconds this answer could have had at most.
    pub budget_ms: u64,
    /// Milliseconds left in the stage.
    pub stage_left_ms: u64,
    /// The stage's budget.
    pub stage_budget_ms: u64,
}

impl Clock {
    /// Reads the clock; `None` when the session is over.
    pub fn read(state: &State) -> Option<Self> {
        let stage = state.current_stage()?;
        let prompt = state.current_prompt()?;
        let running = match state.phase {
            Phase::Answering { answered_ms, .. } | Phase::Closing { answered_ms, .. } => answered_ms,
            _ => 0,
        };
        let stage_open = stage.budget_ms.saturating_sub(state.spent_ms);
        let prompt_open = prompt.budget_ms.map(|budget| budget.saturating_sub(state.prompt_spent_ms));
        let open = prompt_open.map_or(stage_open, |own| own.min(stage_open));
        Some(Self {
            left_ms: open.saturating_sub(running),
            budget_ms: prompt.budget_ms.map_or(stage.budget_ms, |own| own.min(stage.budget_ms)),
            stage_left_ms: stage_open.saturating_sub(running),
            stage_budget_ms: stage.budget_ms,
        })
    }
}
