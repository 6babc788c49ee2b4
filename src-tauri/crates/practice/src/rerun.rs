//! What comes back, and when.
//!
//! Promise: the schedule is computed from history alone, so it can never disagree with it. Stages return the next
//! practice day and then at simply widening gaps; questions return when `fsrs` (default parameters) expects one in ten
//! of them to be forgotten. With an interview date, no gap is longer than three tenths of the days that are left, and on its eve
//! nothing more is promised. What is overdue does not pile up: a day's plan holds what fits into the minutes set aside.

use crate::day::{days_between, later};
use crate::level::Level;
use fsrs::{DEFAULT_PARAMETERS, FSRS, MemoryState};
use jiff::civil::Date;

/// Days from the n-th attempt at a stage to the next one.
const GAPS: [i32; 5] = [1, 3, 7, 14, 30];
/// No gap takes more than this share of the days that are left before the interview.
const SHARE_OF_DAYS_LEFT: f64 = 0.3;
/// How likely one should still know it when a question comes back.
const RETENTION: f32 = 0.9;
/// The longest a question stays away, in days.
const LONGEST_GAP: i32 = 180;

/// The gap before the next attempt at a stage, in days, after `attempts` of them (at least one).
pub fn stage_gap(attempts: usize) -> i32 {
    GAPS[attempts.saturating_sub(1).min(GAPS.len() - 1)]
}

/// The day on which something last done on `last` comes back after `gap` days, seen from there.
///
/// `None` when the interview is on the next day, or over: then nothing is promised.
pub fn due_day(last: Date, gap: i32, interview: Option<Date>) -> Option<Date> {
    let gap = gap.max(1);
    let Some(interview) = interview else { return Some(later(last, gap)) };
    let left = days_between(last, interview);
    if left <= 1 {
        return None;
    }
    let most = (f64::from(left) * SHARE_OF_DAYS_LEFT).floor() as i32;
    Some(later(last, gap.min(most.max(1))))
}

/// One attempt at a question, as far as remembering goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The practice day.
    pub day: Date,
    /// The lowest level of the grade that counts.
    pub level: Level,
}

/// How well an attempt went, as `fsrs` counts: 1 again, 2 hard, 3 good, 4 easy.
fn rating(level: Level, target: Level) -> u32 {
    match level.shortfall(target) {
        0 if level > target => 4,
        0 => 3,
        1 => 2,
        _ => 1,
    }
}

/// Days until a question should come back, after these attempts, oldest first. Several on one day count as one: the last.
pub fn question_gap(attempts: &[Attempt], target: Level) -> Option<i32> {
    let fsrs = FSRS::new(&DEFAULT_PARAMETERS).ok()?;
    let mut memory: Option<MemoryState> = None;
    let mut previous: Option<Date> = None;
    let mut gap = None;
    for (index, attempt) in attempts.iter().enumerate() {
        if attempts.get(index + 1).is_some_and(|next| next.day == attempt.day) {
            continue;
        }
        let elapsed = previous.map_or(0, |day| days_between(day, attempt.day).max(0));
        let next = fsrs.next_states(memory, RETENTION, elapsed.unsigned_abs()).ok()?;
        let state = match rating(attempt.level, target) {
            1 => next.again,
            2 => next.hard,
            3 => next.good,
            _ => next.easy,
        };
        gap = Some((state.interval.round() as i32).clamp(1, LONGEST_GAP));
        memory = Some(state.memory);
        previous = Some(attempt.day);
    }
    gap
}

/// Something that may come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<T> {
    /// What it is.
    pub what: T,
    /// A stage of a mock goes before questions.
    pub stage: bool,
    /// The day it is due.
    pub due: Date,
    /// How long it takes.
    pub minutes: u32,
}

/// A day's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayPlan<T> {
    /// What fits, most important first.
    pub today: Vec<Candidate<T>>,
    /// How many more are due and wait for another day, without reproach.
    pub later: usize,
}

