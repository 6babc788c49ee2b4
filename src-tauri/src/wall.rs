//! The wall clock, and how moments are told to a person.
//!
//! `ALOUD_NOW` moves the clock (an RFC 9557 moment such as `2026-11-23T09:00:00+01:00[Europe/Berlin]`); tests use it to
//! make tomorrow come.

use aloud_practice::day::days_between;
use jiff::{SignedDuration, Timestamp, Zoned};

/// Where "now" comes from.
#[derive(Clone, Debug)]
pub struct Wall {
    ahead: SignedDuration,
    zone: jiff::tz::TimeZone,
}

impl Wall {
    /// The system's clock, or the one `ALOUD_NOW` names.
    pub fn from_environment() -> Self {
        let named = std::env::var("ALOUD_NOW").ok().and_then(|text| text.parse::<Zoned>().ok());
        match named {
            Some(start) => Self {
                ahead: start.timestamp().duration_since(Timestamp::now()),
                zone: start.time_zone().clone(),
            },
            None => Self { ahead: SignedDuration::ZERO, zone: jiff::tz::TimeZone::system() },
        }
    }

    /// This moment.
    pub fn now(&self) -> Timestamp {
        Timestamp::now().checked_add(self.ahead).unwrap_or_else(|_| Timestamp::now())
    }

    /// This moment where the person is.
    pub fn here(&self) -> Zoned {
        self.now().to_zoned(self.zone.clone())
    }

    /// A moment where the person is.
    pub fn at(&self, moment: Timestamp) -> Zoned {
        moment.to_zoned(self.zone.clone())
    }

    /// A moment as a list tells it: "today 19:42", "yesterday 08:10", "12 Nov 19:42", "12 Nov 2025".
    pub fn tell(&self, at: Timestamp) -> String {
        let at = self.at(at);
        let today = self.here();
        match days_between(at.date(), today.date()) {
            0 => format!("today {}", at.strftime("%H:%M")),
            1 => format!("yesterday {}", at.strftime("%H:%M")),
            _ if at.year() == today.year() => at.strftime("%-d %b %H:%M").to_string(),
            _ => at.strftime("%-d %b %Y").to_string(),
        }
    }

    /// A day as the owner of something: "today’s", "yesterday’s", "the last", with the day told elsewhere.
    pub fn tell_possessive(&self, at: Timestamp) -> &'static str {
        match days_between(self.at(at).date(), self.here().date()) {
            ..=0 => "today’s",
            1 => "yesterday’s",
            _ => "the last",
        }
    }

    /// A day as a sentence tells it: "today", "yesterday", "5 days ago", "on 12 Nov".
    pub fn tell_day(&self, at: Timestamp) -> String {
        let at = self.at(at);
        match days_between(at.date(), self.here().date()) {
            ..=0 => "today".into(),
            1 => "yesterday".into(),
            days @ 2..=13 => format!("{days} days ago"),
            _ => format!("on {}", at.strftime("%-d %b %Y")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(now: &str) -> Wall {
        let now: Zoned = now.parse().unwrap();
        Wall { ahead: now.timestamp().duration_since(Timestamp::now()), zone: now.time_zone().clone() }
    }

    #[test]
    fn moments_are_told_as_people_tell_them() {
        let wall = wall("2026-11-22T09:00:00+01:00[Europe/Berlin]");
        assert_eq!(wall.tell("2026-11-22T07:05:00Z".parse().unwrap()), "today 08:05");
        assert_eq!(wall.tell("2026-11-21T18:42:00Z".parse().unwrap()), "yesterday 19:42");
        assert_eq!(wall.tell("2026-03-01T18:42:00Z".parse().unwrap()), "1 Mar 19:42");
        assert_eq!(wall.tell("2025-03-01T18:42:00Z".parse().unwrap()), "1 Mar 2025");
        assert_eq!(wall.tell_day("2026-11-17T18:42:00Z".parse().unwrap()), "5 days ago");
    }
}
