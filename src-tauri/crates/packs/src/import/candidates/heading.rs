//! Headings, in Markdown and in HTML: each is one of the document's, and may be a question.

use super::{Collector, Family, Heading, joined, plain};
use crate::import::blocks::{Block, Line};
use crate::import::html::{self, Tag};
use crate::import::lead::{answering, lead};
use crate::import::likeness::MARKS;
use crate::import::tidy::{bare, tidy};
use crate::import::words::ANSWER_PARTS;

impl Collector<'_> {
    pub(super) fn heading(&mut self, block: &Block, depth: u8) {
        let text = joined(&block.lines);
        self.found.headings.push(heading(depth, block.range.start, &text));
        let item = block.place.filter(|place| place.first).map(|place| place.item);
        let family = if item.is_some() { Family::ItemHeading(depth) } else { Family::Heading(depth, false) };
        let start = item.map_or(block.range.start, |item| self.document.items[item].range.start);
        let mut candidate = plain(family, start, block.range.end, self.source.len(), text);
        candidate.item = item;
        candidate.link = block.lines.first().and_then(Line::whole_link).map(str::to_owned);
        if item.is_some()
            && let Some(ordered) = self.ordinal(item)
        {
            candidate.text = format!("{ordered}. {}", candidate.text);
        }
        self.add(candidate);
    }

    /// The number that an item of a numbered list has in the source.
    fn ordinal(&self, item: Option<usize>) -> Option<u32> {
        let item = self.document.items.get(item?)?;
        let marker: String =
            self.source[item.range.clone()].trim_start().chars().take_while(char::is_ascii_digit).collect();
        marker.parse().ok().filter(|_| item.ordered)
    }

    pub(super) fn html_headings(&mut self, block: &Block) {
        let inside = |tag: &&Tag| block.range.contains(&tag.range.start);
        let first = self.document.tags.partition_point(|tag| tag.range.start < block.range.start);
        let tags: Vec<&Tag> = self.document.tags[first..].iter().take_while(inside).collect();
        for pair in tags.windows(2) {
            let [open, _] = pair else { continue };
            let Some(depth) = html_depth(&open.name).filter(|_| !open.closes) else { continue };
            let close = tags
                .iter()
                .find(|tag| tag.closes && tag.name == open.name && tag.range.start >= open.range.end);
            let Some(close) = close else { continue };
            let text = html::text(&self.source[open.range.end..close.range.start])
                .replace('\n', " ")
                .trim()
                .to_owned();
            if text.is_empty() || open.attributes.contains("align") && depth == 1 {
                continue;
            }
            self.found.headings.push(heading(depth, open.range.start, &text));
            self.add(plain(
                Family::Heading(depth, false),
                open.range.start,
                close.range.end,
                self.source.len(),
                text,
            ));
        }
    }
}

fn heading(depth: u8, start: usize, text: &str) -> Heading {
    let bare = bare(text);
    let lower = bare.to_lowercase();
    let short = bare.chars().count() < 60 && !bare.contains(MARKS);
    let part = ANSWER_PARTS.iter().any(|part| {
        // "Resources" is a part, "Resource limits" a section or a question.
        lower.strip_prefix(*part).is_some_and(|rest| {
            let rest = rest.strip_prefix('s').unwrap_or(rest);
            rest.is_empty()
                || rest.starts_with([':', ' ', '：', '(', '-', '.']) && answering(&bare).is_some()
                || part.ends_with(' ')
                || rest == ":"
        })
    });
    Heading {
        depth,
        start,
        text: tidy(lead(text).1),
        answer_part: short && (part || answering(&bare).is_some()),
    }
}

fn html_depth(name: &str) -> Option<u8> {
    let depth = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&depth).then_some(depth)
}
