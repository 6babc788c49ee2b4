//! Sections and their groups.

use super::Folder;
use super::single::{chapters, title};
use crate::document::{Document, Shape};
use crate::facts::Facts;
use crate::problem::Problem;
use crate::question::{Place, question};
use aloud_practice::pack::{Group, Section};

pub(super) fn sections(folder: &Folder, place: Place, problems: &mut Vec<Problem>) -> Vec<Section> {
    let names = folder.folders("bank");
    names.iter().filter_map(|name| section(folder, &format!("bank/{name}"), place, problems)).collect()
}

fn section(folder: &Folder, path: &str, place: Place, problems: &mut Vec<Problem>) -> Option<Section> {
    let groups = folder.files(path).filter_map(|document| group(document, place, problems)).collect();
    let front = folder.need(&format!("{path}/README.md"), "the section's title and id", problems)?;
    let (heading, rest) = title(front, problems)?;
    let facts = Facts::read(front, heading.line, &heading.text, rest, problems)?;
    let id = facts.id.clone();
    facts.finish(front, "nothing but the id", problems);
    Some(Section { id, title: heading.text.clone(), about: front.slice(&rest[1..]), groups })
}

fn group(document: &Document, place: Place, problems: &mut Vec<Problem>) -> Option<Group> {
    let (heading, rest) = title(document, problems)?;
    let facts = Facts::read(document, heading.line, &heading.text, rest, problems)?;
    let id = facts.id.clone();
    facts.finish(document, "nothing but the id", problems);
    let (_, found) = chapters(&rest[1..], 2);
    let mut questions = Vec::new();
    for (heading, body) in found {
        if heading.shape == Shape::Heading(2) {
            questions.extend(question(document, heading, body, place, problems));
        } else {
            let say = "a file holds one group: one `#` title, and `##` for each question.";
            problems.push(Problem::error(&document.file, heading.line, say));
        }
    }
    Some(Group { id, title: heading.text.clone(), questions })
}
