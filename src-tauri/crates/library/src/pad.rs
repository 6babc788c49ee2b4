//! The pad beside a take: every edit with its moment, so that it can grow again under the voice.

use crate::{Library, Result, fresh_id, millis};
use jiff::Timestamp;

/// A batch of edits made within a moment, as the pad describes them.
#[derive(Clone, Debug, PartialEq)]
pub struct PadEdit {
    /// Moment in milliseconds.
    pub moment_ms: u64,
    /// The edit, as JSON.
    pub edit: serde_json::Value,
}

impl Library {
    /// Stores an edit.
    pub fn add_pad_edit(&self, take: &str, edit: &PadEdit, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO pad_edit (id, device, take, at_ms, moment_ms, edit) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                fresh_id(),
                &self.device,
                take,
                millis(at),
                edit.moment_ms as i64,
                serde_json::to_string(&edit.edit)?,
            ),
        )?;
        Ok(())
    }

    /// The edits of a take, in the order they were made.
    pub fn pad_edits(&self, take: &str) -> Result<Vec<PadEdit>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT moment_ms, edit FROM pad_edit WHERE take = ?1 ORDER BY id")?;
        let rows =
            statement.query_map([take], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (moment, edit) = row?;
            Ok(PadEdit { moment_ms: moment.unsigned_abs(), edit: serde_json::from_str(&edit)? })
        })
        .collect()
    }
}
