//! Runs: what each sitting showed of a stage or a signal, the kinds of grades told apart.

use super::weeks::week_of;
use super::{JudgedTake, Judgement, mean, steps};
use crate::grade::GradeKind;
use jiff::civil::Date;
use std::collections::HashMap;

/// More runs than this are drawn by the week.
pub const MOST_POINTS: usize = 40;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// One signal, wherever it was graded.
    Signal(&'a str),
    /// One stage of a mock (`mock/stage`), over all its signals.
    Stage(&'a str),
}

/// The mean levels of one sitting, or of one week, in steps above Junior; `None` where no such grade was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The practice day; of a week, its Monday.
    pub day: Date,
    /// How many sittings it stands for.
    pub sittings: usize,
    /// The take to look at: the last one of the sitting.
    pub take: String,
    /// Before the reveal.
    pub first: Option<f64>,
    /// After it.
    pub second: Option<f64>,
    /// On a later day; the latest of each take.
    pub later: Option<f64>,
    /// By others.
    pub peer: Option<f64>,
    /// The grades that count.
    pub counts: Option<f64>,
}

/// The runs of a subject, oldest first: one per sitting in which it was graded. `takes` come oldest first.
pub fn runs(takes: &[JudgedTake], subject: Subject<'_>) -> Vec<Run> {
    let mut order: Vec<Vec<&JudgedTake>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for take in takes.iter().filter(|take| is_about(take, subject)) {
        let index = *known.entry(&take.session).or_insert_with(|| {
            order.push(Vec::new());
            order.len() - 1
        });
        order[index].push(take);
    }
    order.iter().filter_map(|takes| run(takes, subject)).collect()
}

fn is_about(take: &JudgedTake, subject: Subject<'_>) -> bool {
    match subject {
        Subject::Signal(_) => true,
        Subject::Stage(stage) => take.stage.as_deref() == Some(stage),
    }
}

fn run(takes: &[&JudgedTake], subject: Subject<'_>) -> Option<Run> {
    let levels = |grade: &Judgement| -> Vec<f64> {
        match subject {
            Subject::Signal(signal) => grade.level(signal).map(steps).into_iter().collect(),
            Subject::Stage(_) => grade.levels.iter().map(|(_, level)| steps(*level)).collect(),
        }
    };
    let latest = |kind: GradeKind| {
        mean(
            takes
                .iter()
                .filter_map(|take| take.grades.iter().rfind(|grade| grade.kind == kind))
                .flat_map(levels),
        )
    };
    let peers = takes.iter().flat_map(|take| &take.grades).filter(|grade| grade.kind == GradeKind::Peer);
    let run = Run {
        day: takes.first()?.day,
        sittings: 1,
        take: takes
            .iter()
            .rfind(|take| take.grades.iter().any(|grade| !levels(grade).is_empty()))?
            .take
            .clone(),
        first: latest(GradeKind::First),
        second: latest(GradeKind::Second),
        later: latest(GradeKind::Later),
        peer: mean(peers.flat_map(levels)),
        counts: mean(takes.iter().filter_map(|take| take.counting()).flat_map(levels)),
    };
    Some(run)
}

/// The levels of the grades that count, one per run, of every signal and stage at once.
#[derive(Clone, Debug, Default)]
pub struct LevelsBySubject<'a> {
    signals: HashMap<&'a str, Levels<'a>>,
    stages: HashMap<&'a str, Levels<'a>>,
}

/// Sum and count per sitting, in the order of the sittings.
#[derive(Clone, Debug, Default)]
struct Levels<'a> {
    sittings: Vec<(f64, u32)>,
    known: HashMap<&'a str, usize>,
}

impl<'a> Levels<'a> {
    fn add(&mut self, session: &'a str, level: f64) {
        let index = *self.known.entry(session).or_insert_with(|| {
            self.sittings.push((0.0, 0));
            self.sittings.len() - 1
        });
        let sitting = &mut self.sittings[index];
        *sitting = (sitting.0 + level, sitting.1 + 1);
    }

    fn means(&self) -> Vec<f64> {
        self.sittings.iter().map(|(sum, count)| sum / f64::from(*count)).collect()
    }
}

impl LevelsBySubject<'_> {
    /// Of a signal.
    pub fn signal(&self, signal: &str) -> Vec<f64> {
        self.signals.get(signal).map(Levels::means).unwrap_or_default()
    }

    /// Of a stage.
    pub fn stage(&self, stage: &str) -> Vec<f64> {
        self.stages.get(stage).map(Levels::means).unwrap_or_default()
    }
}

