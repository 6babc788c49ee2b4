//! What follows a question: what still belongs to it, and its answer, as Markdown without HTML and furniture.

use super::blocks::options;
use super::lead::answering;
use super::likeness::likeness;
use super::markdown::{close_fence, dedent, items, without_html};
use super::seal::sealed;
use super::substance::is_way_back;
use super::tidy::bare;
use super::words::CODE_AHEAD;
use crate::document::unquote;
use pulldown_cmark::{Event, Parser, TagEnd};
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

/// The body while it is read, block by block.
#[derive(Default)]
struct Parts {
    /// What stands before an answer is announced.
    before: Vec<String>,
    /// What stands after that; nothing if no answer is announced.
    after: Option<Vec<String>>,
    /// How many of `before` are code at the beginning.
    code_first: usize,
    only_lists: bool,
    any: bool,
    /// The items of all lists.
    items: Vec<String>,
    key_points: Vec<String>,
    /// The next list is what is worth hearing.
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

    /// From here on stands the answer, which begins with `text`.
    fn begin_answer(&mut self, text: String) {
        self.after = Some(Vec::new());
        self.push(text, false);
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
                self.begin_answer(if rest.is_empty() { String::new() } else { format!("**{words}**") });
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
        if self.after.is_some() {
            self.push(raw.to_owned(), false);
        } else if let Some(rest) = answering(raw.trim_start_matches(['*', '_', ' ', '>'])) {
            self.begin_answer(rest.trim().to_owned());
        } else if let Some(at) = answering_line(raw) {
            self.push(raw[..at].trim_end().to_owned(), false);
            self.begin_answer(answering(&raw[at..]).unwrap_or(&raw[at..]).to_owned());
        } else {
            self.push(raw.to_owned(), false);
        }
    }

    fn quote(&mut self, raw: &str) {
        let plain = unquote(raw);
        match answering(plain.trim_start_matches(['*', '_', ' '])) {
            Some(rest) if self.after.is_none() => {
                self.begin_answer(rest.trim().to_owned());
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

/// The byte of a later line of a paragraph that announces the answer: options first, then "Answer: B".
fn answering_line(paragraph: &str) -> Option<usize> {
    paragraph.match_indices('\n').map(|(at, _)| at + 1).find(|at| {
        let line = &paragraph[*at..];
        let announces = answering(line.lines().next().unwrap_or_default()).is_some();
        let lower = line.to_lowercase();
        let begins = lower.trim_start_matches(['*', '_']);
        announces && !line.starts_with(['a', 'A'])
            || ["answer", "ans:", "a:"].iter().any(|word| begins.starts_with(word))
    })
}

/// Whether the question cannot be understood without the code after it.
fn points_at_code(text: &str) -> bool {
    let lower = text.to_lowercase();
    CODE_AHEAD.iter().any(|word| lower.contains(*word))
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
}
