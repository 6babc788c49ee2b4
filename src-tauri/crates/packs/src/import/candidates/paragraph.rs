//! Lines of paragraphs: marked as questions, bold, numbered, or plain with a question mark.

use super::{Collector, Family, plain};
use crate::import::blocks::{Block, Line};
use crate::import::lead::{Lead, answering, lead};
use crate::import::likeness::MARKS;

impl Collector<'_> {
    pub(super) fn paragraph(&mut self, block: &Block, nested: bool) {
        let mut at = 0;
        while at < block.lines.len() {
            at += self.paragraph_line(block, at, nested).max(1);
        }
    }

    /// Looks at one line; returns how many it took.
    fn paragraph_line(&mut self, block: &Block, at: usize, nested: bool) -> usize {
        let line = &block.lines[at];
        let (lead, words) = lead(&line.text);
        if lead.asks {
            return self.asked(block, at);
        }
        if nested || answering(&line.text).is_some() {
            return 1;
        }
        if let Some(taken) = self.bold(block, at) {
            return taken;
        }
        self.unmarked(block, at, &lead, words);
        1
    }

    /// `Q: …`, which may go on over the line's end; returns how many lines it took.
    fn asked(&mut self, block: &Block, at: usize) -> usize {
        let line = &block.lines[at];
        let mut taken = 1;
        let mut text = line.text.clone();
        while !text.contains(MARKS)
            && taken < 4
            && let Some(next) = block.lines.get(at + taken)
            && answering(&next.text).is_none()
            && !lead(&next.text).0.asks
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
        taken
    }

    /// A bold line, or a paragraph that begins with bold words; returns how many lines it took, if it is one.
    fn bold(&mut self, block: &Block, at: usize) -> Option<usize> {
        let line = &block.lines[at];
        let (bold, rest) =
            line.bold_lead().filter(|(bold, _)| bold.chars().filter(|c| c.is_alphabetic()).count() > 1)?;
        let whole = rest.chars().filter(|c| c.is_alphanumeric()).count() < 2;
        if at > 0 && !whole {
            return None;
        }
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
            candidate.answer = Some(after_bold(rest).to_owned());
        }
        self.add(candidate);
        Some(taken)
    }

    /// A line without a mark of its own, which a number or a question mark may make a candidate.
    fn unmarked(&mut self, block: &Block, at: usize, lead: &Lead, words: &str) {
        let line = &block.lines[at];
        if line.whole_link().is_some() {
            return;
        }
        let family = if lead.is_numbered() {
            Family::NumberedLine
        } else if asks_at_end(words) && words.len() < 300 {
            let among_its_like =
                block.lines.iter().all(|line| asks_at_end(&line.text) || answering(&line.text).is_some());
            let is_first_of_more = at == 0 && block.range.end > line.range.end;
            if !among_its_like && !is_first_of_more {
                return;
            }
            Family::Line
        } else {
            return;
        };
        self.add(plain(family, line.range.start, line.range.end, self.source.len(), line.text.clone()));
    }
}

/// What follows bold words, without what sets it apart from them.
pub(super) fn after_bold(rest: &str) -> &str {
    rest.trim_start_matches([':', ' ', '–', '—', '-', '：'])
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
