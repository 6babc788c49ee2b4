//! Everything in a document that could be a question, by the family of its shape.

mod fold_out;
mod heading;
mod item;
mod paragraph;
mod settle;
mod table;

use super::blocks::{Document, Line, Shape};
use super::lead::{Lead, answering, lead};
use super::likeness::{is_furniture, likeness};
use super::tidy::{bare, tidy};

/// Lines and items that look alike in the source; a bank keeps to one or two of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Family {
    /// `Q: …` in a paragraph.
    Asked,
    /// `<summary>`.
    Summary,
    /// A heading of this depth, with a number or without.
    Heading(u8, bool),
    /// A heading that is an item of a list.
    ItemHeading(u8),
    /// A paragraph that is bold, or begins with a bold line.
    Bold,
    /// A bold beginning with more words after it.
    BoldLead,
    /// An item of a list nested this deep.
    Item(u8, bool),
    /// An item that is one link to another page.
    LinkItem(u8),
    /// A row of a table.
    Row,
    /// A line that begins with a number but is no list.
    NumberedLine,
    /// A plain line that ends with a question mark.
    Line,
}

/// Something that could be a question.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) family: Family,
    /// Byte where it starts, with its markup.
    pub(super) start: usize,
    /// Byte where what follows it starts.
    pub(super) body: usize,
    /// Byte where its shape ends by itself; the next question may end it earlier.
    pub(super) end: usize,
    /// The words, tidied.
    pub(super) text: String,
    pub(super) lead: Lead,
    /// How much it looks like a question.
    pub(super) weight: f32,
    /// What belongs to the question besides its words, as Markdown: the rest of a long summary.
    pub(super) more: String,
    /// An answer that stands elsewhere than after it: the table's other column, words after bold ones.
    pub(super) answer: Option<String>,
    /// List or table it stands in.
    pub(super) group: Option<usize>,
    /// Item it is, if it is one.
    pub(super) item: Option<usize>,
    /// Where it leads, if it is one link.
    pub(super) link: Option<String>,
}

/// A heading, whatever it is about.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) depth: u8,
    pub(super) start: usize,
    pub(super) text: String,
    /// "Answer", "References": it belongs to the question above.
    pub(super) answer_part: bool,
}

/// What was collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) candidates: Vec<Candidate>,
    pub(super) headings: Vec<Heading>,
    /// Bytes where a `<details>` without a summary starts.
    pub(super) unsummarised: Vec<usize>,
    /// Bytes where something says that an answer follows.
    pub(super) answers: Vec<usize>,
}

/// How far a candidate goes when no other question comes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) end: usize,
    /// Only code was added after its list: code that the question is about.
    pub(super) with_code: bool,
}

impl Collected {
    /// An item that is a list by itself goes on after it: an answer stands between it and the next.
    pub(super) fn extent(&self, candidate: &Candidate, document: &Document) -> Extent {
        let plain = Extent { end: candidate.end, with_code: false };
        let Some(item) = candidate.item.and_then(|item| document.items.get(item)) else { return plain };
        let single = document.list_sizes.get(item.list) == Some(&1) && item.parent.is_none();
        if single && document.lists_are_broken {
            let next = self.headings.partition_point(|heading| heading.start < candidate.body);
            let end = self.headings.get(next).map_or(usize::MAX, |heading| heading.start);
            return Extent { end, with_code: false };
        }
        if document.list_last.get(item.list).copied() == candidate.item {
            let after = document.blocks.partition_point(|block| block.range.start < item.range.end);
            if let Some(block) = document.blocks.get(after)
                && block.shape == Shape::Code
                && block.place.is_none()
            {
                return Extent { end: block.range.end, with_code: true };
            }
        }
        plain
    }
}

/// Collects from a parsed document.
pub(super) fn collect(source: &str, document: &Document) -> Collected {
    let mut collector = Collector { source, document, found: Collected::default() };
    for index in 0..document.blocks.len() {
        collector.block(index);
    }
    collector.summaries();
    let mut found = collector.found;
    found.headings.sort_by_key(|heading| heading.start);
    found.candidates.sort_by_key(|candidate| candidate.start);
    settle::close_headings(&mut found, source.len());
    settle::weigh_answers(&mut found);
    settle::settle_loose_numbers(&mut found.candidates);
    found
}

struct Collector<'a> {
    source: &'a str,
    document: &'a Document,
    found: Collected,
}

impl Collector<'_> {
    /// Notes where an answer is announced.
    fn answer_at(&mut self, start: usize, text: &str) {
        if answering(text).is_some() {
            self.found.answers.push(start);
        }
    }

    fn block(&mut self, index: usize) {
        let block = &self.document.blocks[index];
        for line in &block.lines {
            self.answer_at(line.range.start, &line.text);
        }
        match block.shape {
            Shape::Heading(depth) => self.heading(block, depth),
            Shape::Paragraph => match block.place {
                Some(place) if place.first => self.item(block, place.item),
                place => self.paragraph(block, place.is_some()),
            },
            Shape::Table => self.table(block, index),
            Shape::Html => self.html_headings(block),
            Shape::Quote => {
                let text = self.source[block.range.clone()].trim_start_matches(['>', ' ', '*', '_']);
                self.answer_at(block.range.start, text.lines().next().unwrap_or_default());
            }
            _ => {}
        }
    }

    /// Reads a candidate's words and keeps it, if there are any.
    fn add(&mut self, mut candidate: Candidate) {
        let (lead, words) = lead(&candidate.text);
        let words = tidy(words);
        candidate.weight = if lead.asks && likeness(&words) < 0.5 && !is_furniture(&bare(&words)) {
            0.9
        } else {
            likeness(&words)
        };
        if let Family::Heading(depth, _) = candidate.family {
            candidate.family = Family::Heading(depth, lead.is_numbered() || lead.asks);
        }
        candidate.lead = lead;
        candidate.text = words;
        if candidate.text.chars().any(char::is_alphanumeric) {
            self.found.candidates.push(candidate);
        }
    }
}

/// A candidate as its shape shows it, before its words are read.
fn plain(family: Family, start: usize, body: usize, end: usize, text: String) -> Candidate {
    Candidate {
        family,
        start,
        body,
        end,
        text,
        lead: Lead::default(),
        weight: 0.0,
        more: String::new(),
        answer: None,
        group: None,
        item: None,
        link: None,
    }
}

/// Lines of one text, as one.
fn joined(lines: &[Line]) -> String {
    lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
