//! Reading a whole backup: what it holds, whether it is whole, and restoring it beside.

use super::archive::{SEAL, seals};
use super::manifest::{APP, Contents, Entry, FORMAT, Head, Manifest};
use super::names::{self, Kind};
use super::{BLOCK, hex, verify_database};
use crate::disk::{private_create, private_folder, sync, sync_parent};
use crate::error::file_error;
use crate::{LibraryError, Progress, Result, migrations, unless_cancelled};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, ZipArchive};

/// A manifest is never longer than this, in bytes: it would be a library of half a million takes.
const LONGEST_MANIFEST: u64 = 128 * 1024 * 1024;

/// An opened backup whose list of contents makes sense. Its files are not read yet.
#[derive(Debug)]
pub struct Backup {
    path: PathBuf,
    archive: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

impl Backup {
    /// Opens a file and reads what it says it holds.
    pub fn open(path: &Path) -> Result<Self> {
        let no = |reason: &str| not_backup(path, reason);
        let file = File::open(path).map_err(file_error("read", path))?;
        let len = file.metadata().map_err(file_error("read", path))?;
        if !len.is_file() {
            return Err(no("it is not a file"));
        }
        if len.len() == 0 {
            return Err(no("it is empty. Choose another one"));
        }
        let broken =
            "it is not a ZIP that Aloud wrote, or its end is missing. Copy it again from where it came from";
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| no(broken))?;
        let overlap = archive.has_overlapping_entries().map_err(|_| no(broken))?;
        if overlap
            || archive.has_duplicate_names()
            || archive.offset() != 0
            || archive.comment().len() != SEAL
        {
            return Err(no(broken));
        }
        let manifest = read_manifest(&mut archive, path)?;
        check_entries(&archive, &manifest, path)?;
        Ok(Self { path: path.to_owned(), archive, manifest })
    }

    /// What it says it holds.
    pub fn contents(&self) -> &Contents {
        &self.manifest.contents
    }

    /// Reads every byte and compares it with what the backup says. Progress is in bytes.
    pub fn verify(&mut self, progress: &mut Progress<'_>) -> Result<()> {
        let mut file = File::open(&self.path).map_err(file_error("read", &self.path))?;
        let total = self.manifest.files.iter().map(|entry| entry.bytes).sum::<u64>().max(1);
        let sealed = seals(&mut file, &mut |done, of| progress(done.min(of) / 2, total));
        let (found, seal) = sealed.map_err(file_error("read", &self.path))?;
        let found = found.ok_or(LibraryError::Cancelled)?;
        if found.as_bytes() != seal {
            return Err(damaged(&self.path, "a part of it is not as it was written"));
        }
        let mut done = 0;
        for entry in self.manifest.files.clone() {
            self.read(&entry, &mut |_| Ok(()), &mut |step| {
                progress(total / 2 + u64::midpoint(done, step), total)
            })?;
            done += entry.bytes;
        }
        Ok(())
    }

    /// Restores everything into a new folder. It appears under its name once all of it was written and verified;
    /// nothing is left behind otherwise. Progress is in bytes, each read twice.
    pub fn restore(&mut self, to: &Path, progress: &mut Progress<'_>) -> Result<()> {
        let name =
            to.file_name().ok_or_else(|| LibraryError::NotRestored("choose a folder with a name".into()))?;
        check_empty(to)?;
        let mut unfinished = name.to_owned();
        unfinished.push(".unfinished");
        let unfinished = to.with_file_name(unfinished);
        // The name says what it is: an earlier try that a crash ended.
        let _ = fs::remove_dir_all(&unfinished);
        let restored = self.restore_into(&unfinished, progress).and_then(|()| {
            // An empty folder that was made for this is replaced; one that got something meanwhile is not.
            let _ = fs::remove_dir(to);
            fs::rename(&unfinished, to).map_err(file_error("restored", to))?;
            sync_parent(to).map_err(file_error("restored", to))
        });
        if restored.is_err() {
            let _ = fs::remove_dir_all(&unfinished);
        }
        restored
    }

    fn restore_into(&mut self, folder: &Path, progress: &mut Progress<'_>) -> Result<()> {
        let total = self.manifest.files.iter().map(|entry| entry.bytes).sum::<u64>().max(1);
        self.verify(&mut |done, of| progress(done.min(of), 2 * total))?;
        private_folder(&folder.join("takes"))?;
        let mut done = 0;
        for entry in self.manifest.files.clone() {
            let told = &mut |step: u64| progress(total + done + step, 2 * total);
            self.extract(&entry, &folder.join(&entry.name), told)?;
            done += entry.bytes;
        }
        let format = verify_database(&folder.join("library.db"))?;
        if format != self.manifest.contents.library_format {
            return Err(damaged(&self.path, "its database has another format than it says"));
        }
        crate::merge::check_ids_in(&folder.join("library.db"))
            .map_err(|reason| not_backup(&self.path, &reason))?;
        let folders = [folder.to_owned(), folder.join("takes")];
        folders.iter().try_for_each(|folder| sync(folder))
    }

