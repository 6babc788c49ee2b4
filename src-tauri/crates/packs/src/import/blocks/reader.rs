//! Markdown's events put together to blocks, with inline text cut into the source's lines.

use super::{Block, Document, Item, Line, Link, Place, Shape};
use crate::import::html;
use crate::lines::Lines;
use pulldown_cmark::{Event, Tag as Start, TagEnd};
use std::ops::Range;

/// What has been read so far, and what is open.
#[derive(Default)]
pub(super) struct Reader<'a> {
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

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            document: Document { starts: Lines::of(source), ..Document::default() },
            ..Self::default()
        }
    }

    pub(super) fn take(&mut self, event: Event<'_>, range: Range<usize>) {
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

    /// The document, when all events are taken.
    pub(super) fn finish(mut self) -> Document {
        self.end_block();
        let mut document = self.document;
        let mut top: Vec<usize> =
            document.items.iter().filter(|item| item.parent.is_none()).map(|item| item.list).collect();
        top.dedup();
        let single = top.iter().filter(|list| document.list_sizes[**list] == 1).count();
        document.lists_are_broken = single * 3 > top.len();
        document
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
