//! Backups: dated copies of the database, and whole backups in one file.
//!
//! Promise: nothing is called a backup before it was written, read back and found whole. Restoring writes beside, never
//! over, and what is restored appears under its name only once all of it was verified. A damaged, foreign or hostile file
//! is refused with a sentence; nothing of it is left behind.
//!
//! A whole backup is a plain ZIP in which nothing is packed, so that any archive program can open it:
//!
//! ```text
//! library.db               a verified copy of the database
//! takes/ID.wav, ID.flac    the takes, as they are
//! packs/…                  the person's own packs
//! manifest.json            format, app, device, date, counts; size and SHA-256 of each file above
//! ```
//!
//! The ZIP's comment is the SHA-256 of every byte before it, so a single flipped bit anywhere is found.

mod archive;
mod copy;
mod daily;
mod manifest;
mod names;
mod reading;
mod thinning;

pub use archive::Snapshot;
pub use daily::DatabaseCopy;
pub use manifest::{Contents, Holdings};
pub use reading::Backup;
use thinning::thinned;

pub(crate) use copy::{copy_database, verified_copy, verify_database};
pub(crate) use names::{is_id, is_take};
pub(crate) use reading::check_empty;

/// Bytes read and hashed at once.
const BLOCK: usize = 256 * 1024;

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
