//! Facts of delivery: measured from the sound, stored with the method that measured them.

use crate::{Library, Result, fresh_id, millis};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The main facts of a take, those that are followed over time. One that was withheld is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredTake {
    /// The take.
    pub take: String,
    /// The shortest silence that counted as a pause, in milliseconds.
    pub pause_ms: u32,
    /// Seconds to the first word.
    pub first_word_s: Option<f64>,
    /// Share of the take spent speaking, 0 to 1.
    pub speech_share: Option<f64>,
    /// Length of the longest pause, in seconds.
    pub longest_pause_s: Option<f64>,
    /// Syllables per second of speaking.
    pub articulation_rate: Option<f64>,
    /// Integrated loudness in LUFS.
    pub loudness_lufs: Option<f64>,
}

impl Library {
    /// Stores the facts of a take; those of an older method stay beside them.
    pub fn add_delivery<F: Serialize>(
        &self,
        take: &str,
        method: &str,
        facts: &F,
        at: Timestamp,
    ) -> Result<()> {
        self.connection.execute(
            "INSERT INTO delivery (id, device, take, at_ms, method, facts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (fresh_id(), &self.device, take, millis(at), method, serde_json::to_string(facts)?),
        )?;
        Ok(())
    }

    /// The newest facts of a take.
    pub fn delivery<F: DeserializeOwned>(&self, take: &str) -> Result<Option<F>> {
        let text: Option<String> = self
            .connection
            .query_row("SELECT facts FROM delivery WHERE take = ?1 ORDER BY id DESC LIMIT 1", [take], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// The newest facts of the latest `most` other takes that were measured by this method, newest first.
    pub fn recent_deliveries<F: DeserializeOwned>(
        &self,
        but: &str,
        method: &str,
        most: u32,
    ) -> Result<Vec<F>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.facts FROM take t CROSS JOIN delivery d ON d.take = t.id WHERE t.id <> ?1 AND d.method = ?2 \
             AND d.id = (SELECT max(id) FROM delivery WHERE take = d.take) ORDER BY t.at_ms DESC LIMIT ?3",
        )?;
        let rows = statement.query_map((but, method, most), |row| row.get::<_, String>(0))?;
        let mut found = Vec::new();
        for row in rows {
            found.push(serde_json::from_str(&row?)?);
        }
        Ok(found)
    }

    /// The main facts of every take that was measured by this method, in the order of the takes' ids; the newest of each.
    pub fn measured_takes(&self, method: &str) -> Result<Vec<MeasuredTake>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT take, facts ->> '$.pause_ms', facts ->> '$.first_word_s', facts ->> '$.speech_share', facts ->> '$.longest_pause_s', \
             facts ->> '$.articulation_rate', facts ->> '$.loudness_lufs' \
             FROM delivery INDEXED BY delivery_facts WHERE method = ?1 ORDER BY take, id",
        )?;
        let mut rows = statement.query([method])?;
        let mut found: Vec<MeasuredTake> = Vec::new();
        while let Some(row) = rows.next()? {
            let measured = MeasuredTake {
                take: row.get(0)?,
                pause_ms: row.get(1)?,
                first_word_s: row.get(2)?,
                speech_share: row.get(3)?,
                longest_pause_s: row.get(4)?,
                articulation_rate: row.get(5)?,
                loudness_lufs: row.get(6)?,
            };
            match found.last_mut().filter(|last| last.take == measured.take) {
                Some(last) => *last = measured,
                None => found.push(measured),
            }
        }
        Ok(found)
    }
}
