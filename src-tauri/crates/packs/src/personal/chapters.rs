//! A group's file as its head and the chapters of its questions, byte for byte.

use crate::document::{Block, Document, Shape};
use crate::facts::ids_in;
use crate::question::{Place, question};
use crate::read::chapters;
use aloud_practice::pack::Question;

/// A chapter: its question's id and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chapter {
    pub(super) id: String,
    pub(super) text: String,
}

/// A group's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Everything before the first question.
    pub(super) head: String,
    pub(super) chapters: Vec<Chapter>,
}

impl Group {
    /// Splits a file; joining the parts gives it back.
    pub(super) fn split(text: &str) -> Self {
        let document = Document::parse("", text.to_owned());
        let starts: Vec<(usize, String)> = document
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| matches!(block.shape, Shape::Heading(depth) if depth <= 2))
            .skip(1)
            .map(|(at, block)| (block.range.start, id_after(&document.blocks, at)))
            .collect();
        let head = starts.first().map_or(text, |(start, _)| &text[..*start]).to_owned();
        let chapters = starts.iter().enumerate().map(|(at, (start, id))| {
            let end = starts.get(at + 1).map_or(text.len(), |(next, _)| *next);
            Chapter { id: id.clone(), text: text[*start..end].to_owned() }
        });
        Self { head, chapters: chapters.collect() }
    }

    /// The file again.
    pub(super) fn join(&self) -> String {
        let mut out = self.head.clone();
        for chapter in &self.chapters {
            out.push_str(&chapter.text);
        }
        out
    }

    /// Replaces or adds a chapter, with one empty line around it.
    pub(super) fn put(&mut self, id: &str, text: &str) {
        let text = format!("{}\n\n", text.trim_end());
        if let Some(chapter) = self.chapters.iter_mut().find(|chapter| chapter.id == id) {
            chapter.text = text;
        } else {
            self.insert(self.chapters.len(), Chapter { id: id.to_owned(), text });
        }
        self.settle();
    }

    /// Puts a chapter at a place.
    pub(super) fn insert(&mut self, at: usize, mut chapter: Chapter) {
        chapter.text = format!("{}\n\n", chapter.text.trim_end());
        self.chapters.insert(at.min(self.chapters.len()), chapter);
        self.settle();
    }

    /// Neighbours are apart by an empty line, and the file ends with one line end.
    pub(super) fn settle(&mut self) {
        if !self.chapters.is_empty() && !self.head.ends_with("\n\n") {
            self.head = format!("{}\n\n", self.head.trim_end());
        }
        let last = self.chapters.len().saturating_sub(1);
        for (at, chapter) in self.chapters.iter_mut().enumerate() {
            if at == last {
                chapter.text.truncate(chapter.text.trim_end().len());
                chapter.text.push('\n');
            } else if !chapter.text.ends_with("\n\n") {
                chapter.text = format!("{}\n\n", chapter.text.trim_end());
            }
        }
    }
}

fn id_after(blocks: &[Block], at: usize) -> String {
    let facts =
        blocks.get(at + 1).filter(|block| block.shape == Shape::Paragraph && block.text.starts_with('`'));
    facts.and_then(|block| ids_in(&block.text).into_iter().next()).unwrap_or_default()
}

/// Reads one chapter by itself; signals stay names. Nothing if it is not one whole question.
pub(super) fn parse(text: &str) -> Option<Question> {
    let document = Document::parse("", text.to_owned());
    let (before, found) = chapters(&document.blocks, 2);
    let [(heading, body)] = found.as_slice() else { return None };
    let mut problems = Vec::new();
    let question = question(&document, heading, body, Place::Personal, &mut problems);
    question.filter(|_| before.is_empty() && problems.is_empty() && heading.shape == Shape::Heading(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_split_at_its_questions_and_nowhere_else() {
        let text = "# G\n\n`g`\n\nIntro.\n\n## One\n\n`one`\n\n> Say\n\n```\n## no\n```\n\n## Two\n\n`two`\n";
        let group = Group::split(text);
        let ids: Vec<_> = group.chapters.iter().map(|chapter| chapter.id.as_str()).collect();
        assert_eq!(ids, ["one", "two"]);
        assert_eq!(group.join(), text);
    }

    proptest! {
        #[test]
        fn splitting_loses_nothing(text in "([#`> \\-a\n]|## |`x`\n){0,80}") {
            prop_assert_eq!(Group::split(&text).join(), text);
        }
    }
}
