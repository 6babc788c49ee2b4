//! The transitions.

use super::{Clock, Effect, Ended, Event, Mark, Outcome, Phase, State, TakeId, Then};

/// When this much of an answer is left, it is said.
const ONE_MINUTE_MS: u64 = 60_000;
/// Shorter answers get no one-minute cue: it would come right after the start.
const CUE_FROM_BUDGET_MS: u64 = 120_000;
/// A silence between two events longer than this means that the machine slept; such time belongs to nobody.
const ASLEEP_AFTER_MS: u64 = 5_000;

/// What came of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// Where the session stands now.
    pub state: State,
    /// What must be done about it, in this order.
    pub effects: Vec<Effect>,
}

/// Takes one event. An event that makes no sense in the current phase changes nothing.
///
/// `now_ms` counts monotonic milliseconds; going backwards is taken as standing still, a leap as sleep, which pauses.
pub fn step(state: &State, event: &Event, now_ms: u64) -> Reaction {
    let mut next = state.clone();
    let mut effects = Vec::new();
    let passed = state.last_ms.map_or(0, |last| now_ms.saturating_sub(last));
    next.last_ms = Some(state.last_ms.map_or(now_ms, |last| last.max(now_ms)));
    pass_time(&mut next, passed, &mut effects);
    react(&mut next, event, &mut effects);
    if effects.is_empty() && worth_saving(state, &next) {
        effects.push(Effect::Save);
    }
    Reaction { state: next, effects }
}

fn worth_saving(before: &State, after: &State) -> bool {
    let same_phase = std::mem::discriminant(&before.phase) == std::mem::discriminant(&after.phase);
    let same_place = (before.stage, before.prompt, before.outcomes.len(), before.probes_asked)
        == (after.stage, after.prompt, after.outcomes.len(), after.probes_asked);
    !(same_phase && same_place)
}

fn pass_time(state: &mut State, passed_ms: u64, effects: &mut Vec<Effect>) {
    let asleep = passed_ms > ASLEEP_AFTER_MS;
    match state.phase {
        Phase::Thinking { .. } if asleep => state.phase = Phase::Paused,
        Phase::Thinking { left_ms } => {
            state.phase = Phase::Thinking { left_ms: left_ms.saturating_sub(passed_ms) };
        }
        // The stage's clock runs between its answers, but not before the first of them.
        Phase::Asked | Phase::Between if stage_runs(state) => {
            if asleep {
                state.phase = Phase::Paused;
            } else {
                state.spent_ms = state.spent_ms.saturating_add(passed_ms);
                if Clock::read(state).is_some_and(|clock| clock.stage_left_ms == 0) {
                    close_stage(state);
                    effects.push(Effect::Save);
                }
            }
        }
        _ => {}
    }
}

fn stage_runs(state: &State) -> bool {
    let started = state.outcomes.iter().any(|outcome| outcome.stage == state.stage && outcome.take.is_some());
    let more = state.phase == Phase::Asked || has_more_in_stage(state);
    started && more
}

fn has_more_in_stage(state: &State) -> bool {
    state.plan.stages.get(state.stage).is_some_and(|stage| state.prompt + 1 < stage.prompts.len())
}