/// Chooses what of the due fits into `minutes`: stages before questions, then what has waited longest. The first one is
/// always in, however long it takes.
pub fn plan_day<T>(candidates: Vec<Candidate<T>>, today: Date, minutes: u32) -> DayPlan<T> {
    let mut due: Vec<Candidate<T>> =
        candidates.into_iter().filter(|candidate| candidate.due <= today).collect();
    due.sort_by_key(|candidate| (!candidate.stage, candidate.due));
    let mut left = minutes;
    let mut plan = DayPlan { today: Vec::new(), later: 0 };
    for candidate in due {
        if plan.today.is_empty() || candidate.minutes <= left {
            left = left.saturating_sub(candidate.minutes);
            plan.today.push(candidate);
        } else {
            plan.later += 1;
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 22);

    fn at(day: i8, level: Level) -> Attempt {
        Attempt { day: date(2026, 11, day), level }
    }

    #[test]
    fn a_stage_comes_back_tomorrow_and_then_less_often() {
        assert_eq!(due_day(TODAY, stage_gap(1), None), Some(date(2026, 11, 23)));
        let gaps: Vec<i32> = (1..=7).map(stage_gap).collect();
        assert_eq!(gaps, [1, 3, 7, 14, 30, 30, 30]);
    }

    #[test]
    fn the_interview_date_caps_the_gap_and_its_eve_promises_nothing() {
        assert_eq!(
            due_day(TODAY, 14, Some(date(2026, 12, 2))),
            Some(date(2026, 11, 25)),
            "three tenths of ten days"
        );
        assert_eq!(
            due_day(TODAY, 14, Some(date(2026, 11, 24))),
            Some(date(2026, 11, 23)),
            "but at least a day"
        );
        assert_eq!(due_day(TODAY, 1, Some(date(2026, 11, 23))), None);
        assert_eq!(due_day(TODAY, 1, Some(date(2026, 11, 1))), None);
    }

    #[test]
    fn a_poor_answer_comes_back_sooner_than_a_good_one() {
        let gap = |level| question_gap(&[at(20, level)], Level::Senior).unwrap();
        assert!(gap(Level::Junior) <= gap(Level::Mid));
        assert!(gap(Level::Mid) < gap(Level::Senior));
        assert!(gap(Level::Senior) < gap(Level::Staff));
        assert_eq!(question_gap(&[], Level::Senior), None);
    }

    #[test]
    fn repeating_within_a_day_counts_once() {
        let twice = [at(20, Level::Junior), at(20, Level::Senior)];
        assert_eq!(
            question_gap(&twice, Level::Senior),
            question_gap(&[at(20, Level::Senior)], Level::Senior)
        );
    }

    #[test]
    fn overdue_work_does_not_pile_up() {
        let due = |what, stage, day, minutes| Candidate { what, stage, due: date(2026, 11, day), minutes };
        let all = vec![
            due("q1", false, 1, 3),
            due("stage", true, 22, 20),
            due("q2", false, 2, 12),
            due("q3", false, 3, 5),
            due("next", false, 23, 1),
        ];
        let plan = plan_day(all, TODAY, 30);
        let names: Vec<_> = plan.today.iter().map(|candidate| candidate.what).collect();
        assert_eq!((names, plan.later), (vec!["stage", "q1", "q3"], 1));
    }

    proptest! {
        /// However much is due, a day's plan fits the minutes set aside, unless a single thing alone is longer.
        #[test]
        fn a_day_fits_its_minutes(minutes in 5u32..240, lengths in prop::collection::vec((1u32..60, any::<bool>(), 1i8..28), 0..60)) {
            let all: Vec<_> = lengths
                .iter()
                .map(|(minutes, stage, day)| Candidate { what: (), stage: *stage, due: date(2026, 11, *day), minutes: *minutes })
                .collect();
            let due = all.iter().filter(|candidate| candidate.due <= TODAY).count();
            let plan = plan_day(all, TODAY, minutes);
            let sum: u32 = plan.today.iter().map(|candidate| candidate.minutes).sum();
            prop_assert!(sum <= minutes || plan.today.len() == 1);
            prop_assert_eq!(plan.today.len() + plan.later, due);
        }

        /// With an interview date nothing is ever planned for the day of the interview or after it.
        #[test]
        fn nothing_is_planned_past_the_interview(gap in 1i32..400, left in -5i32..400) {
            let interview = later(TODAY, left);
            if let Some(due) = due_day(TODAY, gap, Some(interview)) {
                prop_assert!(due > TODAY && due < interview);
            }
        }
    }
}
