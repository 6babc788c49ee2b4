//! Mocks, their variants and stages.

use super::Folder;
use super::single::{chapters, title};
use crate::document::{Block, Document, Shape};
use crate::facts::Facts;
use crate::problem::Problem;
use crate::question::{Place, question};
use aloud_practice::pack::{Mock, Stage, Variant};

pub(super) fn mocks(folder: &Folder, problems: &mut Vec<Problem>) -> Vec<Mock> {
    let names = folder.folders("mocks");
    names.iter().filter_map(|name| mock(folder, &format!("mocks/{name}"), problems)).collect()
}

fn mock(folder: &Folder, path: &str, problems: &mut Vec<Problem>) -> Option<Mock> {
    let variants: Vec<Variant> =
        folder.files(path).filter_map(|document| variant(document, problems)).collect();
    let front = folder.need(&format!("{path}/README.md"), "the mock's title, id and length", problems)?;
    let (heading, rest) = title(front, problems)?;
    let mut facts = Facts::read(front, heading.line, &heading.text, rest, problems)?;
    let line = facts.line;
    let id = facts.id.clone();
    let seconds = facts.take_seconds();
    facts.finish(front, "`N min`", problems);
    if seconds.is_none() {
        problems.push(Problem::error(&front.file, line, "the length is missing. Write it as `45 min`."));
    }
    if variants.is_empty() {
        problems.push(Problem::error(
            &front.file,
            line,
            "the mock has no variant. Add a file beside this one.",
        ));
    }
    let seconds = seconds.unwrap_or(0);
    for (variant, document) in variants.iter().zip(folder.files(path)) {
        same_shape(&variants[0], variant, document, seconds, problems);
    }
    Some(Mock { id, title: heading.text.clone(), about: front.slice(&rest[1..]), seconds, variants })
}

/// All variants have the same stages with the same budgets, and these add up to the mock's length.
fn same_shape(
    first: &Variant,
    variant: &Variant,
    document: &Document,
    seconds: u32,
    problems: &mut Vec<Problem>,
) {
    let shape =
        |variant: &Variant| variant.stages.iter().map(|s| (s.id.clone(), s.seconds)).collect::<Vec<_>>();
    if shape(first) != shape(variant) {
        let say =
            "the stages differ from the first variant's. Every variant has the same stages and budgets.";
        problems.push(Problem::error(&document.file, 1, say));
    }
    let sum: u32 = variant.stages.iter().map(|stage| stage.seconds).sum();
    if sum != seconds {
        let (sum, whole) = (in_words(sum), in_words(seconds));
        let say = format!("the stages add up to {sum}, the mock's README says {whole}. Make them equal.");
        problems.push(Problem::error(&document.file, 1, say));
    }
}

fn in_words(seconds: u32) -> String {
    if seconds.is_multiple_of(60) { format!("{} min", seconds / 60) } else { format!("{seconds} s") }
}

fn variant(document: &Document, problems: &mut Vec<Problem>) -> Option<Variant> {
    let (heading, rest) = title(document, problems)?;
    let facts = Facts::read(document, heading.line, &heading.text, rest, problems)?;
    let id = facts.id.clone();
    facts.finish(document, "nothing but the id", problems);
    let (about, found) = chapters(&rest[1..], 2);
    let stages =
        found.into_iter().filter_map(|(heading, body)| stage(document, heading, body, problems)).collect();
    Some(Variant { id, title: heading.text.clone(), about: document.slice(about), stages })
}

fn stage(document: &Document, heading: &Block, body: &[Block], problems: &mut Vec<Problem>) -> Option<Stage> {
    let mut facts = Facts::read(document, heading.line, &heading.text, body, problems)?;
    let line = facts.line;
    let id = facts.id.clone();
    let seconds = facts.take_seconds();
    facts.finish(document, "`N min`", problems);
    if seconds.is_none() {
        problems.push(Problem::error(
            &document.file,
            line,
            "the stage's budget is missing. Write it as `5 min`.",
        ));
    }
    let (about, found) = chapters(&body[1..], 3);
    let mut prompts = Vec::new();
    for (heading, body) in found.into_iter().filter(|(heading, _)| heading.shape == Shape::Heading(3)) {
        prompts.extend(question(document, heading, body, Place::Mock, problems));
    }
    if prompts.is_empty() {
        problems.push(Problem::error(
            &document.file,
            line,
            "the stage asks nothing. Add a prompt under `###`.",
        ));
    }
    let about = document.slice(about);
    Some(Stage { id, title: heading.text.clone(), about, seconds: seconds.unwrap_or(0), prompts })
}