fn react(state: &mut State, event: &Event, effects: &mut Vec<Effect>) {
    match (state.phase.clone(), event) {
        (Phase::Asked, Event::Begin { take }) => {
            if state.plan.thinking_ms > 0 && !state.thought {
                state.phase = Phase::Thinking { left_ms: state.plan.thinking_ms };
            } else {
                open_take(state, take, effects);
            }
        }
        (Phase::Thinking { .. }, Event::Begin { take }) => {
            state.thought = true;
            open_take(state, take, effects);
        }
        (Phase::Opening { take }, Event::FirstSample { take: id }) if take == *id => {
            state.phase = Phase::Answering { take, answered_ms: 0 };
        }
        (Phase::Answering { take, answered_ms }, Event::Samples { take: id, ms }) if take == *id => {
            let answered_ms = answered_ms.max(*ms);
            state.phase = Phase::Answering { take: take.clone(), answered_ms };
            cue(state, take, answered_ms, effects);
        }
        (Phase::Opening { take } | Phase::Answering { take, .. }, Event::Limit { take: id, ms })
            if take == *id =>
        {
            effects.push(Effect::Mark { take: take.clone(), mark: Mark::TimeUp, at_ms: *ms });
            close_take(state, take, *ms, Ended::TimeUp, Then::Rest, effects);
        }
        (Phase::Closing { take, why, then, .. }, Event::Closed { take: id, ms }) if take == *id => {
            close_take(state, take, *ms, why, then, effects);
        }
        // The budget ran out in the very moment it was told to stop: both are true, and the take is whole.
        (Phase::Closing { take, then, .. }, Event::Limit { take: id, ms }) if take == *id => {
            effects.push(Effect::Mark { take: take.clone(), mark: Mark::TimeUp, at_ms: *ms });
            close_take(state, take, *ms, Ended::TimeUp, then, effects);
        }
        (
            Phase::Opening { take } | Phase::Answering { take, .. } | Phase::Closing { take, .. },
            Event::BrokeOff { take: id, ms },
        ) if take == *id => {
            let then = match &state.phase {
                Phase::Closing { then: Then::Abandon, .. } => Then::Abandon,
                _ => Then::Pause,
            };
            close_take(state, take, *ms, Ended::Interrupted, then, effects);
        }
        (Phase::Opening { take }, Event::Pause | Event::End) => {
            stop(state, take, 0, Ended::Interrupted, Then::Pause, effects);
        }
        (Phase::Opening { take }, Event::Abandon) => {
            stop(state, take, 0, Ended::Interrupted, Then::Abandon, effects);
        }
        (Phase::Answering { take, answered_ms }, Event::End) => {
            stop(state, take, answered_ms, Ended::Finished, Then::Rest, effects);
        }
        (Phase::Answering { take, answered_ms }, Event::Next) => {
            stop(state, take, answered_ms, Ended::Finished, Then::GoOn, effects);
        }
        (Phase::Answering { take, answered_ms }, Event::Pause) => {
            stop(state, take, answered_ms, Ended::Interrupted, Then::Pause, effects);
        }
        (Phase::Answering { take, answered_ms }, Event::Abandon) => {
            stop(state, take, answered_ms, Ended::Interrupted, Then::Abandon, effects);
        }
        (Phase::Closing { take, answered_ms, why, .. }, Event::Abandon) => {
            state.phase = Phase::Closing { take, answered_ms, why, then: Then::Abandon };
        }
        (Phase::Answering { take, answered_ms }, Event::Probe)
            if state.current_prompt().is_some_and(|prompt| state.probes_asked < prompt.probes) =>
        {
            let index = u32::try_from(state.probes_asked).unwrap_or(u32::MAX);
            state.probes_asked += 1;
            effects.push(Effect::Mark { take, mark: Mark::Probe { index }, at_ms: answered_ms });
            effects.push(Effect::Save);
        }
        (Phase::Asked | Phase::Thinking { .. }, Event::Skip) => {
            state.record(None, 0, Ended::Skipped);
            go_on(state);
        }
        (Phase::Between, Event::Next) => go_on(state),
        (Phase::Asked | Phase::Thinking { .. } | Phase::Between, Event::Pause) => state.phase = Phase::Paused,
        (Phase::Paused, Event::Resume) => state.phase = resumed(state),
        (Phase::Asked | Phase::Thinking { .. } | Phase::Between | Phase::Paused, Event::Abandon) => {
            state.phase = Phase::Over { abandoned: true };
        }
        _ => {}
    }
}