    /// Writes one file of the backup to `target`, verified and on disk.
    pub(crate) fn extract_named(
        &mut self,
        name: &str,
        target: &Path,
        progress: &mut dyn FnMut(u64) -> Step,
    ) -> Result<bool> {
        let Some(entry) = self.manifest.files.iter().find(|entry| entry.name == name).cloned() else {
            return Ok(false);
        };
        self.extract(&entry, target, progress)?;
        Ok(true)
    }

    /// Whether the backup has a file of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    fn extract(&mut self, entry: &Entry, target: &Path, progress: &mut dyn FnMut(u64) -> Step) -> Result<()> {
        if let Some(folder) = target.parent() {
            private_folder(folder)?;
        }
        let written = file_error("written", target);
        let mut out = private_create(target).map_err(&written)?;
        let read = self.read(entry, &mut |bytes| out.write_all(bytes).map_err(&written), progress);
        let kept = read.and_then(|()| out.sync_all().map_err(&written));
        if kept.is_err() {
            let _ = fs::remove_file(target);
        }
        kept
    }

    /// Reads one file through and compares it with the manifest.
    fn read(
        &mut self,
        entry: &Entry,
        take: &mut dyn FnMut(&[u8]) -> Result<()>,
        progress: &mut dyn FnMut(u64) -> Step,
    ) -> Result<()> {
        let path = self.path.clone();
        let bad = || damaged(&path, &format!("its file {} is not as it was written", entry.name));
        let mut source = self.archive.by_name(&entry.name).map_err(|_| bad())?.take(entry.bytes + 1);
        let mut hash = Sha256::new();
        let mut block = vec![0; BLOCK];
        let mut done = 0;
        loop {
            let read = source.read(&mut block).map_err(|_| bad())?;
            let Some(bytes) = block.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            hash.update(bytes);
            take(bytes)?;
            done += read as u64;
            unless_cancelled(progress(done.min(entry.bytes)))?;
        }
        if done == entry.bytes && hex(&hash.finalize()) == entry.sha256 { Ok(()) } else { Err(bad()) }
    }
}

type Step = std::ops::ControlFlow<()>;

fn not_backup(path: &Path, reason: &str) -> LibraryError {
    LibraryError::NotBackup { file: path.to_owned(), reason: reason.to_owned() }
}

fn damaged(path: &Path, reason: &str) -> LibraryError {
    not_backup(
        path,
        &format!("it is damaged: {reason}. Copy it again from where it came from, or use another one"),
    )
}

fn read_manifest(archive: &mut ZipArchive<BufReader<File>>, path: &Path) -> Result<Manifest> {
    let foreign = || not_backup(path, "it is a ZIP, but not a backup of Aloud");
    let file = archive.by_name("manifest.json").map_err(|_| foreign())?;
    if file.compression() != CompressionMethod::Stored || file.size() > LONGEST_MANIFEST {
        return Err(foreign());
    }
    let mut text = Vec::new();
    let read = file.take(LONGEST_MANIFEST).read_to_end(&mut text);
    read.map_err(|_| damaged(path, "its list of contents is not as it was written"))?;
    let head: Head = serde_json::from_slice(&text).map_err(|_| foreign())?;
    if head.app != APP {
        return Err(foreign());
    }
    let newer =
        || not_backup(path, "it was made by a newer version of Aloud. Install that version to use it");
    if head.format > FORMAT {
        return Err(newer());
    }
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|_| damaged(path, "its list of contents cannot be read"))?;
    if manifest.contents.library_format > migrations::NEWEST {
        return Err(newer());
    }
    Ok(manifest)
}

/// The list and the ZIP must say the same, in names that stay inside, and nothing may be packed, linked or encrypted.
fn check_entries(archive: &ZipArchive<BufReader<File>>, manifest: &Manifest, path: &Path) -> Result<()> {
    let bad = |reason: &str| not_backup(path, &format!("{reason}. It was not written by Aloud like this"));
    let mut listed = BTreeSet::new();
    for entry in &manifest.files {
        let kind = names::kind(&entry.name).ok_or_else(|| bad("a file in it has a name no backup has"))?;
        // Some systems take two names that differ in capitals only for the same.
        if kind == Kind::Manifest || !listed.insert(entry.name.to_lowercase()) {
            return Err(bad("a file in it is listed twice"));
        }
    }
    if !listed.contains("library.db") {
        return Err(bad("there is no library in it"));
    }
    if archive.len() != manifest.files.len() + 1 {
        return Err(bad("it holds other files than it lists"));
    }
    for entry in &manifest.files {
        let index = archive.index_for_name(&entry.name).ok_or_else(|| bad("a file it lists is missing"))?;
        let found = archive.by_index_data(index).map_err(|_| bad("a file in it cannot be read"))?;
        let plain =
            found.compression() == CompressionMethod::Stored && !found.encrypted() && !found.is_symlink();
        if !plain || found.is_dir() || (found.size(), found.compressed_size()) != (entry.bytes, entry.bytes) {
            return Err(bad("a file in it is packed, linked or not as long as it says"));
        }
    }
    Ok(())
}

/// Restoring writes beside, never over.
pub(crate) fn check_empty(to: &Path) -> Result<()> {
    match fs::read_dir(to) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(LibraryError::NotRestored(format!(
                "the folder {} is not empty. Choose a new one; a backup is restored beside, never over",
                to.display()
            ))),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(file_error("restored", to)(error)),
    }
}
