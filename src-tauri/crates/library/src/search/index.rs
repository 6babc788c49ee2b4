//! The index itself: a table of where things are, and their words beside it in FTS5.

use super::query::Query;
use super::{Found, PackWords, Piece, found};
use crate::Result;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::Path;

/// Its own format; another number means: drop it.
const FORMAT: i64 = 1;

const SCHEMA: &str = "
    CREATE TABLE seen (source TEXT PRIMARY KEY, upto INTEGER NOT NULL) STRICT;
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL,
        thing TEXT NOT NULL, moment_ms INTEGER, at_ms INTEGER NOT NULL, UNIQUE (kind, thing)
    ) STRICT;
    CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
";

const EMPTY: &str = "DELETE FROM seen; DELETE FROM entry; DELETE FROM words;";

/// Marks the beginning and end of what was found, in SQLite's answer only.
const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

pub(super) struct Index(Connection);

/// One thing that can be found.
struct Entry<'a> {
    kind: &'a str,
    /// Pack and question, take, or session: what leads to it.
    key: [&'a str; 2],
    /// Its identity within its kind.
    thing: &'a str,
    moment_ms: Option<i64>,
    at_ms: i64,
    title: &'a str,
    text: &'a str,
}

impl Index {
    pub(super) fn open(file: &Path) -> Result<Self> {
        let connection = Connection::open(file)?;
        // What is lost is built again.
        connection.pragma_update(None, "synchronous", "OFF")?;
        let format: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if format != FORMAT {
            let transaction = connection.unchecked_transaction()?;
            transaction.execute_batch(
                "DROP TABLE IF EXISTS seen; DROP TABLE IF EXISTS entry; DROP TABLE IF EXISTS words;",
            )?;
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "user_version", FORMAT)?;
            transaction.commit()?;
            crate::disk::private_file(file)?;
        }
        Ok(Self(connection))
    }

    /// Takes in what the library and the packs hold and the index does not.
    pub(super) fn catch_up(&mut self, library: &Connection, packs: &[PackWords]) -> Result<()> {
        let transaction = self.0.transaction()?;
        let first: String =
            library.query_row("SELECT id FROM device ORDER BY rowid LIMIT 1", [], |row| row.get(0))?;
        let this = hash(&first);
        if seen(&transaction, "library")? != this {
            transaction.execute_batch(EMPTY)?;
            saw(&transaction, "library", this)?;
        }
        for table in ["take", "note_text", "reflection", "carry_text"] {
            let newest: i64 =
                library
                    .query_row(&format!("SELECT ifnull(max(rowid), 0) FROM {table}"), [], |row| row.get(0))?;
            // Rows are only ever added: fewer than were seen means that this is an earlier state of the library.
            if newest < seen(&transaction, table)? {
                transaction.execute_batch(EMPTY)?;
                saw(&transaction, "library", this)?;
            }
        }
        prompts(&transaction, library, packs)?;
        notes(&transaction, library)?;
        reflections(&transaction, library)?;
        carried(&transaction, library)?;
        Ok(transaction.commit()?)
    }

    /// What holds all the words, best first: titles count more than texts, and of equals the newer comes first.
    pub(super) fn find(&self, query: &Query, most: u32) -> Result<Vec<Found>> {
        let mut wanted: Vec<String> = Vec::new();
        let mut conditions: Vec<String> = Vec::new();
        if !query.matching.is_empty() {
            wanted.push(query.matching.clone());
            conditions.push(format!("words MATCH ?{}", wanted.len()));
        }
        for piece in &query.pieces {
            wanted.push(piece.clone());
            let n = wanted.len();
            conditions.push(format!("(instr(words.title, ?{n}) OR instr(words.text, ?{n}))"));
        }
        let (text, rank) = if query.matching.is_empty() {
            ("words.text".to_owned(), "")
        } else {
            let [begin, end] = MARKS.map(u32::from);
            (format!("snippet(words, 1, char({begin}), char({end}), '…', 24)"), "bm25(words, 4.0, 1.0), ")
        };
        let sql = format!(
            "SELECT e.kind, e.first, e.second, e.moment_ms, e.at_ms, words.title, {text} \
             FROM words JOIN entry e ON e.id = words.rowid WHERE {} ORDER BY {rank}e.at_ms DESC, e.id LIMIT {most}",
            conditions.join(" AND ")
        );
        let mut statement = self.0.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(&wanted))?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let text: String = row.get(6)?;
            if let Some((place, at)) = found(&kind, [row.get(1)?, row.get(2)?], row.get(3)?, row.get(4)?) {
                all.push(Found { place, title: row.get(5)?, text: pieces(&text, &query.pieces), at });
            }
        }
        Ok(all)
    }
}

