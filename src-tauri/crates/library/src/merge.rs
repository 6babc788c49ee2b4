//! Merging another library into this one: the union of two histories, by id.
//!
//! Promise: merging twice gives the same as once, in any order. History is append-only, so two libraries cannot
//! contradict each other; an id that means something else in the other one was changed by somebody else, and nothing is
//! merged then. Choices of this machine (`setting`) stay as they are. The other library is only read.
//!
//! Order of things, so that a crash leaves the library as it was before or as it is after: the other database is copied
//! and checked; missing sounds are copied, verified and put under their final names, each written into a list first; one
//! transaction adds all rows. Sounds whose rows never came are removed by that list at the next start.

mod other;
mod sounds;
#[cfg(test)]
mod tests;

pub use other::Other;
pub use sounds::{Plan, SoundPrint};

pub(crate) use other::check_ids_in;
pub(crate) use sounds::take_back;

use crate::{Library, LibraryError, Progress, Result};
use std::path::Path;

/// What a merge added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Rows in all.
    pub rows: u64,
    /// Sittings.
    pub sessions: u64,
    /// Takes.
    pub takes: u64,
    /// Grades.
    pub grades: u64,
    /// Wordings of notes.
    pub notes: u64,
    /// Sounds that were copied.
    pub sounds: u64,
    /// Sounds of the other library that are damaged and were left out.
    pub damaged: u64,
}

impl Library {
    /// Merges a library's folder, a backup or a copy of a database into this one, holding this one all the time; the
    /// window takes the same steps one by one.
    pub fn merge(&mut self, other: &Path, print: SoundPrint, progress: &mut Progress<'_>) -> Result<Merged> {
        let mut other = Other::open(other, &self.folder)?;
        let mut plan = self.plan_merge(&other)?;
        plan.bring(&mut other, print, progress)?;
        self.finish_merge(&other, plan)
    }

    /// Adds the other library's rows, in one transaction. The sounds are there already.
    pub fn finish_merge(&mut self, other: &Other, plan: Plan) -> Result<Merged> {
        let mut merged = self.union(&other.address())?;
        (merged.sounds, merged.damaged) = plan.keep();
        // What either side deleted goes to the trash, what was brought back comes from there.
        self.settle()?;
        Ok(merged)
    }

    /// Adds every row of the database at `address` that is not here yet.
    fn union(&self, address: &str) -> Result<Merged> {
        self.beside(address, || {
            self.connection.execute_batch("BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON")?;
            let merged = self.add_missing().and_then(|merged| {
                self.is_readable()?;
                self.connection
                    .execute_batch("COMMIT")
                    .map_err(|_| foreign("a row in it points to nothing"))?;
                Ok(merged)
            });
            if merged.is_err() {
                // Already rolled back when the commit failed.
                let _ = self.connection.execute_batch("ROLLBACK");
            }
            merged
        })
    }

    /// Does something while the other database is attached as `other`.
    fn beside<T>(&self, address: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.connection.execute("ATTACH DATABASE ?1 AS other", [address])?;
        let done = self.same_tables().and_then(|()| work());
        self.connection.flush_prepared_statement_cache();
        let detached = self.connection.execute_batch("DETACH DATABASE other");
        let value = done?;
        detached?;
        Ok(value)
    }

    /// Its tables must be exactly ours: then its rows mean what ours mean, and nothing in it does anything by itself.
    fn same_tables(&self) -> Result<()> {
        let schema = |name: &str| -> Result<Vec<(String, String, Option<String>)>> {
            let sql = format!(
                "SELECT type, name, sql FROM {name}.sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
            );
            let mut statement = self.connection.prepare(&sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok(rows.collect::<std::result::Result<_, _>>()?)
        };
        if schema("main")? == schema("other")? {
            Ok(())
        } else {
            Err(foreign("its tables are not those of Aloud"))
        }
    }

    fn add_missing(&self) -> Result<Merged> {
        let mut merged = Merged::default();
        for table in self.history()? {
            let columns = self.columns(&table)?;
            let [ours, theirs] = ["m", "o"].map(|side| {
                columns.iter().map(|column| format!("{side}.\"{column}\"")).collect::<Vec<_>>().join(", ")
            });
            let differ = format!(
                "SELECT EXISTS (SELECT 1 FROM other.\"{table}\" o JOIN main.\"{table}\" m ON m.id = o.id WHERE ({ours}) IS NOT ({theirs}))"
            );
            if self.connection.query_row(&differ, [], |row| row.get(0))? {
                return Err(LibraryError::NotMerged(format!(
                    "an entry ({table}) has the same id here and there but says something else. One of the two libraries \
                     was changed by another program; merge a backup from before that"
                )));
            }
            let add = format!(
                "INSERT INTO main.\"{table}\" SELECT {theirs} FROM other.\"{table}\" o \
                 WHERE NOT EXISTS (SELECT 1 FROM main.\"{table}\" m WHERE m.id = o.id)"
            );
            let added =
                self.connection.execute(&add, []).map_err(|_| foreign("an entry in it makes no sense"))?
                    as u64;
            merged.rows += added;
            match table.as_str() {
                "session" => merged.sessions = added,
                "take" => merged.takes = added,
                "grade" => merged.grades = added,
                "note_text" => merged.notes = added,
                _ => {}
            }
        }
        Ok(merged)
    }

    /// The tables that hold history: those in which nothing may be changed.
    fn history(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare(
            "SELECT name FROM main.sqlite_schema t WHERE type = 'table' AND EXISTS \
             (SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = t.name AND name = t.name || '_keeps') \
             ORDER BY name",
        )?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<std::result::Result<_, _>>()?)
    }

    /// The columns of a table, in its order.
    fn columns(&self, table: &str) -> Result<Vec<String>> {
        let mut statement =
            self.connection.prepare("SELECT name FROM pragma_table_info(?1, 'main') ORDER BY cid")?;
        let names = statement.query_map([table], |row| row.get(0))?;
        Ok(names.collect::<std::result::Result<_, _>>()?)
    }

    /// Whether everything can be read as the app reads it.
    fn is_readable(&self) -> Result<()> {
        let read = || -> Result<()> {
            self.sessions()?;
            self.takes()?;
            self.all_grades()?;
            self.removals()?;
            Ok(())
        };
        read().map_err(|_| foreign("an entry in it cannot be read by this version"))
    }
}

fn foreign(why: &str) -> LibraryError {
    LibraryError::NotMerged(format!("{why}, so it is damaged or was not written by Aloud"))
}
