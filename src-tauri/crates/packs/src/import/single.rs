//! One document: its candidates chosen, and each question read with what follows it.

use super::blocks::{Document, parse};
use super::body::{self, Body};
use super::candidates::{Candidate, Collected, Extent, Family, collect};
use super::choose::{Chosen, Prior, choose};
use super::clean::clean;
use super::files::File;
use super::likeness::{MARKS, is_furniture, names_a_bank};
use super::markdown::without_html;
use super::seal::sealed;
use super::{Found, Import, Skip};
use std::collections::HashSet;

/// More questions than this are not taken from one file: practising them would take years, writing them minutes.
const MAX_QUESTIONS: usize = 20_000;

/// Reads one document.
pub(super) fn one(file: &File, prior: Prior) -> Import {
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

/// The chosen candidates with their bodies and the sections they stand in.
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
        let following = source.get(candidate.body..end).unwrap_or_default();
        let body = body_of(candidate, extent, following);
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
            more: body.more,
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

/// A question's body, with what its shape gives besides what follows it.
fn body_of(candidate: &Candidate, extent: Extent, following: &str) -> Body {
    let mut body = body::read(following, &candidate.text, candidate.item.is_some());
    if extent.with_code && body.more.is_empty() && is_code(&body.answer) {
        body.more = std::mem::take(&mut body.answer);
    }
    if candidate.family == Family::Line && is_label(&body.answer) {
        body.answer.clear();
    }
    if let Some(answer) = &candidate.answer {
        let answer = sealed(&without_html(answer));
        body.answer = if body.answer.is_empty() { answer } else { format!("{answer}\n\n{}", body.answer) };
    }
    let more = [sealed(&without_html(&candidate.more)), body.more];
    body.more = more.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    body
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
