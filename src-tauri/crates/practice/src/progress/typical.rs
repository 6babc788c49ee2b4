//! What is typical of a person: the middle of what was measured, and how far half of it spreads.

use super::weeks::week_of;
use jiff::civil::Date;

/// Nothing is called typical from fewer values than this.
pub const FEWEST: usize = 3;
/// "Typical for you" looks at the latest takes, at most this many.
pub const LATEST: usize = 20;

/// The middle, and the middle half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typical {
    /// The median.
    pub median: f64,
    /// A quarter of the values are below.
    pub low: f64,
    /// A quarter are above.
    pub high: f64,
}

/// What is typical of these values; `None` from fewer than [`FEWEST`]. Quantiles between two values are interpolated
/// (Hyndman and Fan 1996, definition 7).
pub fn typical(mut values: Vec<f64>) -> Option<Typical> {
    if values.len() < FEWEST {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let quantile = |share: f64| {
        let at = share * (values.len() - 1) as f64;
        let (below, above) = (values[at.floor() as usize], values[at.ceil() as usize]);
        below + (above - below) * at.fract()
    };
    Some(Typical { median: quantile(0.5), low: quantile(0.25), high: quantile(0.75) })
}

/// The middle of a week's values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekMedian {
    /// The week's Monday; of a single take, its day.
    pub day: Date,
    /// The median.
    pub median: f64,
    /// Of how many takes.
    pub takes: usize,
}

/// Values over time, oldest first: one by one while there are few, else the median of each week.
pub fn over_time(values: &[(Date, f64)], most: usize) -> Vec<WeekMedian> {
    if values.len() <= most {
        return values
            .iter()
            .map(|(day, value)| WeekMedian { day: *day, median: *value, takes: 1 })
            .collect();
    }
    let weeks = values.chunk_by(|a, b| week_of(a.0) == week_of(b.0));
    weeks
        .map(|week| WeekMedian { day: week_of(week[0].0), median: median(week), takes: week.len() })
        .collect()
}

fn median(week: &[(Date, f64)]) -> f64 {
    let mut values: Vec<f64> = week.iter().map(|(_, value)| *value).collect();
    values.sort_by(f64::total_cmp);
    f64::midpoint(values[(values.len() - 1) / 2], values[values.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::tests::day;

    #[test]
    fn nothing_is_typical_of_two_takes() {
        assert_eq!(typical(vec![1.0, 2.0]), None);
        let of = |values: &[f64]| typical(values.to_vec()).map(|found| (found.low, found.median, found.high));
        assert_eq!(of(&[3.0, 1.0, 2.0]), Some((1.5, 2.0, 2.5)));
        assert_eq!(of(&[4.0, 1.0, 2.0, 3.0]), Some((1.75, 2.5, 3.25)));
    }

    #[test]
    fn many_takes_become_medians_of_weeks() {
        let values: Vec<_> = (0..10).map(|n| (day(n), f64::from(n))).collect();
        assert_eq!(over_time(&values, 10).len(), 10);
        // Thursday to Sunday are 0 to 3, then a whole week of 4 to 10 that ends with 9.
        let weeks = over_time(&values, 5);
        assert_eq!(
            weeks.iter().map(|week| (week.median, week.takes)).collect::<Vec<_>>(),
            [(1.5, 4), (6.5, 6)]
        );
    }
}
