//! What uses how much of the disk.

use crate::Library;
use std::fs;
use std::path::Path;

/// Files and the bytes they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Amount {
    fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }
}

/// What the library's folder holds, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Takes as WAV.
    pub wav: Amount,
    /// Takes compacted to FLAC.
    pub flac: Amount,
    /// Waveforms, made again when they are missing.
    pub peaks: Amount,
    /// `library.db` and its journal.
    pub database: Amount,
    /// Copies of the database and full backups in the folder.
    pub backups: Amount,
    /// The person's own packs.
    pub packs: Amount,
    /// What was deleted and can still come back.
    pub trash: Amount,
    /// Anything else.
    pub other: Amount,
}

impl Usage {
    /// Bytes of everything.
    pub fn bytes(&self) -> u64 {
        let all = [
            self.wav,
            self.flac,
            self.peaks,
            self.database,
            self.backups,
            self.packs,
            self.trash,
            self.other,
        ];
        all.iter().map(|amount| amount.bytes).sum()
    }
}

impl Library {
    /// Looks at every file in the folder; what cannot be read counts as nothing. Links are not followed.
    pub fn usage(folder: &Path) -> Usage {
        let mut usage = Usage::default();
        walk(folder, &mut |file, bytes| {
            let inside = file.strip_prefix(folder).unwrap_or(file);
            let top = inside.iter().next().and_then(|name| name.to_str()).unwrap_or_default();
            let form = file.extension().and_then(|form| form.to_str()).unwrap_or_default();
            let kind = match (top, form) {
                ("takes", "wav") => &mut usage.wav,
                ("takes", "flac") => &mut usage.flac,
                ("takes", "peaks") => &mut usage.peaks,
                ("backups", _) => &mut usage.backups,
                ("packs", _) => &mut usage.packs,
                ("trash", _) => &mut usage.trash,
                (name, _) if name.starts_with("library.db") => &mut usage.database,
                _ => &mut usage.other,
            };
            kind.add(bytes);
        });
        usage
    }
}

/// Visits every file below a folder.
pub(crate) fn walk(folder: &Path, visit: &mut dyn FnMut(&Path, u64)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), visit),
            Ok(kind) if kind.is_file() => visit(&entry.path(), entry.metadata().map_or(0, |data| data.len())),
            _ => {}
        }
    }
}
