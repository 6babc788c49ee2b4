//! The files a pack has one of: its README, the rubric, the checklist.

use super::Folder;
use crate::document::{Block, Document, Shape};
use crate::facts::{Facts, ids_in};
use crate::problem::Problem;
use aloud_practice::Level;
use aloud_practice::pack::{ChecklistItem, Rubric, Signal};
use std::collections::BTreeMap;

/// What a pack's README says.
pub(super) struct Front {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) target: Level,
    pub(super) language: String,
    pub(super) licence: String,
    pub(super) retired: Vec<String>,
    pub(super) personal: bool,
}

/// A heading of depth `depth` and everything up to the next one of that depth or less.
pub(crate) fn chapters(blocks: &[Block], depth: u8) -> (&[Block], Vec<(&Block, &[Block])>) {
    let ends = |block: &Block| matches!(block.shape, Shape::Heading(found) if found <= depth);
    let first = blocks.iter().position(ends).unwrap_or(blocks.len());
    let mut found = Vec::new();
    let mut at = first;
    while at < blocks.len() {
        let end = blocks[at + 1..].iter().position(ends).map_or(blocks.len(), |next| at + 1 + next);
        found.push((&blocks[at], &blocks[at + 1..end]));
        at = end;
    }
    (&blocks[..first], found)
}

/// The title on the first line, or an error.
pub(crate) fn title<'a>(
    document: &'a Document,
    problems: &mut Vec<Problem>,
) -> Option<(&'a Block, &'a [Block])> {
    match document.blocks.split_first() {
        Some((heading, rest)) if heading.shape == Shape::Heading(1) => Some((heading, rest)),
        _ => {
            problems.push(Problem::error(
                &document.file,
                1,
                "the file has no title. Start it with `# Title`.",
            ));
            None
        }
    }
}

pub(super) fn front(folder: &Folder, problems: &mut Vec<Problem>) -> Option<Front> {
    let document = folder.need("README.md", "the pack's title, target level and licence", problems)?;
    let (heading, rest) = title(document, problems)?;
    let mut facts = Facts::read(document, heading.line, &heading.text, rest, problems)?;
    let line = facts.line;
    let target = facts.take_value("target").and_then(|level| level.parse().ok());
    let language = facts.take_value("language");
    let licence = facts.take_value("licence");
    let personal = facts.take(|fact| (fact == "personal").then_some(())).is_some();
    let id = facts.id.clone();
    facts.finish(document, "`target: Senior`, `language: en`, `licence: …`, `personal`", problems);
    let (intro, chapters) = chapters(&rest[1..], 2);
    let mut retired = Vec::new();
    for (heading, body) in chapters {
        if heading.text == "Retired ids" {
            retired.extend(body.iter().flat_map(|block| ids_in(&block.text)));
        }
    }
    if target.is_none() && !personal {
        let say = "the target level is missing. Write `target: Senior` (or Junior, Mid, Staff).";
        problems.push(Problem::error(&document.file, line, say));
    }
    if licence.is_none() && !personal {
        problems.push(Problem::warning(
            &document.file,
            line,
            "the licence is missing. Write `licence: CC BY 4.0` or yours.",
        ));
    }
    Some(Front {
        id,
        title: heading.text.clone(),
        about: document.slice(intro),
        target: target.unwrap_or(Level::Senior),
        language: language.unwrap_or_else(|| "en".into()),
        licence: licence.unwrap_or_default(),
        retired,
        personal,
    })
}

pub(super) fn rubric(folder: &Folder, problems: &mut Vec<Problem>) -> Rubric {
    let Some(document) = folder.need("rubric.md", "the signals and their levels", problems) else {
        return Rubric::default();
    };
    let Some((_, rest)) = title(document, problems) else { return Rubric::default() };
    let (intro, chapters) = chapters(rest, 2);
    let signals = chapters
        .into_iter()
        .filter_map(|(heading, body)| signal(document, heading, body, problems))
        .collect();
    Rubric { about: document.slice(intro), signals }
}

fn signal(
    document: &Document,
    heading: &Block,
    body: &[Block],
    problems: &mut Vec<Problem>,
) -> Option<Signal> {
    let mut facts = Facts::read(document, heading.line, &heading.text, body, problems)?;
    let behavioural = facts.take(|fact| match fact {
        "technical" => Some(false),
        "behavioural" => Some(true),
        _ => None,
    });
    if behavioural.is_none() {
        problems.push(Problem::error(
            &document.file,
            facts.line,
            "write `technical` or `behavioural` after the id.",
        ));
    }
    let id = facts.id.clone();
    facts.finish(document, "`technical`, `behavioural`", problems);
    let mut levels = BTreeMap::new();
    for block in &body[1..] {
        let Shape::List(items) = &block.shape else { continue };
        for item in items {
            let split = item.text.strip_prefix("**").and_then(|rest| rest.split_once("**:"));
            let described = split.and_then(|(name, text)| Some((name.parse::<Level>().ok()?, text.trim())));
            if let Some((level, text)) = described {
                levels.insert(level, text.to_owned());
            } else {
                let say = "a level is written `- **Senior**: what one hears.`";
                problems.push(Problem::error(&document.file, item.line, say));
            }
        }
    }
    for level in Level::ALL {
        if !levels.contains_key(&level) {
            let say = format!("“{}” does not describe {level}. Add `- **{level}**: …`.", heading.text);
            problems.push(Problem::error(&document.file, heading.line, say));
        }
    }
    Some(Signal { id, name: heading.text.clone(), behavioural: behavioural.unwrap_or(false), levels })
}

pub(super) fn checklist(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<ChecklistItem> {
    let Some(document) = folder.file("checklist.md") else { return Vec::new() };
    let Some((_, rest)) = title(document, problems) else { return Vec::new() };
    let (_, chapters) = chapters(rest, 2);
    chapters.into_iter().filter_map(|(heading, body)| line(document, heading, body, problems)).collect()
}

fn line(
    document: &Document,
    heading: &Block,
    body: &[Block],
    problems: &mut Vec<Problem>,
) -> Option<ChecklistItem> {
    let facts = Facts::read(document, heading.line, &heading.text, body, problems)?;
    let id = facts.id.clone();
    facts.finish(document, "nothing but the id", problems);
    let (about, evidence) = chapters(&body[1..], 3);
    let mut item = ChecklistItem {
        id,
        title: heading.text.clone(),
        about: document.slice(about),
        questions: Vec::new(),
        stages: Vec::new(),
    };
    for block in evidence.iter().filter(|(part, _)| part.text == "Evidence").flat_map(|(_, body)| *body) {
        let Shape::List(items) = &block.shape else { continue };
        for found in items {
            match found.text.split_once(':').map(|(key, _)| key) {
                Some("questions") => item.questions.extend(ids_in(&found.text)),
                Some("stages") => item.stages.extend(ids_in(&found.text)),
                _ => {
                    let say = "evidence is written `- questions: `an-id`` or `- stages: `mock/stage``.";
                    problems.push(Problem::error(&document.file, found.line, say));
                }
            }
        }
    }
    if item.questions.is_empty() && item.stages.is_empty() {
        let say = format!("“{}” has no evidence. Add `### Evidence` with questions or stages.", heading.text);
        problems.push(Problem::error(&document.file, heading.line, say));
    }
    Some(item)
}
