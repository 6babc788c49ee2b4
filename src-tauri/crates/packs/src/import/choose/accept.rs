//! Which members of a family are questions once the family is.

use super::Chooser;
use crate::import::candidates::Family;
use crate::import::substance::{has_only_links, has_words};
use std::collections::{HashMap, HashSet};

impl Chooser<'_> {
    /// Takes the family that the bank is written in.
    pub(super) fn accept_main(&mut self, main: Family) {
        let members = self.usable(&self.families[&main]);
        self.accept_members(main, &members);
    }

    /// Takes a family's members except its sections and its lists without questions.
    pub(super) fn accept_members(&mut self, family: Family, members: &[usize]) {
        let headings = matches!(family, Family::Heading(..) | Family::ItemHeading(_) | Family::Bold);
        let bodies = members.iter().filter(|at| self.has_body(**at, Some(members))).count();
        let mostly_answered = bodies * 10 >= members.len() * 6;
        let numbered = members.iter().filter(|at| self.candidate(**at).lead.is_numbered()).count();
        let mostly_numbered = numbered * 10 >= members.len() * 8;
        let groups = self.group_shares(family, members);
        for at in members {
            let candidate = self.candidate(*at);
            let likely = candidate.weight >= 0.5 || candidate.lead.asks;
            let take = if likely {
                true
            } else if headings {
                let answered = self.has_body(*at, Some(members)) && !self.is_only_links(*at, members);
                let in_turn = mostly_numbered && self.is_in_turn(*at, members);
                (answered || !mostly_answered || in_turn)
                    && (candidate.lead.is_numbered() || !mostly_numbered)
            } else if matches!(family, Family::Row) {
                let group = candidate.group.and_then(|group| groups.get(&group));
                let answers = mostly_answered == candidate.answer.is_some() || candidate.answer.is_some();
                answers && group.is_none_or(|(share, _)| *share >= 0.35)
            } else if matches!(family, Family::BoldLead | Family::Line) {
                false
            } else {
                let group = candidate.group.and_then(|group| groups.get(&group));
                group.is_none_or(|(share, size)| *share >= 0.5 || *size < 3 && *share > 0.0)
            };
            if take {
                self.accepted.insert(*at);
            }
        }
        self.respan();
    }

    /// Whether nothing but links follows: "Other answers".
    fn is_only_links(&self, at: usize, members: &[usize]) -> bool {
        let candidate = self.candidate(at);
        let next = members.partition_point(|other| self.candidate(*other).start <= candidate.start);
        let end =
            members.get(next).map_or(candidate.end, |next| self.candidate(*next).start.min(candidate.end));
        let body = self.source.get(candidate.body..end.max(candidate.body)).unwrap_or_default();
        has_words(body) && has_only_links(body)
    }

    /// Whether a member's number follows the one before or leads to the one after.
    fn is_in_turn(&self, at: usize, members: &[usize]) -> bool {
        let own = &self.candidate(at).lead.number;
        let next = |a: &[u32], b: &[u32]| {
            a.len() == b.len()
                && a.split_last().zip(b.split_last()).is_some_and(|((x, a), (y, b))| a == b && x + 1 == *y)
        };
        let index = members.partition_point(|other| *other < at);
        let before = index.checked_sub(1).map(|index| &self.candidate(members[index]).lead.number);
        let after = members.get(index + 1).map(|at| &self.candidate(*at).lead.number);
        before.is_some_and(|before| next(before, own)) || after.is_some_and(|after| next(own, after))
    }

    /// Links in a list whose other items are questions are questions like them.
    pub(super) fn take_links_among_items(&mut self) {
        let mut groups: HashMap<usize, usize> = HashMap::new();
        for group in self.accepted.iter().filter_map(|at| self.candidate(*at).group) {
            *groups.entry(group).or_default() += 1;
        }
        let mut more = Vec::new();
        for (family, members) in &self.families {
            if matches!(family, Family::LinkItem(_)) {
                let members = self.usable(members);
                let mut links: HashMap<usize, usize> = HashMap::new();
                for group in members.iter().filter_map(|at| self.candidate(*at).group) {
                    *links.entry(group).or_default() += 1;
                }
                more.extend(members.into_iter().filter(|at| {
                    let candidate = self.candidate(*at);
                    let taken = candidate.group.and_then(|group| groups.get(&group).zip(links.get(&group)));
                    candidate.weight >= 0.85 && taken.is_some_and(|(items, links)| items > links)
                }));
            }
        }
        self.accepted.extend(more);
        self.respan();
    }

    /// How much each list of a family looks like questions, and its size; lists that follow each other under one
    /// heading count as one, because an answer between two items makes two lists of them.
    fn group_shares(&self, family: Family, members: &[usize]) -> HashMap<usize, (f32, usize)> {
        let mut by_heading: HashMap<usize, (f32, usize)> = HashMap::new();
        let mut heading_of: HashMap<usize, usize> = HashMap::new();
        if !matches!(family, Family::Item(..) | Family::LinkItem(_) | Family::Row) {
            return HashMap::new();
        }
        for at in members {
            let candidate = self.candidate(*at);
            let Some(group) = candidate.group else { continue };
            let alone = family != Family::Row && self.document.list_sizes.get(group) == Some(&1);
            let heading = self.found.headings.partition_point(|heading| heading.start < candidate.start);
            let key = if alone { usize::MAX - heading } else { group };
            heading_of.insert(group, key);
            let entry = by_heading.entry(key).or_default();
            entry.0 += candidate.weight;
            entry.1 += 1;
        }
        let share =
            |key: &usize| by_heading.get(key).map_or((0.0, 0), |(sum, size)| (sum / *size as f32, *size));
        heading_of.iter().map(|(group, key)| (*group, share(key))).collect()
    }

    /// Numbered headings count on across depths: 7 at one depth, 8 at another.
    pub(super) fn follow_numbers(&mut self) {
        let numbered: Vec<usize> = (0..self.found.candidates.len())
            .filter(|at| matches!(self.candidate(*at).family, Family::Heading(_, true)))
            .filter(|at| self.candidate(*at).lead.number.len() == 1 && !self.out.contains_key(at))
            .collect();
        let follows = |a: usize, b: usize| {
            let (a, b) = (self.candidate(a), self.candidate(b));
            a.lead.number[0] + 1 == b.lead.number[0] && a.weight >= 0.5 && b.weight >= 0.5
        };
        let mut more = HashSet::new();
        let known = |at: usize, more: &HashSet<usize>| self.accepted.contains(&at) || more.contains(&at);
        for pair in numbered.windows(2) {
            if known(pair[0], &more) && !known(pair[1], &more) && follows(pair[0], pair[1]) {
                more.insert(pair[1]);
            }
        }
        for pair in numbered.windows(2).rev() {
            if known(pair[1], &more) && !known(pair[0], &more) && follows(pair[0], pair[1]) {
                more.insert(pair[0]);
            }
        }
        self.accepted.extend(more);
        self.respan();
    }

    /// Unlikely members that turn out to hold other accepted questions are sections after all.
    pub(super) fn drop_sections(&mut self) {
        let doubtful: Vec<usize> = self
            .accepted
            .iter()
            .copied()
            .filter(|at| {
                let candidate = self.candidate(*at);
                candidate.weight < 0.5
                    && !candidate.lead.asks
                    && !matches!(candidate.family, Family::Item(..) | Family::Row)
            })
            .collect();
        for at in doubtful {
            let candidate = self.candidate(at);
            let span = self.spans.binary_search_by_key(&(candidate.start, at), |span| (span.start, span.at));
            let own = span.map_or(candidate.body, |span| self.spans[span].end);
            let holds = self.contains_accepted(at);
            if holds && !has_words(self.source.get(candidate.body..own).unwrap_or_default()) {
                self.accepted.remove(&at);
            }
        }
        self.respan();
    }
}
