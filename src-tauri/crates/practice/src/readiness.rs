//! Readiness: what the last-days checklist rests on, and a plan until the interview.
//!
//! Promise: a line is called ready only when every question and stage it names was graded at the target and heard
//! lately. The plan keeps each day within its minutes, leaves the interview's eve free, and says of everything in it why
//! it is there. What does not fit is counted, not hidden.

use crate::day::{days_between, later};
use crate::level::Level;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Evidence older than this many days is called old.
pub const FRESH_DAYS: i32 = 28;
/// The plan looks at most this many days ahead; later ones depend on what these bring.
pub const MOST_DAYS: i32 = 28;

/// Something a checklist line rests on, and how it went last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// A question's id, or `mock/stage`.
    pub of: String,
    /// How long it takes to go through it, in minutes.
    pub minutes: u32,
    /// It was spoken at least once, graded or not.
    pub tried: bool,
    /// The lowest level of the latest graded take, and its practice day.
    pub latest: Option<(Level, Date)>,
}

/// What a piece of evidence shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// Never tried.
    Untested,
    /// Spoken, but not graded yet.
    Ungraded,
    /// Graded below the target.
    Below,
    /// At the target, but more than [`FRESH_DAYS`] ago.
    Old,
    /// At the target, and lately.
    Ready,
}

impl Evidence {
    /// What it shows on `today`.
    pub fn shows(&self, target: Level, today: Date) -> Shows {
        match self.latest {
            None if self.tried => Shows::Ungraded,
            None => Shows::Untested,
            Some((level, _)) if level < target => Shows::Below,
            Some((_, day)) if days_between(day, today) > FRESH_DAYS => Shows::Old,
            Some(_) => Shows::Ready,
        }
    }
}

/// A line of the checklist with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line.
    pub title: String,
    /// In the pack's order.
    pub evidence: Vec<Evidence>,
}

/// How much of a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// All of its evidence.
    pub all: usize,
    /// At the target, and lately.
    pub ready: usize,
    /// At the target, but long ago.
    pub old: usize,
    /// Below the target.
    pub below: usize,
    /// Spoken, but not graded.
    pub ungraded: usize,
    /// Never tried.
    pub untested: usize,
}

impl Standing {
    /// Whether nothing is missing.
    pub fn is_ready(&self) -> bool {
        self.all > 0 && self.ready == self.all
    }
}

impl Line {
    /// Counts what its evidence shows.
    pub fn standing(&self, target: Level, today: Date) -> Standing {
        let mut standing = Standing { all: self.evidence.len(), ..Standing::default() };
        for evidence in &self.evidence {
            *match evidence.shows(target, today) {
                Shows::Untested => &mut standing.untested,
                Shows::Ungraded => &mut standing.ungraded,
                Shows::Below => &mut standing.below,
                Shows::Old => &mut standing.old,
                Shows::Ready => &mut standing.ready,
            } += 1;
        }
        standing
    }
}

/// Something that is due to come back anyway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returning {
    /// A question's id, or `mock/stage`.
    pub of: String,
    /// The day it is due.
    pub due: Date,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Why it comes back, as a sentence.
    pub reason: String,
}

/// Something to do on a day of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// A question's id, or `mock/stage`.
    pub of: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// It is a planned second attempt.
    pub rerun: bool,
    /// Why, as a sentence.
    pub reason: String,
}

/// One day of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The practice day.
    pub day: Date,
    /// What to do, most important first.
    pub steps: Vec<Step>,
}

impl Day {
    /// Minutes of all its steps.
    pub fn minutes(&self) -> u32 {
        self.steps.iter().map(|step| step.minutes).sum()
    }
}

/// A plan until the interview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The days on which there is something to do, in order.
    pub days: Vec<Day>,
    /// How many things the checklist rests on did not fit.
    pub left_out: usize,
}

/// Why something is in the plan, before it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why<'a> {
    Returns(&'a str),
    Line { shows: Shows, line: &'a str, latest: Option<(Level, Date)>, target: Level },
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Returns(reason) => f.write_str(reason),
            Self::Line { shows, line, latest, target } => {
                let day = latest.map(|(_, day)| day.strftime("%-d %b %Y").to_string()).unwrap_or_default();
                let level = latest.map_or(*target, |(level, _)| level);
                match shows {
                    Shows::Untested => write!(f, "Never tried."),
                    Shows::Ungraded => write!(f, "Spoken, but never graded."),
                    Shows::Below => write!(f, "{level} on {day}, target {target}."),
                    Shows::Old | Shows::Ready => write!(f, "{level}, but last heard on {day}."),
                }?;
                write!(f, " “{line}” rests on it.")
            }
        }
    }
}

struct Wanted<'a> {
    of: &'a str,
    minutes: u32,
    from: Date,
    why: Why<'a>,
}

