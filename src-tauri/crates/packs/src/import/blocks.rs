//! A document as the run of its blocks, each knowing where it stands, and its inline text line by line.

use super::html::{self, Tag};
use pulldown_cmark::{Event, Options, Parser, Tag as Start, TagEnd};
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
    starts: Vec<usize>,
}

impl Document {
    /// The line of a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}

/// What Markdown is read with here and wherever else a piece of it is looked at again.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Parses `source`.
pub(super) fn parse(source: &str) -> Document {
    let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader =
        Reader { source, document: Document { starts, ..Document::default() }, ..Reader::default() };
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        reader.take(event, range);
    }
    reader.end_block();
    let mut document = reader.document;
    let mut top: Vec<usize> =
        document.items.iter().filter(|item| item.parent.is_none()).map(|item| item.list).collect();
    top.dedup();
    let single = top.iter().filter(|list| document.list_sizes[**list] == 1).count();
    document.lists_are_broken = single * 3 > top.len();
    document
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    document: Document,
    lists: Vec<(usize, bool)>,
    items: Vec<(usize, bool)>,
    /// Depth inside a block quote or footnote; what is in there is not looked into.
    closed: usize,
    /// The block whose inline content is being read.
    open: Option<Block>,
    line: Line,
    bold_from: Option<usize>,
    link_from: Option<(usize, String)>,
    in_picture: usize,
    in_code_block: bool,
    row: Option<Vec<Line>>,
    in_comment: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.closed > 0 {
            self.inside_quote(&event, &range);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if !self.in_code_block && self.in_picture == 0 => {
                self.inline(&range);
                self.line.text.push_str(&text);
            }
            Event::Code(code) => {
                self.inline(&range);
                let fence = if code.contains('`') { "``" } else { "`" };
                self.line.text.push_str(fence);
                self.line.text.push_str(&code);
                self.line.text.push_str(fence);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.inline(&range);
                self.end_line(range.end);
            }
            Event::InlineHtml(raw) => {
                self.inline(&range);
                self.inline_html(&raw, &range);
            }
            Event::Html(raw) => self.html(&raw, range),
            Event::Rule => self.push(Shape::Rule, range),
            _ => {}
        }
    }

    fn inside_quote(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Start::BlockQuote(_) | Start::FootnoteDefinition(_)) => self.closed += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => self.closed -= 1,
            Event::Html(raw) | Event::InlineHtml(raw) => {
                self.document.tags.extend(html::tags(raw, range.start));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Start<'_>, range: Range<usize>) {
        match tag {
            Start::Paragraph => self.open(Shape::Paragraph, range),
            Start::Heading { level, .. } => self.open(Shape::Heading(level as u8), range),
            Start::CodeBlock(_) => {
                self.push(Shape::Code, range);
                self.in_code_block = true;
            }
            Start::HtmlBlock => self.end_block(),
            Start::BlockQuote(_) | Start::FootnoteDefinition(_) => {
                self.push(Shape::Quote, range);
                self.closed = 1;
            }
            Start::List(first) => {
                self.end_block();
                self.lists.push((self.document.list_sizes.len(), first.is_some()));
                self.document.list_sizes.push(0);
                self.document.list_last.push(0);
            }
            Start::Item => self.item(range),
            Start::Table(_) => self.open(Shape::Table, range),
            Start::TableHead | Start::TableRow => self.row = Some(Vec::new()),
            Start::TableCell => self.line = Line { range, ..Line::default() },
            Start::Strong => {
                self.inline(&range);
                self.bold_from.get_or_insert(self.line.text.len());
            }
            Start::Link { dest_url, .. } => {
                self.inline(&range);
                self.link_from = Some((self.line.text.len(), dest_url.into_string()));
            }
            Start::Image { .. } => {
                self.inline(&range);
                self.in_picture += 1;
                self.line.pictures += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Table => self.end_block(),
            TagEnd::CodeBlock => self.in_code_block = false,
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.end_block();
                self.items.pop();
            }
            TagEnd::TableCell => {
                self.close_spans();
                let mut line = std::mem::take(&mut self.line);
                line.range = range;
                if let Some(row) = &mut self.row {
                    row.push(line);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let (Some(row), Some(block)) = (self.row.take(), &mut self.open) {
                    block.rows.push(row);
                }
            }
            TagEnd::Strong => self.end_bold(),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.in_picture = self.in_picture.saturating_sub(1),
            _ => {}
        }
    }

    fn item(&mut self, range: Range<usize>) {
        self.end_block();
        let Some((list, ordered)) = self.lists.last().copied() else { return };
        self.document.list_sizes[list] += 1;
        self.document.items.push(Item {
            list,
            level: u8::try_from(self.lists.len()).unwrap_or(u8::MAX),
            ordered,
            range,
            parent: self.items.last().map(|(item, _)| *item),
        });
        let item = self.document.items.len() - 1;
        self.document.list_last[list] = item;
        self.items.push((item, true));
    }

    fn place(&mut self) -> Option<Place> {
        let (item, first) = self.items.last_mut()?;
        let place = Place { item: *item, first: *first };
        *first = false;
        Some(place)
    }

    fn open(&mut self, shape: Shape, range: Range<usize>) {
        self.end_block();
        let place = self.place();
        self.line = Line { range: range.start..range.start, ..Line::default() };
        self.open = Some(Block { shape, range, place, lines: Vec::new(), rows: Vec::new() });
    }

    /// A block without inline content.
    fn push(&mut self, shape: Shape, range: Range<usize>) {
        self.end_block();
        let place = self.place();
        self.document.blocks.push(Block { shape, range, place, lines: Vec::new(), rows: Vec::new() });
    }

    /// Text directly in an item of a tight list is a paragraph of its own.
    fn inline(&mut self, range: &Range<usize>) {
        if self.open.is_none() && self.row.is_none() {
            self.open(Shape::Paragraph, range.clone());
        }
        self.line.range.end = self.line.range.end.max(range.end);
        if let Some(block) = &mut self.open {
            block.range.end = block.range.end.max(range.end);
        }
    }

    fn end_bold(&mut self) {
        if let Some(from) = self.bold_from.take()
            && self.line.text.len() > from
        {
            self.line.bold.push(from..self.line.text.len());
        }
    }

    fn end_link(&mut self) {
        if let Some((from, to)) = self.link_from.take() {
            self.line.links.push(Link { range: from..self.line.text.len(), to });
        }
    }

    /// Bold and links that go over a line's end are closed there.
    fn close_spans(&mut self) -> (bool, Option<String>) {
        let bold = self.bold_from.is_some();
        let link = self.link_from.as_ref().map(|(_, to)| to.clone());
        self.end_bold();
        self.end_link();
        (bold, link)
    }

    fn end_line(&mut self, next: usize) {
        if self.row.is_some() {
            self.line.text.push('\n');
            return;
        }
        let (bold, link) = self.close_spans();
        let line = std::mem::take(&mut self.line);
        self.line.range = next..next;
        if let Some(block) = &mut self.open {
            block.lines.push(line);
        }
        self.bold_from = bold.then_some(0);
        self.link_from = link.map(|to| (0, to));
    }

    fn end_block(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        self.close_spans();
        let line = std::mem::take(&mut self.line);
        if block.shape != Shape::Table {
            block.lines.push(line);
        }
        self.document.blocks.push(block);
    }

    fn inline_html(&mut self, raw: &str, range: &Range<usize>) {
        for tag in html::tags(raw, range.start) {
            match (tag.name.as_str(), tag.closes) {
                ("br", _) => self.end_line(range.end),
                ("code" | "kbd", _) => self.line.text.push('`'),
                ("b" | "strong", false) => {
                    self.bold_from.get_or_insert(self.line.text.len());
                }
                ("b" | "strong", true) => self.end_bold(),
                ("a", false) => {
                    if let Some(to) = html::attribute(&tag.attributes, "href") {
                        self.link_from = Some((self.line.text.len(), to.to_owned()));
                    }
                }
                ("a", true) => self.end_link(),
                _ => {}
            }
            self.document.tags.push(tag);
        }
    }

    fn html(&mut self, raw: &str, range: Range<usize>) {
        // A comment may hold empty lines and comes line by line.
        let mut rest = raw;
        let mut offset = range.start;
        if self.in_comment {
            let Some(end) = rest.find("-->") else {
                self.html_block(range);
                return;
            };
            self.in_comment = false;
            rest = &rest[end + 3..];
            offset += end + 3;
        }
        self.document.tags.extend(html::tags(rest, offset));
        self.in_comment = rest.rfind("<!--").is_some_and(|open| !rest[open..].contains("-->"));
        self.html_block(range);
    }

    fn html_block(&mut self, range: Range<usize>) {
        if let Some(last) = self.document.blocks.last_mut()
            && last.shape == Shape::Html
            && self.source[last.range.end..range.start].trim().is_empty()
            && !self.source[last.range.end..range.start].contains("\n\n")
        {
            last.range.end = range.end;
            return;
        }
        self.push(Shape::Html, range);
    }
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
