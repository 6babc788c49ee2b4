//! What to do today.

use crate::browse::mock_card;
use crate::failure::Outcome;
use crate::figures::count;
use crate::review::rows;
use crate::schedule::{self, History};
use crate::settings;
use crate::state::Aloud;
use crate::views::lists::{Interrupted, Today};
use crate::views::takes::TakeRow;
use aloud_library::{BriefTake, StoredSession};
use aloud_practice::day::{days_between, practice_day};
use aloud_practice::session::SessionKind;
use jiff::ToSpan as _;

/// Lists on Today are at most this long.
const RECENT: usize = 6;

/// What is due, what can be started, what happened last.
pub fn today(aloud: &Aloud) -> Outcome<Today> {
    let settings = settings::current(&aloud.shelf);
    let history = History::read(aloud)?;
    let spoken = || history.takes.iter().rev().filter(|take| take.is_listed());
    let newest = |takes: &mut dyn Iterator<Item = &BriefTake>| -> Outcome<Vec<TakeRow>> {
        let ids: Vec<&str> = takes.take(RECENT).map(|take| take.id.as_str()).collect();
        Ok(rows(aloud, &aloud.shelf.with(|library| library.these_takes(&ids))?))
    };
    let here = aloud.wall.here();
    let day = practice_day(&here);
    let plan = schedule::plan(aloud, &history);
    let interview = schedule::interview_date(aloud);
    let interrupted = aloud.shelf.with(|library| library.interrupted_session())?;
    let mut mocks = Vec::new();
    for pack in aloud.shelf.packs() {
        let runs = aloud.shelf.with(|library| library.mock_runs(&pack.id))?;
        mocks.extend(pack.mocks.iter().map(|mock| mock_card(aloud, &pack, mock, &runs)));
    }
    Ok(Today {
        day: day.to_string(),
        interview_in_days: interview.map(|date| days_between(day, date)).filter(|days| *days >= 0),
        minutes_a_day: settings.minutes_a_day,
        spoken_week_s: spoken_since(&history, &here.checked_sub(7.days()).unwrap_or(here)),
        interrupted: interrupted.and_then(|session| going_on(&session)),
        due: plan.today.iter().filter_map(|candidate| schedule::due(aloud, candidate)).collect(),
        later: count(plan.later),
        mocks,
        ungraded: newest(&mut spoken().filter(|take| !take.graded()))?,
        recent: newest(&mut spoken())?,
    })
}

fn spoken_since(history: &History, since: &jiff::Zoned) -> f64 {
    let since = since.timestamp();
    history.takes.iter().rev().take_while(|take| take.at >= since).map(|take| take.seconds).sum()
}

/// A session that can go on, unless nothing was said in it yet.
fn going_on(session: &StoredSession) -> Option<Interrupted> {
    let state = &session.state;
    let begun = !state.outcomes.is_empty() || state.take().is_some();
    let stage = state.plan.stages.get(state.stage)?;
    let prompt = stage.prompts.get(state.prompt)?;
    let (nth, all) = (state.stage + 1, state.plan.stages.len());
    let place = if matches!(session.kind, SessionKind::Drill) {
        format!("Question {nth} of {all}: {}.", prompt.title)
    } else if all > 1 {
        format!("Stage {nth} of {all}: {}, at “{}”.", stage.title, prompt.title)
    } else {
        format!("At “{}”.", prompt.title)
    };
    begun.then(|| Interrupted { session: session.id.clone(), title: session.title.clone(), place })
}
