//! One document or many: each read by itself, then put together.

use super::blocks::{Document, parse};
use super::candidates::{Collected, Family, collect};
use super::choose::{Chosen, Prior, choose};
use super::clean::clean;
use super::likeness::{MARKS, is_furniture, names_a_bank};
use super::markdown::without_html;
use super::seal::sealed;
use super::tidy::normal;
use super::{Found, Import, Skip, body};
use std::collections::HashSet;

/// A file's name and bytes.
#[derive(Clone, Debug)]
pub struct File {
    /// Path with `/`, as it shall be told to people.
    pub name: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

/// More questions than this are not taken from one file: practising them would take years, writing them minutes.
const MAX_QUESTIONS: usize = 20_000;
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

/// Reads one document.
fn one(file: &File, prior: Prior) -> Import {
    let mut skipped = Vec::new();
    let cleaned = clean(&file.bytes, &mut skipped);
    let source = cleaned.text.as_str();
    let document = parse(source);
    let found = collect(source, &document);
    let top = found.headings.first().map(|heading| heading.text.clone());
    let names = cleaned.title.iter().chain(top.iter()).chain([&file.name]).any(|name| names_a_bank(name));
    let chosen = choose(source, &document, &found, Prior { names_a_bank: names, ..prior });
    let kept = if is_worth_it(&found, &chosen, names, source) { chosen.questions.as_slice() } else { &[] };
    let kept = match kept.get(MAX_QUESTIONS) {
        Some(next) => {
            let line = document.line(found.candidates[*next].start);
            skipped.push(Skip::new(
                line,
                format!("{MAX_QUESTIONS} questions are taken from one file; the others begin here"),
            ));
            &kept[..MAX_QUESTIONS]
        }
        None => kept,
    };
    let title = cleaned.title.or_else(|| document_title(&found, kept));
    skipped.extend(chosen.skipped.iter().cloned());
    for at in chosen.questions.iter().take(if kept.is_empty() { 3 } else { 0 }) {
        let candidate = &found.candidates[*at];
        skipped.push(Skip::new(
            document.line(candidate.start),
            "a lone question in a document about something else",
        ));
    }
    for skip in &mut skipped {
        skip.file.clone_from(&file.name);
    }
    let questions = questions(file, source, &document, &found, kept, title.as_deref());
    Import { title, questions, skipped, links: chosen.links }
}

/// One stray question does not make a bank of a document about something else.
fn is_worth_it(found: &Collected, chosen: &Chosen, named: bool, source: &str) -> bool {
    let count = chosen.questions.len();
    if count == 0 || chosen.links >= 5 && count < 5 && count * 5 < chosen.links {
        return false;
    }
    let Some(first) = chosen.questions.first().map(|at| &found.candidates[*at]) else { return false };
    // Headings such as "What it does" are in every handbook; a bank asks.
    let marked = chosen.questions.iter().any(|at| {
        let candidate = &found.candidates[*at];
        candidate.lead.asks || candidate.text.contains(MARKS)
    });
    if !named && !marked && found.answers.is_empty() {
        return false;
    }
    if count > 1 || named || first.lead.asks {
        return true;
    }
    // One question a file: its heading opens the document.
    let opens = source[..first.start].chars().filter(|c| c.is_alphanumeric()).count() < 200;
    let asked = matches!(first.family, Family::Heading(..) | Family::Summary | Family::Bold);
    asked && opens && first.weight >= 0.5
}

/// The first heading, if it is no question and everything stands under it.
fn document_title(found: &Collected, kept: &[usize]) -> Option<String> {
    let first = found.headings.first()?;
    let asked = kept.iter().any(|at| found.candidates[*at].start == first.start);
    (!asked && !first.text.is_empty()).then(|| first.text.clone())
}

fn questions(
    file: &File,
    source: &str,
    document: &Document,
    found: &Collected,
    kept: &[usize],
    title: Option<&str>,
) -> Vec<Found> {
    let asked: HashSet<usize> = kept.iter().map(|at| found.candidates[*at].start).collect();
    let headings: Vec<_> = found
        .headings
        .iter()
        .filter(|heading| !asked.contains(&heading.start) && !heading.answer_part)
        .collect();
    let mut stack: Vec<(u8, &str)> = Vec::new();
    let mut next_heading = 0;
    let mut out = Vec::with_capacity(kept.len());
    for (index, at) in kept.iter().enumerate() {
        let candidate = &found.candidates[*at];
        while let Some(heading) = headings.get(next_heading).filter(|heading| heading.start < candidate.start)
        {
            stack.retain(|(depth, _)| *depth < heading.depth);
            stack.push((heading.depth, &heading.text));
            next_heading += 1;
        }
        let next = kept.get(index + 1).map_or(source.len(), |next| found.candidates[*next].start);
        let extent = found.extent(candidate, document);
        let end = extent.end.min(next.max(candidate.body)).min(source.len());
        let is_item = candidate.item.is_some();
        let mut body =
            body::read(source.get(candidate.body..end).unwrap_or_default(), &candidate.text, is_item);
        if extent.with_code && body.more.is_empty() && is_code(&body.answer) {
            body.more = std::mem::take(&mut body.answer);
        }
        if candidate.family == Family::Line && is_label(&body.answer) {
            body.answer.clear();
        }
        if let Some(answer) = &candidate.answer {
            let answer = sealed(&without_html(answer));
            body.answer =
                if body.answer.is_empty() { answer } else { format!("{answer}\n\n{}", body.answer) };
        }
        let more = sealed(&without_html(&candidate.more));
        let more =
            [more, body.more].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        let within = match candidate.family {
            Family::Heading(depth, _) | Family::ItemHeading(depth) => depth,
            _ => 7,
        };
        let mut path: Vec<String> = stack
            .iter()
            .filter(|(depth, text)| *depth < within && Some(*text) != title && !is_furniture(text))
            .map(|(_, text)| text.trim_end_matches([':', '：', ' ']).to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        path.extend(parent_item(candidate.item, document, found, &asked));
        out.push(Found {
            text: candidate.text.clone(),
            more,
            answer: body.answer,
            key_points: body.key_points,
            probes: body.probes,
            path,
            file: file.name.clone(),
            line: document.line(first_word(source, candidate.start)),
        });
    }
    out
}

fn is_code(markdown: &str) -> bool {
    markdown.starts_with("```") && markdown.ends_with("```")
}

/// A short line without a stop between plain lines is a heading that was never marked as one.
fn is_label(markdown: &str) -> bool {
    !markdown.contains('\n')
        && markdown.chars().count() < 50
        && !markdown.ends_with(['.', '!', '。', '`', ')'])
}

/// A section that is an item: the questions are nested in it.
fn parent_item(
    item: Option<usize>,
    document: &Document,
    found: &Collected,
    asked: &HashSet<usize>,
) -> Option<String> {
    let parent = document.items.get(item?)?.parent?;
    let start = document.items.get(parent)?.range.start;
    let at = found.candidates.binary_search_by_key(&start, |candidate| candidate.start).ok()?;
    (!asked.contains(&start)).then(|| found.candidates[at].text.clone())
}

/// List items and fold-outs may start with empty lines.
fn first_word(source: &str, start: usize) -> usize {
    let rest = &source[start..];
    start + (rest.len() - rest.trim_start().len())
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
