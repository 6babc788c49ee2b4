//! Choosing questions for a drill.

use crate::level::Level;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which questions to prefer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// In the pack's order.
    InOrder,
    /// Those due to come back, longest waiting first.
    Due,
    /// Those never tried, in the pack's order.
    NeverTried,
    /// Those graded lowest, lowest first.
    Weakest,
}

/// What is known about a question when choosing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// The question.
    pub question: T,
    /// How often it was tried.
    pub takes: u32,
    /// Lowest level of its latest grade.
    pub level: Option<Level>,
    /// When it comes back.
    pub due: Option<Date>,
}

/// Chooses at most `count` of the questions, which come in the pack's order.
pub fn choose<T>(known: Vec<Known<T>>, pick: Pick, count: usize, today: Date) -> Vec<T> {
    let mut chosen: Vec<Known<T>> = match pick {
        Pick::InOrder => known,
        Pick::NeverTried => known.into_iter().filter(|one| one.takes == 0).collect(),
        Pick::Due => known.into_iter().filter(|one| one.due.is_some_and(|due| due <= today)).collect(),
        Pick::Weakest => known.into_iter().filter(|one| one.level.is_some()).collect(),
    };
    // Stable: equals stay in the pack's order.
    match pick {
        Pick::InOrder | Pick::NeverTried => {}
        Pick::Due => chosen.sort_by_key(|one| one.due),
        Pick::Weakest => chosen.sort_by_key(|one| one.level),
    }
    chosen.into_iter().take(count).map(|one| one.question).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn each_pick_takes_its_own_in_its_own_order() {
        let known = |question, takes, level, due: Option<i8>| Known {
            question,
            takes,
            level,
            due: due.map(|day| date(2026, 11, day)),
        };
        let all = vec![
            known("a", 2, Some(Level::Senior), Some(25)),
            known("b", 0, None, None),
            known("c", 1, Some(Level::Junior), Some(20)),
            known("d", 1, Some(Level::Mid), Some(10)),
            known("e", 0, None, None),
        ];
        let pick = |pick| choose(all.clone(), pick, 2, date(2026, 11, 22));
        assert_eq!(pick(Pick::InOrder), ["a", "b"]);
        assert_eq!(pick(Pick::NeverTried), ["b", "e"]);
        assert_eq!(pick(Pick::Due), ["d", "c"]);
        assert_eq!(pick(Pick::Weakest), ["c", "d"]);
    }
}
