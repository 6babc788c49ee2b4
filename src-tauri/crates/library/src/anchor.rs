//! Anchors: takes, or stretches of them, that the person holds up as a level of a signal ("this is my Senior").

use crate::{Library, LibraryError, Result, fresh_id, millis};
use aloud_practice::Level;
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};
use std::ops::Range;

/// An anchor as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The anchor; the same through all its rows.
    pub id: String,
    /// The take it is heard in.
    pub take: String,
    /// The signal it shows.
    pub signal: String,
    /// The level it stands for.
    pub level: Level,
    /// The stretch, in milliseconds; `None` is the whole take.
    pub stretch: Option<Range<u64>>,
    /// It was taken away.
    pub gone: bool,
}

const SELECT: &str =
    "SELECT p.anchor, p.take, p.signal, p.level, p.from_ms, p.to_ms, p.gone FROM anchor_pin p";
/// Only the newest row of an anchor that is there.
const STANDS: &str = "p.gone = 0 AND p.id = (SELECT max(id) FROM anchor_pin WHERE anchor = p.anchor)";

impl Library {
    /// Holds a take, or a stretch of it, up as a level of a signal.
    pub fn pin_anchor(
        &self,
        take: &str,
        signal: &str,
        level: Level,
        stretch: Option<Range<u64>>,
        at: Timestamp,
    ) -> Result<Anchor> {
        let (take, signal) = (take.to_owned(), signal.to_owned());
        let anchor = Anchor { id: fresh_id(), take, signal, level, stretch, gone: false };
        self.put_anchor(&anchor, at)?;
        Ok(anchor)
    }

    /// Takes an anchor away (`gone`), or brings it back.
    pub fn set_anchor_gone(&self, id: &str, gone: bool, at: Timestamp) -> Result<Anchor> {
        let sql = format!("{SELECT} WHERE p.anchor = ?1 ORDER BY p.id DESC LIMIT 1");
        let found = self.connection.query_row(&sql, [id], anchor).optional()?;
        let changed = Anchor { gone, ..found.ok_or(LibraryError::Missing("anchor"))? };
        self.put_anchor(&changed, at)?;
        Ok(changed)
    }

    /// The anchors of a pack's signal, newest first.
    pub fn anchors_for(&self, pack: &str, signal: &str) -> Result<Vec<Anchor>> {
        let sql = format!(
            "{SELECT} JOIN take t ON t.id = p.take WHERE t.pack = ?1 AND p.signal = ?2 AND {STANDS} ORDER BY p.anchor DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let anchors =
            statement.query_map([pack, signal], anchor)?.collect::<std::result::Result<Vec<_>, _>>()?;
        Ok(anchors)
    }

    fn put_anchor(&self, anchor: &Anchor, at: Timestamp) -> Result<()> {
        let ms = |ms: u64| ms as i64;
        self.connection.execute(
            "INSERT INTO anchor_pin (id, device, anchor, take, at_ms, signal, level, from_ms, to_ms, gone) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            (
                fresh_id(),
                &self.device,
                &anchor.id,
                &anchor.take,
                millis(at),
                &anchor.signal,
                anchor.level.name().to_ascii_lowercase(),
                anchor.stretch.as_ref().map(|stretch| ms(stretch.start)),
                anchor.stretch.as_ref().map(|stretch| ms(stretch.end)),
                anchor.gone,
            ),
        )?;
        Ok(())
    }
}

fn anchor(row: &Row<'_>) -> rusqlite::Result<Anchor> {
    let level: String = row.get(3)?;
    let (from, to): (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
    Ok(Anchor {
        id: row.get(0)?,
        take: row.get(1)?,
        signal: row.get(2)?,
        // The table holds no other word.
        level: level.parse().unwrap_or(Level::Senior),
        stretch: from.zip(to).map(|(from, to)| from.unsigned_abs()..to.unsigned_abs()),
        gone: row.get(6)?,
    })
}
