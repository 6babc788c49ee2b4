//! A document as the run of its blocks, each knowing where it stands, and its inline text line by line.

mod reader;

use self::reader::Reader;
use super::html::Tag;
use crate::lines::Lines;
use pulldown_cmark::{Options, Parser};
use std::ops::Range;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Heading(u8),
    Paragraph,
    Code,
    Html,
    Quote,
    Rule,
    Table,
}

/// A link inside a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Bytes of the line's text that it covers.
    pub(super) range: Range<usize>,
    /// Where it leads.
    pub(super) to: String,
}

/// A line of a paragraph or heading as plain text: code keeps its backticks, other markup is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The text.
    pub(super) text: String,
    /// Source bytes.
    pub(super) range: Range<usize>,
    /// Bytes of the text that are bold.
    pub(super) bold: Vec<Range<usize>>,
    /// Its links.
    pub(super) links: Vec<Link>,
    /// How many pictures it holds.
    pub(super) pictures: usize,
}

impl Line {
    /// The bold words it begins with, and what follows them.
    pub(super) fn bold_lead(&self) -> Option<(&str, &str)> {
        let start = self.text.len() - super::tidy::undecorated(&self.text).len();
        let first = self.bold.first().filter(|bold| bold.start <= start && bold.end > bold.start)?;
        let mut end = first.end;
        for next in &self.bold[1..] {
            if self.text.get(end..next.start).is_some_and(|between| between.trim().is_empty()) {
                end = next.end;
            }
        }
        Some((self.text.get(..end)?, self.text.get(end..)?))
    }

    /// Where the line's only content leads, if that is one link and nothing else but decoration.
    pub(super) fn whole_link(&self) -> Option<&str> {
        let link = self.links.first()?;
        let before = self.text.get(..link.range.start)?;
        let after = self.text.get(self.links.last()?.range.end..)?;
        let plain = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() < 3;
        let covered: usize = self.links.iter().map(|link| link.range.len()).sum();
        let one = self.links.iter().all(|other| other.to == link.to);
        let noted =
            after.trim_start().starts_with(['(', '|', '-', '–', '—', ':', ',']) && covered * 8 > after.len();
        // "[Name](address) - what it is about": a link with a note.
        let first = self
            .text
            .get(link.range.end..)
            .is_some_and(|rest| rest.trim_start().starts_with(['-', '–', '—', ':']));
        (plain(before) && (one && (plain(after) || noted) || first && !link.to.starts_with('#')))
            .then_some(link.to.as_str())
    }
}

/// Where in a list a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Index into [`Document::items`].
    pub(super) item: usize,
    /// Whether it is the item's first block.
    pub(super) first: bool,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Which list; lists are counted through the document.
    pub(super) list: usize,
    /// 1 for a list that is in no other.
    pub(super) level: u8,
    /// Numbered or bulleted.
    pub(super) ordered: bool,
    /// Source bytes.
    pub(super) range: Range<usize>,
    /// The item it is nested in.
    pub(super) parent: Option<usize>,
}

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) shape: Shape,
    /// Source bytes.
    pub(super) range: Range<usize>,
    pub(super) place: Option<Place>,
    /// Of headings and paragraphs.
    pub(super) lines: Vec<Line>,
    /// Of tables, the header first.
    pub(super) rows: Vec<Vec<Line>>,
}

/// A parsed document.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    pub(super) items: Vec<Item>,
    /// How many items each list has.
    pub(super) list_sizes: Vec<usize>,
    /// The last item of each list.
    pub(super) list_last: Vec<usize>,
    /// Most lists have one item: answers stand between what was meant to be one list.
    pub(super) lists_are_broken: bool,
    /// All HTML tags outside code, in order.
    pub(super) tags: Vec<Tag>,
    starts: Lines,
}

impl Document {
    /// The line of a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.at(offset)
    }
}

/// What Markdown is read with here and wherever else a piece of it is looked at again.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Parses `source`.
pub(super) fn parse(source: &str) -> Document {
    let mut reader = Reader::new(source);
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        reader.take(event, range);
    }
    reader.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_know_their_item_and_their_lines() {
        let source = "1. ### **Why** so?\n\n    Because.\n2. two\n   - deep\n\n> quoted\n";
        let document = parse(source);
        let shapes: Vec<_> = document.blocks.iter().map(|block| block.shape).collect();
        let paragraph = Shape::Paragraph;
        assert_eq!(shapes, [Shape::Heading(3), paragraph, paragraph, paragraph, Shape::Quote]);
        assert_eq!(document.blocks[0].lines[0].bold_lead(), Some(("Why", " so?")));
        assert_eq!(document.items.iter().map(|item| item.level).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!(document.list_sizes, [2, 1]);
        assert_eq!(document.line(document.blocks[3].range.start), 5);
    }

    #[test]
    fn links_tags_and_code_are_told_apart() {
        let document =
            parse("- [What?](#what)\n- see [x](y) `<b>`\n\n<details><summary>Q</summary>\n\n`</details>`\n");
        assert_eq!(document.blocks[0].lines[0].whole_link(), Some("#what"));
        assert_eq!(document.blocks[1].lines[0].whole_link(), None);
        let names: Vec<_> = document.tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["details", "summary", "summary"], "tags in code are no tags");
    }
}
