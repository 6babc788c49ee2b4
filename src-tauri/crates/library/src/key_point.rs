//! Moments at which key points are said in a take, as the person pinned them.

use crate::{Library, Result, fresh_id, millis};
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Library {
    /// Pins a key point to a moment of a take, in milliseconds; `None` takes the pin away.
    pub fn pin_key_point(
        &self,
        take: &str,
        key_point: &str,
        moment_ms: Option<u64>,
        at: Timestamp,
    ) -> Result<()> {
        self.connection.execute(
            "INSERT INTO key_point_moment (id, device, take, at_ms, key_point, moment_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (fresh_id(), &self.device, take, millis(at), key_point, moment_ms.map(|ms| ms as i64)),
        )?;
        Ok(())
    }

    /// The pinned moments of a take in milliseconds, by the key point's text.
    pub fn key_point_moments(&self, take: &str) -> Result<BTreeMap<String, u64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key_point, moment_ms FROM key_point_moment k WHERE take = ?1 AND moment_ms IS NOT NULL \
             AND id = (SELECT max(id) FROM key_point_moment WHERE take = k.take AND key_point = k.key_point)",
        )?;
        let rows =
            statement.query_map([take], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
