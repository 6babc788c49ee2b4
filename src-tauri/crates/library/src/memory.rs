//! The whole history, once it was read, for as long as no row changes.
//!
//! Promise: never stale. The library is held by this one connection, which counts every row it changes; what was read
//! under an older count is read anew. It is read outside of transactions, so nothing that is taken back is remembered.

use crate::brief::BriefTakes;
use crate::session::StoredSession;
use crate::{Library, Result};
use std::cell::RefCell;
use std::sync::Arc;

/// What was read, and how many rows had been changed before.
#[derive(Debug)]
struct Read<T> {
    changes: u64,
    what: Arc<T>,
}

/// What a library remembers.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    takes: RefCell<Option<Read<BriefTakes>>>,
    staged: RefCell<Option<Read<Vec<StoredSession>>>>,
}

impl Library {
    /// Every take with its grades.
    pub fn brief_takes(&self) -> Result<Arc<BriefTakes>> {
        self.remembered(&self.memory.takes, Self::read_brief_takes)
    }

    /// Mocks and reruns with where they stood, newest first: the sessions that have a weakest stage.
    pub fn staged_sessions(&self) -> Result<Arc<Vec<StoredSession>>> {
        self.remembered(&self.memory.staged, Self::read_staged_sessions)
    }

    fn remembered<T>(
        &self,
        memory: &RefCell<Option<Read<T>>>,
        read: impl Fn(&Self) -> Result<T>,
    ) -> Result<Arc<T>> {
        let changes = self.connection.total_changes();
        if let Some(known) = memory.borrow().as_ref().filter(|known| known.changes == changes) {
            return Ok(Arc::clone(&known.what));
        }
        let what = Arc::new(read(self)?);
        *memory.borrow_mut() = Some(Read { changes, what: Arc::clone(&what) });
        Ok(what)
    }
}
