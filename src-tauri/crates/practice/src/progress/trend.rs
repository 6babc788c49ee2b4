//! Whether something improved, said only when it can be.

use super::mean;
use super::noise::Noise;
use super::runs::Run;

/// Nothing is said about a change from fewer runs than this.
pub const RUNS_NEEDED: usize = 3;
/// Beginning and end are the mean of a third of the runs each, but of no more than this many.
const MOST_AT_AN_END: usize = 10;

/// What may be said of a subject's runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Graded runs.
    pub runs: usize,
    /// Runs at each end that were averaged.
    pub at_each_end: usize,
    /// Mean level of the earliest of them, in steps above Junior; `None` when there are no runs.
    pub start: Option<f64>,
    /// Mean level of the latest.
    pub now: Option<f64>,
    /// What that amounts to.
    pub claim: Claim,
}

/// What may be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Too few runs to speak of a change.
    TooFewRuns,
    /// One's own noise is not known yet.
    NoiseUnknown,
    /// There may be a change, but one's own grades of one take differ as much.
    WithinNoise,
    /// Better, by more than the noise.
    Improved,
    /// Worse, by more than the noise.
    Slipped,
}

/// Compares the latest runs with the earliest.
pub fn trend(runs: &[Run], noise: &Noise) -> Trend {
    let levels: Vec<f64> = runs.iter().filter_map(|run| run.counts).collect();
    trend_of(&levels, noise)
}

