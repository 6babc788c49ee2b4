//! What to do today.

use crate::browse::mock_card;
use crate::failure::Outcome;
use crate::review::{rows, summary};
use crate::schedule::{self, History};
use crate::settings;
use crate::state::Aloud;
use crate::views::lists::{Interrupted, Today};
use aloud_library::{StoredSession, StoredTake};
use aloud_practice::day::{days_between, practice_day};
use jiff::ToSpan as _;

/// Lists on Today are at most this long.
const RECENT: usize = 6;

/// What is due, what can be started, what happened last.
pub fn today(aloud: &Aloud) -> Outcome<Today> {
    let settings = settings::current(&aloud.shelf);
    let (takes, sessions, interrupted) = aloud
        .shelf
        .with(|library| Ok((library.takes()?, library.sessions()?, library.interrupted_session()?)))?;
    let here = aloud.wall.here();
    let day = practice_day(&here);
    let plan = schedule::plan(aloud, &History::read(aloud)?);
    let interview = settings.interview_date.as_ref().and_then(|date| date.parse().ok());
    let ungraded: Vec<StoredTake> = takes
        .iter()
        .filter(|take| take.progress.spoken && !take.deleted && !take.progress.first)
        .take(RECENT)
        .cloned()
        .collect();
    let recent: Vec<StoredTake> =
        takes.iter().filter(|take| take.progress.spoken && !take.deleted).take(RECENT).cloned().collect();
    let packs = aloud.shelf.packs();
    Ok(Today {
        day: day.to_string(),
        interview_in_days: interview.map(|date| days_between(day, date)).filter(|days| *days >= 0),
        minutes_a_day: settings.minutes_a_day,
        spoken_week_s: spoken_since(&takes, &here.checked_sub(7.days()).unwrap_or(here)),
        interrupted: interrupted.and_then(|session| going_on(&session)),
        due: plan.today.iter().filter_map(|candidate| schedule::due(aloud, candidate)).collect(),
        later: u32::try_from(plan.later).unwrap_or(u32::MAX),
        mocks: packs
            .iter()
            .flat_map(|pack| pack.mocks.iter().map(|mock| mock_card(aloud, pack, mock, &sessions)))
            .collect(),
        ungraded: rows(aloud, &ungraded, &summary)?,
        recent: rows(aloud, &recent, &summary)?,
    })
}

fn spoken_since(takes: &[StoredTake], since: &jiff::Zoned) -> f64 {
    let since = since.timestamp();
    takes.iter().filter(|take| take.at >= since).map(StoredTake::seconds).sum()
}

/// A session that can go on, unless nothing was said in it yet.
fn going_on(session: &StoredSession) -> Option<Interrupted> {
    let state = &session.state;
    let begun = !state.outcomes.is_empty() || state.take().is_some();
    let stage = state.plan.stages.get(state.stage)?;
    let prompt = stage.prompts.get(state.prompt)?;
    let place = if state.plan.stages.len() > 1 {
        format!(
            "Stage {} of {}: {}, at “{}”.",
            state.stage + 1,
            state.plan.stages.len(),
            stage.title,
            prompt.title
        )
    } else {
        format!("At “{}”.", prompt.title)
    };
    begun.then(|| Interrupted { session: session.id.clone(), title: session.title.clone(), place })
}
