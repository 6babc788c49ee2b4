//! What a backup says about itself, and what a database holds.

use crate::{Result, timestamp};
use jiff::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// The newest format of backups known here.
pub(super) const FORMAT: u32 = 1;
/// Who wrote it.
pub(super) const APP: &str = "aloud";

/// `manifest.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub app: String,
    pub format: u32,
    #[serde(flatten)]
    pub contents: Contents,
    pub files: Vec<Entry>,
}

/// The part of it that any version can read.
#[derive(Debug, Deserialize)]
pub(super) struct Head {
    pub app: String,
    pub format: u32,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// Version of Aloud that made it.
    pub app_version: String,
    /// Format of its database.
    pub library_format: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// Id of the machine that made it.
    pub device: String,
    /// That machine's name.
    pub device_name: String,
    /// What its database holds.
    pub holds: Holdings,
    /// Takes whose sound is in it.
    pub sounds: u64,
    /// Bytes of that sound.
    pub sound_bytes: u64,
    /// Personal packs in it.
    pub packs: u64,
}

/// What a database holds, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Holdings {
    /// Sittings.
    pub sessions: u64,
    /// Spoken takes that are not deleted.
    pub takes: u64,
    /// Their length together, in seconds.
    pub spoken_s: f64,
    /// Grades.
    pub grades: u64,
    /// Notes that are not deleted.
    pub notes: u64,
    /// When the newest take began.
    pub newest: Option<Timestamp>,
}

impl Holdings {
    /// Counts, in a database of any format so far.
    pub(crate) fn of(connection: &Connection) -> Result<Self> {
        let removals: i64 = connection.query_row(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'removal'",
            [],
            |row| row.get(0),
        )?;
        let there = if removals == 0 {
            ""
        } else {
            "AND NOT coalesce((SELECT gone FROM removal WHERE take = t.id AND what = 'take' ORDER BY id DESC LIMIT 1), 0)"
        };
        let takes = format!(
            "SELECT count(*), coalesce(sum(e.frames * 1.0 / t.sample_rate), 0.0), max(t.at_ms) FROM take t \
             JOIN (SELECT take, max(frames) AS frames FROM take_end GROUP BY take) e ON e.take = t.id \
             WHERE e.frames > 0 {there}"
        );
        let (takes, spoken_s, newest) = connection.query_row(&takes, [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, Option<i64>>(2)?))
        })?;
        let count = |sql: &str| connection.query_row(sql, [], |row| Ok(row.get::<_, i64>(0)?.unsigned_abs()));
        Ok(Self {
            sessions: count("SELECT count(*) FROM session")?,
            takes: takes.unsigned_abs(),
            spoken_s,
            grades: count("SELECT count(*) FROM grade")?,
            notes: count(
                "SELECT count(*) FROM note_text n WHERE gone = 0 AND id = (SELECT max(id) FROM note_text WHERE note = n.note)",
            )?,
            newest: newest.map(timestamp),
        })
    }
}