/// Plans the days from `today` until before the interview's eve. Stages that come back go first, from the day they are
/// due: they were the weakest. Then what the checklist rests on: what was never tried, line by line in turn so that each
/// gets its first evidence early, what fell below the target, lowest first, and what is old. Other questions that come
/// back fill what is left. A day holds no more than `minutes`, unless a single step is longer.
pub fn plan(
    lines: &[Line],
    returning: &[Returning],
    target: Level,
    today: Date,
    interview: Date,
    minutes: u32,
) -> Plan {
    let mut queue = wanted(lines, returning, target, today);
    let mut plan = Plan::default();
    let last = days_between(today, interview) - 1;
    for offset in 0..last.min(MOST_DAYS) {
        let day = later(today, offset);
        let mut left = minutes;
        let mut steps: Vec<Step> = Vec::new();
        queue.retain(|wanted| {
            let fits = steps.is_empty() || wanted.minutes <= left;
            if wanted.from > day || !fits {
                return true;
            }
            left = left.saturating_sub(wanted.minutes);
            steps.push(Step {
                of: wanted.of.to_owned(),
                minutes: wanted.minutes,
                rerun: matches!(wanted.why, Why::Returns(_)),
                reason: wanted.why.to_string(),
            });
            false
        });
        if !steps.is_empty() {
            plan.days.push(Day { day, steps });
        }
    }
    plan.left_out = queue.iter().filter(|wanted| matches!(wanted.why, Why::Line { .. })).count();
    plan
}

