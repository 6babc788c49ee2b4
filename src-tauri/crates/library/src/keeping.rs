//! What is deleted, what is kept for ever, and the trash between the two.
//!
//! Promise: rows first, files last. A deletion is a row; only then does the file go to `trash/`, from where it comes back
//! until [`Library::empty_trash`] removes it for good. Whatever a crash leaves between the two is put right when the
//! library is opened next. Grades and notes of a deleted take stay.

use crate::disk::{private_folder, sync};
use crate::error::file_error;
use crate::{Library, LibraryError, Result, fresh_id, millis, timestamp};
use jiff::Timestamp;
use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

/// The forms a take's sound has on disk; the first that is there counts.
pub(crate) const FORMS: [&str; 2] = ["wav", "flac"];
/// All files that belong to a take's sound.
const FILES: [&str; 3] = ["wav", "flac", "peaks"];

/// What of a take is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// The whole take: it leaves all lists.
    Take,
    /// Only its sound.
    Sound,
}

impl Removal {
    fn name(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Sound => "sound",
        }
    }
}

/// A deleted sound that can still come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trashed {
    /// The take it belongs to.
    pub take: String,
    /// The take's title.
    pub title: String,
    /// What was deleted: the take, or only its sound.
    pub what: Removal,
    /// When.
    pub at: Timestamp,
    /// Bytes it still takes.
    pub bytes: u64,
}

impl Library {
    /// Where deleted sounds wait.
    pub fn trash_folder(&self) -> PathBuf {
        self.folder.join("trash")
    }

    /// Whether a take's sound is there, in whatever form.
    pub fn has_sound(&self, take: &str) -> bool {
        FORMS.iter().any(|form| self.sound_file(take).with_extension(form).is_file())
    }

    /// Deletes a take, or only its sound. It can be undone by [`Library::restore`] as long as the trash holds it.
    pub fn delete(&self, take: &str, what: Removal, at: Timestamp) -> Result<()> {
        let stored = self.take(take)?.ok_or(LibraryError::Missing("take"))?;
        if stored.end.is_none() {
            return Err(LibraryError::Forbidden("This take is still being recorded. End the answer first."));
        }
        if stored.kept {
            return Err(LibraryError::Forbidden(
                "This take is kept for ever. Take that mark off first, then delete it.",
            ));
        }
        self.add_removal(take, what, true, at)?;
        self.settle_take(take, true)
    }

    /// Takes a deletion back. Returns whether the sound is there again; it is not once the trash was emptied.
    pub fn restore(&self, take: &str, what: Removal, at: Timestamp) -> Result<bool> {
        self.take(take)?.ok_or(LibraryError::Missing("take"))?;
        self.add_removal(take, what, false, at)?;
        let stored = self.take(take)?.ok_or(LibraryError::Missing("take"))?;
        self.settle_take(take, stored.deleted || stored.sound_deleted)?;
        Ok(self.has_sound(take))
    }

