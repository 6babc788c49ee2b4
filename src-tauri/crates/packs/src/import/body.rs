//! What follows a question: what still belongs to it, and its answer, as Markdown without HTML and furniture.

use super::blocks::options;
use super::html;
use super::lead::answering;
use super::likeness::likeness;
use super::tidy::{bare, is_pictograph};
use super::words::CODE_AHEAD;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// What stands between a question and the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// Belongs to the question: the code it asks about, options to choose from.
    pub(super) more: String,
    /// The answer.
    pub(super) answer: String,
    /// What the source itself lists as worth hearing.
    pub(super) key_points: Vec<String>,
    /// Follow-up questions.
    pub(super) probes: Vec<String>,
}

/// Longer answers are books; a pack's file has to stay readable.
const MAX_ANSWER: usize = 100 * 1024;

/// Whether there are words that are not HTML, rules or ways back to the top.
pub(super) fn has_words(source: &str) -> bool {
    let mut in_comment = false;
    source.lines().any(|line| {
        let mut rest = line;
        let mut plain = String::new();
        while !rest.is_empty() {
            if in_comment {
                let Some((_, after)) = rest.split_once("-->") else { return false };
                in_comment = false;
                rest = after;
            } else if let Some((before, after)) = rest.split_once('<') {
                plain.push_str(before);
                if let Some(comment) = after.strip_prefix("!--") {
                    in_comment = true;
                    rest = comment;
                } else if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                    rest = after.split_once('>').map_or("", |(_, after)| after);
                } else {
                    plain.push('<');
                    rest = after;
                }
            } else {
                plain.push_str(rest);
                rest = "";
            }
        }
        plain.chars().any(|c| c.is_alphanumeric() || c == '{' || c == '$') && !is_way_back(&plain)
    })
}

/// Whether every line is a link or an address, perhaps with a bullet.
pub(super) fn has_only_links(source: &str) -> bool {
    source.lines().filter(|line| line.chars().any(char::is_alphanumeric)).all(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"[<".contains(c));
        line.starts_with('[') && line.contains("](") || line.starts_with("http") || line.starts_with("<http")
    })
}

/// `[⬆ Back to top](#contents)` and its like: one link to a place in the same file, and nothing else.
fn is_way_back(line: &str) -> bool {
    let Some((before, rest)) = line.split_once("](#") else {
        let lower = bare(line).to_lowercase();
        return ["back to top", "go to top", "⬆ back to top", "to top"].contains(&lower.as_str());
    };
    let Some((_, after)) = rest.split_once(')') else { return false };
    let Some((before, text)) = before.split_once('[') else { return false };
    let silent = |text: &str| !text.chars().any(char::is_alphanumeric);
    silent(before) && silent(after) && text.len() < 80
}

/// Reads what stands in `source`, which follows the question `text`; `item` says that it is an item's content.
pub(super) fn read(source: &str, text: &str, item: bool) -> Body {
    let plain = without_html(&dedent(source));
    let mut parts = Parts::default();
    for (kind, range) in top_blocks(&plain) {
        parts.take(&kind, &plain[range]);
    }
    parts.finish(text, item)
}

/// A block at the top level.
enum Kind {
    Heading,
    Paragraph,
    Code,
    Quote,
    List,
    Rule,
    Other,
}

fn top_blocks(source: &str) -> Vec<(Kind, Range<usize>)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let kind = match end {
                        TagEnd::Heading(_) => Kind::Heading,
                        TagEnd::Paragraph => Kind::Paragraph,
                        TagEnd::CodeBlock => Kind::Code,
                        TagEnd::BlockQuote(_) => Kind::Quote,
                        TagEnd::List(_) => Kind::List,
                        _ => Kind::Other,
                    };
                    found.push((kind, range));
                }
            }
            Event::Rule if depth == 0 => found.push((Kind::Rule, range)),
            _ => {}
        }
    }
    found
}

#[derive(Default)]
struct Parts {
    before: Vec<String>,
    after: Option<Vec<String>>,
    /// How many of `before` are code at the beginning.
    code_first: usize,
    only_lists: bool,
    any: bool,
    items: Vec<String>,
    key_points: Vec<String>,
    hearing: bool,
}

