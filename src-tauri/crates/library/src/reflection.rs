//! What was written down after a session, and what one will do next time.

use crate::{Library, Result, fresh_id, millis, timestamp};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

/// The newest wording of a session's reflection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reflection {
    /// When it was written.
    pub at: Timestamp,
    /// What could be better.
    pub text: String,
    /// At most two sentences: "next time I will…".
    pub commitments: Vec<String>,
}

impl Library {
    /// Stores a reflection; an earlier wording stays in the history.
    pub fn add_reflection(
        &self,
        session: &str,
        text: &str,
        commitments: &[String],
        at: Timestamp,
    ) -> Result<()> {
        self.connection.execute(
            "INSERT INTO reflection (id, device, session, at_ms, text, commitments) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (fresh_id(), &self.device, session, millis(at), text, serde_json::to_string(commitments)?),
        )?;
        Ok(())
    }

    /// What was written about a session.
    pub fn reflection(&self, session: &str) -> Result<Option<Reflection>> {
        let row = self
            .connection
            .query_row(
                "SELECT at_ms, text, commitments FROM reflection WHERE session = ?1 ORDER BY id DESC LIMIT 1",
                [session],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)),
            )
            .optional()?;
        row.map(|(at, text, commitments)| {
            Ok(Reflection { at: timestamp(at), text, commitments: serde_json::from_str(&commitments)? })
        })
        .transpose()
    }
}
