//! Sessions and where they stood.

use crate::{Library, Result, fresh_id, millis, timestamp};
use aloud_practice::session::{Plan, SessionKind, State};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row};

/// A session about to begin.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// The pack it asks from.
    pub pack: &'a str,
    /// What it will ask.
    pub plan: &'a Plan,
}

/// A session as it is stored.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// Its id.
    pub id: String,
    /// When it began.
    pub at: Timestamp,
    /// The pack it asked from.
    pub pack: String,
    /// What it is.
    pub kind: SessionKind,
    /// As shown.
    pub title: String,
    /// Where it stood last.
    pub state: State,
    /// It has ended.
    pub over: bool,
}

/// One run of a mock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MockRun {
    /// Which mock.
    pub mock: String,
    /// Which variant of it.
    pub variant: String,
    /// When it began.
    pub at: Timestamp,
}

const SELECT: &str = "SELECT s.id, s.at_ms, s.pack, s.title, t.state, t.over FROM session s \
    JOIN session_state t ON t.session = s.id AND t.id = (SELECT max(id) FROM session_state WHERE session = s.id)";

impl Library {
    /// Stores a session and its first state; returns its id.
    pub fn begin_session(&mut self, new: &NewSession<'_>, state: &State, at: Timestamp) -> Result<String> {
        let id = fresh_id();
        let (kind, subject) = match &new.plan.kind {
            SessionKind::Mock { mock, variant } => ("mock", format!("{mock}/{variant}")),
            SessionKind::Drill => ("drill", String::new()),
            SessionKind::Rerun { of } => ("rerun", of.clone()),
        };
        let plan = serde_json::to_string(new.plan)?;
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "INSERT INTO session (id, device, at_ms, pack, kind, subject, title, plan) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (&id, &self.device, millis(at), new.pack, kind, subject, &new.plan.title, plan),
        )?;
        transaction.execute(
            "INSERT INTO session_state (id, device, session, at_ms, state, over) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (fresh_id(), &self.device, &id, millis(at), serde_json::to_string(state)?, state.is_over()),
        )?;
        transaction.commit()?;
        Ok(id)
    }

    /// Stores where a session stands now.
    pub fn save_session(&self, session: &str, state: &State, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO session_state (id, device, session, at_ms, state, over) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (fresh_id(), &self.device, session, millis(at), serde_json::to_string(state)?, state.is_over()),
        )?;
        Ok(())
    }

    /// One session.
    pub fn session(&self, id: &str) -> Result<Option<StoredSession>> {
        let sql = format!("{SELECT} WHERE s.id = ?1");
        let row = self.connection.query_row(&sql, [id], raw).optional()?;
        row.map(understand).transpose()
    }

    pub(crate) fn read_staged_sessions(&self) -> Result<Vec<StoredSession>> {
        let sql = format!("{SELECT} WHERE s.kind IN ('mock', 'rerun') ORDER BY s.id DESC");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], raw)?.collect::<std::result::Result<Vec<_>, _>>()?;
        rows.into_iter().map(understand).collect()
    }

    /// Every run of a mock of a pack, newest first, without where it stood.
    pub fn mock_runs(&self, pack: &str) -> Result<Vec<MockRun>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT subject, at_ms FROM session WHERE kind = 'mock' AND pack = ?1 ORDER BY id DESC",
        )?;
        let rows = statement.query_map([pack], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        let mut runs = Vec::new();
        for row in rows {
            let (subject, at_ms) = row?;
            if let Some((mock, variant)) = subject.split_once('/') {
                runs.push(MockRun { mock: mock.into(), variant: variant.into(), at: timestamp(at_ms) });
            }
        }
        Ok(runs)
    }

    /// Every session's id and when it began, oldest first.
    pub fn session_times(&self) -> Result<Vec<(String, Timestamp)>> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, at_ms FROM session ORDER BY at_ms, id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, timestamp(row.get(1)?))))?;
        Ok(rows.collect::<std::result::Result<Vec<_>, _>>()?)
    }

    /// Ids of the sessions of a kind about a subject, newest first: `mock/` with every variant, or what a rerun is of.
    pub fn sessions_about(&self, pack: &str, kind: &str, subject: &str) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM session WHERE kind = ?2 AND pack = ?1 \
             AND (subject = ?3 OR (?2 = 'mock' AND substr(subject, 1, length(?3)) = ?3)) ORDER BY id DESC",
        )?;
        let ids = statement.query_map([pack, kind, subject], |row| row.get(0))?;
        Ok(ids.collect::<std::result::Result<Vec<_>, _>>()?)
    }

    /// All sessions, newest first.
    pub fn sessions(&self) -> Result<Vec<StoredSession>> {
        let sql = format!("{SELECT} ORDER BY s.id DESC");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], raw)?.collect::<std::result::Result<Vec<_>, _>>()?;
        rows.into_iter().map(understand).collect()
    }

    /// The newest session, if it has not ended.
    pub fn interrupted_session(&self) -> Result<Option<StoredSession>> {
        let sql = format!("{SELECT} WHERE s.id = (SELECT max(id) FROM session)");
        let row = self.connection.query_row(&sql, [], raw).optional()?;
        Ok(row.map(understand).transpose()?.filter(|session| !session.over))
    }
}

type Raw = (String, i64, String, String, String, bool);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn understand((id, at_ms, pack, title, state, over): Raw) -> Result<StoredSession> {
    let state: State = serde_json::from_str(&state)?;
    Ok(StoredSession { id, at: timestamp(at_ms), pack, kind: state.plan.kind.clone(), title, state, over })
}
