//! Delivery over time: the facts of every take that can be compared, beside what is typical lately.

use crate::failure::Outcome;
use crate::figures::{count, date};
use crate::review::delivery::{FACTS, Fact};
use crate::settings;
use crate::state::Aloud;
use crate::views::progress::{FactPoint, FactView};
use aloud_library::MeasuredTake;
use aloud_practice::day::practice_day;
use aloud_practice::progress::runs::MOST_POINTS;
use aloud_practice::progress::typical::{LATEST, over_time as medians, typical};
use jiff::civil::Date;

/// Every fact that is followed, over all takes measured in the way of today.
pub fn over_time(aloud: &Aloud) -> Outcome<Vec<FactView>> {
    let pause_ms = settings::current(&aloud.shelf).pause_ms;
    let (takes, measured) = aloud
        .shelf
        .with(|library| Ok((library.brief_takes()?, library.measured_takes(aloud_audio::METHOD)?)))?;
    // With another shortest pause the facts mean something else.
    let comparable = measured.iter().filter(|facts| facts.pause_ms == pause_ms);
    let mut dated: Vec<(jiff::Timestamp, &MeasuredTake)> =
        comparable.filter_map(|facts| Some((takes.get(&facts.take)?.at, facts))).collect();
    dated.sort_by_key(|(at, _)| *at);
    let days: Vec<(Date, &MeasuredTake)> =
        dated.iter().map(|(at, facts)| (practice_day(&aloud.wall.at(*at)), *facts)).collect();
    Ok(FACTS.iter().filter_map(|fact| view(fact, &days)).collect())
}

fn view(fact: &Fact, days: &[(Date, &MeasuredTake)]) -> Option<FactView> {
    let read = fact.followed?;
    let (unit, times) = fact.unit;
    let values: Vec<(Date, f64)> =
        days.iter().filter_map(|(day, facts)| Some((*day, read(facts)?))).collect();
    let latest = values.iter().rev().take(LATEST).map(|(_, value)| *value).collect();
    let typical = typical(latest);
    let by_week = values.len() > MOST_POINTS;
    let points = medians(&values, MOST_POINTS);
    Some(FactView {
        name: fact.name.into(),
        about: fact.about.into(),
        typical: typical.map(|found| {
            format!(
                "{}, half of the time {} to {}",
                (fact.say)(found.median),
                (fact.say)(found.low),
                (fact.say)(found.high)
            )
        }),
        unit: unit.into(),
        low: typical.map(|found| found.low * times),
        high: typical.map(|found| found.high * times),
        by_week,
        points: points
            .iter()
            .map(|point| FactPoint {
                day: point.day.to_string(),
                when: if by_week { format!("week of {}", date(point.day)) } else { date(point.day) },
                value: point.median * times,
                says: (fact.say)(point.median),
                takes: count(point.takes),
            })
            .collect(),
    })
}
