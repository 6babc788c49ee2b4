//! The scorecard: what each stage showed against the target, and which one was weakest and why.

use crate::grade::{Grade, GradeKind};
use crate::level::Level;
use crate::session::Ended;
use std::collections::BTreeMap;

/// What came of one prompt of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptScore {
    /// The question.
    pub question: String,
    /// Level by signal id, from the grade that counts; empty when it was not graded.
    pub levels: BTreeMap<String, Level>,
    /// Key points heard and all key points; `None` before the reveal.
    pub heard: Option<(usize, usize)>,
    /// How it ended.
    pub ended: Ended,
}

/// What came of one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageScore {
    /// The stage's id.
    pub stage: String,
    /// Its prompts, in order.
    pub prompts: Vec<PromptScore>,
}

/// Why a stage is the weakest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weakest {
    /// Index of the stage.
    pub stage: usize,
    /// Index of the prompt in it that shows it most.
    pub prompt: usize,
    /// The signal that fell furthest below the target, and its level; `None` when all met it.
    pub below: Option<(String, Level)>,
    /// Key points heard and all, over the whole stage; `None` when nothing was ticked.
    pub heard: Option<(usize, usize)>,
    /// Prompts that ran out of time or were not reached.
    pub overrun: usize,
}

/// The grade that counts for a take: the person's own second one, else the first, else a later one.
pub fn counting(grades: &[Grade]) -> Option<&Grade> {
    counting_of(grades, |grade| grade.by.is_none().then_some(grade.kind))
}

/// The same rule for grades in any shape: `own` tells the kind of the person's own ones.
pub fn counting_of<T>(grades: &[T], own: impl Fn(&T) -> Option<GradeKind>) -> Option<&T> {
    let latest = |kind: GradeKind| grades.iter().rfind(|grade| own(grade) == Some(kind));
    latest(GradeKind::Second).or_else(|| latest(GradeKind::First)).or_else(|| latest(GradeKind::Later))
}

impl PromptScore {
    /// The signal furthest below the target; among equals the first by id.
    fn below(&self, target: Level) -> Option<(&String, Level)> {
        let short = self.levels.iter().filter(|(_, level)| level.shortfall(target) > 0);
        short.min_by_key(|(_, level)| **level).map(|(signal, level)| (signal, *level))
    }

    fn ran_out(&self) -> bool {
        matches!(self.ended, Ended::TimeUp | Ended::NotReached)
    }
}

impl StageScore {
    /// Whether any prompt of it was graded.
    pub fn is_graded(&self) -> bool {
        self.prompts.iter().any(|prompt| !prompt.levels.is_empty())
    }

    /// Key points heard and all of them, over the prompts where they were ticked.
    pub fn heard(&self) -> Option<(usize, usize)> {
        let counted: Vec<_> = self.prompts.iter().filter_map(|prompt| prompt.heard).collect();
        (!counted.is_empty())
            .then(|| counted.iter().fold((0, 0), |sum, heard| (sum.0 + heard.0, sum.1 + heard.1)))
    }

    /// Prompts that ran out of time or were not reached.
    pub fn overrun(&self) -> usize {
        self.prompts.iter().filter(|prompt| prompt.ran_out()).count()
    }

    /// How it compares: the largest shortfall of a signal, then how many fell short, then missed key points in a
    /// thousand, then overruns. Larger is weaker.
    fn weakness(&self, target: Level) -> (u8, usize, usize, usize) {
        let shortfalls: Vec<u8> = self
            .prompts
            .iter()
            .flat_map(|prompt| prompt.levels.values().map(|level| level.shortfall(target)))
            .collect();
        let worst = shortfalls.iter().copied().max().unwrap_or(0);
        let short = shortfalls.iter().filter(|short| **short > 0);
        let at_worst = short.filter(|short| **short == worst).map(|_| 1usize).sum();
        let missed =
            self.heard().and_then(|(heard, all)| ((all - heard) * 1_000).checked_div(all)).unwrap_or(0);
        (worst, at_worst, missed, self.overrun())
    }
}

