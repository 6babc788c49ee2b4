//! Notes: every wording is a row, the newest one counts, a note taken away can come back.

use crate::{Library, LibraryError, Result, fresh_id, millis};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};

/// A note as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The note; the same through all wordings.
    pub id: String,
    /// The take it is about.
    pub take: String,
    /// Moment in milliseconds; `None` is about the whole take.
    pub moment_ms: Option<u64>,
    /// The newest wording.
    pub text: String,
    /// It was taken away.
    pub gone: bool,
}

impl Library {
    /// Writes a note.
    pub fn add_note(&self, take: &str, moment_ms: Option<u64>, text: &str, at: Timestamp) -> Result<Note> {
        let note = Note { id: fresh_id(), take: take.into(), moment_ms, text: text.into(), gone: false };
        self.put(&note, at)?;
        Ok(note)
    }

    /// Gives a note another wording.
    pub fn edit_note(&self, id: &str, text: &str, at: Timestamp) -> Result<Note> {
        self.change(id, at, |note| text.clone_into(&mut note.text))
    }

    /// Takes a note away (`gone`), or brings it back.
    pub fn set_note_gone(&self, id: &str, gone: bool, at: Timestamp) -> Result<Note> {
        self.change(id, at, |note| note.gone = gone)
    }

    /// The notes of a take that are there: those about the whole first, then by moment.
    pub fn notes(&self, take: &str) -> Result<Vec<Note>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT note, take, moment_ms, text, gone FROM note_text n WHERE take = ?1 AND gone = 0 \
             AND id = (SELECT max(id) FROM note_text WHERE note = n.note) ORDER BY moment_ms NULLS FIRST, note",
        )?;
        let notes = statement.query_map([take], note)?.collect::<std::result::Result<Vec<_>, _>>()?;
        Ok(notes)
    }

    fn change(&self, id: &str, at: Timestamp, change: impl FnOnce(&mut Note)) -> Result<Note> {
        let found = self
            .connection
            .query_row(
                "SELECT note, take, moment_ms, text, gone FROM note_text WHERE note = ?1 ORDER BY id DESC LIMIT 1",
                [id],
                note,
            )
            .optional()?;
        let mut changed = found.ok_or(LibraryError::Missing("note"))?;
        change(&mut changed);
        self.put(&changed, at)?;
        Ok(changed)
    }

    fn put(&self, note: &Note, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO note_text (id, device, note, take, at_ms, moment_ms, text, gone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (
                fresh_id(),
                &self.device,
                &note.id,
                &note.take,
                millis(at),
                note.moment_ms.map(|ms| ms as i64),
                &note.text,
                note.gone,
            ),
        )?;
        Ok(())
    }
}

fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    let moment: Option<i64> = row.get(2)?;
    Ok(Note {
        id: row.get(0)?,
        take: row.get(1)?,
        moment_ms: moment.map(i64::unsigned_abs),
        text: row.get(3)?,
        gone: row.get(4)?,
    })
}
