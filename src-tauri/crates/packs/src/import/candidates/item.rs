//! Items of lists: which of their lines ask, and which already answer.

use super::paragraph::after_bold;
use super::{Collector, Family, joined, plain};
use crate::import::blocks::{Block, Line};
use crate::import::lead::{answering, lead};
use crate::import::likeness::MARKS;

impl Collector<'_> {
    pub(super) fn item(&mut self, block: &Block, item: usize) {
        let place = &self.document.items[item];
        let taken = question_lines(&block.lines);
        let Some(last) = block.lines.get(taken.saturating_sub(1)) else { return };
        let mut text = joined(&block.lines[..taken]);
        let mut answer = None;
        // "- **What is it?** It is …"
        if taken == 1
            && let Some((bold, rest)) = last.bold_lead()
            && bold.trim_end().ends_with(['?', '.', ':', '？', '：', '؟'])
            && bold.chars().filter(|c| c.is_alphabetic()).count() > 3
            && answering(bold).is_none()
            && lead(bold).1.len() > 3
        {
            let rest = after_bold(rest);
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
}

/// How many lines of an item are the question; the others are its answer.
fn question_lines(lines: &[Line]) -> usize {
    let first = lines.first().map_or("", |line| line.text.trim_end());
    if lines.len() < 2 || first.ends_with(MARKS) || first.ends_with(['.', '。', ':', '：']) {
        return 1.min(lines.len());
    }
    if answering(&lines[1].text).is_some() || lines[1].text.trim_start().starts_with(['<', '[']) {
        return 1;
    }
    let asked = lines.iter().take(6).position(|line| line.text.trim_end().ends_with(MARKS));
    if let Some(at) = asked {
        return at + 1;
    }
    // Wrapped words go on in lower case; an answer begins anew.
    let wrapped = lines[1..].iter().take_while(|line| {
        let text = line.text.trim_start();
        !text.starts_with("http")
            && text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '`' || c == '(')
    });
    1 + if first.len() > 50 { wrapped.count() } else { 0 }
}
