//! Grades, one row each, never changed.

use crate::{Library, LibraryError, Result, fresh_id, millis, timestamp};
use aloud_practice::grade::may_grade;
use aloud_practice::{Grade, GradeKind};
use jiff::Timestamp;

/// A grade with its place in time.
#[derive(Clone, Debug)]
pub struct StoredGrade {
    /// Its id.
    pub id: String,
    /// The take it judges.
    pub take: String,
    /// When it was given.
    pub at: Timestamp,
    /// The judgement.
    pub grade: Grade,
}

/// Where a merge brought two first grades, the earlier one is the first; the other, given without seeing it, is read as a
/// later one.
const SELECT: &str = "SELECT id, take, at_ms, CASE WHEN kind = 'first' AND EXISTS \
    (SELECT 1 FROM grade WHERE take = g.take AND kind = 'first' AND id < g.id) THEN 'later' ELSE kind END, \
    grader, levels, heard, missed, flags FROM grade g";

impl Library {
    /// Stores a grade, if the rules of practising allow it now.
    pub fn add_grade(&self, take: &str, grade: &Grade, at: Timestamp) -> Result<()> {
        let stored = self.take(take)?.ok_or(LibraryError::Missing("take"))?;
        may_grade(stored.progress, grade).map_err(|refusal| LibraryError::Forbidden(refusal.sentence()))?;
        self.connection.execute(
            "INSERT INTO grade (id, device, take, at_ms, kind, grader, levels, heard, missed, flags) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            (
                fresh_id(),
                &self.device,
                take,
                millis(at),
                kind_name(grade.kind),
                &grade.by,
                serde_json::to_string(&grade.levels)?,
                serde_json::to_string(&grade.heard)?,
                serde_json::to_string(&grade.missed)?,
                serde_json::to_string(&grade.flags)?,
            ),
        )?;
        Ok(())
    }

    /// The grades of a take, oldest first.
    pub fn grades(&self, take: &str) -> Result<Vec<StoredGrade>> {
        self.select_grades("WHERE take = ?1 ORDER BY id", [take])
    }

    /// Every grade there is, oldest first.
    pub(crate) fn all_grades(&self) -> Result<Vec<StoredGrade>> {
        self.select_grades("ORDER BY id", [])
    }

    fn select_grades<P: rusqlite::Params>(&self, rest: &str, params: P) -> Result<Vec<StoredGrade>> {
        let sql = format!("{SELECT} {rest}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params)?;
        let mut grades = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |column: usize| row.get_ref(column).and_then(|value| Ok(value.as_str()?.to_owned()));
            let grade = Grade {
                kind: kind_named(&text(3)?),
                by: row.get(4)?,
                levels: serde_json::from_str(&text(5)?)?,
                heard: serde_json::from_str(&text(6)?)?,
                missed: serde_json::from_str(&text(7)?)?,
                flags: serde_json::from_str(&text(8)?)?,
            };
            grades.push(StoredGrade { id: text(0)?, take: text(1)?, at: timestamp(row.get(2)?), grade });
        }
        Ok(grades)
    }
}

fn kind_name(kind: GradeKind) -> &'static str {
    match kind {
        GradeKind::First => "first",
        GradeKind::Second => "second",
        GradeKind::Later => "later",
        GradeKind::Peer => "peer",
    }
}

pub(crate) fn kind_named(name: &str) -> GradeKind {
    match name {
        "first" => GradeKind::First,
        "second" => GradeKind::Second,
        "peer" => GradeKind::Peer,
        _ => GradeKind::Later,
    }
}