impl Parts {
    fn take(&mut self, kind: &Kind, raw: &str) {
        // An indented code block starts after its indentation.
        let raw = raw.trim_end();
        match kind {
            Kind::Rule => self.hearing = false,
            Kind::Heading => self.heading(raw),
            Kind::Paragraph => self.paragraph(raw),
            Kind::Quote => self.quote(raw),
            Kind::List if self.hearing => self.key_points.extend(items(raw)),
            Kind::List => {
                self.only_lists = self.only_lists || !self.any;
                self.items.extend(items(raw));
                self.push(raw.to_owned(), true);
            }
            Kind::Code => {
                if self.before.len() == self.code_first && self.after.is_none() {
                    self.code_first += 1;
                }
                let fenced = raw.trim_start().starts_with(['`', '~']);
                self.push(
                    if fenced {
                        close_fence(raw)
                    } else {
                        format!("```\n{}\n```", dedent(&format!("    {raw}")))
                    },
                    false,
                );
            }
            Kind::Other => self.push(raw.to_owned(), false),
        }
    }

    fn push(&mut self, text: String, list: bool) {
        if text.trim().is_empty() {
            return;
        }
        self.hearing = false;
        self.only_lists &= list;
        self.any = true;
        self.after.as_mut().unwrap_or(&mut self.before).push(text);
    }

    fn heading(&mut self, raw: &str) {
        let first = raw.trim().lines().next().unwrap_or_default();
        let words = bare(first.trim_matches(['#', ' ']));
        let lower = words.to_lowercase();
        let hearing = ["good to hear", "key point", "key takeaway", "listen for"];
        if hearing.iter().any(|word| lower.starts_with(word)) {
            self.hearing = true;
            return;
        }
        match answering(&words) {
            Some(rest) if self.after.is_none() => {
                self.after = Some(Vec::new());
                if !rest.is_empty() {
                    self.push(format!("**{words}**"), false);
                }
            }
            _ if words.is_empty() => {}
            _ => self.push(format!("**{}**", words.replace('*', "")), false),
        }
    }

    fn paragraph(&mut self, raw: &str) {
        let kept: Vec<&str> = raw.lines().filter(|line| !is_way_back(line)).collect();
        let raw = kept.join("\n");
        let raw = raw.trim();
        if raw.is_empty() || raw.chars().all(|c| !c.is_alphanumeric() && c != '{') {
            return;
        }
        let lower = bare(raw).to_lowercase();
        if lower.len() < 40
            && ["good to hear", "key points", "listen for"].iter().any(|word| lower.starts_with(word))
        {
            self.hearing = true;
            return;
        }
        match answering(raw.trim_start_matches(['*', '_', ' ', '>'])) {
            Some(rest) if self.after.is_none() => {
                self.after = Some(Vec::new());
                self.push(rest.trim().to_owned(), false);
            }
            _ => {
                // A marker may stand in a later line of the paragraph: options first, then "Answer: B".
                let split = raw.match_indices('\n').map(|(at, _)| at + 1).find(|at| {
                    let line = &raw[*at..];
                    self.after.is_none()
                        && answering(line.lines().next().unwrap_or_default()).is_some()
                        && !line.starts_with(['a', 'A'].as_slice())
                        || self.after.is_none()
                            && ["answer", "ans:", "a:"].iter().any(|word| {
                                line.to_lowercase().trim_start_matches(['*', '_']).starts_with(word)
                            })
                });
                match split {
                    Some(at) => {
                        self.push(raw[..at].trim_end().to_owned(), false);
                        let rest = answering(&raw[at..]).unwrap_or(&raw[at..]).to_owned();
                        self.after = Some(Vec::new());
                        self.push(rest, false);
                    }
                    None => self.push(raw.to_owned(), false),
                }
            }
        }
    }

