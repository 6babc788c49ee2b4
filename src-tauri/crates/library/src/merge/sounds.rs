//! The sounds of a merge: which are missing here, and bringing them, verified.

use super::Other;
use crate::disk::{sync, sync_parent};
use crate::error::file_error;
use crate::keeping::FORMS;
use crate::open::SCRATCH;
use crate::{Library, LibraryError, Progress, Result, unless_cancelled};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// SHA-256 of a sound's samples (of the first so many frames, or of all) and how many frames that were; the same for the
/// same sound in any form. A sentence when the file cannot be read as sound.
pub type SoundPrint = fn(&Path, Option<u64>) -> std::result::Result<(String, u64), String>;

/// The names of sounds that came before their rows.
const LIST: &str = "brought";

/// Which sounds a merge looks at, and what became of them.
#[derive(Debug)]
pub struct Plan {
    folder: PathBuf,
    /// Takes the other library knows and whose sound is not deleted, with the hashes their sound was said to have.
    takes: BTreeMap<String, Vec<String>>,
    brought: Vec<PathBuf>,
    damaged: u64,
    kept: bool,
}

impl Library {
    /// Works out which takes' sounds the other library may bring. Fast.
    pub fn plan_merge(&self, other: &Other) -> Result<Plan> {
        let takes = self.beside(&other.address(), || self.wanted_sounds())?;
        Ok(Plan { folder: self.folder.clone(), takes, brought: Vec::new(), damaged: 0, kept: false })
    }

    fn wanted_sounds(&self) -> Result<BTreeMap<String, Vec<String>>> {
        let mut statement = self.connection.prepare(
            "WITH said AS (SELECT take, what, id, gone FROM main.removal UNION SELECT take, what, id, gone FROM other.removal) \
             SELECT t.id, h.sha256 FROM other.take t LEFT JOIN \
             (SELECT take, sha256 FROM main.sound_hash UNION SELECT take, sha256 FROM other.sound_hash) h ON h.take = t.id \
             WHERE NOT EXISTS (SELECT 1 FROM said s WHERE s.take = t.id AND s.gone = 1 AND s.id = \
             (SELECT max(id) FROM said WHERE take = s.take AND what = s.what))",
        )?;
        let mut takes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?)))?;
        for row in rows {
            let (take, hash) = row?;
            takes.entry(take).or_default().extend(hash);
        }
        Ok(takes)
    }
}

impl Plan {
    /// Copies the sounds that are missing here, verifies them and puts them in their places. Broken off or failed, those
    /// that were brought go again. Progress is in takes.
    pub fn bring(&mut self, other: &mut Other, print: SoundPrint, progress: &mut Progress<'_>) -> Result<()> {
        let of = self.takes.len() as u64;
        for (done, (take, hashes)) in std::mem::take(&mut self.takes).into_iter().enumerate() {
            unless_cancelled(progress(done as u64, of))?;
            if let Some(form) = other.form(&take) {
                self.bring_one(other, &take, form, &hashes, print)?;
            }
        }
        unless_cancelled(progress(of, of))
    }

