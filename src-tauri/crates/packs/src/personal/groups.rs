//! The files of groups and the folders of sections: found by their titles, and made where there are none.

use super::chapters::Group;
use super::edit::Place;
use super::render::{heading_text, line_text};
use super::{Personal, Trouble, fresh_id, slug};
use crate::read::{MAX_FILE_BYTES, MAX_FILES};
use std::collections::BTreeSet;

/// Longer than this and a group's file is continued in another, long before reading refuses it.
pub(super) const FULL: usize = (MAX_FILE_BYTES / 4) as usize;
/// Beyond this many files no new ones are begun; groups are joined instead.
const MOST_FILES: usize = MAX_FILES * 3 / 4;

impl Personal {
    /// A group's file as its chapters; empty if there is none.
    pub(super) fn split(&self, path: &str) -> Group {
        Group::split(self.texts.get(path).map_or("", String::as_str))
    }

    /// Files of groups, in order.
    pub(super) fn group_paths(&self) -> Vec<String> {
        self.texts
            .keys()
            .filter(|path| path.starts_with("bank/") && !path.ends_with("/README.md"))
            .cloned()
            .collect()
    }

    /// The file that holds a question.
    pub(super) fn path_of(&self, id: &str) -> Result<String, Trouble> {
        let holds = |path: &String| self.split(path).chapters.iter().any(|chapter| chapter.id == id);
        self.group_paths().into_iter().find(holds).ok_or_else(Trouble::gone)
    }

    /// The file of a group, made if there is none.
    pub(super) fn group(&mut self, place: &Place, taken: &mut BTreeSet<String>) -> Result<String, Trouble> {
        let section = self.section(&line_text(&place.section, "Questions"), taken);
        let title = heading_text(&place.group, "Questions");
        let files: Vec<String> =
            self.group_paths().into_iter().filter(|path| path.starts_with(&section)).collect();
        let titled = |path: &&String| {
            let found = self.title_of(path);
            found == title || found.strip_prefix(title.as_str()).is_some_and(|rest| rest.starts_with(" ("))
        };
        let found = files.iter().rfind(titled);
        if let Some(found) = found.filter(|path| self.has_room(path)) {
            return Ok(found.clone());
        }
        if self.texts.len() >= MOST_FILES
            && let Some(last) = files.last().filter(|path| self.has_room(path))
        {
            return Ok(last.clone());
        }
        if self.texts.len() >= MAX_FILES {
            return Err(Trouble::new(
                "The pack has as many files as a pack can have. Import into a new one.",
            ));
        }
        let title = match found {
            Some(_) => format!("{title} ({})", files.iter().filter(titled).count() + 1),
            None => title,
        };
        let id = fresh_id(&title, taken);
        let path = format!("{section}{:03}-{}.md", next_number(&files, &section), slug_or(&title, "group"));
        self.texts.insert(path.clone(), format!("# {title}\n\n`{id}`\n"));
        Ok(path)
    }

    /// Whether a group's file takes more questions.
    fn has_room(&self, path: &str) -> bool {
        self.texts.get(path).is_some_and(|text| text.len() < FULL)
    }

    /// The title that a file begins with.
    fn title_of(&self, path: &str) -> &str {
        let first = self.texts.get(path).and_then(|text| text.lines().next()).unwrap_or_default();
        first.trim_matches(['#', ' '])
    }

    /// The folder of a section with its slash, made if there is none.
    fn section(&mut self, title: &str, taken: &mut BTreeSet<String>) -> String {
        let title = heading_text(title, "Questions");
        let fronts: Vec<String> = self
            .texts
            .keys()
            .filter(|path| path.starts_with("bank/") && path.ends_with("/README.md"))
            .cloned()
            .collect();
        for front in &fronts {
            if self.title_of(front) == title {
                return front.trim_end_matches("README.md").to_owned();
            }
        }
        let id = fresh_id(&title, taken);
        let path = format!("bank/{:03}-{}/", next_number(&fronts, "bank/"), slug_or(&title, "section"));
        self.texts.insert(format!("{path}README.md"), format!("# {title}\n\n`{id}`\n"));
        path
    }
}

/// The words of a title as a file's name, or `otherwise` if there are none.
fn slug_or(title: &str, otherwise: &str) -> String {
    let slug = slug(title);
    let end = slug.char_indices().nth(40).map_or(slug.len(), |(at, _)| at);
    let slug = slug[..end].trim_matches('-');
    if slug.is_empty() { otherwise.to_owned() } else { slug.to_owned() }
}

/// One more than the highest number that names begin with after `prefix`.
fn next_number(paths: &[String], prefix: &str) -> usize {
    let numbers = paths.iter().filter_map(|path| {
        let name = path.strip_prefix(prefix)?;
        name.split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok()
    });
    numbers.max().unwrap_or(0) + 1
}
