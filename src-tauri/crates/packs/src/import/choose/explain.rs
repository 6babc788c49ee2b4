//! What was left out, said where a person may have expected a question.

use super::{Chooser, Out};
use crate::import::Skip;
use crate::import::candidates::Family;
use crate::import::likeness::MARKS;
use crate::import::tidy::short;
use std::collections::BTreeMap;

/// A list or table whose items were left out.
struct List {
    /// Byte where the first of them starts.
    start: usize,
    items: usize,
    links: usize,
}

impl Chooser<'_> {
    /// Says what was left out, where a person may have expected a question.
    pub(super) fn explain(&mut self) {
        self.explain_contents();
        let mut lists: BTreeMap<usize, List> = BTreeMap::new();
        for at in 0..self.found.candidates.len() {
            if self.accepted.contains(&at) {
                continue;
            }
            let candidate = self.candidate(at);
            if let Some(out) = self.out.get(&at).copied() {
                self.explain_aside(at, out);
            } else if let Some(outer) = self.span_of(at) {
                let stands_out = candidate.link.is_none() && !matches!(candidate.family, Family::Line);
                if self.certainly_asks(at) && stands_out {
                    let (inner, outer) = (short(&candidate.text), short(&self.candidate(outer).text));
                    self.skip(candidate.start, format!("“{inner}” is part of the answer to “{outer}”"));
                }
            } else if let Some(group) = candidate.group {
                let list = lists.entry(group).or_insert(List { start: candidate.start, items: 0, links: 0 });
                list.items += 1;
                list.links += usize::from(candidate.link.is_some());
            } else if self.certainly_asks(at) {
                let why = if self.contains_accepted(at) {
                    "a section"
                } else {
                    "not written like the document's questions"
                };
                self.skip(candidate.start, format!("“{}” was read as {why}", short(&candidate.text)));
            }
        }
        for List { start, items, links } in lists.into_values() {
            let why = if links * 2 > items {
                format!("a list of {links} links, not of questions")
            } else {
                format!("a list of {items} without questions")
            };
            self.skip(start, why);
        }
        for at in &self.found.unsummarised {
            self.skip(*at, "a fold-out without a summary: where its question ends cannot be told");
        }
    }

    /// Says which lists were taken for tables of contents.
    fn explain_contents(&mut self) {
        for members in std::mem::take(&mut self.contents) {
            let Some(first) =
                members.first().filter(|_| !members.iter().any(|at| self.accepted.contains(at)))
            else {
                continue;
            };
            let count = members.len();
            let entries = if count == 1 { "entry" } else { "entries" };
            self.skip(
                self.candidate(*first).start,
                format!("table of contents: {count} {entries} that point elsewhere"),
            );
        }
    }

    /// Says why one candidate was set aside, unless it stands in a table of contents.
    fn explain_aside(&mut self, at: usize, out: Out) {
        let candidate = self.candidate(at);
        let words = short(&candidate.text);
        match out {
            Out::Repeated => self.skip(
                candidate.start,
                format!("“{words}” stands under many questions and asks nothing by itself"),
            ),
            Out::Furniture if candidate.text.contains(MARKS) => {
                self.skip(candidate.start, format!("“{words}” is about the document"));
            }
            Out::Furniture | Out::Contents => {}
        }
    }

    /// Whether a candidate has the words and the mark of a question.
    fn certainly_asks(&self, at: usize) -> bool {
        let candidate = self.candidate(at);
        candidate.weight >= 0.9 && candidate.text.contains(MARKS)
    }

    fn skip(&mut self, offset: usize, why: impl Into<String>) {
        self.skipped.push(Skip::new(self.document.line(offset), why));
    }
}
