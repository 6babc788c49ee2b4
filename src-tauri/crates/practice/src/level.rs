//! The four levels of a rubric.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How well a signal showed in a take. Ordered: `Junior < Mid < Senior < Staff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Needs the answer steered.
    Junior,
    /// Right when prompted.
    Mid,
    /// Right unprompted, with the reasons.
    Senior,
    /// Changes the question.
    Staff,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 4] = [Self::Junior, Self::Mid, Self::Senior, Self::Staff];

    /// Levels below `target`: 0 when the target is met or passed, at most 3.
    pub fn shortfall(self, target: Self) -> u8 {
        (target as u8).saturating_sub(self as u8)
    }

    /// The level as it is written in packs and shown on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Junior => "Junior",
            Self::Mid => "Mid",
            Self::Senior => "Senior",
            Self::Staff => "Staff",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(s)).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::Level::{Junior, Mid, Senior, Staff};

    #[test]
    fn shortfall_counts_only_downwards() {
        assert_eq!(Junior.shortfall(Senior), 2);
        assert_eq!(Mid.shortfall(Senior), 1);
        assert_eq!(Staff.shortfall(Senior), 0);
    }
}
