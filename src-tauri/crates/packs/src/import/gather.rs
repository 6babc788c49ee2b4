//! The files of a bank, read from a file, a folder or a zip archive, within hard limits.
//!
//! Promise: nothing is written or unpacked to disk, no link is followed, and no archive can make it use more memory
//! than [`MAX_TOTAL`] and the archive itself.

use super::{File, Skip};
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// No file is longer than this: the largest banks known are under 1 MB, ten times that is read in about a second.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;
/// All files together are not longer than this.
pub const MAX_TOTAL: u64 = 64 * 1024 * 1024;
/// No more files than this are read.
pub const MAX_FILES: usize = 5_000;
/// No more entries than this are looked at, whatever they are.
const MAX_ENTRIES: usize = 100_000;
/// Folders are not searched deeper than this.
const MAX_DEPTH: usize = 12;
/// No zip archive is longer than this.
const MAX_ARCHIVE: u64 = 256 * 1024 * 1024;

/// What was gathered.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The files, in the order of their names.
    pub files: Vec<File>,
    /// What was left out, and why.
    pub skipped: Vec<Skip>,
}

/// Why there is nothing to read, as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// Not there, or not to be read.
    #[error("{0} cannot be read: {1}. Check the path.")]
    Unreadable(String, io::Error),
    /// A kind that is not imported.
    #[error("{0} is not Markdown. Choose a .md file, a folder of them, or a .zip of them.")]
    NotMarkdown(String),
    /// Too much.
    #[error("{0} is longer than {1} MB. Split it and import the parts.")]
    TooLong(String, u64),
    /// Damaged, or not an archive.
    #[error("{0} is not a zip archive that can be read: {1}. Unpack it and import the folder.")]
    Archive(String, String),
    /// Nothing in it.
    #[error("There are no Markdown files in {0}.")]
    Empty(String),
}

/// Reads what `path` names; files are told by `name`, which is the path as the person gave it.
pub fn gather(path: &Path) -> Result<Gathered, GatherError> {
    let name = path.display().to_string();
    let unreadable = |error| GatherError::Unreadable(name.clone(), error);
    let data = fs::metadata(path).map_err(unreadable)?;
    if data.is_dir() {
        let mut search = Search::default();
        search.folder(path, name.trim_end_matches('/'), 0);
        return search.finish(&name);
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("zip") => archive(path, &name),
        Some("md" | "markdown" | "mdown" | "mkd" | "mdx" | "txt" | "text" | "qmd" | "rmd") | None
            if data.is_file() =>
        {
            if data.len() > MAX_FILE {
                return Err(GatherError::TooLong(name, MAX_FILE / 1024 / 1024));
            }
            let bytes =
                read_at_most(fs::File::open(path).map_err(unreadable)?, MAX_FILE).map_err(unreadable)?;
            let bytes = bytes.ok_or_else(|| GatherError::TooLong(name.clone(), MAX_FILE / 1024 / 1024))?;
            if bytes.contains(&0) && bytes.iter().take(8_000).filter(|byte| **byte == 0).count() > 8 {
                return Err(GatherError::NotMarkdown(name));
            }
            Ok(Gathered { files: vec![File { name, bytes }], skipped: Vec::new() })
        }
        _ => Err(GatherError::NotMarkdown(name)),
    }
}

/// Everything, or nothing if there is more than `most`.
fn read_at_most(from: impl io::Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

fn is_markdown(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".md", ".markdown", ".mdown", ".mkd", ".mdx"].iter().any(|ending| lower.ends_with(ending))
}

#[derive(Default)]
struct Search {
    found: Gathered,
    total: u64,
    entries: usize,
}

impl Search {
    fn skip(&mut self, file: &str, why: impl Into<String>) {
        self.found.skipped.push(Skip { file: file.to_owned(), line: 1, why: why.into() });
    }

    /// Whether one more file of this length may be read.
    fn admit(&mut self, name: &str, length: u64) -> bool {
        if length > MAX_FILE {
            self.skip(name, format!("the file is longer than {} MB", MAX_FILE / 1024 / 1024));
        } else if self.found.files.len() >= MAX_FILES {
            self.skip(name, format!("there are more than {MAX_FILES} files"));
        } else if self.total + length > MAX_TOTAL {
            self.skip(name, format!("the files together are longer than {} MB", MAX_TOTAL / 1024 / 1024));
        } else {
            return true;
        }
        false
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) {
        self.total += bytes.len() as u64;
        self.found.files.push(File { name, bytes });
    }

