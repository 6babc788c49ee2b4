//! Facts of delivery: measured from the sound, stored with the method that measured them.

use crate::{Library, Result, fresh_id, millis};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

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
            "SELECT d.facts FROM delivery d JOIN take t ON t.id = d.take WHERE d.take <> ?1 AND d.method = ?2 \
             AND d.id = (SELECT max(id) FROM delivery WHERE take = d.take) ORDER BY t.at_ms DESC LIMIT ?3",
        )?;
        let rows = statement.query_map((but, method, most), |row| row.get::<_, String>(0))?;
        let mut found = Vec::new();
        for row in rows {
            found.push(serde_json::from_str(&row?)?);
        }
        Ok(found)
    }
}
