//! The scorecard: stages against the target, the weakest and why, and what one will do next time.

use crate::failure::{Code, Failure, Outcome};
use crate::figures::count;
use crate::review::between;
use crate::schedule::{History, candidates, interview_date};
use crate::state::Aloud;
use crate::views::scorecard::{PromptCard, Scorecard, SignalLevel, StageCard, WeakestView};
use aloud_library::StoredSession;
use aloud_practice::Level;
use aloud_practice::day::{days_between, practice_day};
use aloud_practice::pack::Pack;
use aloud_practice::score::StageScore;
use aloud_practice::session::{Phase, SessionKind};
use std::collections::BTreeMap;

/// A reflection is at most this long, in characters.
const LONGEST: usize = 10_000;
/// More commitments than this are none.
const MOST_COMMITMENTS: usize = 2;

/// The scorecard of a session, and when its weakest stage comes back.
pub fn scorecard(aloud: &Aloud, id: &str) -> Outcome<Scorecard> {
    let (mut card, weakest) = with_weakest(aloud, id)?;
    card.planned = weakest.map(|of| planned(aloud, &of)).transpose()?;
    Ok(card)
}

/// The scorecard of a session without a look at what comes next.
pub fn looking_back(aloud: &Aloud, id: &str) -> Outcome<Scorecard> {
    Ok(with_weakest(aloud, id)?.0)
}

/// What comes back of a session: its pack, and a question's id or `mock/stage`.
struct Returning {
    pack: String,
    of: String,
}

fn with_weakest(aloud: &Aloud, id: &str) -> Outcome<(Scorecard, Option<Returning>)> {
    let history = History::of_session(aloud, id)?;
    let session = history.sessions.first().ok_or_else(|| Failure::not_found("session"))?;
    let pack = &*aloud.shelf.pack(&session.pack)?;
    let scored = history.score(&session.state, pack.target);
    let weakest_stage = scored.weakest.as_ref().map(|weakest| weakest.stage);
    let stages = scored.stages.iter().enumerate().map(|(index, score)| {
        stage_card(&history, session, pack, index, score, weakest_stage == Some(index))
    });
    let takes = session.state.outcomes.iter().filter_map(|outcome| history.take(outcome.take.as_deref()?));
    let ungraded: Vec<_> = takes.filter(|take| take.is_listed() && !take.graded()).collect();
    let weakest = scored.weakest.as_ref().map(|weakest| WeakestView {
        stage: session.state.plan.stages[weakest.stage].title.clone(),
        reason: weakest.sentence(pack.target, |id| pack.signal_name(id)),
        take: history
            .take_of(&session.state, weakest.stage, weakest.prompt)
            .filter(|take| !take.deleted)
            .map(|take| take.id.clone()),
    });
    let returning = scored.weakest.as_ref().map(|weakest| {
        let stage = &session.state.plan.stages[weakest.stage].id;
        let of = match &session.kind {
            SessionKind::Mock { mock, .. } => format!("{mock}/{stage}"),
            SessionKind::Rerun { of } => of.clone(),
            SessionKind::Drill => stage.clone(),
        };
        Returning { pack: session.pack.clone(), of }
    });
    let reflection = aloud.shelf.with(|library| library.reflection(id))?;
    let card = Scorecard {
        session: id.to_owned(),
        title: session.title.clone(),
        when: aloud.wall.tell(session.at),
        target: pack.target,
        stages: stages.collect(),
        planned: None,
        weakest,
        ungraded: count(ungraded.len()),
        next_take: ungraded.first().map(|take| take.id.clone()),
        reflection: reflection.as_ref().map(|found| found.text.clone()).unwrap_or_default(),
        commitments: reflection.map(|found| found.commitments).unwrap_or_default(),
        abandoned: session.state.phase == Phase::Over { abandoned: true },
        can_resume: !session.over,
    };
    Ok((card, returning))
}

fn stage_card(
    history: &History,
    session: &StoredSession,
    pack: &Pack,
    index: usize,
    score: &StageScore,
    weakest: bool,
) -> StageCard {
    let planned = &session.state.plan.stages[index];
    let prompts: Vec<PromptCard> = planned
        .prompts
        .iter()
        .enumerate()
        .map(|(prompt, planned)| {
            let take = history.take_of(&session.state, index, prompt);
            let outcome = session.state.outcomes.iter().rfind(|o| o.stage == index && o.prompt == prompt);
            PromptCard {
                title: planned.title.clone(),
                take: take.filter(|take| !take.deleted).map(|take| take.id.clone()),
                seconds: take.map_or(0.0, |take| take.seconds),
                ended: outcome.map(|outcome| outcome.ended),
                grade: take.and_then(|take| take.range().map(between)),
            }
        })
        .collect();
    let mut lowest: BTreeMap<&str, Level> = BTreeMap::new();
    for (signal, level) in score.prompts.iter().flat_map(|prompt| &prompt.levels) {
        lowest.entry(signal).and_modify(|known| *known = (*known).min(*level)).or_insert(*level);
    }
    let levels = pack.rubric.signals.iter().filter_map(|signal| {
        let level = *lowest.get(signal.id.as_str())?;
        Some(SignalLevel { signal: signal.name.clone(), level, below: level < pack.target })
    });
    let heard = score.heard();
    StageCard {
        title: planned.title.clone(),
        budget_s: u32::try_from(planned.budget_ms / 1_000).unwrap_or(u32::MAX),
        spoken_s: prompts.iter().map(|prompt| prompt.seconds).sum(),
        overrun: count(score.overrun()),
        heard: heard.map(|(heard, _)| count(heard)),
        key_points: heard.map(|(_, all)| count(all)),
        levels: levels.collect(),
        prompts,
        weakest,
    }
}

/// When it comes back, as a sentence: what Today will say, told before.
fn planned(aloud: &Aloud, returning: &Returning) -> Outcome<String> {
    let history = History::read(aloud)?;
    let found = candidates(aloud, &history)
        .into_iter()
        .find(|candidate| candidate.what.pack == returning.pack && candidate.what.of == returning.of);
    let today = practice_day(&aloud.wall.here());
    Ok(match found.map(|candidate| days_between(today, candidate.due)) {
        None if interview_date(aloud).is_some() => {
            "Your interview is too close to promise another run. Rest is worth more now.".into()
        }
        None => "It comes back after a longer gap. Today will say when.".into(),
        Some(..=0) => "It is due: run it again from Today.".into(),
        Some(1) => "It comes back tomorrow, with a sibling question after it.".into(),
        Some(days) => format!("It comes back in {days} days, with a sibling question after it."),
    })
}

/// Stores what was written down.
pub fn save_reflection(aloud: &Aloud, session: &str, text: &str, commitments: &[String]) -> Outcome<()> {
    let commitments: Vec<String> =
        commitments.iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect();
    if commitments.len() > MOST_COMMITMENTS {
        return Err(Failure::coded(
            Code::Refused,
            "Two commitments at most: the next run has to be able to keep them.",
        ));
    }
    if text.chars().count() > LONGEST || commitments.iter().any(|one| one.chars().count() > 300) {
        return Err(Failure::coded(
            Code::Refused,
            "That is more than a reflection can hold. Keep the two or three things that matter.",
        ));
    }
    aloud.shelf.with(|library| library.add_reflection(session, text.trim(), &commitments, aloud.wall.now()))
}