/// After a pause the prompt is asked again, unless it was already answered or has no time left.
fn resumed(state: &State) -> Phase {
    let here = |outcome: &&Outcome| outcome.stage == state.stage && outcome.prompt == state.prompt;
    let done = state.outcomes.iter().filter(here).any(|outcome| outcome.ended != Ended::Interrupted);
    let time_left = Clock::read(state).is_some_and(|clock| clock.left_ms > 0);
    if done || !time_left { Phase::Between } else { Phase::Asked }
}

fn open_take(state: &mut State, take: &TakeId, effects: &mut Vec<Effect>) {
    let Some(clock) = Clock::read(state) else { return };
    if clock.left_ms == 0 {
        return;
    }
    state.warned = false;
    state.phase = Phase::Opening { take: take.clone() };
    effects.push(Effect::StartTake { take: take.clone(), limit_ms: clock.left_ms });
    effects.push(Effect::Save);
}

fn cue(state: &mut State, take: TakeId, answered_ms: u64, effects: &mut Vec<Effect>) {
    let Some(clock) = Clock::read(state) else { return };
    if !state.warned && clock.budget_ms >= CUE_FROM_BUDGET_MS && clock.left_ms <= ONE_MINUTE_MS {
        state.warned = true;
        effects.push(Effect::Mark { take, mark: Mark::OneMinute, at_ms: answered_ms });
    }
}

fn stop(
    state: &mut State,
    take: TakeId,
    answered_ms: u64,
    why: Ended,
    then: Then,
    effects: &mut Vec<Effect>,
) {
    effects.push(Effect::StopTake { take: take.clone() });
    state.phase = Phase::Closing { take, answered_ms, why, then };
    effects.push(Effect::Save);
}

fn close_take(state: &mut State, take: TakeId, ms: u64, ended: Ended, then: Then, effects: &mut Vec<Effect>) {
    effects.push(Effect::CloseTake { take: take.clone(), ended });
    state.record(Some(take), ms, ended);
    state.use_up(ms);
    state.phase = Phase::Between;
    let stage_over = Clock::read(state).is_some_and(|clock| clock.stage_left_ms == 0);
    match then {
        Then::Rest if stage_over => close_stage(state),
        Then::Rest => finish_if_last(state),
        Then::GoOn => go_on(state),
        Then::Pause => state.phase = Phase::Paused,
        Then::Abandon => state.phase = Phase::Over { abandoned: true },
    }
    effects.push(Effect::Save);
}

/// The stage's time is over: what was not asked is a result too.
fn close_stage(state: &mut State) {
    let answered =
        state.outcomes.iter().any(|outcome| outcome.stage == state.stage && outcome.prompt == state.prompt);
    let last = state.plan.stages[state.stage].prompts.len();
    let first_unanswered = if answered { state.prompt + 1 } else { state.prompt };
    for prompt in first_unanswered..last {
        state.prompt = prompt;
        state.record(None, 0, Ended::NotReached);
    }
    state.prompt = last - 1;
    state.phase = Phase::Between;
    finish_if_last(state);
}

fn finish_if_last(state: &mut State) {
    let last_stage = state.stage + 1 == state.plan.stages.len();
    if last_stage && !has_more_in_stage(state) {
        state.phase = Phase::Over { abandoned: false };
    }
}

fn go_on(state: &mut State) {
    state.probes_asked = 0;
    state.prompt_spent_ms = 0;
    state.warned = false;
    state.thought = false;
    let stage_open = Clock::read(state).is_none_or(|clock| clock.stage_left_ms > 0);
    if has_more_in_stage(state) && stage_open {
        state.prompt += 1;
        state.phase = Phase::Asked;
    } else if has_more_in_stage(state) {
        close_stage(state);
        if !state.is_over() {
            go_on(state);
        }
    } else if state.stage + 1 < state.plan.stages.len() {
        state.stage += 1;
        state.prompt = 0;
        state.spent_ms = 0;
        state.phase = Phase::Asked;
    } else {
        state.phase = Phase::Over { abandoned: false };
    }
}
