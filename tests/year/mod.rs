//! A year of practice, made up: the same for the same seed, and shaped like what a person leaves behind.
//!
//! **What it makes.** [`Year::write`] fills a library folder with `takes` takes over `days` days up to a given moment, for
//! a pack. By default 20,000 over 365 days. There are
//!
//! - sessions: a mock on Tuesdays and Saturdays in alternating variants, a rerun of one of its stages with a sibling
//!   question the day after, drills of 5 to 12 bank questions in between, and days without any;
//! - takes that end by themselves, at the budget, or by an interruption (a few of them repaired after a crash), with
//!   marks, and delivery facts with their pauses;
//! - grades: first ones on most takes, reveals and second ones on four fifths of these, blind later ones on a
//!   twenty-fifth (2 to 9 days on), peers' on a fiftieth; 6 in 100 takes have none;
//! - notes on a third of the takes, some edited, some taken away; reflections with commitments on mocks and reruns.
//!
//! **How it behaves.** Each signal has a true level that rises from about 0.7 to 2.1 (Junior is 0) along a learning
//! curve, with a slump in the seventh month. Each question has a difficulty of its own. A grade is the true level of
//! the take plus noise, rounded: 0.4 levels of noise on a first, second or later one; first ones flatter by 0.35 at the
//! beginning and are 0.1 too strict at the end; peers are stricter by 0.3. So improvement, a noise band and
//! over-confidence that turns into its opposite are all there to be found.
//!
//! **How it is written.** Through the library's own tables in one transaction: the library is opened once to make them,
//! and rows are then inserted as the library would. No sound is written; [`Year::sound`] adds a silent file where a
//! screen needs one.

#![allow(dead_code, reason = "every test uses a part of it")]

pub mod one;
mod random;
mod sessions;
mod takes;

use aloud_library::Library;
use aloud_practice::pack::Pack;
use anyhow::Result;
use jiff::Zoned;
use rig::window::Setup;
use rusqlite::Connection;
use sessions::Writer;
use std::path::{Path, PathBuf};

/// Samples a second of every take.
const RATE: u32 = 48_000;

/// What to make.
pub struct Year {
    /// How many takes.
    pub takes: usize,
    /// Over how many days.
    pub days: i32,
    /// The last of them; nothing happens after this moment.
    pub until: Zoned,
    /// Another seed makes another year.
    pub seed: u64,
}

impl Year {
    /// 20,000 takes in the twelve months before this moment.
    pub fn up_to(until: &Zoned) -> Self {
        Self { takes: 20_000, days: 365, until: until.clone(), seed: 6 }
    }

    /// Writes it into a library folder that has none yet.
    pub fn write(&self, folder: &Path, pack: &Pack) -> Result<()> {
        drop(Library::open(folder)?);
        let mut connection = Connection::open(folder.join("library.db"))?;
        let device: String = connection.query_row("SELECT id FROM device", [], |row| row.get(0))?;
        let transaction = connection.transaction()?;
        let mut writer = Writer::new(self, pack, device, &transaction);
        writer.live()?;
        drop(writer);
        transaction.commit()?;
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        connection.close().map_err(|(_, error)| error)?;
        Ok(())
    }

    /// A silent sound file of this length for a take.
    pub fn sound(folder: &Path, take: &str, seconds: u32) -> Result<()> {
        let bytes = 2 * RATE * seconds;
        let mut wav = Vec::with_capacity(44 + bytes as usize);
        wav.extend(b"RIFF");
        wav.extend((36 + bytes).to_le_bytes());
        wav.extend(b"WAVEfmt ");
        wav.extend(16u32.to_le_bytes());
        wav.extend([1, 0, 1, 0]);
        wav.extend(RATE.to_le_bytes());
        wav.extend((2 * RATE).to_le_bytes());
        wav.extend([2, 0, 16, 0]);
        wav.extend(b"data");
        wav.extend(bytes.to_le_bytes());
        wav.resize(44 + bytes as usize, 0);
        std::fs::write(folder.join("takes").join(format!("{take}.wav")), wav)?;
        Ok(())
    }
}

/// The moment all these tests live in.
pub const NOW: &str = "2026-11-22T19:00:00+01:00[Europe/Berlin]";

/// The shipped pack.
pub fn pack_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/senior-go-backend")
}

/// The window on a library at that moment, with the shipped pack.
pub fn window_on(library: &Path) -> Setup {
    Setup {
        binary: env!("CARGO_BIN_EXE_aloud").into(),
        library: library.to_owned(),
        usual: false,
        env: vec![("ALOUD_PACKS".into(), pack_folder().into()), ("ALOUD_NOW".into(), NOW.into())],
        size: (1280, 800),
    }
}