    fn quote(&mut self, raw: &str) {
        let strip = |line: &str| {
            let rest = line.trim_start().strip_prefix('>').unwrap_or(line).to_owned();
            rest.strip_prefix(' ').map(str::to_owned).unwrap_or(rest)
        };
        let plain = raw.lines().map(strip).collect::<Vec<_>>().join("\n");
        match answering(plain.trim_start_matches(['*', '_', ' '])) {
            Some(rest) if self.after.is_none() => {
                self.after = Some(Vec::new());
                self.push(rest.trim().to_owned(), false);
            }
            _ => self.push(raw.to_owned(), false),
        }
    }

    fn finish(mut self, text: &str, item: bool) -> Body {
        let likely = self.items.iter().filter(|item| likeness(item) >= 0.85).count();
        let probing = item && self.only_lists && self.after.is_none() && likely * 2 > self.items.len();
        if probing && self.items.iter().all(|item| item.len() < 300 && !item.contains('\n')) {
            return Body { probes: self.items, key_points: self.key_points, ..Body::default() };
        }
        let (more, answer) = match self.after.take() {
            Some(after) => (std::mem::take(&mut self.before), after),
            None if self.before.len() > self.code_first && points_at_code(text) => {
                let answer = self.before.split_off(self.code_first);
                (std::mem::take(&mut self.before), answer)
            }
            // Nothing but code under an item is what the item asks about.
            None if item && self.before.len() == self.code_first && points_at_code(text) => {
                (std::mem::take(&mut self.before), Vec::new())
            }
            None => (Vec::new(), std::mem::take(&mut self.before)),
        };
        // Nothing after the mark: then what stands before it is all there is.
        let (more, answer) =
            if answer.is_empty() && !points_at_code(text) { (answer, more) } else { (more, answer) };
        Body {
            more: sealed(&more.join("\n\n")),
            answer: sealed(&answer.join("\n\n")),
            key_points: self.key_points,
            probes: Vec::new(),
        }
    }
}

/// Whether the question cannot be understood without the code after it.
fn points_at_code(text: &str) -> bool {
    let lower = text.to_lowercase();
    CODE_AHEAD.iter().any(|word| lower.contains(*word))
}

/// The text of each top-level item, without markers.
fn items(raw: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(raw, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => {
                if depth == 1 {
                    let item = raw[range].trim();
                    let marker = item.find([' ', '\t', '\n']).unwrap_or(item.len());
                    found.push(dedent(item[marker..].trim()).trim().to_owned());
                }
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found.retain(|item| !item.is_empty());
    found
}

/// Removes the indentation that all lines but the first share.
fn dedent(source: &str) -> String {
    let expand = |line: &str| {
        let body = line.trim_start_matches([' ', '\t']);
        let columns: usize =
            line[..line.len() - body.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        (columns, body.to_owned())
    };
    let lines: Vec<(usize, String)> = source.lines().map(expand).collect();
    let least = lines
        .iter()
        .skip(1)
        .filter(|(_, body)| !body.is_empty())
        .map(|(columns, _)| *columns)
        .min()
        .unwrap_or(0);
    let mut out = String::with_capacity(source.len());
    for (columns, body) in &lines {
        out.extend(std::iter::repeat_n(' ', columns.saturating_sub(least)));
        out.push_str(body);
        out.push('\n');
    }
    out
}

/// Markdown with its raw HTML turned into text.
pub(super) fn without_html(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    let mut replace = |range: Range<usize>, out: &mut String| {
        if range.start >= at {
            out.push_str(&source[at..range.start]);
            out.push_str(&html::text(&source[range.clone()]));
            at = range.end;
        }
    };
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                replace(range, &mut out);
                // What stood under a block of HTML must not become its paragraph.
                out.push('\n');
            }
            Event::InlineHtml(_) => replace(range, &mut out),
            _ => {}
        }
    }
    out.push_str(&source[at..]);
    out
}

fn close_fence(raw: &str) -> String {
    let sign = if raw.trim_start().starts_with('~') { '~' } else { '`' };
    let run: String = raw.trim_start().chars().take_while(|c| *c == sign).collect();
    let body = dedent(&format!("\n{raw}"));
    let body = body.trim();
    let closed =
        body.lines().count() > 1 && body.lines().last().is_some_and(|last| last.trim().starts_with(&run));
    if closed { body.to_owned() } else { format!("{body}\n{run}") }
}