/// The same from the levels of the grades that count, one per run, oldest first.
pub fn trend_of(levels: &[f64], noise: &Noise) -> Trend {
    let end = (levels.len() / 3).clamp(1, MOST_AT_AN_END).min(levels.len());
    let start = mean(levels.iter().take(end).copied());
    let now = mean(levels.iter().rev().take(end).copied());
    let claim = match (start.zip(now), noise.band()) {
        _ if levels.len() < RUNS_NEEDED => Claim::TooFewRuns,
        (None, _) => Claim::TooFewRuns,
        (_, None) => Claim::NoiseUnknown,
        (Some((start, now)), Some(band)) if now - start > band => Claim::Improved,
        (Some((start, now)), Some(band)) if start - now > band => Claim::Slipped,
        _ => Claim::WithinNoise,
    };
    Trend { runs: levels.len(), at_each_end: end, start, now, claim }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::GradeKind;
    use crate::level::Level::{self, Junior, Mid, Senior};
    use crate::progress::noise::{NARROWEST, noise};
    use crate::progress::runs::{Subject, runs};
    use crate::progress::tests::{day, judged, take};
    use crate::progress::{JudgedTake, Judgement};
    use proptest::prelude::*;

    /// One take a day with a first grade, and for each of the last a blind one that many levels away.
    fn history(levels: &[Level], again: &[Level]) -> Vec<JudgedTake> {
        let one = |(n, level): (usize, &Level)| {
            let on = n as u32;
            let mut grades = vec![judged(GradeKind::First, on, &[("a", *level)])];
            grades.extend(again.get(n).map(|later| judged(GradeKind::Later, on + 1, &[("a", *later)])));
            take(&format!("q{n}"), on, grades)
        };
        levels.iter().enumerate().map(one).collect()
    }

    fn claim(takes: &[JudgedTake]) -> Claim {
        trend(&runs(takes, Subject::Signal("a")), &noise(takes)).claim
    }

    #[test]
    fn two_runs_show_nothing_and_a_third_only_with_known_noise() {
        assert_eq!(claim(&history(&[Junior, Senior], &[])), Claim::TooFewRuns);
        assert_eq!(claim(&history(&[Junior, Mid, Senior], &[Junior, Mid])), Claim::NoiseUnknown);
        // Steady re-grades: the band is 0.80, the change 2 levels.
        assert_eq!(claim(&history(&[Junior, Mid, Senior], &[Junior, Mid, Senior])), Claim::Improved);
        assert_eq!(claim(&history(&[Senior, Mid, Junior], &[Senior, Mid, Junior])), Claim::Slipped);
        assert_eq!(claim(&[]), Claim::TooFewRuns);
    }

    #[test]
    fn a_level_is_no_improvement_for_who_grades_a_level_apart() {
        // Differences 1, 0, 0 over three takes: the band is 3.182 · √(1/3) = 1.84, the change 1.
        assert_eq!(claim(&history(&[Mid, Mid, Senior], &[Senior, Mid, Senior])), Claim::WithinNoise);
    }

    #[test]
    fn ends_are_thirds_of_at_most_ten_runs() {
        let levels: Vec<Level> = [Mid; 9].into_iter().chain([Senior; 3]).collect();
        let found = trend(&runs(&history(&levels, &[]), Subject::Signal("a")), &Noise::default());
        // Twelve runs: four at each end. Latest: (1 + 2 + 2 + 2) / 4.
        assert_eq!((found.at_each_end, found.start, found.now), (4, Some(1.0), Some(1.75)));
        let found = trend(&runs(&history(&[Mid; 90], &[]), Subject::Signal("a")), &Noise::default());
        assert_eq!(found.at_each_end, 10);
    }

    fn level() -> impl Strategy<Value = Level> {
        prop::sample::select(Level::ALL.to_vec())
    }

    prop_compose! {
        /// Any history: levels, kinds, blind and seen re-grades, peers.
        fn any_history()(takes in prop::collection::vec(
            (level(), prop::collection::vec((0usize..4, level(), any::<bool>(), 0u32..4), 0..4)), 0..40,
        )) -> Vec<JudgedTake> {
            takes.into_iter().enumerate().map(|(n, (first, more))| {
                let on = n as u32;
                let mut grades = vec![judged(GradeKind::First, on, &[("a", first)])];
                grades.extend(more.into_iter().map(|(kind, level, unticked, later)| Judgement {
                    unticked,
                    ..judged([GradeKind::First, GradeKind::Second, GradeKind::Later, GradeKind::Peer][kind], on + later, &[("a", level)])
                }));
                take(&format!("q{n}"), on, grades)
            }).collect()
        }
    }

    proptest! {
        /// Whatever the history: a claim needs three runs, three re-graded takes, and a change larger than the band.
        #[test]
        fn nothing_is_claimed_inside_the_band(takes in any_history()) {
            let noise = noise(&takes);
            let found = trend(&runs(&takes, Subject::Signal("a")), &noise);
            if matches!(found.claim, Claim::Improved | Claim::Slipped) {
                let change = found.now.unwrap() - found.start.unwrap();
                prop_assert!(found.runs >= RUNS_NEEDED && noise.takes >= 3);
                prop_assert!(change.abs() > noise.band().unwrap() && change.abs() > NARROWEST);
                prop_assert_eq!(found.claim == Claim::Improved, change > 0.0);
            }
        }

        /// A grade that only repeats the one that counts is no news: given again to the same take, in any light but the
        /// blind one that measures the noise, or stored twice, it changes nothing that is claimed.
        #[test]
        fn a_repeated_grade_changes_no_claim(takes in any_history(), which in any::<prop::sample::Index>(), kind in 0usize..4) {
            prop_assume!(!takes.is_empty());
            let before = claim(&takes);
            let mut repeated = takes.clone();
            let at = which.index(takes.len());
            let same = takes[at].counting().unwrap().clone();
            let kind = [GradeKind::First, GradeKind::Second, GradeKind::Later, GradeKind::Peer][kind];
            let last = takes[at].grades.last().map_or(day(0), |grade| grade.day);
            repeated[at].grades.push(Judgement { kind, unticked: false, day: last, ..same });
            prop_assert_eq!(claim(&repeated), before);
            let mut stored_twice = takes.clone();
            let copy = takes[at].grades.last().unwrap().clone();
            stored_twice[at].grades.push(copy);
            prop_assert_eq!(claim(&stored_twice), before);
        }

        /// Read for all subjects at once, a history tells the same as read for one.
        #[test]
        fn all_subjects_at_once_are_each_by_itself(takes in any_history(), sessions in prop::collection::vec(0u8..9, 40), stages in prop::collection::vec(0u8..3, 40)) {
            let mut takes = takes;
            for (n, take) in takes.iter_mut().enumerate() {
                take.session = format!("session-{}", sessions[n]).into();
                take.stage = (stages[n] > 0).then(|| format!("m/s{}", stages[n]).into());
            }
            let all = crate::progress::runs::levels_by_subject(&takes);
            let alone = |subject| runs(&takes, subject).into_iter().filter_map(|run| run.counts).collect::<Vec<_>>();
            prop_assert_eq!(all.signal("a"), alone(Subject::Signal("a")));
            for stage in ["m/s1", "m/s2"] {
                prop_assert_eq!(all.stage(stage), alone(Subject::Stage(stage)));
            }
        }

        /// Someone who always gives the same level has neither improved nor slipped, however they grade it later.
        #[test]
        fn the_same_level_every_time_is_no_change(level in level(), count in 0usize..40, again in prop::collection::vec(level(), 0..40)) {
            let found = claim(&history(&vec![level; count], &again));
            prop_assert!(!matches!(found, Claim::Improved | Claim::Slipped));
        }

        /// Grades that wander by chance around one level are not called improvement more often than they should be: with
        /// the noise known from as many re-grades as runs, a claim needs ends further apart than single grades ever were.
        #[test]
        fn a_wandering_level_stays_within_its_own_noise(steps in prop::collection::vec(0usize..2, 12..40)) {
            // Every take is graded at one of two neighbouring levels, and at the other one when graded again.
            let levels: Vec<Level> = steps.iter().map(|step| Level::ALL[1 + step]).collect();
            let again: Vec<Level> = steps.iter().map(|step| Level::ALL[2 - step]).collect();
            prop_assert_eq!(claim(&history(&levels, &again)), Claim::WithinNoise);
        }
    }
}
