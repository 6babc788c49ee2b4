//! A Markdown file as a flat run of blocks, each knowing its line and its source.

use crate::lines::Lines;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A heading with its depth, from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A block quote.
    Quote,
    /// A bullet list; the source of each item without its marker.
    List(Vec<Item>),
    /// Anything else: code, tables, rules.
    Other,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Line, from 1.
    pub(crate) line: usize,
    /// Markdown without the marker and its indentation.
    pub(crate) text: String,
}

/// A top-level block.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) shape: Shape,
    /// Line of its start, from 1.
    pub(crate) line: usize,
    /// Source bytes.
    pub(crate) range: Range<usize>,
    /// Heading text, paragraph source, or quote without its markers.
    pub(crate) text: String,
}

/// A file, split.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Path inside the pack, with `/`.
    pub(crate) file: String,
    /// The whole source.
    pub(crate) source: String,
    /// Its top-level blocks, in order.
    pub(crate) blocks: Vec<Block>,
}

impl Document {
    /// Splits `source`.
    pub(crate) fn parse(file: &str, source: String) -> Self {
        let blocks = blocks(&source);
        Self { file: file.to_owned(), source, blocks }
    }

    /// The source from the start of one block to the end of another, trimmed.
    pub(crate) fn slice(&self, blocks: &[Block]) -> String {
        match (blocks.first(), blocks.last()) {
            (Some(first), Some(last)) => self.source[first.range.start..last.range.end].trim_end().to_owned(),
            _ => String::new(),
        }
    }
}

fn blocks(source: &str) -> Vec<Block> {
    let lines = Lines::of(source);
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut items = Vec::new();
    for (event, range) in Parser::new(source).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 1 && matches!(tag, Tag::Item) {
                    items.push(Item { line: lines.at(range.start), text: item_text(&source[range.clone()]) });
                }
                depth += 1;
            }
            Event::End(end) => {
                depth -= 1;
                if depth == 0 {
                    let raw = &source[range.clone()];
                    let (shape, text) = shape_of(end, raw, &mut items);
                    found.push(Block { shape, line: lines.at(range.start), text, range });
                }
            }
            Event::Rule | Event::Html(_) if depth == 0 => {
                let text = source[range.clone()].to_owned();
                found.push(Block { shape: Shape::Other, line: lines.at(range.start), text, range });
            }
            _ => {}
        }
    }
    found
}

fn shape_of(end: TagEnd, raw: &str, items: &mut Vec<Item>) -> (Shape, String) {
    match end {
        TagEnd::Heading(level) => (Shape::Heading(depth_of(level)), heading_text(raw)),
        TagEnd::Paragraph => (Shape::Paragraph, raw.trim_end().to_owned()),
        TagEnd::BlockQuote(_) => (Shape::Quote, unquote(raw)),
        TagEnd::List(false) => (Shape::List(std::mem::take(items)), raw.trim_end().to_owned()),
        _ => {
            items.clear();
            (Shape::Other, raw.trim_end().to_owned())
        }
    }
}

fn depth_of(level: HeadingLevel) -> u8 {
    level as u8
}

fn heading_text(raw: &str) -> String {
    raw.trim().trim_start_matches('#').trim_end_matches('#').trim().to_owned()
}

/// A block quote's lines without its markers.
pub(crate) fn unquote(raw: &str) -> String {
    let strip = |line: &str| {
        let rest = line.trim_start().strip_prefix('>').unwrap_or(line);
        rest.strip_prefix(' ').unwrap_or(rest).to_owned()
    };
    raw.trim_end().lines().map(strip).collect::<Vec<_>>().join("\n")
}

fn item_text(raw: &str) -> String {
    let mut lines = raw.trim_end().lines();
    let first = lines.next().unwrap_or_default().trim_start();
    let marker = first.chars().next().map_or(0, char::len_utf8);
    let mut text = first[marker..].trim_start().to_owned();
    for line in lines {
        text.push('\n');
        text.push_str(line.strip_prefix("  ").unwrap_or(line));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_know_their_lines_and_text() {
        let text = "# One\n\n`id`\n\n> Say\n> it\n\n- a\n  b\n- c\n\n```go\n# no heading\n```\n";
        let document = Document::parse("x.md", text.into());
        let seen: Vec<_> = document.blocks.iter().map(|b| (b.line, b.text.lines().next().unwrap())).collect();
        assert_eq!(seen, [(1, "One"), (3, "`id`"), (5, "Say"), (8, "- a"), (12, "```go")]);
        let Shape::List(items) = &document.blocks[3].shape else { panic!("a list") };
        assert_eq!(items[0], Item { line: 8, text: "a\nb".into() });
        assert_eq!(items[1].line, 10);
        assert_eq!(document.blocks[2].text, "Say\nit");
    }
}
