//! Carry-forward points: what to do at the next attempt at a question, found by comparing two takes.

use crate::{Library, LibraryError, Result, fresh_id, millis};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};

/// A question has at most this many: more is not kept in mind while speaking.
pub const MOST_CARRIED: usize = 2;

/// A carry-forward point as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carry {
    /// The point; the same through all wordings.
    pub id: String,
    /// The pack of its question.
    pub pack: String,
    /// The question it is for.
    pub question: String,
    /// The newest wording.
    pub text: String,
    /// It was taken away.
    pub gone: bool,
}

impl Library {
    /// Writes a point for the next attempt at a question; refused when it has [`MOST_CARRIED`].
    pub fn carry_forward(&self, pack: &str, question: &str, text: &str, at: Timestamp) -> Result<Carry> {
        let (pack, question) = (pack.to_owned(), question.to_owned());
        let carry = Carry { id: fresh_id(), pack, question, text: text.to_owned(), gone: false };
        self.put_carry(&carry, at)?;
        Ok(carry)
    }

    /// Gives a point another wording.
    pub fn edit_carry(&self, id: &str, text: &str, at: Timestamp) -> Result<Carry> {
        let changed = Carry { text: text.to_owned(), ..self.newest_carry(id)? };
        self.put_carry(&changed, at)?;
        Ok(changed)
    }

    /// Takes a point away (`gone`), or brings it back; refused when others have taken its place.
    pub fn set_carry_gone(&self, id: &str, gone: bool, at: Timestamp) -> Result<Carry> {
        let changed = Carry { gone, ..self.newest_carry(id)? };
        self.put_carry(&changed, at)?;
        Ok(changed)
    }

    /// The points of a question, oldest first.
    pub fn carried(&self, pack: &str, question: &str) -> Result<Vec<Carry>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT carry, pack, question, text, gone FROM carry_text c WHERE pack = ?1 AND question = ?2 AND gone = 0 \
             AND id = (SELECT max(id) FROM carry_text WHERE carry = c.carry) ORDER BY carry",
        )?;
        let found = statement.query_map([pack, question], carry)?;
        Ok(found.collect::<std::result::Result<_, _>>()?)
    }

    fn newest_carry(&self, id: &str) -> Result<Carry> {
        let found = self.connection.query_row(
            "SELECT carry, pack, question, text, gone FROM carry_text WHERE carry = ?1 ORDER BY id DESC LIMIT 1",
            [id],
            carry,
        );
        found.optional()?.ok_or(LibraryError::Missing("point"))
    }

    fn put_carry(&self, carry: &Carry, at: Timestamp) -> Result<()> {
        let others = self.carried(&carry.pack, &carry.question)?;
        if !carry.gone && others.iter().filter(|other| other.id != carry.id).count() >= MOST_CARRIED {
            return Err(LibraryError::Refused(format!(
                "This question already has {MOST_CARRIED} points to carry forward. Change one of them, or take one away first"
            )));
        }
        self.connection.execute(
            "INSERT INTO carry_text (id, device, carry, pack, question, at_ms, text, gone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (
                fresh_id(),
                &self.device,
                &carry.id,
                &carry.pack,
                &carry.question,
                millis(at),
                &carry.text,
                carry.gone,
            ),
        )?;
        Ok(())
    }
}

fn carry(row: &Row<'_>) -> rusqlite::Result<Carry> {
    Ok(Carry {
        id: row.get(0)?,
        pack: row.get(1)?,
        question: row.get(2)?,
        text: row.get(3)?,
        gone: row.get(4)?,
    })
}
