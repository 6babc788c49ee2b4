//! Choosing a drill from history.

use crate::browse::{Tried, asked, tried};
use crate::failure::{Failure, Outcome};
use crate::schedule::{History, candidates};
use crate::state::Aloud;
use crate::views::asked::Asked;
use crate::views::scorecard::DrillWish;
use aloud_practice::day::practice_day;
use aloud_practice::drill::{Known, choose};
use std::collections::HashMap;

/// The longest drill.
const MOST: u32 = 20;

/// The questions a wish comes to, in the order they would be asked.
pub fn suggest(aloud: &Aloud, wish: &DrillWish) -> Outcome<Vec<Asked>> {
    if !(1..=MOST).contains(&wish.count) {
        return Err(Failure::new(format!("A drill has between 1 and {MOST} questions.")));
    }
    let pack = aloud.shelf.pack(&wish.pack)?;
    let history = History::read(aloud)?;
    let due: HashMap<String, jiff::civil::Date> = candidates(aloud, &history)
        .into_iter()
        .filter(|candidate| !candidate.stage && candidate.what.pack == pack.id)
        .map(|candidate| (candidate.what.of, candidate.due))
        .collect();
    let tried = tried(&history.takes, &pack.id);
    let known = pack
        .shown()
        .filter(|(section, _, _)| wish.section.as_ref().is_none_or(|wanted| section.id == *wanted))
        .filter(|(_, _, question)| wish.depth.is_none_or(|wanted| question.depth == Some(wanted)))
        .filter(|(_, _, question)| {
            wish.signal.as_ref().is_none_or(|wanted| question.signals.contains(wanted))
        })
        .map(|(_, _, question)| {
            let Tried { takes, last: level } = tried.get(question.id.as_str()).copied().unwrap_or_default();
            Known { due: due.get(&question.id).copied(), takes, level, question }
        })
        .collect();
    let chosen = choose(known, wish.pick, wish.count as usize, practice_day(&aloud.wall.here()));
    Ok(chosen.into_iter().map(|question| asked(&pack, question)).collect())
}
