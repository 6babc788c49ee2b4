//! Which dated copies are worth keeping.

use jiff::civil::Date;
use std::collections::BTreeSet;

/// The newest of so many days, weeks and months is kept.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Of copies made on these days, the indices of those that may go: what is left is the newest copy of each of the last 7
/// days, 4 weeks (from Monday) and 12 months that have one. The newest is always left.
pub(super) fn thinned(days: &[Date]) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..days.len()).collect();
    newest_first.sort_by_key(|&index| std::cmp::Reverse((days[index], index)));
    let mut kept = BTreeSet::new();
    let mut keep = |most: usize, period: &dyn Fn(Date) -> (i16, i16)| {
        let mut seen = BTreeSet::new();
        for &index in &newest_first {
            if seen.len() < most && seen.insert(period(days[index])) {
                kept.insert(index);
            }
        }
    };
    keep(DAYS, &|day| (day.year(), day.day_of_year()));
    keep(WEEKS, &|day| (day.iso_week_date().year(), day.iso_week_date().week().into()));
    keep(MONTHS, &|day| (day.year(), day.month().into()));
    (0..days.len()).filter(|index| !kept.contains(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Makes a copy a day and thins each time, as the app does.
    fn lived(from: Date, days: i64, open: impl Fn(i64) -> bool) -> Vec<Date> {
        let mut copies = Vec::new();
        for day in (0..days).filter(|day| open(*day)) {
            copies.push(from.checked_add(day.days()).expect("a day of this age"));
            let gone = thinned(&copies);
            copies =
                copies.iter().enumerate().filter(|(i, _)| !gone.contains(i)).map(|(_, day)| *day).collect();
        }
        copies
    }

    #[test]
    fn two_years_of_days_leave_days_then_weeks_then_months() {
        let left: Vec<String> =
            lived(date(2025, 1, 1), 700, |_| true).iter().map(ToString::to_string).collect();
        assert_eq!(
            left,
            [
                "2026-01-31",
                "2026-02-28",
                "2026-03-31",
                "2026-04-30",
                "2026-05-31",
                "2026-06-30",
                "2026-07-31",
                "2026-08-31",
                "2026-09-30",
                "2026-10-31",
                "2026-11-15",
                "2026-11-22",
                "2026-11-25",
                "2026-11-26",
                "2026-11-27",
                "2026-11-28",
                "2026-11-29",
                "2026-11-30",
                "2026-12-01"
            ]
        );
    }

    #[test]
    fn several_on_one_day_leave_the_last() {
        let day = date(2026, 11, 22);
        assert_eq!(thinned(&[day, day, day]), [0, 1]);
        assert!(thinned(&[day]).is_empty() && thinned(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_the_days_the_newest_stays_and_few_are_left(days in prop::collection::vec(0_i64..2_000, 1..80)) {
            let start = date(2024, 2, 28);
            let dates: Vec<Date> = days.iter().map(|day| start.checked_add(day.days()).expect("a day")).collect();
            let gone = thinned(&dates);
            let newest = dates.iter().max();
            prop_assert!(dates.iter().enumerate().any(|(i, day)| Some(day) == newest && !gone.contains(&i)));
            prop_assert!(dates.len() - gone.len() <= DAYS + WEEKS + MONTHS);
            // What is left would be left again: thinning twice is thinning once.
            let left: Vec<Date> =
                dates.iter().enumerate().filter(|(i, _)| !gone.contains(i)).map(|(_, day)| *day).collect();
            prop_assert!(thinned(&left).is_empty());
        }

        #[test]
        fn however_rarely_it_is_opened_a_year_back_is_remembered(every in 1_i64..40) {
            let left = lived(date(2024, 1, 1), 800, |day| day % every == 0);
            let (oldest, newest) = (left.iter().min().expect("one"), left.iter().max().expect("one"));
            prop_assert!(newest.since(*oldest).expect("days").get_days() >= 300, "{left:?}");
        }
    }
}
