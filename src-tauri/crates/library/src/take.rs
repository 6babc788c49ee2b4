//! Takes, how they ended, and the marks on their timelines.

use crate::{Library, LibraryError, Result, fresh_id, millis, timestamp};
use aloud_practice::Level;
use aloud_practice::grade::Progress;
use aloud_practice::session::Ended;
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

/// A take about to be recorded.
#[derive(Clone, Debug)]
pub struct NewTake<'a> {
    /// Its id, which names its file.
    pub id: &'a str,
    /// The session it belongs to.
    pub session: &'a str,
    /// The pack of its question.
    pub pack: &'a str,
    /// The question.
    pub question: &'a str,
    /// The stage's id; in a drill the question's.
    pub stage: &'a str,
    /// The question's title at this time.
    pub title: &'a str,
    /// Where it was asked, in words.
    pub place: &'a str,
    /// What the interviewer said, in Markdown, at this time.
    pub prompt: &'a str,
    /// The time it may take.
    pub budget_ms: u64,
    /// Samples a second.
    pub sample_rate: u32,
}

/// How a take ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeEnd {
    /// How.
    pub ended: Ended,
    /// Length in frames.
    pub frames: u64,
    /// Frames that are silence because sound was lost.
    pub lost_frames: u64,
    /// It was cut short by a crash and repaired.
    pub repaired: bool,
}

/// A take as it is stored.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct StoredTake {
    pub id: String,
    pub session: String,
    pub at: Timestamp,
    pub pack: String,
    pub question: String,
    pub stage: String,
    pub title: String,
    pub place: String,
    pub prompt: String,
    pub budget_ms: u64,
    pub sample_rate: u32,
    /// `None` while it is being recorded, and after a crash until it is repaired.
    pub end: Option<TakeEnd>,
    /// What has been judged and shown.
    pub progress: Progress,
    /// How many notes it has.
    pub notes: u32,
    /// Lowest and highest level of the latest own grade.
    pub range: Option<(Level, Level)>,
    /// It was deleted: no list shows it, and its grades still count.
    pub deleted: bool,
    /// Its sound was deleted.
    pub sound_deleted: bool,
    /// It is kept for ever, as it is.
    pub kept: bool,
}

impl StoredTake {
    /// Length in seconds; 0 while it is being recorded.
    pub fn seconds(&self) -> f64 {
        self.end.map_or(0.0, |end| end.frames as f64 / f64::from(self.sample_rate))
    }

    /// Lists show it: something was said, and it was not deleted.
    pub fn is_listed(&self) -> bool {
        self.progress.spoken && !self.deleted
    }
}

/// A mark on a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMark<M> {
    /// Moment in milliseconds.
    pub moment_ms: u64,
    /// What it is.
    pub mark: M,
}

/// Where a merge brought a second end of a take, the one with more sound counts; the other was written by a machine that
/// had only the beginning.
const SELECT: &str = "SELECT t.id, t.session, t.at_ms, t.pack, t.question, t.stage, t.title, t.place, t.prompt, \
    t.budget_ms, t.sample_rate, e.ended, e.frames, e.lost_frames, e.repaired, \
    EXISTS (SELECT 1 FROM grade g WHERE g.take = t.id AND g.kind = 'first'), \
    EXISTS (SELECT 1 FROM grade g WHERE g.take = t.id AND g.kind = 'second'), \
    EXISTS (SELECT 1 FROM reveal r WHERE r.take = t.id), \
    (SELECT count(*) FROM note_text n WHERE n.take = t.id AND n.gone = 0 \
        AND n.id = (SELECT max(id) FROM note_text WHERE note = n.note)), \
    (SELECT g.levels FROM grade g WHERE g.take = t.id AND g.grader IS NULL ORDER BY g.id DESC LIMIT 1), \
    coalesce((SELECT gone FROM removal WHERE take = t.id AND what = 'take' ORDER BY id DESC LIMIT 1), 0), \
    coalesce((SELECT gone FROM removal WHERE take = t.id AND what = 'sound' ORDER BY id DESC LIMIT 1), 0), \
    coalesce((SELECT kept FROM keep WHERE take = t.id ORDER BY id DESC LIMIT 1), 0) \
    FROM take t LEFT JOIN take_end e \
    ON e.id = (SELECT id FROM take_end WHERE take = t.id ORDER BY frames DESC, id LIMIT 1)";

