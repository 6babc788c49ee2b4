//! The person’s own data: SQLite and the takes folder.
