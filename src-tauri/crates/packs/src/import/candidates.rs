//! Everything in a document that could be a question, by the family of its shape.

use super::blocks::{Block, Document, Line, Shape, parse};
use super::html;
use super::lead::{Lead, answering, is_pictograph, lead, loose_number};
use super::likeness::{MARKS, bare, is_furniture, likeness};
use super::words::{ANSWER_COLUMN, ANSWER_PARTS, QUESTION_COLUMN};
use std::collections::HashMap;

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
    close_headings(&mut found, source.len());
    weigh_answers(&mut found);
    settle_loose_numbers(&mut found.candidates);
    found
}

struct Collector<'a> {
    source: &'a str,
    document: &'a Document,
    found: Collected,
}

impl Collector<'_> {
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

    fn heading(&mut self, block: &Block, depth: u8) {
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

    fn ordinal(&self, item: Option<usize>) -> Option<u32> {
        let item = self.document.items.get(item?)?;
        let marker: String =
            self.source[item.range.clone()].trim_start().chars().take_while(char::is_ascii_digit).collect();
        marker.parse().ok().filter(|_| item.ordered)
    }

    fn item(&mut self, block: &Block, item: usize) {
        let place = &self.document.items[item];
        let (taken, answer) = question_lines(&block.lines);
        let Some(last) = block.lines.get(taken.saturating_sub(1)) else { return };
        let mut text = joined(&block.lines[..taken]);
        let mut answer = answer;
        // "- **What is it?** It is …"
        if taken == 1
            && let Some((bold, rest)) = last.bold_lead()
            && bold.trim_end().ends_with(['?', '.', ':', '？', '：', '؟'])
            && bold.chars().filter(|c| c.is_alphabetic()).count() > 3
            && answering(bold).is_none()
            && lead(bold).1.len() > 3
        {
            let rest = rest.trim_start_matches([':', ' ', '–', '—', '-', '：']);
            if !rest.is_empty() {
                answer = Some(rest.to_owned());
            }
            bold.trim_end_matches([':', '：']).clone_into(&mut text);
        }
        let link = if block.lines.len() == 1 { last.whole_link().map(str::to_owned) } else { None };
        let family = match &link {
            Some(_) => Family::LinkItem(place.level),
            None => Family::Item(place.level, place.ordered),
        };
        let body = if taken < block.lines.len() { last.range.end } else { block.range.end };
        let mut candidate = plain(family, place.range.start, body, place.range.end, text);
        candidate.group = Some(place.list);
        candidate.item = Some(item);
        candidate.link = link;
        candidate.answer = answer;
        self.add(candidate);
    }

    fn paragraph(&mut self, block: &Block, nested: bool) {
        let mut at = 0;
        while at < block.lines.len() {
            at += self.paragraph_line(block, at, nested).max(1);
        }
    }

    /// Looks at one line; returns how many it took.
    fn paragraph_line(&mut self, block: &Block, at: usize, nested: bool) -> usize {
        let line = &block.lines[at];
        let end = block.range.end;
        let (lead, words) = lead(&line.text);
        if lead.asks {
            let mut taken = 1;
            let mut text = line.text.clone();
            while !text.contains(MARKS)
                && taken < 4
                && let Some(next) = block.lines.get(at + taken)
                && answering(&next.text).is_none()
                && !super::lead::lead(&next.text).0.asks
            {
                text.push(' ');
                text.push_str(next.text.trim());
                taken += 1;
            }
            let body = block.lines[at + taken - 1].range.end;
            // "Q: Why? A: Because."
            let (text, answer) = split_answer(&text);
            let mut candidate = plain(Family::Asked, line.range.start, body, self.source.len(), text);
            candidate.answer = answer;
            self.add(candidate);
            return taken;
        }
        if nested || answering(&line.text).is_some() {
            return 1;
        }
        let bold =
            line.bold_lead().filter(|(bold, _)| bold.chars().filter(|c| c.is_alphabetic()).count() > 1);
        if let Some((bold, rest)) = bold {
            let whole = rest.chars().filter(|c| c.is_alphanumeric()).count() < 2;
            if at == 0 || whole {
                let mut taken = 1;
                let mut text = bold.to_owned();
                // Bold words may go on over the line's end.
                while whole
                    && !text.contains(MARKS)
                    && let Some((more, "")) = block.lines.get(at + taken).and_then(Line::bold_lead)
                {
                    text.push(' ');
                    text.push_str(more.trim());
                    taken += 1;
                }
                let family = if whole { Family::Bold } else { Family::BoldLead };
                let body = block.lines[at + taken - 1].range.end;
                let mut candidate = plain(family, line.range.start, body, self.source.len(), text);
                if !whole {
                    let rest = rest.trim_start_matches([':', ' ', '–', '—', '-', '：']);
                    candidate.answer = Some(rest.to_owned());
                }
                self.add(candidate);
                return taken;
            }
        }
        if lead.is_numbered() && line.whole_link().is_none() {
            self.add(plain(
                Family::NumberedLine,
                line.range.start,
                line.range.end,
                self.source.len(),
                line.text.clone(),
            ));
        } else if asks_at_end(words) && line.whole_link().is_none() && words.len() < 300 {
            let alone =
                block.lines.iter().all(|line| asks_at_end(&line.text) || answering(&line.text).is_some());
            if alone || at == 0 && end > line.range.end {
                self.add(plain(
                    Family::Line,
                    line.range.start,
                    line.range.end,
                    self.source.len(),
                    line.text.clone(),
                ));
            }
        }
        1
    }

    fn table(&mut self, block: &Block, index: usize) {
        let Some((header, rows)) = block.rows.split_first() else { return };
        let names: Vec<String> = header.iter().map(|cell| bare(&cell.text).to_lowercase()).collect();
        let named = |words: &[&str]| {
            let fits =
                |name: &String| words.iter().any(|word| name == word || name.trim_end_matches('s') == *word);
            names.iter().position(fits)
        };
        let likes = |column: usize| {
            let cells: Vec<f32> = rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| likeness(lead(&cell.text).1))
                .collect();
            if cells.is_empty() { 0.0 } else { cells.iter().sum::<f32>() / cells.len() as f32 }
        };
        let question = named(&QUESTION_COLUMN).or_else(|| {
            let best = (0..header.len()).max_by(|a, b| likes(*a).total_cmp(&likes(*b)))?;
            (likes(best) >= 0.6 && rows.len() > 1).then_some(best)
        });
        let Some(question) = question else { return };
        let answer = named(&ANSWER_COLUMN).filter(|answer| *answer != question).or_else(|| {
            let length = |column: usize| {
                rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.len()).sum::<usize>()
            };
            (question + 1..header.len())
                .max_by_key(|column| length(*column))
                .filter(|column| length(*column) > rows.len() * 12)
        });
        for row in rows {
            let Some(cell) = row.get(question) else { continue };
            if cell.text.trim().is_empty() {
                continue;
            }
            let mut candidate = plain(
                Family::Row,
                cell.range.start,
                cell.range.end,
                cell.range.end,
                cell.text.replace('\n', " "),
            );
            let told = answer
                .and_then(|answer| row.get(answer))
                .map(|cell| self.source[cell.range.clone()].trim().trim_matches('|').trim());
            candidate.answer = told
                .filter(|text| !text.is_empty())
                .map(|text| text.replace("<br>", "\n").replace("<br/>", "\n").replace("\\|", "|"));
            candidate.group = Some(index);
            candidate.link = cell.whole_link().map(str::to_owned);
            self.add(candidate);
        }
    }

    fn html_headings(&mut self, block: &Block) {
        let inside = |tag: &&html::Tag| block.range.contains(&tag.range.start);
        let first = self.document.tags.partition_point(|tag| tag.range.start < block.range.start);
        let tags: Vec<&html::Tag> = self.document.tags[first..].iter().take_while(inside).collect();
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

    fn summaries(&mut self) {
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
            let stop = |next: &&html::Tag| next.name == "summary" || next.name == "details";
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

/// Where each `<details>` starts and ends.
fn details_ends(tags: &[html::Tag], length: usize) -> HashMap<usize, usize> {
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

/// How many lines of an item are the question; the others are its answer.
fn question_lines(lines: &[Line]) -> (usize, Option<String>) {
    let first = lines.first().map_or("", |line| line.text.trim_end());
    if lines.len() < 2 || first.ends_with(MARKS) || first.ends_with(['.', '。', ':', '：']) {
        return (1.min(lines.len()), None);
    }
    if answering(&lines[1].text).is_some() || lines[1].text.trim_start().starts_with(['<', '[']) {
        return (1, None);
    }
    let asked = lines.iter().take(6).position(|line| line.text.trim_end().ends_with(MARKS));
    if let Some(at) = asked {
        return (at + 1, None);
    }
    // Wrapped words go on in lower case; an answer begins anew.
    let wrapped = lines[1..].iter().take_while(|line| {
        let text = line.text.trim_start();
        !text.starts_with("http")
            && text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '`' || c == '(')
    });
    (1 + if first.len() > 50 { wrapped.count() } else { 0 }, None)
}

/// "Why? A: Because." on one line.
fn split_answer(text: &str) -> (String, Option<String>) {
    for mark in [" A: ", " A. ", " Answer: ", " Ответ: ", " Resposta: ", " Respuesta: ", " 答：", " R: "]
    {
        if let Some((question, answer)) = text.split_once(mark)
            && question.trim_end().ends_with(['?', '.', '？', '؟', '!'])
        {
            return (question.trim().to_owned(), Some(answer.trim().to_owned()));
        }
    }
    (text.to_owned(), None)
}

/// "Why? (and how)" asks, "Why? Because." does not.
fn asks_at_end(text: &str) -> bool {
    let text = text.trim_end();
    let before = text.strip_suffix(')').and_then(|text| text.rfind('(').map(|open| text[..open].trim_end()));
    text.ends_with(MARKS) || before.is_some_and(|text| text.ends_with(MARKS))
}

fn joined(lines: &[Line]) -> String {
    lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words without what surrounds them: marks of difficulty, links to sources, arrows.
pub(super) fn tidy(text: &str) -> String {
    let mut text = html::entities(text.trim()).replace('\u{a0}', " ");
    loop {
        let before = text.len();
        let trimmed =
            text.trim_end_matches(|c: char| c.is_whitespace() || "*_#~".contains(c) || is_pictograph(c));
        text.truncate(trimmed.len());
        if text.ends_with([']', ')'])
            && let Some(open) = text.rfind(['[', '('])
        {
            let inner = text[open + 1..text.len() - 1].trim_matches(['[', ']', ' ']).to_lowercase();
            let note = ["src", "source", "ref", "link", "answer", "top", "back to top", "toc", "↑", ""];
            let numbered_source = inner.strip_prefix("src").is_some_and(|rest| rest.parse::<u8>().is_ok());
            let arrows = !inner.is_empty() && inner.chars().all(is_pictograph);
            if text[open..].starts_with('[') && (note.contains(&inner.as_str()) || numbered_source || arrows)
            {
                text.truncate(open);
            }
        }
        if text.len() == before {
            break;
        }
    }
    let rest = text.trim_start_matches(['[', ']', ')', ' ', '↑']);
    if rest.len() < text.len()
        && (text.starts_with("[↑")
            || text.starts_with("[⬆")
            || text.starts_with("[ ")
            || text.starts_with(']'))
    {
        text = rest.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading's section goes to the next heading that is not deeper and no part of an answer; other shapes end at any
/// such heading.
fn close_headings(found: &mut Collected, length: usize) {
    // From the end: for each depth the start of the next heading of that depth or less.
    let mut next = [length; 8];
    let mut headings = found.headings.iter().rev().peekable();
    for candidate in found.candidates.iter_mut().rev() {
        while let Some(heading) = headings.peek().filter(|heading| heading.start >= candidate.body) {
            if !heading.answer_part {
                next[usize::from(heading.depth)..].fill(heading.start);
            }
            headings.next();
        }
        let end = match candidate.family {
            Family::Heading(depth, _) | Family::ItemHeading(depth) => next[usize::from(depth)],
            _ => next[7],
        };
        if !matches!(candidate.family, Family::Summary | Family::Row) {
            candidate.end = candidate.end.min(end.max(candidate.body));
        }
    }
}

/// What is followed by "Answer:" is a question, however it is worded.
fn weigh_answers(found: &mut Collected) {
    found.answers.sort_unstable();
    let starts: Vec<(usize, bool)> =
        found.candidates.iter().map(|candidate| (candidate.start, candidate.weight >= 0.5)).collect();
    for (at, candidate) in found.candidates.iter_mut().enumerate() {
        if candidate.weight >= 0.5
            || is_furniture(&bare(&candidate.text))
            || answering(&candidate.text).is_some()
        {
            continue;
        }
        let marker = found.answers.partition_point(|start| *start < candidate.body);
        let Some(marker) = found.answers.get(marker).copied().filter(|marker| *marker < candidate.end) else {
            continue;
        };
        let heading = found.headings.partition_point(|heading| heading.start < candidate.body);
        let between = found.headings.get(heading).is_some_and(|heading| heading.start < marker);
        let other =
            starts[at + 1..].iter().take_while(|(start, _)| *start < marker).any(|(_, likely)| *likely);
        if !between && !other {
            candidate.weight = 0.8;
        }
    }
}

/// `## 3 函数` is numbered only among others that are.
fn settle_loose_numbers(candidates: &mut [Candidate]) {
    for depth in 1..=6 {
        let family = Family::Heading(depth, false);
        let loose: Vec<(usize, u32, String)> = candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| candidate.family == family)
            .filter_map(|(at, candidate)| {
                let (number, words) = loose_number(&candidate.text)?;
                Some((at, number, words.to_owned()))
            })
            .collect();
        let runs = loose.windows(2).filter(|pair| pair[1].1 == pair[0].1 + 1 || pair[1].1 == 1).count();
        if loose.len() < 4 || runs * 5 < (loose.len() - 1) * 4 {
            continue;
        }
        for (at, number, words) in loose {
            let candidate = &mut candidates[at];
            candidate.family = Family::Heading(depth, true);
            candidate.lead.number = vec![number];
            candidate.weight = likeness(&words);
            candidate.text = words;
        }
    }
}
