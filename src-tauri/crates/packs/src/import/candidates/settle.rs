//! What only the whole document tells of its candidates: where they end, whether they are answered, whether numbers count.

use super::{Candidate, Collected, Family};
use crate::import::lead::{answering, counts_on, loose_number};
use crate::import::likeness::{is_furniture, likeness};
use crate::import::tidy::bare;

/// A heading's section goes to the next heading that is not deeper and no part of an answer; other shapes end at any
/// such heading.
pub(super) fn close_headings(found: &mut Collected, length: usize) {
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
pub(super) fn weigh_answers(found: &mut Collected) {
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
pub(super) fn settle_loose_numbers(candidates: &mut [Candidate]) {
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
        let numbers: Vec<u32> = loose.iter().map(|(_, number, _)| *number).collect();
        if !counts_on(&numbers) {
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
