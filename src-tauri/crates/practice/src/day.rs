//! The practice day: it starts at 04:00 where the person is, so that an evening after midnight still counts as the evening.

use jiff::civil::{Date, Time, time};
use jiff::{ToSpan as _, Zoned};

/// When a practice day starts, on the person's clock.
pub const STARTS_AT: Time = time(4, 0, 0, 0);

/// The practice day a moment belongs to. Decided by what the clock on the wall shows, so daylight saving cannot move it.
pub fn practice_day(at: &Zoned) -> Date {
    if at.time() < STARTS_AT { at.date().yesterday().unwrap_or_else(|_| at.date()) } else { at.date() }
}

/// The practice day `days` after another; the last day there is when the calendar ends first.
pub fn later(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}

/// Days from `earlier` to `later`; negative when it is the other way round.
pub fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day(at: &str) -> Date {
        practice_day(&at.parse().unwrap())
    }

    #[test]
    fn an_evening_after_midnight_belongs_to_the_day_before() {
        assert_eq!(day("2026-11-23T00:30:00+01:00[Europe/Berlin]"), date(2026, 11, 22));
        assert_eq!(day("2026-11-23T03:59:59+01:00[Europe/Berlin]"), date(2026, 11, 22));
        assert_eq!(day("2026-11-23T04:00:00+01:00[Europe/Berlin]"), date(2026, 11, 23));
    }

    #[test]
    fn daylight_saving_moves_no_day() {
        // The night the clocks go forward has no 02:30, the one they go back has two.
        assert_eq!(day("2026-03-29T03:30:00+02:00[Europe/Berlin]"), date(2026, 3, 28));
        assert_eq!(day("2026-03-29T04:00:00+02:00[Europe/Berlin]"), date(2026, 3, 29));
        assert_eq!(day("2026-10-25T02:30:00+01:00[Europe/Berlin]"), date(2026, 10, 24));
        assert_eq!(day("2026-10-25T04:00:00+01:00[Europe/Berlin]"), date(2026, 10, 25));
        assert_eq!(later(date(2026, 3, 28), 1), date(2026, 3, 29));
    }
}