    fn bring_one(
        &mut self,
        other: &mut Other,
        take: &str,
        form: &str,
        hashes: &[String],
        print: SoundPrint,
    ) -> Result<()> {
        let fetched = match other.fetch(take, form) {
            Ok(file) => file,
            // One sound that cannot be read does not keep the rest from coming.
            Err(LibraryError::NotBackup { .. } | LibraryError::Missing(_)) => {
                self.damaged += 1;
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let placed = self.compare_and_place(take, form, &fetched, hashes, print);
        // It has moved, or is of no use.
        let _ = fs::remove_file(&fetched);
        placed
    }

    fn compare_and_place(
        &mut self,
        take: &str,
        form: &str,
        fetched: &Path,
        hashes: &[String],
        print: SoundPrint,
    ) -> Result<()> {
        let own = FORMS.into_iter().map(|form| self.place(take, form)).find(|file| file.is_file());
        let theirs = match print(fetched, None) {
            Ok(theirs) if hashes.is_empty() || hashes.contains(&theirs.0) => theirs,
            _ => {
                self.damaged += u64::from(own.is_none());
                return Ok(());
            }
        };
        let Some(own) = own else { return self.put(take, form, fetched) };
        let Ok(ours) = print(&own, None) else {
            // Ours cannot be read any more; theirs is whole.
            return self.replace(take, form, fetched, &own);
        };
        if ours == theirs {
            return Ok(());
        }
        // A library that was copied while this take was recorded has only its beginning.
        let (longer, shorter) = if ours.1 > theirs.1 { (own.as_path(), &theirs) } else { (fetched, &ours) };
        let begins_alike = print(longer, Some(shorter.1)).is_ok_and(|beginning| beginning == *shorter);
        match (begins_alike, ours.1 > theirs.1) {
            (true, true) => Ok(()),
            (true, false) => self.replace(take, form, fetched, &own),
            (false, _) => Err(LibraryError::NotMerged(format!(
                "the take {take} sounds different in the two libraries, so one of the two files was changed by another \
                 program. Find out which is right, remove the other, then try again"
            ))),
        }
    }

    fn place(&self, take: &str, form: &str) -> PathBuf {
        self.folder.join("takes").join(format!("{take}.{form}"))
    }

    fn put(&mut self, take: &str, form: &str, fetched: &Path) -> Result<()> {
        let place = self.place(take, form);
        note(&self.folder, &format!("{take}.{form}")).map_err(file_error("written", &self.folder))?;
        fs::rename(fetched, &place).map_err(file_error("written", &place))?;
        sync(&self.folder.join("takes"))?;
        self.brought.push(place);
        Ok(())
    }

    fn replace(&mut self, take: &str, form: &str, fetched: &Path, own: &Path) -> Result<()> {
        let place = self.place(take, form);
        fs::rename(fetched, &place).map_err(file_error("written", &place))?;
        sync(&self.folder.join("takes"))?;
        if own != place {
            fs::remove_file(own).map_err(file_error("removed", own))?;
        }
        // A waveform of the shorter sound would be wrong; it is made again.
        let _ = fs::remove_file(place.with_extension("peaks"));
        Ok(())
    }

    /// The rows are there: the sounds stay. Returns how many came and how many were damaged.
    pub(super) fn keep(mut self) -> (u64, u64) {
        self.kept = true;
        let _ = fs::remove_file(self.folder.join(SCRATCH).join(LIST));
        (self.brought.len() as u64, self.damaged)
    }
}

impl Drop for Plan {
    fn drop(&mut self) {
        if !self.kept {
            for file in &self.brought {
                // What cannot be removed now is removed at the next start.
                let _ = fs::remove_file(file);
            }
        }
    }
}

/// Writes a name into the list before the file gets it.
fn note(folder: &Path, name: &str) -> io::Result<()> {
    let scratch = folder.join(SCRATCH);
    fs::create_dir_all(&scratch)?;
    let mut list = fs::File::options().create(true).append(true).open(scratch.join(LIST))?;
    writeln!(list, "{name}")?;
    list.sync_all()?;
    sync_parent(&scratch.join(LIST))
}

/// Removes the sounds a merge brought whose rows never came, as after a crash.
pub(crate) fn take_back(folder: &Path, connection: &Connection) -> Result<()> {
    let Ok(list) = fs::read_to_string(folder.join(SCRATCH).join(LIST)) else { return Ok(()) };
    for name in list.lines().filter(|name| crate::backup::is_take(name)) {
        let take = name.split('.').next().unwrap_or_default();
        let known: bool =
            connection
                .query_row("SELECT EXISTS (SELECT 1 FROM take WHERE id = ?1)", [take], |row| row.get(0))?;
        if !known {
            let file = folder.join("takes").join(name);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(file_error("removed", &file)(error));
                }
                _ => {}
            }
        }
    }
    Ok(())
}