/// Markdown that ends where it ends: nothing in it may swallow what is written after it, and no heading stands in it.
pub(crate) fn sealed(markdown: &str) -> String {
    let mut text = markdown.trim().to_owned();
    if text.len() > MAX_ANSWER {
        let mut end = MAX_ANSWER;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push_str(" …");
    }
    if is_sealed(&text) {
        return text;
    }
    let text = without_headings(&text);
    if is_sealed(&text) {
        return text;
    }
    // As code it can do nothing.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1;
    let fence = "`".repeat(longest);
    format!("{fence}\n{text}\n{fence}")
}

/// Whether Markdown holds no heading and a heading after it is one.
pub(super) fn is_sealed(markdown: &str) -> bool {
    let probe = format!("{markdown}\n\n# end\n");
    let mut depth = 0usize;
    let mut headings = 0;
    let mut last = false;
    for (event, range) in Parser::new_ext(&probe, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if let Tag::Heading { .. } = tag {
                    headings += 1;
                    last = depth == 0 && range.start > markdown.len();
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    last && headings == 1
}

/// Headings at the top level as bold lines; deeper ones lose their marker.
fn without_headings(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut at = 0;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        if let Event::Start(Tag::Heading { .. }) = event
            && range.start >= at
        {
            let raw = markdown[range.clone()].trim();
            let words = raw
                .lines()
                .filter(|line| !line.trim().chars().all(|c| c == '=' || c == '-'))
                .collect::<Vec<_>>()
                .join(" ");
            let words = words.trim_matches(['#', ' ']).replace('*', "");
            out.push_str(&markdown[at..range.start]);
            if words.chars().any(|c| !is_pictograph(c) && !c.is_whitespace()) {
                out.push_str("**");
                out.push_str(words.trim());
                out.push_str("**\n");
            }
            at = range.end;
        }
    }
    out.push_str(&markdown[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_and_code_belong_to_the_question_and_the_rest_is_the_answer() {
        let source = "\n\n```js\nf()\n```\n\n- A: 1\n- B: 2\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: B\n\nBecause.\n\n</p>\n</details>\n\n---\n\n**[⬆ Back to top](#top)**\n";
        let body = read(source, "What's the output?", false);
        assert_eq!(body.more, "```js\nf()\n```\n\n- A: 1\n- B: 2");
        assert_eq!(body.answer, "**Answer: B**\n\nBecause.");
    }

    #[test]
    fn code_that_is_asked_about_is_part_of_the_question() {
        let body = read("\n\n```go\nx\n```\nIt is one.\n", "What does the following print?", false);
        assert_eq!((body.more.as_str(), body.answer.as_str()), ("```go\nx\n```", "It is one."));
        let body = read("\n\n```go\nx\n```\n", "Write a loop", false);
        assert_eq!((body.more.as_str(), body.answer.as_str()), ("", "```go\nx\n```"));
    }

    #[test]
    fn follow_ups_under_an_item_are_probes_and_points_to_hear_are_key_points() {
        let body = read("\n  * What are the exceptions?\n  * And the limits?\n", "How many?", true);
        assert_eq!(body.probes, ["What are the exceptions?", "And the limits?"]);
        let body = read("\n\n#### Answer\n\nYes.\n\n#### Good to hear\n\n* one\n* two\n", "Is it?", false);
        assert_eq!((body.answer.as_str(), body.key_points.len()), ("Yes.", 2));
    }

    #[test]
    fn nothing_after_an_answer_is_swallowed_by_it() {
        for hostile in [
            "```\nopen",
            "<!-- open",
            "a\n===",
            "# heading\n\ntext",
            "> # quoted",
            "- # listed",
            "text\n\n    # code",
        ] {
            assert!(is_sealed(&sealed(hostile)), "{hostile:?} gave {:?}", sealed(hostile));
        }
    }

    #[test]
    fn a_way_back_is_no_answer() {
        assert!(!has_words(
            "\n<br/>\n\n---\n**[⬆ Back to Top](#table-of-contents)**\n<!-- tags: (css) -->\n"
        ));
        assert!(has_words("\n`{}`\n"));
        assert!(has_words("[[Answer]](https://example.org)"));
    }
}
