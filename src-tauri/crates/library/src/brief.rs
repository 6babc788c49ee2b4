//! Every take with its grades, as far as schedules and statistics need them: read in one pass over narrow indices.
//!
//! Promise: what is told here is what [`crate::StoredTake`] and [`crate::StoredGrade`] tell, only less of it; a test
//! compares the two over a library.

use crate::grade::kind_named;
use crate::{Library, Result, timestamp};
use aloud_practice::{GradeKind, Level};
use jiff::Timestamp;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{Params, Rows};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Levels by signal, in the order of the signals' ids; shared by all grades that say the same.
pub type Levels = Arc<[(Arc<str>, Level)]>;

/// A take and its grades.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefTake {
    /// Its id.
    pub id: String,
    /// The session it belongs to.
    pub session: Arc<str>,
    /// When it was begun.
    pub at: Timestamp,
    /// The pack of its question.
    pub pack: Arc<str>,
    /// The question.
    pub question: Arc<str>,
    /// Length in seconds; 0 while it is being recorded.
    pub seconds: f64,
    /// It was deleted: no list shows it, and its grades still count.
    pub deleted: bool,
    /// Oldest first.
    pub grades: Vec<BriefGrade>,
}

/// A grade.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefGrade {
    /// In what light it was given.
    pub kind: GradeKind,
    /// By the person themselves.
    pub own: bool,
    /// When it was given.
    pub at: Timestamp,
    /// Level by signal.
    pub levels: Levels,
    /// How many key points were heard.
    pub heard: u32,
    /// How many were not.
    pub missed: u32,
}

impl BriefTake {
    /// Something was recorded.
    pub fn spoken(&self) -> bool {
        self.seconds > 0.0
    }

    /// Lists show it: something was said, and it was not deleted.
    pub fn is_listed(&self) -> bool {
        self.spoken() && !self.deleted
    }

    /// The first grade is locked.
    pub fn graded(&self) -> bool {
        self.grades.iter().any(|grade| grade.kind == GradeKind::First)
    }

    /// The grade that counts.
    pub fn counting(&self) -> Option<&BriefGrade> {
        aloud_practice::score::counting_of(&self.grades, |grade| grade.own.then_some(grade.kind))
    }

    /// Lowest and highest level of the latest own grade.
    pub fn range(&self) -> Option<(Level, Level)> {
        let latest = self.grades.iter().rfind(|grade| grade.own)?;
        Some((latest.lowest()?, latest.levels.iter().map(|(_, level)| *level).max()?))
    }
}

impl BriefGrade {
    /// The lowest level.
    pub fn lowest(&self) -> Option<Level> {
        self.levels.iter().map(|(_, level)| *level).min()
    }
}

/// Takes in the order they were spoken, and by id.
#[derive(Clone, Debug, Default)]
pub struct BriefTakes {
    list: Vec<BriefTake>,
    /// Indices into `list` in the order of the ids.
    by_id: Vec<usize>,
}

impl BriefTakes {
    /// Oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, BriefTake> {
        self.list.iter()
    }

    /// One of them.
    pub fn get(&self, id: &str) -> Option<&BriefTake> {
        let at = self.by_id.binary_search_by(|index| self.list[*index].id.as_str().cmp(id)).ok()?;
        self.list.get(*self.by_id.get(at)?)
    }

    fn of(mut list: Vec<BriefTake>) -> Self {
        list.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        let mut by_id: Vec<usize> = (0..list.len()).collect();
        by_id.sort_by(|a, b| list[*a].id.cmp(&list[*b].id));
        Self { list, by_id }
    }
}

impl<'a> IntoIterator for &'a BriefTakes {
    type Item = &'a BriefTake;
    type IntoIter = std::slice::Iter<'a, BriefTake>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Texts that come again and again, kept once.
#[derive(Default)]
struct Words {
    texts: HashSet<Arc<str>>,
    levels: HashMap<String, Levels>,
}

impl Words {
    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&new));
        new
    }

    fn levels(&mut self, json: &str) -> Result<Levels> {
        if let Some(known) = self.levels.get(json) {
            return Ok(Arc::clone(known));
        }
        let named: std::collections::BTreeMap<String, Level> = serde_json::from_str(json)?;
        let new: Levels = named.iter().map(|(signal, level)| (self.text(signal), *level)).collect();
        self.levels.insert(json.to_owned(), Arc::clone(&new));
        Ok(new)
    }
}

