//! Formats of `library.db`, oldest first. A released one is never edited; a change is a new file.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/001_start.sql")),
    M::up(include_str!("migrations/002_compare.sql")),
    M::up(include_str!("migrations/003_keeping.sql")),
    M::up(include_str!("migrations/004_reading.sql")),
];

/// All steps.
pub(crate) const ALL: Migrations<'static> = Migrations::from_slice(STEPS);

/// The newest format this version knows.
pub(crate) const NEWEST: i64 = STEPS.len() as i64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_are_valid_and_run_in_order() {
        ALL.validate().expect("every migration runs on an empty database");
    }
}
