//! The interview as the window sees it, made from the engine's state and the pack.

use crate::browse::asked;
use crate::figures::count;
use crate::shelf::Shelf;
use crate::views::asked::{Asked, Clock, Interview, Phase};
use aloud_packs::render;
use aloud_practice::pack::Kind;
use aloud_practice::session::{self, SessionKind, State};

/// What the view needs beside the state.
pub(super) struct Around<'a> {
    pub(super) revision: u32,
    pub(super) session: &'a str,
    pub(super) pack: &'a str,
    pub(super) trouble: Option<&'a str>,
    pub(super) commitments: &'a [String],
    pub(super) pad_text: &'a str,
}

/// Builds the view. Of the probes only those that were asked are in it.
pub(super) fn view(state: &State, around: &Around<'_>, shelf: &Shelf) -> Interview {
    let stage = state.plan.stages.get(state.stage);
    let prompt = state.current_prompt();
    let question = prompt.and_then(|prompt| shelf.question(around.pack, &prompt.question));
    let question = question.as_ref();
    let asked = prompt.map(|prompt| match (shelf.pack(around.pack), question) {
        (Ok(pack), Some(question)) => asked(&pack, question),
        _ => Asked {
            id: prompt.question.clone(),
            title: prompt.title.clone(),
            prompt_html: render::html(&prompt.title),
            depth: None,
            kind: Kind::Concept,
            minutes: None,
            signals: Vec::new(),
        },
    });
    let probes = question.map_or(&[][..], |question| &question.sealed.probes);
    let shown = state.probes_shown().min(probes.len());
    let last = state.outcomes.iter().rfind(|outcome| outcome.take.is_some());
    Interview {
        revision: around.revision,
        session: around.session.to_owned(),
        title: state.plan.title.clone(),
        mock: matches!(state.plan.kind, SessionKind::Mock { .. }),
        stage: number(state.stage),
        stages: count(state.plan.stages.len()),
        stage_title: stage.map_or_else(String::new, |stage| stage.title.clone()),
        prompt: number(state.prompt),
        prompts: stage.map_or(0, |stage| count(stage.prompts.len())),
        phase: phase(&state.phase),
        asked,
        probes: probes[..shown].iter().map(|probe| render::inline(&probe.question)).collect(),
        probes_left: count(probes.len() - shown),
        pad: prompt.and_then(|prompt| prompt.pad),
        pad_text: around.pad_text.to_owned(),
        clock: clock(state),
        trouble: around.trouble.map(str::to_owned),
        ended: match state.phase {
            session::Phase::Between | session::Phase::Over { .. } => last.map(|outcome| outcome.ended),
            _ => None,
        },
        take: last.and_then(|outcome| outcome.take.clone()),
        commitments: around.commitments.to_vec(),
        carried: match (&state.phase, prompt) {
            (session::Phase::Asked | session::Phase::Thinking { .. }, Some(prompt)) => {
                carried(shelf, around.pack, &prompt.question)
            }
            _ => Vec::new(),
        },
    }
}

/// What the person wanted to do at the next attempt at a question. Not worth stopping an interview for.
fn carried(shelf: &Shelf, pack: &str, question: &str) -> Vec<String> {
    let points = shelf.with(|library| library.carried(pack, question)).unwrap_or_else(|failure| {
        tracing::warn!("the points carried forward cannot be read: {}", failure.message);
        Vec::new()
    });
    points.into_iter().map(|point| point.text).collect()
}

/// The clock in the window's units.
pub(super) fn clock(state: &State) -> Option<Clock> {
    let ms = |ms: u64| u32::try_from(ms).unwrap_or(u32::MAX);
    session::Clock::read(state).map(|clock| Clock {
        left_ms: ms(clock.left_ms),
        budget_ms: ms(clock.budget_ms),
        stage_left_ms: ms(clock.stage_left_ms),
        stage_budget_ms: ms(clock.stage_budget_ms),
    })
}

fn phase(phase: &session::Phase) -> Phase {
    match phase {
        session::Phase::Asked => Phase::Asked,
        session::Phase::Thinking { .. } => Phase::Thinking,
        session::Phase::Opening { .. } => Phase::Opening,
        session::Phase::Answering { .. } => Phase::Answering,
        session::Phase::Closing { .. } => Phase::Closing,
        session::Phase::Between => Phase::Between,
        session::Phase::Paused => Phase::Paused,
        session::Phase::Over { .. } => Phase::Over,
    }
}

fn number(index: usize) -> u32 {
    count(index + 1)
}