    fn folder(&mut self, folder: &Path, name: &str, depth: usize) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.skip(name, format!("the folder cannot be read: {error}"));
                return;
            }
        };
        let mut entries: Vec<_> = entries.flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            self.entries += 1;
            let own = entry.file_name().to_string_lossy().into_owned();
            if self.entries > MAX_ENTRIES || own.starts_with('.') || own == "node_modules" {
                continue;
            }
            let path = format!("{name}/{own}");
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_symlink() {
                if is_markdown(&own) || entry.path().is_dir() {
                    self.skip(&path, "links are not followed");
                }
            } else if kind.is_dir() {
                if depth < MAX_DEPTH {
                    self.folder(&entry.path(), &path, depth + 1);
                } else {
                    self.skip(&path, format!("folders deeper than {MAX_DEPTH} levels are not searched"));
                }
            } else if kind.is_file() && is_markdown(&own) {
                let length = entry.metadata().map_or(0, |data| data.len());
                if !self.admit(&path, length) {
                    continue;
                }
                match fs::File::open(entry.path()).and_then(|file| read_at_most(file, MAX_FILE)) {
                    Ok(Some(bytes)) => self.add(path, bytes),
                    Ok(None) => self.skip(&path, "the file grew while it was read"),
                    Err(error) => self.skip(&path, format!("the file cannot be read: {error}")),
                }
            }
        }
    }

    fn finish(mut self, name: &str) -> Result<Gathered, GatherError> {
        if self.found.files.is_empty() && self.found.skipped.is_empty() {
            return Err(GatherError::Empty(name.to_owned()));
        }
        self.found.skipped.truncate(1_000);
        Ok(self.found)
    }
}

fn archive(path: &Path, name: &str) -> Result<Gathered, GatherError> {
    let broken = |error: zip::result::ZipError| GatherError::Archive(name.to_owned(), error.to_string());
    let unreadable = |error| GatherError::Unreadable(name.to_owned(), error);
    let file = fs::File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > MAX_ARCHIVE {
        return Err(GatherError::TooLong(name.to_owned(), MAX_ARCHIVE / 1024 / 1024));
    }
    let mut archive = zip::ZipArchive::new(io::BufReader::new(file)).map_err(broken)?;
    let mut search = Search::default();
    let mut names: Vec<(String, usize)> = Vec::new();
    for index in 0..archive.len().min(MAX_ENTRIES) {
        let Ok(entry) = archive.by_index_raw(index) else { continue };
        let Ok(own) = entry.name().map(|name| name.replace('\\', "/")) else { continue };
        if !is_markdown(&own) || entry.is_dir() {
            continue;
        }
        let told = format!("{name}/{own}");
        if entry.enclosed_name().is_none() || own.split('/').any(|part| part == "..") || own.starts_with('/')
        {
            search.skip(&told, "the entry points outside the archive");
        } else if entry.is_symlink() {
            search.skip(&told, "links are not followed");
        } else if entry.encrypted() {
            search.skip(&told, "the entry is encrypted");
        } else if !own
            .split('/')
            .any(|part| part.starts_with('.') || part == "node_modules" || part == "__MACOSX")
        {
            names.push((own, index));
        }
    }
    names.sort();
    names.dedup_by(|a, b| a.0 == b.0);
    // Forges pack everything into one folder named after the commit; what it is called says nothing.
    for (own, index) in names {
        let told = format!("{name}/{own}");
        let Ok(entry) = archive.by_index(index) else {
            search.skip(&told, "the entry cannot be unpacked");
            continue;
        };
        // What the archive says about lengths may be a lie; what is read is counted.
        let left = MAX_TOTAL.saturating_sub(search.total).min(MAX_FILE);
        if !search.admit(&told, 0) {
            continue;
        }
        match read_at_most(entry, left) {
            Ok(Some(bytes)) => search.add(told, bytes),
            Ok(None) => {
                search.skip(&told, "unpacked, the entry is longer than is read");
                if left < MAX_FILE {
                    break;
                }
            }
            Err(_) => search.skip(&told, "the entry is damaged"),
        }
    }
    search.finish(name)
}
