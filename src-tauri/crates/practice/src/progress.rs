//! Is it getting better? Arithmetic on history that never says more than the grades bear.
//!
//! Promise: "improved" and "slipped" are said only of a change larger than the person's own grading noise, and only
//! after [`trend::RUNS_NEEDED`] runs. Every figure names how many grades it rests on, and is withheld when these are too
//! few. Levels count as whole steps: Junior 0, Mid 1, Senior 2, Staff 3.

pub mod calibration;
pub mod gain;
pub mod noise;
pub mod overview;
pub mod runs;
pub mod trend;
pub mod typical;
pub mod weeks;

use crate::grade::GradeKind;
use crate::level::Level;
use jiff::civil::Date;
use std::sync::Arc;

/// A take, as far as statistics go.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedTake {
    /// The take.
    pub take: String,
    /// The sitting it belongs to.
    pub session: Arc<str>,
    /// The practice day it was spoken on.
    pub day: Date,
    /// The question.
    pub question: Arc<str>,
    /// `mock/stage` when the question is a prompt of a mock.
    pub stage: Option<Arc<str>>,
    /// The question that tests the same skill, if the pack names one.
    pub sibling: Option<Arc<str>>,
    /// Oldest first.
    pub grades: Vec<Judgement>,
}

/// One grade, as far as statistics go.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// In what light it was given.
    pub kind: GradeKind,
    /// The practice day it was given on.
    pub day: Date,
    /// There are key points, and none was ticked as heard or missed. Ticks are offered only to whoever sees the model
    /// answer, so a `later` grade without any was given blind. Where there are none to tick it cannot be told.
    pub unticked: bool,
    /// Level by signal, in the order of the signals' ids.
    pub levels: Arc<[(Arc<str>, Level)]>,
}

impl Judgement {
    /// The level of a signal.
    pub fn level(&self, signal: &str) -> Option<Level> {
        self.levels.iter().find(|(id, _)| &**id == signal).map(|(_, level)| *level)
    }
}

impl JudgedTake {
    /// The grade that counts, as on the scorecard.
    pub fn counting(&self) -> Option<&Judgement> {
        counting(&self.grades)
    }
}

fn counting(grades: &[Judgement]) -> Option<&Judgement> {
    crate::score::counting_of(grades, |grade| (grade.kind != GradeKind::Peer).then_some(grade.kind))
}

/// A level as a number of steps above Junior.
pub fn steps(level: Level) -> f64 {
    f64::from(level as u8)
}

/// The levels two grades give the same signals.
fn shared<'a>(a: &'a Judgement, b: &'a Judgement) -> impl Iterator<Item = (&'a str, Level, Level)> + 'a {
    a.levels.iter().filter_map(|(signal, level)| Some((&**signal, *level, b.level(signal)?)))
}

/// The mean, if there is anything.
fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.into_iter().fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    /// Day `n` of the tests' calendar.
    pub(crate) fn day(n: u32) -> Date {
        date(2026, 1, 1) + i64::from(n).days()
    }

    pub(crate) fn judged(kind: GradeKind, on: u32, levels: &[(&str, Level)]) -> Judgement {
        let levels = levels.iter().map(|(signal, level)| ((*signal).into(), *level)).collect();
        Judgement { kind, day: day(on), unticked: kind != GradeKind::Second, levels }
    }

    /// A take of question `question` on day `on`, in a sitting of its own.
    pub(crate) fn take(question: &str, on: u32, grades: Vec<Judgement>) -> JudgedTake {
        JudgedTake {
            take: format!("take-{question}-{on}"),
            session: format!("session-{question}-{on}").into(),
            day: day(on),
            question: question.into(),
            stage: None,
            sibling: None,
            grades,
        }
    }
}