/// Everything that is wanted, once each, most important first.
fn wanted<'a>(lines: &'a [Line], returning: &'a [Returning], target: Level, today: Date) -> Vec<Wanted<'a>> {
    let mut coming: Vec<&Returning> = returning.iter().collect();
    coming.sort_by_key(|item| item.due);
    let again = |item: &&'a Returning| Wanted {
        of: &item.of,
        minutes: item.minutes,
        from: item.due.max(today),
        why: Why::Returns(&item.reason),
    };
    let mut queue: Vec<Wanted<'a>> = coming.iter().filter(|item| item.of.contains('/')).map(again).collect();
    // (what it shows, its level, its turn within the line): untested first, line by line in turn.
    let mut rest: BTreeMap<(Shows, Option<Level>, usize, usize), Wanted<'a>> = BTreeMap::new();
    for (number, line) in lines.iter().enumerate() {
        let mut turn: BTreeMap<Shows, usize> = BTreeMap::new();
        for evidence in &line.evidence {
            let shows = evidence.shows(target, today);
            let known = queue.iter().chain(rest.values()).any(|wanted| wanted.of == evidence.of);
            if shows == Shows::Ready || known {
                continue;
            }
            let turn = turn.entry(shows).or_default();
            *turn += 1;
            let why = Why::Line { shows, line: &line.title, latest: evidence.latest, target };
            let key = (shows, evidence.latest.map(|(level, _)| level), *turn, number);
            rest.insert(key, Wanted { of: &evidence.of, minutes: evidence.minutes, from: today, why });
        }
    }
    queue.extend(rest.into_values());
    let others = coming.iter().filter(|item| queue.iter().all(|wanted| wanted.of != item.of));
    let others: Vec<Wanted<'a>> = others.map(again).collect();
    queue.extend(others);
    queue
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 22);

    fn evidence(of: &str, minutes: u32, latest: Option<(Level, i8)>) -> Evidence {
        let latest = latest.map(|(level, day)| (level, date(2026, 11, day)));
        Evidence { of: of.into(), minutes, tried: latest.is_some(), latest }
    }

    fn line(title: &str, evidence: Vec<Evidence>) -> Line {
        Line { title: title.into(), evidence }
    }

    #[test]
    fn evidence_shows_what_it_can() {
        let shows = |evidence: &Evidence, today| evidence.shows(Level::Senior, today);
        let good = evidence("q", 3, Some((Level::Senior, 10)));
        assert_eq!(shows(&good, TODAY), Shows::Ready);
        assert_eq!(shows(&good, later(date(2026, 11, 10), FRESH_DAYS)), Shows::Ready);
        assert_eq!(shows(&good, later(date(2026, 11, 10), FRESH_DAYS + 1)), Shows::Old);
        assert_eq!(shows(&evidence("q", 3, Some((Level::Mid, 10))), TODAY), Shows::Below);
        assert_eq!(shows(&evidence("q", 3, None), TODAY), Shows::Untested);
        assert_eq!(shows(&Evidence { tried: true, ..evidence("q", 3, None) }, TODAY), Shows::Ungraded);
    }

    #[test]
    fn a_line_is_ready_when_all_of_it_is() {
        let mut one = line("one", vec![evidence("a", 3, Some((Level::Staff, 20))), evidence("b", 3, None)]);
        let standing = one.standing(Level::Senior, TODAY);
        assert_eq!((standing.ready, standing.untested, standing.is_ready()), (1, 1, false));
        one.evidence.pop();
        assert!(one.standing(Level::Senior, TODAY).is_ready());
        assert!(!line("none", vec![]).standing(Level::Senior, TODAY).is_ready());
    }

    #[test]
    fn the_plan_fills_days_and_says_why() {
        let lines = [
            line(
                "Runtime",
                vec![
                    evidence("gc", 10, None),
                    evidence("memory", 10, None),
                    evidence("scheduler", 5, Some((Level::Mid, 1))),
                    evidence("channels", 5, Some((Level::Senior, 20))),
                ],
            ),
            line("Stories", vec![evidence("outage", 10, None), evidence("gc", 10, None)]),
        ];
        let back = Returning {
            of: "mock/stage".into(),
            due: date(2026, 11, 23),
            minutes: 20,
            reason: "Your weakest stage.".into(),
        };
        let also = Returning { of: "indexes".into(), due: TODAY, minutes: 5, reason: "Mid then.".into() };
        let plan = plan(&lines, &[back, also], Level::Senior, TODAY, date(2026, 11, 26), 20);
        let told: Vec<_> = plan
            .days
            .iter()
            .map(|day| (day.day.day(), day.steps.iter().map(|step| step.of.as_str()).collect::<Vec<_>>()))
            .collect();
        // Sunday the 22nd to Tuesday the 24th; the 25th is the eve. Each line gets its first evidence first.
        assert_eq!(
            told,
            [
                (22, vec!["gc", "outage"]),
                (23, vec!["mock/stage"]),
                (24, vec!["memory", "scheduler", "indexes"]),
            ]
        );
        let reasons: Vec<_> =
            plan.days.iter().flat_map(|day| &day.steps).map(|step| step.reason.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "Never tried. “Runtime” rests on it.",
                "Never tried. “Stories” rests on it.",
                "Your weakest stage.",
                "Never tried. “Runtime” rests on it.",
                "Mid on 1 Nov 2026, target Senior. “Runtime” rests on it.",
                "Mid then.",
            ]
        );
        assert_eq!(plan.left_out, 0);
    }

    #[test]
    fn on_the_eve_and_after_it_nothing_is_planned() {
        let lines = [line("Runtime", vec![evidence("gc", 10, None)])];
        for interview in [date(2026, 11, 23), TODAY, date(2026, 11, 1)] {
            let plan = plan(&lines, &[], Level::Senior, TODAY, interview, 30);
            assert!(plan.days.is_empty(), "{interview}");
        }
        let two_days = plan(&lines, &[], Level::Senior, TODAY, date(2026, 11, 24), 30);
        assert_eq!(two_days.days.len(), 1);
    }

    proptest! {
        /// However much is wanted: each day fits its minutes unless one step alone is longer, nothing is planned on the
        /// eve or after, nothing before it is due, nothing twice, and what is missing is counted.
        #[test]
        fn a_plan_fits_its_days(
            minutes in 5u32..120,
            left in 0i32..60,
            lines in prop::collection::vec(prop::collection::vec((0u32..40, 1u32..60, prop::option::of((0usize..4, 1i8..22))), 0..9), 0..8),
            back in prop::collection::vec((0u32..40, 0i32..50, 1u32..60), 0..12),
        ) {
            let interview = later(TODAY, left);
            let lines: Vec<Line> = lines.iter().enumerate().map(|(n, all)| line(&n.to_string(), all.iter().map(|(id, minutes, latest)| {
                evidence(&format!("q{id}"), *minutes, latest.map(|(level, day)| (Level::ALL[level], day)))
            }).collect())).collect();
            let mut known = std::collections::BTreeSet::new();
            let back: Vec<Returning> = back.iter().filter(|(id, ..)| known.insert(*id)).map(|(id, due, minutes)| Returning {
                of: format!("q{id}"), due: later(TODAY, *due), minutes: *minutes, reason: "due".into(),
            }).collect();
            let found = plan(&lines, &back, Level::Senior, TODAY, interview, minutes);
            let mut seen = std::collections::BTreeSet::new();
            for day in &found.days {
                prop_assert!(day.day >= TODAY && day.day < later(interview, -1));
                prop_assert!(day.minutes() <= minutes || day.steps.len() == 1);
                for step in &day.steps {
                    prop_assert!(seen.insert(step.of.clone()), "{} is planned twice", step.of);
                    let due = back.iter().find(|item| item.of == step.of);
                    prop_assert!(!step.rerun || due.is_some_and(|item| item.due <= day.day));
                }
            }
            let wanted = super::wanted(&lines, &back, Level::Senior, TODAY);
            let of_lines = wanted.iter().filter(|wanted| matches!(wanted.why, Why::Line { .. }));
            let missing = of_lines.filter(|wanted| !seen.contains(wanted.of)).count();
            prop_assert_eq!(found.left_out, missing);
        }
    }
}
