//! Choosing a drill from history.

use crate::browse::asked;
use crate::failure::{Failure, Outcome};
use crate::schedule::{History, candidates};
use crate::state::Aloud;
use crate::views::asked::Asked;
use crate::views::scorecard::DrillWish;
use aloud_practice::day::practice_day;
use aloud_practice::drill::{Known, choose};
use aloud_practice::score::counting;
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
    let takes = aloud.shelf.with(|library| library.takes())?;
    let known = pack
        .shown()
        .filter(|(section, _, _)| wish.section.as_ref().is_none_or(|wanted| section.id == *wanted))
        .filter(|(_, _, question)| wish.depth.is_none_or(|wanted| question.depth == Some(wanted)))
        .filter(|(_, _, question)| {
            wish.signal.as_ref().is_none_or(|wanted| question.signals.contains(wanted))
        })
        .map(|(_, _, question)| {
            let mine: Vec<_> = takes
                .iter()
                .filter(|take| take.pack == pack.id && take.question == question.id && take.progress.spoken)
                .collect();
            // Newest first: the first one with a grade says where one stands.
            let level = mine.iter().find_map(|take| {
                let grades: Vec<_> =
                    history.grades(&take.id).iter().map(|stored| stored.grade.clone()).collect();
                counting(&grades)?.levels.values().min().copied()
            });
            Known {
                due: due.get(&question.id).copied(),
                takes: u32::try_from(mine.len()).unwrap_or(u32::MAX),
                level,
                question,
            }
        })
        .collect();
    let chosen = choose(known, wish.pick, wish.count as usize, practice_day(&aloud.wall.here()));
    Ok(chosen.into_iter().map(|question| asked(&pack, question)).collect())
}