fn seen(index: &Connection, source: &str) -> Result<i64> {
    let upto = index.query_row("SELECT upto FROM seen WHERE source = ?1", [source], |row| row.get(0));
    Ok(upto.optional()?.unwrap_or(0))
}

fn saw(index: &Connection, source: &str, upto: i64) -> Result<()> {
    index.execute(
        "INSERT INTO seen (source, upto) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET upto = ?2",
        (source, upto),
    )?;
    Ok(())
}

/// Tells things apart; the same in every run of the same build, and another build may as well index anew.
fn hash(thing: &(impl Hash + ?Sized)) -> i64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish() as i64
}

fn forget(index: &Connection, kind: &str, thing: &str) -> Result<()> {
    let id: Option<i64> = index
        .query_row("DELETE FROM entry WHERE kind = ?1 AND thing = ?2 RETURNING id", (kind, thing), |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(id) = id {
        index.execute("DELETE FROM words WHERE rowid = ?1", [id])?;
    }
    Ok(())
}

fn put(index: &Connection, entry: &Entry<'_>) -> Result<()> {
    forget(index, entry.kind, entry.thing)?;
    index
        .prepare_cached("INSERT INTO entry (kind, first, second, thing, moment_ms, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute((entry.kind, entry.key[0], entry.key[1], entry.thing, entry.moment_ms, entry.at_ms))?;
    index
        .prepare_cached("INSERT INTO words (rowid, title, text) VALUES (last_insert_rowid(), ?1, ?2)")?
        .execute((entry.title, entry.text))?;
    Ok(())
}

/// Prompts of the packs, and of questions that are in no pack any more but were once asked.
fn prompts(index: &Connection, library: &Connection, packs: &[PackWords]) -> Result<()> {
    let now = hash(packs);
    if seen(index, "packs")? != now {
        index.execute_batch(
            "DELETE FROM words WHERE rowid IN (SELECT id FROM entry WHERE kind = 'question'); \
             DELETE FROM entry WHERE kind = 'question'; DELETE FROM seen WHERE source = 'take';",
        )?;
        for (pack, [question, title, text]) in
            packs.iter().flat_map(|pack| pack.questions.iter().map(|question| (&pack.pack, question)))
        {
            let thing = thing(pack, question);
            put(
                index,
                &Entry {
                    kind: "question",
                    key: [pack, question],
                    thing: &thing,
                    moment_ms: None,
                    at_ms: 0,
                    title,
                    text,
                },
            )?;
        }
        saw(index, "packs", now)?;
    }
    let sql =
        "SELECT max(rowid), pack, question, title, prompt FROM take WHERE rowid > ?1 GROUP BY pack, question";
    let mut statement = library.prepare_cached(sql)?;
    let mut rows = statement.query([seen(index, "take")?])?;
    let mut upto = seen(index, "take")?;
    while let Some(row) = rows.next()? {
        let (pack, question): (String, String) = (row.get(1)?, row.get(2)?);
        upto = upto.max(row.get(0)?);
        let thing = thing(&pack, &question);
        let known = index
            .query_row("SELECT 1 FROM entry WHERE kind = 'question' AND thing = ?1", [&thing], |_| Ok(()))
            .optional()?;
        if known.is_none() {
            let (title, text): (String, String) = (row.get(3)?, row.get(4)?);
            put(
                index,
                &Entry {
                    kind: "question",
                    key: [&pack, &question],
                    thing: &thing,
                    moment_ms: None,
                    at_ms: 0,
                    title: &title,
                    text: &text,
                },
            )?;
        }
    }
    saw(index, "take", upto)
}

fn thing(pack: &str, question: &str) -> String {
    format!("{pack}/{question}")
}

fn notes(index: &Connection, library: &Connection) -> Result<()> {
    let sql = "SELECT n.rowid, n.note, n.take, n.moment_ms, n.at_ms, n.text, n.gone, t.title FROM note_text n \
        JOIN take t ON t.id = n.take WHERE n.rowid > ?1 \
        AND n.id = (SELECT max(id) FROM note_text WHERE note = n.note) ORDER BY n.rowid";
    each(index, library, "note_text", sql, |row| {
        let note: String = row.get(1)?;
        if row.get(6)? {
            return forget(index, "note", &note);
        }
        let (take, text, title): (String, String, String) = (row.get(2)?, row.get(5)?, row.get(7)?);
        let (moment_ms, at_ms) = (row.get(3)?, row.get(4)?);
        put(
            index,
            &Entry {
                kind: "note",
                key: ["", &take],
                thing: &note,
                moment_ms,
                at_ms,
                title: &title,
                text: &text,
            },
        )
    })
}

fn reflections(index: &Connection, library: &Connection) -> Result<()> {
    let sql = "SELECT r.rowid, r.session, r.at_ms, r.text, r.commitments, s.title FROM reflection r \
        JOIN session s ON s.id = r.session WHERE r.rowid > ?1 \
        AND r.id = (SELECT max(id) FROM reflection WHERE session = r.session) ORDER BY r.rowid";
    each(index, library, "reflection", sql, |row| {
        let (session, text): (String, String) = (row.get(1)?, row.get(3)?);
        let (commitments, title): (String, String) = (row.get(4)?, row.get(5)?);
        let commitments: Vec<String> = serde_json::from_str(&commitments)?;
        let text = [vec![text], commitments].concat().join("\n");
        put(
            index,
            &Entry {
                kind: "reflection",
                key: [&session, ""],
                thing: &session,
                moment_ms: None,
                at_ms: row.get(2)?,
                title: &title,
                text: &text,
            },
        )
    })
}

fn carried(index: &Connection, library: &Connection) -> Result<()> {
    let sql = "SELECT c.rowid, c.carry, c.pack, c.question, c.at_ms, c.text, c.gone, \
        ifnull((SELECT title FROM take WHERE pack = c.pack AND question = c.question ORDER BY at_ms DESC LIMIT 1), '') \
        FROM carry_text c WHERE c.rowid > ?1 AND c.id = (SELECT max(id) FROM carry_text WHERE carry = c.carry) ORDER BY c.rowid";
    each(index, library, "carry_text", sql, |row| {
        let carry: String = row.get(1)?;
        if row.get(6)? {
            return forget(index, "carry", &carry);
        }
        let (pack, question): (String, String) = (row.get(2)?, row.get(3)?);
        let (text, title): (String, String) = (row.get(5)?, row.get(7)?);
        put(
            index,
            &Entry {
                kind: "carry",
                key: [&pack, &question],
                thing: &carry,
                moment_ms: None,
                at_ms: row.get(4)?,
                title: &title,
                text: &text,
            },
        )
    })
}

/// Takes in the rows of a table that were not seen yet; the first column is the row's number.
fn each(
    index: &Connection,
    library: &Connection,
    source: &str,
    sql: &str,
    mut take_in: impl FnMut(&rusqlite::Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut upto = seen(index, source)?;
    let mut statement = library.prepare_cached(sql)?;
    let mut rows = statement.query([upto])?;
    while let Some(row) = rows.next()? {
        take_in(row)?;
        upto = upto.max(row.get(0)?);
    }
    saw(index, source, upto)
}

/// Cuts a text where the marks are; without marks, around the first of `wanted`.
fn pieces(text: &str, wanted: &[String]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut push = |text: &str, is: bool| {
        if !text.is_empty() {
            found.push(Piece { text: text.to_owned(), found: is });
        }
    };
    if !text.contains(MARKS) {
        let hit = wanted.iter().find_map(|piece| Some((text.find(piece.as_str())?, piece.len())));
        let Some((at, length)) = hit else {
            push(&text.chars().take(AROUND * 2).collect::<String>(), false);
            return found;
        };
        let before: Vec<char> = text[..at].chars().rev().take(AROUND).collect();
        push(&before.into_iter().rev().collect::<String>(), false);
        push(&text[at..at + length], true);
        push(&text[at + length..].chars().take(AROUND).collect::<String>(), false);
        return found;
    }
    for part in text.split(MARKS[0]) {
        match part.split_once(MARKS[1]) {
            Some((hit, after)) => {
                push(hit, true);
                push(after, false);
            }
            None => push(part, false),
        }
    }
    found
}

/// Letters shown on either side of what was found where there are no words to count.
const AROUND: usize = 60;