impl Library {
    /// Stores a take before its first sample.
    pub fn begin_take(&self, new: &NewTake<'_>, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO take (id, device, session, at_ms, pack, question, stage, title, place, prompt, budget_ms, sample_rate) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            rusqlite::params![
                new.id, self.device, new.session, millis(at), new.pack, new.question, new.stage, new.title,
                new.place, new.prompt, new.budget_ms as i64, new.sample_rate
            ],
        )?;
        Ok(())
    }

    /// Stores how a take ended. A take ends once.
    pub fn end_take(&self, take: &str, end: TakeEnd, at: Timestamp) -> Result<()> {
        let ended = match end.ended {
            Ended::Finished => "finished",
            Ended::TimeUp => "time_up",
            Ended::Interrupted => "interrupted",
            Ended::Skipped | Ended::NotReached => {
                return Err(LibraryError::Refused("a take cannot end without having been recorded".into()));
            }
        };
        let added = self.connection.execute(
            "INSERT INTO take_end (id, device, take, at_ms, ended, frames, lost_frames, repaired) \
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM take_end WHERE take = ?3)",
            (
                fresh_id(),
                &self.device,
                take,
                millis(at),
                ended,
                end.frames as i64,
                end.lost_frames as i64,
                end.repaired,
            ),
        )?;
        if added == 0 {
            return Err(LibraryError::Refused("this take has ended already".into()));
        }
        Ok(())
    }

    /// One take.
    pub fn take(&self, id: &str) -> Result<Option<StoredTake>> {
        let sql = format!("{SELECT} WHERE t.id = ?1");
        Ok(self.connection.query_row(&sql, [id], stored).optional()?)
    }

    /// All takes, newest first.
    pub fn takes(&self) -> Result<Vec<StoredTake>> {
        self.select("ORDER BY t.at_ms DESC, t.id DESC", [])
    }

    /// These takes, in this order; those that are not there are left out.
    pub fn these_takes(&self, ids: &[&str]) -> Result<Vec<StoredTake>> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} WHERE t.id = ?1"))?;
        let mut takes = Vec::with_capacity(ids.len());
        for id in ids {
            takes.extend(statement.query_row([id], stored).optional()?);
        }
        Ok(takes)
    }

    /// What every take is called and where it was asked, by id.
    pub fn take_titles(&self) -> Result<HashMap<String, (String, String)>> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, title, place FROM take INDEXED BY take_titles")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// How many takes there are.
    pub fn count_takes(&self) -> Result<u32> {
        Ok(self.connection.query_row("SELECT count(*) FROM take", [], |row| row.get(0))?)
    }

    /// Takes of a question, oldest first.
    pub fn takes_of(&self, pack: &str, question: &str) -> Result<Vec<StoredTake>> {
        self.select("WHERE t.pack = ?1 AND t.question = ?2 ORDER BY t.at_ms, t.id", [pack, question])
    }

    /// Takes of a session, oldest first.
    pub fn takes_in(&self, session: &str) -> Result<Vec<StoredTake>> {
        self.select("WHERE t.session = ?1 ORDER BY t.at_ms, t.id", [session])
    }

    /// Takes whose end was never stored: the app was killed while they ran.
    pub fn unended_takes(&self) -> Result<Vec<StoredTake>> {
        self.select("WHERE e.id IS NULL ORDER BY t.at_ms, t.id", [])
    }

    /// Puts a mark on a take's timeline.
    pub fn add_mark<M: Serialize>(&self, take: &str, moment_ms: u64, mark: &M, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO mark (id, device, take, at_ms, moment_ms, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (fresh_id(), &self.device, take, millis(at), moment_ms as i64, serde_json::to_string(mark)?),
        )?;
        Ok(())
    }

    /// The marks of a take, in order; those of a kind that is not known any more are left out.
    pub fn marks<M: DeserializeOwned>(&self, take: &str) -> Result<Vec<StoredMark<M>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT moment_ms, mark FROM mark WHERE take = ?1 ORDER BY moment_ms, id")?;
        let rows =
            statement.query_map([take], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let mut marks = Vec::new();
        for row in rows {
            let (moment, text) = row?;
            if let Ok(mark) = serde_json::from_str(&text) {
                marks.push(StoredMark { moment_ms: moment.unsigned_abs(), mark });
            }
        }
        Ok(marks)
    }

    /// Notes that the model answer was shown for a take.
    pub fn add_reveal(&self, take: &str, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO reveal (id, device, take, at_ms) VALUES (?1, ?2, ?3, ?4)",
            (fresh_id(), &self.device, take, millis(at)),
        )?;
        Ok(())
    }

    fn select<P: rusqlite::Params>(&self, rest: &str, params: P) -> Result<Vec<StoredTake>> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} {rest}"))?;
        let takes = statement.query_map(params, stored)?.collect::<std::result::Result<Vec<_>, _>>()?;
        Ok(takes)
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredTake> {
    let ended: Option<String> = row.get(11)?;
    let end = match ended {
        None => None,
        Some(ended) => Some(TakeEnd {
            ended: match ended.as_str() {
                "finished" => Ended::Finished,
                "time_up" => Ended::TimeUp,
                _ => Ended::Interrupted,
            },
            frames: row.get::<_, i64>(12)?.unsigned_abs(),
            lost_frames: row.get::<_, i64>(13)?.unsigned_abs(),
            repaired: row.get(14)?,
        }),
    };
    let first = row.get(15)?;
    let second = row.get(16)?;
    let revealed = row.get(17)?;
    Ok(StoredTake {
        id: row.get(0)?,
        session: row.get(1)?,
        at: timestamp(row.get(2)?),
        pack: row.get(3)?,
        question: row.get(4)?,
        stage: row.get(5)?,
        title: row.get(6)?,
        place: row.get(7)?,
        prompt: row.get(8)?,
        budget_ms: row.get::<_, i64>(9)?.unsigned_abs(),
        sample_rate: row.get(10)?,
        progress: Progress { spoken: end.is_some_and(|end| end.frames > 0), first, revealed, second },
        end,
        notes: row.get(18)?,
        range: row.get::<_, Option<String>>(19)?.and_then(|levels| range(&levels)),
        deleted: row.get(20)?,
        sound_deleted: row.get(21)?,
        kept: row.get(22)?,
    })
}

/// Lowest and highest of the levels in a grade; none when it has none.
fn range(levels: &str) -> Option<(Level, Level)> {
    let levels: BTreeMap<String, Level> = serde_json::from_str(levels).ok()?;
    Some((*levels.values().min()?, *levels.values().max()?))
}
