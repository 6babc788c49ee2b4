//! Search across prompts, notes, reflections and carry-forward points.
//!
//! Promise: the index lives in `search.db` and holds nothing that is not somewhere else. It catches up whenever it is
//! asked, and one that is damaged or of another kind is dropped and built anew.

mod index;
mod query;

use crate::{Library, Result, timestamp};
use index::Index;
use jiff::Timestamp;
use query::Query;
use std::fs;
use std::path::Path;

/// The words of a pack that may be searched: never anything sealed.
#[derive(Clone, Debug, Hash)]
pub struct PackWords {
    /// The pack.
    pub pack: String,
    /// Of each question its id, title and prompt, as plain text.
    pub questions: Vec<[String; 3]>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub place: Place,
    /// The question's or session's title.
    pub title: String,
    /// The words around what was found.
    pub text: Vec<Piece>,
    /// When it was written; for prompts the epoch.
    pub at: Timestamp,
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Place {
    /// A question's title or prompt.
    Question { pack: String, question: String },
    /// A note, at its moment in milliseconds.
    Note { take: String, moment_ms: Option<u64> },
    /// What was written after a session.
    Reflection { session: String },
    /// A point to carry forward to the next attempt at a question.
    Carry { pack: String, question: String },
}

/// A piece of text, found or around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// They are what was looked for.
    pub found: bool,
}

impl Library {
    /// What holds all of `words`, each as the beginning of a word; best first, at most `most`.
    pub fn search(&self, words: &str, packs: &[PackWords], most: u32) -> Result<Vec<Found>> {
        let Some(query) = Query::of(words) else { return Ok(Vec::new()) };
        let file = self.folder.join("search.db");
        match self.look(&file, &query, packs, most) {
            Ok(found) => Ok(found),
            Err(error) => {
                tracing::warn!("the search index is built anew: {error}");
                drop_index(&file);
                self.look(&file, &query, packs, most)
            }
        }
    }

    fn look(&self, file: &Path, query: &Query, packs: &[PackWords], most: u32) -> Result<Vec<Found>> {
        let mut index = Index::open(file)?;
        index.catch_up(&self.connection, packs)?;
        index.find(query, most)
    }
}

/// Removes the index and its journal; what is not there is as good as removed.
fn drop_index(file: &Path) {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(name);
    }
}

/// A row of the index as something that was found.
fn found(kind: &str, key: [String; 2], moment_ms: Option<i64>, at_ms: i64) -> Option<(Place, Timestamp)> {
    let [first, second] = key;
    let place = match kind {
        "question" => Place::Question { pack: first, question: second },
        "note" => Place::Note { take: second, moment_ms: moment_ms.map(i64::unsigned_abs) },
        "reflection" => Place::Reflection { session: first },
        "carry" => Place::Carry { pack: first, question: second },
        _ => return None,
    };
    Some((place, timestamp(at_ms)))
}
