//! The files of a pack, found without following anything out of it.

use super::{MAX_FILE_BYTES, MAX_FILES};
use crate::document::Document;
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A pack's Markdown files by their path inside it, in order.
#[derive(Debug)]
pub(crate) struct Folder {
    documents: BTreeMap<String, Document>,
}

impl Folder {
    /// Reads every `.md` file under `root`, at most three folders deep.
    pub(crate) fn open(root: &Path, problems: &mut Vec<Problem>) -> Option<Self> {
        if !root.is_dir() {
            let say = "this is not a folder. Name the folder that holds the pack's README.md.";
            problems.push(Problem::error(&root.display().to_string(), 1, say));
            return None;
        }
        let mut documents = BTreeMap::new();
        collect(root, "", 0, &mut documents, problems);
        Some(Self { documents })
    }

    /// A folder of these texts by their path.
    pub(crate) fn of(texts: &BTreeMap<String, String>) -> Self {
        let documents = texts.iter().map(|(path, text)| (path.clone(), Document::parse(path, text.clone())));
        Self { documents: documents.collect() }
    }

    /// Every file, in the order of their paths.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.values()
    }

    /// The file at this path inside the pack.
    pub(crate) fn file(&self, path: &str) -> Option<&Document> {
        self.documents.get(path)
    }

    /// The file at this path, or an error that it is missing.
    pub(crate) fn need(&self, path: &str, what: &str, problems: &mut Vec<Problem>) -> Option<&Document> {
        let found = self.file(path);
        if found.is_none() {
            problems.push(Problem::error(path, 1, format!("this file is missing. It holds {what}.")));
        }
        found
    }

    /// Names of the folders directly in `folder`, in order.
    pub(crate) fn folders(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        let mut names: Vec<String> = self
            .documents
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix)?.split_once('/').map(|(name, _)| name.to_owned()))
            .collect();
        names.dedup();
        names
    }

    /// The files directly in `folder` except its README, in order.
    pub(crate) fn files(&self, folder: &str) -> impl Iterator<Item = &Document> {
        let prefix = format!("{folder}/");
        self.documents.iter().filter_map(move |(path, document)| {
            let name = path.strip_prefix(&prefix)?;
            (!name.contains('/') && name != "README.md").then_some(document)
        })
    }
}

fn collect(
    folder: &Path,
    inside: &str,
    depth: usize,
    documents: &mut BTreeMap<String, Document>,
    problems: &mut Vec<Problem>,
) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::error(inside, 1, format!("this folder cannot be read: {error}.")));
            return;
        }
    };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
        if name.starts_with('.') {
            continue;
        }
        if kind.is_symlink() {
            problems.push(Problem::error(
                &path,
                1,
                "this is a link. Packs hold plain files; copy the file here.",
            ));
        } else if kind.is_dir() && depth < 3 {
            collect(&entry.path(), &path, depth + 1, documents, problems);
        } else if kind.is_file() && Path::new(&name).extension().is_some_and(|ext| ext == "md") {
            if documents.len() >= MAX_FILES {
                problems.push(Problem::error(
                    &path,
                    1,
                    format!("the pack has more than {MAX_FILES} files. Split it."),
                ));
                return;
            }
            match text(&entry.path()) {
                Ok(source) => {
                    documents.insert(path.clone(), Document::parse(&path, source));
                }
                Err(say) => problems.push(Problem::error(&path, 1, say)),
            }
        }
    }
}

fn text(path: &Path) -> Result<String, String> {
    let length = fs::metadata(path).map_err(|error| format!("this file cannot be read: {error}."))?.len();
    if length > MAX_FILE_BYTES {
        return Err(format!("this file is longer than {} MB. Split it.", MAX_FILE_BYTES / 1024 / 1024));
    }
    let bytes = fs::read(path).map_err(|error| format!("this file cannot be read: {error}."))?;
    String::from_utf8(bytes).map_err(|_| "this file is not UTF-8 text. Save it as UTF-8.".to_owned())
}
