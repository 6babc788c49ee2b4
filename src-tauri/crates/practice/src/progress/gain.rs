//! Repeat gain and transfer gain, apart: the same prompt again, and another prompt on the same skill.
//!
//! Answering a prompt again shows what was remembered of it; answering another one shows what was learnt.

use super::{JudgedTake, mean, shared, steps};
use std::collections::{HashMap, HashSet};

/// Gains are told from this many pairs of takes on.
pub const PAIRS_NEEDED: usize = 3;

/// The mean change from one take to another, in levels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gain {
    /// Pairs of takes compared.
    pub pairs: usize,
    /// Mean over the pairs of the change of the levels they share; `None` without pairs.
    pub mean: Option<f64>,
}

/// Both gains.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gains {
    /// From the first take of a prompt to its second sitting.
    pub repeat: Gain,
    /// From the first take of a prompt to the first take of another prompt, never tried before: its sibling, or one of
    /// the same stage.
    pub transfer: Gain,
}

/// Gains over these takes, oldest first. Each prompt gives at most one pair to either: what a third attempt adds is
/// practice of that prompt, and would drown the rest.
pub fn gains(takes: &[JudgedTake]) -> Gains {
    let mut repeats: Vec<f64> = Vec::new();
    let mut transfers: Vec<f64> = Vec::new();
    let mut first: HashMap<&str, &JudgedTake> = HashMap::new();
    let mut by_stage: HashMap<&str, &JudgedTake> = HashMap::new();
    let mut repeated: HashSet<&str> = HashSet::new();
    let mut transferred: HashSet<&str> = HashSet::new();
    // Questions that name each other as siblings, both ways round.
    let mut siblings: HashMap<&str, &JudgedTake> = HashMap::new();
    for take in takes.iter().filter(|take| take.counting().is_some()) {
        let question = &*take.question;
        if let Some(before) = first.get(question) {
            if before.session != take.session && !repeated.contains(question) {
                repeated.insert(question);
                repeats.extend(change(before, take));
            }
            continue;
        }
        let named = take.sibling.as_deref().and_then(|sibling| first.get(sibling));
        let of_stage = take
            .stage
            .as_deref()
            .and_then(|stage| by_stage.get(stage))
            .filter(|before| before.session != take.session);
        let source = named.or_else(|| siblings.get(question)).or(of_stage).copied();
        if let Some(before) = source.filter(|before| !transferred.contains(&*before.question))
            && let Some(change) = change(before, take)
        {
            transferred.insert(&before.question);
            transfers.push(change);
        }
        first.insert(question, take);
        if let Some(sibling) = take.sibling.as_deref() {
            siblings.entry(sibling).or_insert(take);
        }
        if let Some(stage) = take.stage.as_deref() {
            by_stage.entry(stage).or_insert(take);
        }
    }
    let gain = |changes: &[f64]| Gain { pairs: changes.len(), mean: mean(changes.iter().copied()) };
    Gains { repeat: gain(&repeats), transfer: gain(&transfers) }
}

/// The mean change over the signals both takes were graded on.
fn change(before: &JudgedTake, now: &JudgedTake) -> Option<f64> {
    mean(shared(before.counting()?, now.counting()?).map(|(_, before, now)| steps(now) - steps(before)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::GradeKind;
    use crate::level::Level::{self, Junior, Mid, Senior, Staff};
    use crate::progress::tests::{judged, take};

    fn graded(question: &str, on: u32, levels: &[(&str, Level)]) -> JudgedTake {
        take(question, on, vec![judged(GradeKind::First, on, levels)])
    }

    #[test]
    fn the_same_prompt_and_its_sibling_are_told_apart() {
        let mut p = graded("p", 0, &[("a", Junior), ("b", Mid)]);
        p.sibling = Some("q".into());
        let again = graded("p", 1, &[("a", Senior), ("b", Senior)]);
        let sibling = graded("q", 1, &[("a", Mid)]);
        let third = graded("p", 2, &[("a", Staff), ("b", Staff)]);
        let found = gains(&[p, again, sibling, third]);
        // Repeat: (2 − 0 + 2 − 1) / 2 = 1.5, once. Transfer: a from 0 to 1.
        assert_eq!(found.repeat, Gain { pairs: 1, mean: Some(1.5) });
        assert_eq!(found.transfer, Gain { pairs: 1, mean: Some(1.0) });
    }

    #[test]
    fn another_variant_of_a_stage_is_transfer_but_prompts_of_one_sitting_are_not() {
        let staged = |question, on, session: &str, level| JudgedTake {
            stage: Some("m/s".into()),
            session: session.into(),
            ..graded(question, on, &[("a", level)])
        };
        let found =
            gains(&[staged("a1", 0, "x", Mid), staged("a2", 0, "x", Staff), staged("b1", 5, "y", Senior)]);
        assert_eq!((found.repeat.pairs, found.transfer), (0, Gain { pairs: 1, mean: Some(1.0) }));
    }

    #[test]
    fn the_same_prompt_twice_in_one_sitting_is_no_repeat() {
        let one = graded("p", 0, &[("a", Mid)]);
        let two = JudgedTake { session: one.session.clone(), ..graded("p", 0, &[("a", Staff)]) };
        assert_eq!(gains(&[one, two]), Gains::default());
    }
}
