//! Writing a whole backup.

use super::manifest::{APP, Contents, Entry, FORMAT, Holdings, Manifest};
use super::{BLOCK, Backup, hex, names, verify_database};
use crate::disk::sync_parent;
use crate::error::file_error;
use crate::{Library, LibraryError, Progress, Result, fresh_id, unless_cancelled};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Characters of the seal at the end of the file.
pub(super) const SEAL: usize = 64;

/// The database as it was at one moment. Taking it needs the library for a moment only; writing the backup from it does
/// not need it at all.
#[derive(Debug)]
pub struct Snapshot {
    database: PathBuf,
    folder: PathBuf,
    device: String,
    device_name: String,
}

impl Library {
    /// Copies the database as it is now, for a backup.
    pub fn snapshot(&self) -> Result<Snapshot> {
        let database = self.scratch()?.join(format!("{}.db", fresh_id()));
        super::copy_database(&self.connection, &database)?;
        let name = "SELECT name FROM device WHERE id = ?1";
        Ok(Snapshot {
            database,
            folder: self.folder.clone(),
            device: self.device.clone(),
            device_name: self.connection.query_row(name, [&self.device], |row| row.get(0))?,
        })
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start.
        let _ = fs::remove_file(&self.database);
    }
}

impl Snapshot {
    /// Writes everything into one file, reads it back and verifies it. It appears under its name only then; a file that
    /// stands there is not replaced. Progress is in bytes, each written and read once.
    pub fn write(
        self,
        target: &Path,
        app_version: &str,
        now: Timestamp,
        progress: &mut Progress<'_>,
    ) -> Result<Contents> {
        if target.exists() {
            return Err(file_error("written", target)(io::ErrorKind::AlreadyExists.into()));
        }
        let mut unfinished = target.as_os_str().to_owned();
        unfinished.push(".part");
        let unfinished = PathBuf::from(unfinished);
        let written = self.write_unfinished(&unfinished, app_version, now, progress).and_then(|contents| {
            let place = || -> io::Result<()> {
                fs::rename(&unfinished, target)?;
                sync_parent(target)
            };
            place().map_err(file_error("written", target))?;
            Ok(contents)
        });
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written
    }

    fn write_unfinished(
        &self,
        file: &Path,
        app_version: &str,
        now: Timestamp,
        progress: &mut Progress<'_>,
    ) -> Result<Contents> {
        let library_format = verify_database(&self.database)?;
        let files = self.files();
        let total: u64 = files.iter().filter_map(|(_, path)| Some(path.metadata().ok()?.len())).sum();
        let mut archive = Archive::create(file)?;
        let mut entries = Vec::new();
        let mut done = 0;
        for (name, path) in files {
            // A take may be compacted or deleted meanwhile; its other form counts then, or none.
            let Some((name, mut source)) = open_either(&name, &path)? else { continue };
            let bytes = source.metadata().map_err(file_error("read", &path))?.len();
            let mut told = |step: u64| progress(done + step, 2 * total.max(1));
            let entry = archive.add(&name, bytes, &mut source, &path, &mut told)?;
            done += entry.bytes;
            entries.push(entry);
        }
        let contents = Contents {
            app_version: app_version.into(),
            library_format,
            made_at: now,
            device: self.device.clone(),
            device_name: self.device_name.clone(),
            holds: Holdings::of(&Connection::open_with_flags(
                &self.database,
                OpenFlags::SQLITE_OPEN_READ_ONLY,
            )?)?,
            sounds: takes(&entries).count() as u64,
            sound_bytes: takes(&entries).map(|entry| entry.bytes).sum(),
            packs: entries.iter().filter_map(|entry| pack_of(&entry.name)).collect::<BTreeSet<_>>().len()
                as u64,
        };
        let manifest =
            Manifest { app: APP.into(), format: FORMAT, contents: contents.clone(), files: entries };
        archive.finish(&manifest)?;
        Backup::open(file)?.verify(&mut |read, _| progress(done + read.min(done), 2 * done.max(1)))?;
        Ok(contents)
    }

    /// Names and places of everything that belongs into a backup.
    fn files(&self) -> Vec<(String, PathBuf)> {
        let mut files = vec![("library.db".to_owned(), self.database.clone())];
        for folder in ["takes", "packs"] {
            let mut found = Vec::new();
            crate::usage::walk(&self.folder.join(folder), &mut |path, _| found.push(path.to_owned()));
            found.sort();
            for path in found {
                let Some(name) = path.strip_prefix(&self.folder).ok().and_then(portable) else { continue };
                match names::kind(&name) {
                    Some(names::Kind::Take) if shadowed(&path) => {}
                    Some(names::Kind::Take | names::Kind::Pack) => files.push((name, path)),
                    _ => {}
                }
            }
        }
        files
    }
}

