//! Weeks of practice: from Monday 04:00 to Monday 04:00 where the person is.

use crate::day::later;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What was spoken in a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Seconds of all takes.
    pub seconds: f64,
    /// How many takes.
    pub takes: usize,
}

/// The Monday of the week a practice day belongs to.
pub fn week_of(day: Date) -> Date {
    later(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// Time spoken in each of the last `most` weeks up to today's, oldest first, beginning with the first week in which
/// anything was said. Weeks of silence in between are there too.
pub fn spoken(takes: impl IntoIterator<Item = (Date, f64)>, today: Date, most: usize) -> Vec<Week> {
    let mut known: BTreeMap<Date, (f64, usize)> = BTreeMap::new();
    for (day, seconds) in takes {
        let week = known.entry(week_of(day)).or_default();
        *week = (week.0 + seconds, week.1 + 1);
    }
    let Some((first, _)) = known.first_key_value() else { return Vec::new() };
    let mut monday = week_of(today).max(known.last_key_value().map_or(*first, |(last, _)| *last));
    let mut weeks = Vec::new();
    while monday >= *first && weeks.len() < most {
        let (seconds, takes) = known.get(&monday).copied().unwrap_or_default();
        weeks.push(Week { monday, seconds, takes });
        monday = later(monday, -7);
    }
    weeks.reverse();
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_monday_and_a_silent_one_is_shown() {
        assert_eq!(week_of(date(2026, 11, 22)), date(2026, 11, 16), "a Sunday");
        assert_eq!(week_of(date(2026, 11, 23)), date(2026, 11, 23), "a Monday");
        let takes = [(date(2026, 11, 2), 60.0), (date(2026, 11, 8), 30.0), (date(2026, 11, 16), 5.0)];
        let weeks = spoken(takes, date(2026, 11, 27), 52);
        let told: Vec<_> = weeks.iter().map(|week| (week.monday.day(), week.seconds, week.takes)).collect();
        assert_eq!(told, [(2, 90.0, 2), (9, 0.0, 0), (16, 5.0, 1), (23, 0.0, 0)]);
        assert_eq!(spoken(takes, date(2026, 11, 27), 2).len(), 2);
        assert!(spoken([], date(2026, 11, 27), 52).is_empty());
    }
}