/// The weakest stage: largest shortfall below the target, then coverage of key points, then overrun. Stages that were
/// not graded cannot be judged. `None` when none was.
pub fn weakest(stages: &[StageScore], target: Level) -> Option<Weakest> {
    let graded = stages.iter().enumerate().filter(|(_, stage)| stage.is_graded());
    // Among equals the earlier stage: `max_by_key` takes the last, so the order is turned round.
    let (index, stage) = graded.rev().max_by_key(|(_, stage)| stage.weakness(target))?;
    let prompt_weakness = |prompt: &PromptScore| {
        let below = prompt.below(target).map_or(0, |(_, level)| level.shortfall(target));
        let missed = prompt.heard.map_or(0, |(heard, all)| all - heard);
        (below, missed, prompt.ran_out())
    };
    let graded = stage.prompts.iter().enumerate().filter(|(_, prompt)| !prompt.levels.is_empty());
    let (prompt, shown) = graded.rev().max_by_key(|(_, prompt)| prompt_weakness(prompt))?;
    Some(Weakest {
        stage: index,
        prompt,
        below: shown.below(target).map(|(signal, level)| (signal.clone(), level)),
        heard: stage.heard(),
        overrun: stage.overrun(),
    })
}

impl Weakest {
    /// The reason as a sentence: "Mid on Failure thinking, target Senior. You named 2 of 5 key points, and the time ran
    /// out." `name` turns a signal's id into its name.
    pub fn sentence(&self, target: Level, name: impl Fn(&str) -> String) -> String {
        let below = match &self.below {
            Some((signal, level)) => format!("{level} on {}, target {target}.", name(signal)),
            None => format!("Every signal met {target} here; this stage had the least to spare."),
        };
        let points = self.heard.filter(|(heard, all)| heard < all);
        let more = match (points, self.overrun > 0) {
            (Some((heard, all)), true) => {
                format!(" You named {heard} of {all} key points, and the time ran out.")
            }
            (Some((heard, all)), false) => format!(" You named {heard} of {all} key points."),
            (None, true) => " The time ran out.".to_owned(),
            (None, false) => String::new(),
        };
        below + &more
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Level::{Junior, Mid, Senior, Staff};

    fn prompt(levels: &[Level], heard: Option<(usize, usize)>, ended: Ended) -> PromptScore {
        let levels = levels.iter().enumerate().map(|(n, level)| (format!("signal-{n}"), *level)).collect();
        PromptScore { question: "q".into(), levels, heard, ended }
    }

    fn stage(prompts: Vec<PromptScore>) -> StageScore {
        StageScore { stage: "s".into(), prompts }
    }

    #[test]
    fn the_largest_shortfall_comes_first() {
        let stages = [
            stage(vec![prompt(&[Mid, Mid], Some((0, 5)), Ended::TimeUp)]),
            stage(vec![prompt(&[Staff, Junior], Some((5, 5)), Ended::Finished)]),
        ];
        let found = weakest(&stages, Senior).unwrap();
        assert_eq!((found.stage, found.below), (1, Some(("signal-1".into(), Junior))));
    }

    #[test]
    fn then_coverage_then_overrun_then_the_earlier_stage() {
        let full = stage(vec![prompt(&[Senior], Some((5, 5)), Ended::Finished)]);
        let half = stage(vec![prompt(&[Senior], Some((2, 5)), Ended::Finished)]);
        let late = stage(vec![prompt(&[Senior], Some((5, 5)), Ended::TimeUp)]);
        assert_eq!(weakest(&[full.clone(), late.clone(), half], Senior).unwrap().stage, 2);
        assert_eq!(weakest(&[full.clone(), late], Senior).unwrap().stage, 1);
        assert_eq!(weakest(&[full.clone(), full], Senior).unwrap().stage, 0);
    }

    #[test]
    fn a_stage_nobody_graded_cannot_be_the_weakest() {
        let unknown = stage(vec![prompt(&[], None, Ended::NotReached)]);
        let known = stage(vec![prompt(&[Staff], None, Ended::Finished)]);
        assert_eq!(weakest(&[unknown.clone(), known], Senior).unwrap().stage, 1);
        assert_eq!(weakest(&[unknown], Senior), None);
    }

    #[test]
    fn the_reason_is_a_sentence() {
        let stages = [stage(vec![prompt(&[Mid], Some((2, 5)), Ended::TimeUp)])];
        let said = weakest(&stages, Senior).unwrap().sentence(Senior, |_| "Failure thinking".into());
        assert_eq!(
            said,
            "Mid on Failure thinking, target Senior. You named 2 of 5 key points, and the time ran out."
        );
        let fine = [stage(vec![prompt(&[Senior], Some((5, 5)), Ended::Finished)])];
        let said = weakest(&fine, Senior).unwrap().sentence(Senior, |_| String::new());
        assert_eq!(said, "Every signal met Senior here; this stage had the least to spare.");
    }
}
