//! Fold-outs: `<details>` whose `<summary>` asks.

use super::{Collector, Family, joined, plain};
use crate::import::blocks::parse;
use crate::import::html::{self, Tag};
use std::collections::HashMap;

impl Collector<'_> {
    pub(super) fn summaries(&mut self) {
        let tags = &self.document.tags;
        let ends = details_ends(tags, self.source.len());
        let mut open: Vec<usize> = Vec::new();
        for (at, tag) in tags.iter().enumerate() {
            if tag.name == "details" {
                if tag.closes {
                    open.pop();
                } else {
                    open.push(tag.range.start);
                    let mut inside = tags[at + 1..].iter().take_while(|next| next.name != "details");
                    if !inside.any(|next| next.name == "summary" && !next.closes) {
                        self.found.unsummarised.push(tag.range.start);
                    }
                }
            }
            if tag.name != "summary" || tag.closes {
                continue;
            }
            let stop = |next: &&Tag| next.name == "summary" || next.name == "details";
            let Some(close) = tags[at + 1..].iter().find(stop) else { continue };
            let body = if close.name == "summary" { close.range.end } else { close.range.start };
            let (text, more) = summary_text(&self.source[tag.range.end..close.range.start]);
            let start = open.last().copied().unwrap_or(tag.range.start);
            let end = ends.get(&start).copied().unwrap_or(self.source.len());
            self.answer_at(start, &text);
            let mut candidate = plain(Family::Summary, start, body, end.max(body), text);
            candidate.more = more;
            self.add(candidate);
        }
    }
}

/// Where each `<details>` starts and ends.
fn details_ends(tags: &[Tag], length: usize) -> HashMap<usize, usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut found = HashMap::new();
    for tag in tags.iter().filter(|tag| tag.name == "details") {
        if !tag.closes {
            open.push(tag.range.start);
        } else if let Some(start) = open.pop() {
            found.insert(start, tag.range.start);
        }
    }
    found.extend(open.into_iter().map(|start| (start, length)));
    found
}

/// A summary's first paragraph as words, and the rest as Markdown.
fn summary_text(inner: &str) -> (String, String) {
    let (first, rest) = inner.trim().split_once("\n\n").unwrap_or((inner.trim(), ""));
    let text = html::text(first);
    let document = parse(text.trim());
    let words =
        document.blocks.iter().filter(|block| !block.lines.is_empty()).map(|block| joined(&block.lines));
    let words = words.collect::<Vec<_>>().join(" ");
    let words = if words.is_empty() { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { words };
    (words, rest.trim().to_owned())
}