/// While a take has both forms, the WAV counts.
fn shadowed(path: &Path) -> bool {
    path.extension().is_some_and(|form| form == "flac") && path.with_extension("wav").is_file()
}

/// A path with `/` on every system.
fn portable(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

fn takes(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(|entry| names::kind(&entry.name) == Some(names::Kind::Take))
}

fn pack_of(name: &str) -> Option<&str> {
    name.strip_prefix("packs/")?.split('/').next()
}

fn open_either(name: &str, path: &Path) -> Result<Option<(String, File)>> {
    let missing = match File::open(path) {
        Ok(file) => return Ok(Some((name.to_owned(), file))),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(file_error("read", path)(error)),
        Err(error) => error,
    };
    if names::kind(name) != Some(names::Kind::Take) {
        return Err(file_error("read", path)(missing));
    }
    let other = if path.extension().is_some_and(|form| form == "wav") { "flac" } else { "wav" };
    let renamed = Path::new(name).with_extension(other).to_string_lossy().into_owned();
    Ok(File::open(path.with_extension(other)).ok().map(|file| (renamed, file)))
}

/// A ZIP being written.
struct Archive<'a> {
    path: &'a Path,
    zip: ZipWriter<BufWriter<File>>,
}

impl<'a> Archive<'a> {
    fn create(path: &'a Path) -> Result<Self> {
        // One that a crash left behind is in the way; its name says that it never was a backup.
        let _ = fs::remove_file(path);
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(file_error("created", path))?;
        let mut zip = ZipWriter::new(BufWriter::with_capacity(BLOCK, file));
        zip.set_raw_comment([b'0'; SEAL].into()).map_err(|error| zip_error(path, error))?;
        Ok(Self { path, zip })
    }

    /// Adds at most `bytes` of `source`: what is appended to a take meanwhile comes with the next backup.
    fn add(
        &mut self,
        name: &str,
        bytes: u64,
        source: &mut impl Read,
        from: &Path,
        progress: &mut dyn FnMut(u64) -> std::ops::ControlFlow<()>,
    ) -> Result<Entry> {
        let odd = |error| zip_error(self.path, error);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .large_file(bytes > u64::from(u32::MAX) / 2)
            .unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(odd)?;
        let mut source = source.take(bytes);
        let mut hash = Sha256::new();
        let mut block = vec![0; BLOCK];
        let mut written = 0;
        loop {
            let read = source.read(&mut block).map_err(file_error("read", from))?;
            let Some(bytes) = block.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            hash.update(bytes);
            self.zip.write_all(bytes).map_err(file_error("written", self.path))?;
            written += read as u64;
            unless_cancelled(progress(written))?;
        }
        Ok(Entry { name: name.into(), bytes: written, sha256: hex(&hash.finalize()) })
    }

    fn finish(mut self, manifest: &Manifest) -> Result<()> {
        let text = serde_json::to_vec_pretty(manifest)?;
        self.add("manifest.json", text.len() as u64, &mut text.as_slice(), self.path, &mut |_| {
            std::ops::ControlFlow::Continue(())
        })?;
        let out = self.zip.finish().map_err(|error| zip_error(self.path, error))?;
        let seal = || -> io::Result<()> {
            let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            let (sealed, _) = seals(&mut file, &mut |_, _| std::ops::ControlFlow::Continue(()))?;
            file.seek(SeekFrom::End(-(SEAL as i64)))?;
            file.write_all(sealed.unwrap_or_default().as_bytes())?;
            file.sync_all()
        };
        seal().map_err(file_error("written", self.path))
    }
}

/// The SHA-256 of everything before a file's last 64 bytes, and these. Nothing for the first when it was cancelled.
pub(super) fn seals(file: &mut File, progress: &mut Progress<'_>) -> io::Result<(Option<String>, Vec<u8>)> {
    let len = file.metadata()?.len();
    let body = len.saturating_sub(SEAL as u64);
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK];
    let mut left = body;
    while left > 0 {
        let block = &mut block[..usize::try_from(left).unwrap_or(BLOCK).min(BLOCK)];
        file.read_exact(block)?;
        hash.update(&*block);
        left -= block.len() as u64;
        if progress(body - left, body).is_break() {
            return Ok((None, Vec::new()));
        }
    }
    let mut seal = Vec::new();
    file.take(SEAL as u64).read_to_end(&mut seal)?;
    Ok((Some(hex(&hash.finalize())), seal))
}

pub(super) fn zip_error(path: &Path, error: zip::result::ZipError) -> LibraryError {
    match error {
        zip::result::ZipError::Io(error) => file_error("written", path)(error),
        other => file_error("written", path)(io::Error::other(other.to_string())),
    }
}