    fn add_removal(&self, take: &str, what: Removal, gone: bool, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO removal (id, device, take, at_ms, what, gone) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (fresh_id(), &self.device, take, millis(at), what.name(), gone),
        )?;
        Ok(())
    }

    /// Marks a take as kept for ever, as it is: neither deleted nor compacted. Or takes that mark off.
    pub fn set_kept(&self, take: &str, kept: bool, at: Timestamp) -> Result<()> {
        let stored = self.take(take)?.ok_or(LibraryError::Missing("take"))?;
        if kept && (stored.deleted || stored.sound_deleted) {
            return Err(LibraryError::Forbidden("This take is deleted. Bring it back first, then keep it."));
        }
        self.connection.execute(
            "INSERT INTO keep (id, device, take, at_ms, kept) VALUES (?1, ?2, ?3, ?4, ?5)",
            (fresh_id(), &self.device, take, millis(at), kept),
        )?;
        Ok(())
    }

    /// Puts every deleted sound into the trash and every one that was brought back into its place.
    pub(crate) fn settle(&self) -> Result<()> {
        for (take, gone) in self.removals()? {
            self.settle_take(&take, gone)?;
        }
        Ok(())
    }

    /// Takes about whose deletion something was ever said, and whether their sound is gone now.
    pub(crate) fn removals(&self) -> Result<Vec<(String, bool)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT take, max(gone) FROM removal r WHERE id = \
             (SELECT max(id) FROM removal WHERE take = r.take AND what = r.what) GROUP BY take",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Takes that are deleted as a whole.
    pub(crate) fn deleted_takes(&self) -> Result<HashSet<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT take FROM removal r WHERE what = 'take' AND gone = 1 AND id = \
             (SELECT max(id) FROM removal WHERE take = r.take AND what = r.what)",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    fn settle_take(&self, take: &str, gone: bool) -> Result<()> {
        let (takes, trash) = (self.takes_folder(), self.trash_folder());
        let (from, to) = if gone { (&takes, &trash) } else { (&trash, &takes) };
        let mut made = false;
        for form in FILES {
            let name = format!("{take}.{form}");
            let (from, to) = (from.join(&name), to.join(&name));
            if !from.is_file() {
                continue;
            }
            if !made {
                private_folder(&trash)?;
                made = true;
            }
            fs::rename(&from, &to).map_err(file_error("moved", &from))?;
        }
        if made {
            sync(&takes)?;
            sync(&trash)?;
        }
        Ok(())
    }

    /// What the trash holds, newest first.
    pub fn trash(&self) -> Result<Vec<Trashed>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.take, t.title, r.what, r.at_ms FROM removal r JOIN take t ON t.id = r.take WHERE r.gone = 1 \
             AND r.id = (SELECT max(id) FROM removal WHERE take = r.take AND what = r.what) ORDER BY r.id DESC",
        )?;
        let rows = statement.query_map([], |row| {
            let what: String = row.get(2)?;
            Ok(Trashed {
                take: row.get(0)?,
                title: row.get(1)?,
                what: if what == "take" { Removal::Take } else { Removal::Sound },
                at: timestamp(row.get(3)?),
                bytes: 0,
            })
        })?;
        let mut found: Vec<Trashed> = Vec::new();
        for row in rows {
            let mut trashed = row?;
            let files = self.trashed_files(&trashed.take);
            // A take deleted after its sound is one thing to bring back first: the take.
            if !files.is_empty() && found.iter().all(|other| other.take != trashed.take) {
                trashed.bytes = files.iter().filter_map(|file| Some(file.metadata().ok()?.len())).sum();
                found.push(trashed);
            }
        }
        Ok(found)
    }

    fn trashed_files(&self, take: &str) -> Vec<PathBuf> {
        let file = |form: &&str| self.trash_folder().join(format!("{take}.{form}"));
        FILES.iter().map(file).filter(|file| file.is_file()).collect()
    }

    /// Removes for good what was deleted until `before`. Returns how many sounds went and how many bytes that freed.
    pub fn empty_trash(&self, before: Timestamp) -> Result<(u32, u64)> {
        let (mut sounds, mut bytes) = (0, 0);
        for trashed in self.trash()?.into_iter().filter(|trashed| trashed.at <= before) {
            for file in self.trashed_files(&trashed.take) {
                fs::remove_file(&file).map_err(file_error("removed", &file))?;
            }
            sounds += 1;
            bytes += trashed.bytes;
        }
        Ok((sounds, bytes))
    }

    /// Notes what a take's sound is, before its file takes another form. Said once for the same sound.
    pub fn add_sound_hash(&self, take: &str, sha256: &str, frames: u64, at: Timestamp) -> Result<()> {
        self.connection.execute(
            "INSERT INTO sound_hash (id, device, take, at_ms, sha256, frames) SELECT ?1, ?2, ?3, ?4, ?5, ?6 \
             WHERE NOT EXISTS (SELECT 1 FROM sound_hash WHERE take = ?3 AND sha256 = ?5)",
            (fresh_id(), &self.device, take, millis(at), sha256, frames as i64),
        )?;
        Ok(())
    }
}
