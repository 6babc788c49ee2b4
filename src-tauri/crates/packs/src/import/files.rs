//! Many documents: each read by itself, then put together to one bank.

use super::choose::Prior;
use super::single::one;
use super::tidy::normal;
use super::{Import, Skip};
use std::collections::HashSet;

/// A file's name and bytes.
#[derive(Clone, Debug)]
pub struct File {
    /// Path with `/`, as it shall be told to people.
    pub name: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

/// More skips than this from one file say nothing more.
const MAX_SKIPS: usize = 400;

/// Names of files that come with a project and hold no questions, lower case, without extension.
const NOT_BANKS: [&str; 19] = [
    "license",
    "licence",
    "copying",
    "contributing",
    "code_of_conduct",
    "code-of-conduct",
    "changelog",
    "security",
    "authors",
    "contributors",
    "credits",
    "pull_request_template",
    "issue_template",
    "bug_report",
    "feature_request",
    "governance",
    "funding",
    "history",
    "notice",
];
/// A README among other files needs this many questions to be a bank itself.
const LEAST_IN_README: usize = 5;

/// Finds the questions in `files`; their order is kept.
pub fn read(files: &[File]) -> Import {
    if let [file] = files {
        let mut import = one(file, Prior::default());
        limit(&mut import.skipped);
        return import;
    }
    let mut whole = Import::default();
    let mut seen: HashSet<String> = HashSet::new();
    let mut readmes = Vec::new();
    let banks = files.iter().filter(|file| !comes_with_a_project(&file.name)).count();
    for file in files {
        if comes_with_a_project(&file.name) {
            whole.skipped.push(skip(file, 1, "the file comes with the project and holds no questions"));
            continue;
        }
        let import = one(file, Prior { among_others: banks > 1, ..Prior::default() });
        if is_readme(&file.name) {
            readmes.push((file, import, whole.questions.len()));
            continue;
        }
        seen.extend(import.questions.iter().map(|question| normal(&question.text)));
        add(&mut whole, file, import);
    }
    let mut moved = 0;
    for (file, mut import, at) in readmes {
        // A README that lists what the other files hold is their table of contents.
        let fresh =
            import.questions.iter().filter(|question| !seen.contains(&normal(&question.text))).count();
        let alone = whole.questions.is_empty();
        if !alone && (fresh < LEAST_IN_README || fresh * 2 < import.questions.len()) {
            if !import.questions.is_empty() {
                let why = "the README is about the other files";
                whole.skipped.push(skip(file, 1, why));
            }
            continue;
        }
        let before = whole.questions.len();
        import.title = import.title.filter(|_| alone);
        add(&mut whole, file, import);
        // It goes where it stood among the files.
        let added = whole.questions.split_off(before);
        let count = added.len();
        whole.questions.splice(at + moved..at + moved, added);
        moved += count;
    }
    whole.title = whole.title.filter(|_| files.len() < 2);
    whole.skipped.sort();
    whole
}

fn add(whole: &mut Import, file: &File, mut import: Import) {
    limit(&mut import.skipped);
    let single = import.questions.len() == 1;
    let title = import.title.take().unwrap_or_else(|| stem(&file.name));
    let folder = folder_of(&file.name);
    for question in &mut import.questions {
        if single {
            question.path = folder.into_iter().map(readable).collect();
        } else {
            question.path.insert(0, title.clone());
        }
    }
    whole.links += import.links;
    whole.questions.extend(import.questions);
    whole.skipped.extend(import.skipped);
}

fn limit(skipped: &mut Vec<Skip>) {
    skipped.sort();
    skipped.dedup();
    if skipped.len() > MAX_SKIPS {
        let more = skipped.len() - MAX_SKIPS;
        skipped.truncate(MAX_SKIPS);
        if let Some(last) = skipped.last() {
            let why = format!("and {more} more places from here on");
            skipped.push(Skip { file: last.file.clone(), line: last.line + 1, why });
        }
    }
}

fn skip(file: &File, line: usize, why: &str) -> Skip {
    Skip { file: file.name.clone(), line, why: why.to_owned() }
}

fn comes_with_a_project(name: &str) -> bool {
    let stem = stem(name).to_lowercase();
    NOT_BANKS.contains(&stem.as_str())
        || name.split('/').any(|part| part == ".github" || part == "node_modules")
}

fn is_readme(name: &str) -> bool {
    let stem = stem(name).to_lowercase();
    stem == "readme"
        || stem == "index"
        || stem == "summary"
        || stem.starts_with("readme.")
        || stem.starts_with("readme-")
        || stem.starts_with("readme_")
}

/// A file's name without folders and extension.
fn stem(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn folder_of(name: &str) -> Option<&str> {
    name.rsplit('/').nth(1)
}

/// A folder's name as a title.
fn readable(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