/// Reads every subject in one pass; `takes` come oldest first.
pub fn levels_by_subject(takes: &[JudgedTake]) -> LevelsBySubject<'_> {
    let mut found = LevelsBySubject::default();
    for take in takes {
        let Some(grade) = take.counting() else { continue };
        for (signal, level) in &*grade.levels {
            found.signals.entry(signal).or_default().add(&take.session, steps(*level));
            if let Some(stage) = take.stage.as_deref() {
                found.stages.entry(stage).or_default().add(&take.session, steps(*level));
            }
        }
    }
    found
}

/// Runs as they are drawn: each by itself while there are few, else a mean per week.
pub fn drawn(runs: Vec<Run>) -> Vec<Run> {
    if runs.len() <= MOST_POINTS {
        return runs;
    }
    runs.chunk_by(|a, b| week_of(a.day) == week_of(b.day)).filter_map(together).collect()
}

fn together(runs: &[Run]) -> Option<Run> {
    let over = |of: fn(&Run) -> Option<f64>| mean(runs.iter().filter_map(of));
    let last = runs.last()?;
    Some(Run {
        day: week_of(last.day),
        sittings: runs.iter().map(|run| run.sittings).sum(),
        take: last.take.clone(),
        first: over(|run| run.first),
        second: over(|run| run.second),
        later: over(|run| run.later),
        peer: over(|run| run.peer),
        counts: over(|run| run.counts),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Level::{Junior, Mid, Senior, Staff};
    use crate::progress::tests::{day, judged, take};

    #[test]
    fn a_sitting_is_one_run_and_kinds_stay_apart() {
        let mut one = take(
            "p",
            0,
            vec![
                judged(GradeKind::First, 0, &[("a", Mid), ("b", Staff)]),
                judged(GradeKind::Second, 0, &[("a", Junior)]),
                judged(GradeKind::Peer, 0, &[("a", Senior)]),
                judged(GradeKind::Peer, 0, &[("a", Mid)]),
            ],
        );
        let mut two = take("q", 0, vec![judged(GradeKind::First, 0, &[("a", Senior)])]);
        one.session = "same".into();
        two.session = "same".into();
        let other = take("r", 3, vec![judged(GradeKind::First, 3, &[("b", Mid)])]);
        let found = runs(&[one, two, other], Subject::Signal("a"));
        // First: (Mid + Senior)/2 = 1.5. Second: Junior = 0. Peers: (2 + 1)/2. Counting: second 0 and first 2, so 1.
        assert_eq!(found.len(), 1, "a sitting without the signal is no run");
        assert_eq!(
            (found[0].first, found[0].second, found[0].later, found[0].peer, found[0].counts),
            (Some(1.5), Some(0.0), None, Some(1.5), Some(1.0))
        );
        assert_eq!(found[0].take, "take-q-0");
    }

    #[test]
    fn a_stage_is_all_its_prompts_and_signals() {
        let mut one = take("p", 0, vec![judged(GradeKind::First, 0, &[("a", Mid), ("b", Staff)])]);
        let mut two = take("q", 0, vec![judged(GradeKind::First, 0, &[("a", Senior)])]);
        (one.stage, two.stage) = (Some("m/s".into()), Some("m/s".into()));
        (one.session, two.session) = ("x".into(), "x".into());
        let found = runs(&[one, two], Subject::Stage("m/s"));
        assert_eq!(found.iter().map(|run| run.first).collect::<Vec<_>>(), [Some(2.0)], "(1 + 3 + 2) / 3");
        assert!(runs(&[take("r", 0, vec![])], Subject::Stage("m/s")).is_empty());
    }

    #[test]
    fn many_runs_are_drawn_by_the_week_with_nothing_left_out() {
        let one = |n: u32| take(&format!("q{n}"), n, vec![judged(GradeKind::First, n, &[("a", Mid)])]);
        let few: Vec<_> = (0..40).map(one).collect();
        assert_eq!(drawn(runs(&few, Subject::Signal("a"))).len(), 40);
        let many: Vec<_> = (0..70).map(one).collect();
        let weeks = drawn(runs(&many, Subject::Signal("a")));
        // 1 January 2026 is a Thursday: 70 days touch 11 weeks.
        assert_eq!((weeks.len(), weeks.iter().map(|week| week.sittings).sum::<usize>()), (11, 70));
        assert_eq!(weeks[1].day, day(4), "a Monday");
    }
}