const TAKES: &str = "SELECT id, at_ms, session, pack, question, sample_rate FROM take";
const ENDS: &str = "SELECT take, frames FROM take_end";
const GRADES: &str = "SELECT take, kind, grader, at_ms, levels, json_array_length(heard), json_array_length(missed) FROM grade";

impl Library {
    pub(crate) fn read_brief_takes(&self) -> Result<BriefTakes> {
        let sql = [
            format!("{TAKES} INDEXED BY take_brief ORDER BY id"),
            format!("{ENDS} INDEXED BY take_end_brief ORDER BY take"),
            format!("{GRADES} INDEXED BY grade_brief ORDER BY take, id"),
        ];
        self.read_brief(&sql, [])
    }

    /// The takes of a session with their grades.
    pub fn brief_takes_in(&self, session: &str) -> Result<BriefTakes> {
        let mine = "(SELECT id FROM take WHERE session = ?1)";
        let sql = [
            format!("{TAKES} WHERE session = ?1 ORDER BY id"),
            format!("{ENDS} WHERE take IN {mine} ORDER BY take"),
            format!("{GRADES} WHERE take IN {mine} ORDER BY take, id"),
        ];
        self.read_brief(&sql, [session])
    }

    /// Three lists in the order of the takes' ids, put together as they come.
    fn read_brief<P: Params + Clone>(
        &self,
        [takes, ends, grades]: &[String; 3],
        params: P,
    ) -> Result<BriefTakes> {
        let mut words = Words::default();
        let deleted = self.deleted_takes()?;
        let mut takes = self.connection.prepare_cached(takes)?;
        let mut ends = self.connection.prepare_cached(ends)?;
        let mut grades = self.connection.prepare_cached(grades)?;
        let mut takes = takes.query(params.clone())?;
        let mut ends = Following::of(ends.query(params.clone())?)?;
        let mut grades = Following::of(grades.query(params)?)?;
        let mut list = Vec::new();
        while let Some(row) = takes.next()? {
            let id = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let rate: f64 = row.get(5)?;
            let mut seconds = 0.0;
            ends.each(id, |row| {
                // Of two ends that a merge brought, the one with more sound counts.
                seconds = (row.get::<_, f64>(1)? / rate).max(seconds);
                Ok(())
            })?;
            let mut found = Vec::new();
            grades.each(id, |row| {
                found.push(grade(row, &mut words)?);
                Ok(())
            })?;
            let mut text = |column: usize| -> Result<Arc<str>> {
                Ok(words.text(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?))
            };
            let (session, pack, question) = (text(2)?, text(3)?, text(4)?);
            list.push(BriefTake {
                id: id.to_owned(),
                session,
                at: timestamp(row.get(1)?),
                pack,
                question,
                seconds,
                deleted: deleted.contains(id),
                grades: found,
            });
        }
        Ok(BriefTakes::of(list))
    }
}

fn grade(row: &rusqlite::Row<'_>, words: &mut Words) -> Result<BriefGrade> {
    let text = |column: usize| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
    Ok(BriefGrade {
        kind: kind_named(text(1)?),
        own: row.get_ref(2)? == rusqlite::types::ValueRef::Null,
        at: timestamp(row.get(3)?),
        levels: words.levels(text(4)?)?,
        heard: row.get(5)?,
        missed: row.get(6)?,
    })
}

/// Rows whose first column names a take, in the order of these names, walked along beside the takes.
struct Following<'a> {
    rows: Rows<'a>,
    there: bool,
}

impl<'a> Following<'a> {
    fn of(mut rows: Rows<'a>) -> Result<Self> {
        rows.advance()?;
        let there = rows.get().is_some();
        Ok(Self { rows, there })
    }

    /// Hands over every row of this take.
    fn each(&mut self, take: &str, mut found: impl FnMut(&rusqlite::Row<'_>) -> Result<()>) -> Result<()> {
        while self.there {
            let Some(row) = self.rows.get() else { break };
            let of = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if of > take {
                break;
            }
            if of == take {
                found(row)?;
            }
            self.rows.advance()?;
            self.there = self.rows.get().is_some();
        }
        Ok(())
    }
}
