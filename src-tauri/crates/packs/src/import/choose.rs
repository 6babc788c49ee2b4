//! Which of the candidates are the bank's questions.
//!
//! A bank keeps to one shape, or to a few. So families of candidates are weighed as a whole: the strongest one is the
//! bank's, others join where they stand beside it and look as much like questions. Then every member counts, also one
//! without a question mark, unless it is a section, furniture, or part of an answer.

use super::Skip;
use super::blocks::Document;
use super::candidates::{Candidate, Collected, Family};
use super::lead::counts_on;
use super::likeness::{MARKS, is_furniture};
use super::tidy::{bare, normal, short};
use super::words::CONTENTS;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What was chosen.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// Indices of the questions, in order.
    pub(super) questions: Vec<usize>,
    /// What was left out and why.
    pub(super) skipped: Vec<Skip>,
    /// How many items lead to other pages.
    pub(super) links: usize,
}

/// What is known about the document besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Prior {
    /// Its name or title says that it is a bank.
    pub(super) names_a_bank: bool,
    /// Other files come with it, so that links between them are a table of contents.
    pub(super) among_others: bool,
}

/// Why a candidate is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Out {
    Contents,
    Furniture,
    Repeated,
}

/// Chooses.
pub(super) fn choose(source: &str, document: &Document, found: &Collected, prior: Prior) -> Chosen {
    let mut chooser = Chooser::new(source, document, found, prior);
    chooser.set_contents_aside();
    chooser.set_repeated_aside();
    if let Some(main) = chooser.main() {
        chooser.accept_main(main);
        chooser.follow_numbers();
        chooser.join_others(main);
        if matches!(main, Family::Item(..)) {
            chooser.take_links_among_items();
        }
    } else {
        chooser.fall_back_on_contents();
    }
    chooser.finish()
}

struct Chooser<'a> {
    source: &'a str,
    document: &'a Document,
    found: &'a Collected,
    prior: Prior,
    out: HashMap<usize, Out>,
    families: BTreeMap<Family, Vec<usize>>,
    accepted: HashSet<usize>,
    /// Accepted starts and where their answers end, in order.
    spans: Vec<(usize, usize, usize)>,
    skipped: Vec<Skip>,
    contents: Vec<Vec<usize>>,
}

impl<'a> Chooser<'a> {
    fn new(source: &'a str, document: &'a Document, found: &'a Collected, prior: Prior) -> Self {
        let mut families: BTreeMap<Family, Vec<usize>> = BTreeMap::new();
        for (at, candidate) in found.candidates.iter().enumerate() {
            families.entry(candidate.family).or_default().push(at);
        }
        Self {
            source,
            document,
            found,
            prior,
            out: HashMap::new(),
            families,
            accepted: HashSet::new(),
            spans: Vec::new(),
            skipped: Vec::new(),
            contents: Vec::new(),
        }
    }

    fn candidate(&self, at: usize) -> &'a Candidate {
        &self.found.candidates[at]
    }

    fn skip(&mut self, offset: usize, why: impl Into<String>) {
        self.skipped.push(Skip::new(self.document.line(offset), why));
    }

    /// Lists and tables that only point to what comes later.
    fn set_contents_aside(&mut self) {
        let found = self.found;
        let words = |at: usize| normal(&found.candidates[at].text);
        let targets: HashSet<String> = (0..self.found.candidates.len())
            .filter(|at| {
                matches!(
                    self.candidate(*at).family,
                    Family::Heading(..)
                        | Family::ItemHeading(_)
                        | Family::Summary
                        | Family::Bold
                        | Family::Asked
                )
            })
            .map(words)
            .chain(self.found.headings.iter().map(|heading| normal(&heading.text)))
            .filter(|words| !words.is_empty())
            .collect();
        let mut groups: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
        for (at, candidate) in self.found.candidates.iter().enumerate() {
            match (candidate.family, candidate.group) {
                (Family::Item(..) | Family::LinkItem(_), Some(_)) => {
                    groups.entry((false, self.root(candidate.item))).or_default().push(at);
                }
                (Family::Row, Some(table)) => groups.entry((true, table)).or_default().push(at),
                _ => {}
            }
        }
        for members in groups.into_values() {
            let anchors = members.iter().filter(|at| self.leads_inside(**at)).count();
            let named = members.iter().filter(|at| targets.contains(&words(**at))).count();
            let start = self.candidate(members[0]).start;
            let under = self.found.headings.partition_point(|heading| heading.start < start).checked_sub(1);
            let under = under.map(|at| &self.found.headings[at]);
            let titled = under.is_some_and(|heading| is_contents(&heading.text)) && anchors + named > 0;
            let points = (anchors + named).max(anchors.max(named));
            let whole =
                titled || anchors * 2 > members.len() || members.len() > 1 && named * 5 >= members.len() * 2;
            if whole || points > 0 && anchors == members.len() {
                for at in &members {
                    self.out.insert(*at, Out::Contents);
                }
                self.contents.push(members);
            } else {
                for at in members {
                    if self.leads_inside(at) {
                        self.out.insert(at, Out::Contents);
                    }
                }
            }
        }
        // Headings that are links to their own place, and lines outside lists.
        for at in 0..self.found.candidates.len() {
            let candidate = self.candidate(at);
            if is_furniture(&bare(&candidate.text)) {
                self.out.entry(at).or_insert(Out::Furniture);
            }
        }
    }

    fn leads_inside(&self, at: usize) -> bool {
        let candidate = self.candidate(at);
        let Some(link) = &candidate.link else { return false };
        let file = link.split('#').next().unwrap_or_default();
        link.starts_with('#')
            || self.prior.among_others
                && !link.contains("://")
                && (file.to_ascii_lowercase().ends_with(".md")
                    || file.ends_with('/')
                    || file.starts_with('.'))
    }

    /// The outermost list that an item is in.
    fn root(&self, item: Option<usize>) -> usize {
        let mut item = item.and_then(|item| self.document.items.get(item));
        let mut root = 0;
        while let Some(found) = item {
            root = found.list;
            item = found.parent.and_then(|parent| self.document.items.get(parent));
        }
        root
    }

    /// "Have doubt in this question?" under every answer.
    fn set_repeated_aside(&mut self) {
        let mut seen: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, candidate) in self.found.candidates.iter().enumerate() {
            let stands_alone = matches!(
                candidate.family,
                Family::Heading(..) | Family::Bold | Family::Summary | Family::Line
            );
            if stands_alone
                && !candidate.lead.is_numbered()
                && !candidate.lead.asks
                && !self.out.contains_key(&at)
            {
                seen.entry(&candidate.text).or_default().push(at);
            }
        }
        let repeated = seen.into_values().filter(|all| all.len() > 2);
        for all in repeated {
            if all.iter().filter(|at| !self.has_body(**at, None)).count() * 2 > all.len() {
                for at in all {
                    self.out.insert(at, Out::Repeated);
                }
            }
        }
    }

    /// Whether anything but furniture follows before the next heading or member of `family`.
    fn has_body(&self, at: usize, family: Option<&[usize]>) -> bool {
        let candidate = self.candidate(at);
        if candidate.answer.as_deref().is_some_and(|answer| !answer.is_empty()) || !candidate.more.is_empty()
        {
            return true;
        }
        let next_heading = self.found.headings.partition_point(|heading| heading.start < candidate.body);
        // A sub-heading that belongs to the answer is as good as text.
        let heading = self.found.headings.get(next_heading).filter(|heading| !heading.answer_part);
        let mut end = heading
            .map_or(self.source.len(), |heading| heading.start)
            .min(self.found.extent(candidate, self.document).end);
        if let Some(members) = family {
            let next = members.partition_point(|other| self.candidate(*other).start <= candidate.start);
            end = end.min(members.get(next).map_or(self.source.len(), |next| self.candidate(*next).start));
        }
        super::body::has_words(self.source.get(candidate.body..end.max(candidate.body)).unwrap_or_default())
    }

    fn usable(&self, members: &[usize]) -> Vec<usize> {
        members.iter().copied().filter(|at| !self.out.contains_key(at)).collect()
    }

    /// How much a family looks like questions, between 0 and 1, and how strong its claim is.
    fn claim(&self, family: Family, members: &[usize]) -> (f32, f32) {
        let sequential = self.sequential(members);
        let mut total = 0.0;
        let mut sum = 0.0;
        for at in members {
            let candidate = self.candidate(*at);
            let mut weight = candidate.weight;
            if matches!(family, Family::LinkItem(_)) && !candidate.text.contains(MARKS) {
                weight *= if candidate.text.is_ascii() { 0.4 } else { 0.9 };
            }
            if matches!(family, Family::Heading(..) | Family::ItemHeading(_) | Family::Bold) && weight < 0.5 {
                if !self.has_body(*at, Some(members)) {
                    // A heading with nothing under it but headings is a section.
                    continue;
                }
                if sequential && self.prior.names_a_bank {
                    weight = weight.max(0.4);
                }
            }
            if candidate.lead.asks {
                weight = weight.max(0.9);
            }
            sum += weight;
            total += 1.0;
        }
        if total == 0.0 {
            return (0.0, 0.0);
        }
        let factor = match family {
            Family::Asked => 1.6,
            Family::Heading(_, true) | Family::ItemHeading(_) | Family::Summary => 1.3,
            Family::Heading(_, false) => 1.2,
            Family::Bold => 1.1,
            Family::Item(..) | Family::Row | Family::NumberedLine => 1.0,
            Family::BoldLead | Family::LinkItem(_) => 0.7,
            Family::Line => 0.6,
        };
        (sum / total, sum * factor)
    }

    fn threshold(&self, family: Family, members: &[usize]) -> f32 {
        let base = match family {
            Family::Asked => 0.1,
            Family::Summary | Family::ItemHeading(_) => 0.45,
            Family::Heading(..) | Family::Item(..) | Family::Row | Family::Bold | Family::NumberedLine => 0.5,
            Family::LinkItem(_) => 0.6,
            Family::BoldLead | Family::Line => 0.8,
        };
        let named = if self.prior.names_a_bank { 0.12 } else { 0.0 };
        let numbered = matches!(
            family,
            Family::Heading(..) | Family::ItemHeading(_) | Family::Bold | Family::NumberedLine
        ) && self.sequential(members);
        base - named - if numbered { 0.15 } else { 0.0 }
    }

    /// Whether most members count on from the one before.
    fn sequential(&self, members: &[usize]) -> bool {
        let numbers: Vec<u32> =
            members.iter().filter_map(|at| self.candidate(*at).lead.number.last().copied()).collect();
        numbers.len() * 5 >= members.len() * 4 && counts_on(&numbers)
    }

    /// The family with the strongest claim; one around it that claims as much as a whole wins.
    fn main(&self) -> Option<Family> {
        let mut claims: Vec<(f32, Family, f32)> = Vec::new();
        for (family, members) in &self.families {
            let members = self.usable(members);
            let (share, strength) = self.claim(*family, &members);
            if !members.is_empty() && share >= self.threshold(*family, &members) {
                claims.push((strength, *family, share));
            }
        }
        claims.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (_, mut main, _) = *claims.first()?;
        for (_, outer, share) in claims.iter().skip(1) {
            if *share >= 0.8 && self.surrounds(*outer, main) {
                main = *outer;
            }
        }
        Some(main)
    }

    /// Whether `inner` stands in the answers of `outer`, and `outer` are questions and not sections.
    fn surrounds(&self, outer: Family, inner: Family) -> bool {
        let outers = self.usable(&self.families[&outer]);
        let inners = self.usable(&self.families[&inner]);
        if outers.len() < 3 && inners.len() > outers.len() * 4 {
            return false;
        }
        let inside = inners.iter().filter(|inner| {
            let start = self.candidate(**inner).start;
            let before = outers.partition_point(|outer| self.candidate(*outer).start < start);
            before.checked_sub(1).is_some_and(|at| {
                let outer = self.candidate(outers[at]);
                start >= outer.body && start < self.found.extent(outer, self.document).end
            })
        });
        if inside.count() * 10 < inners.len() * 7 {
            return false;
        }
        let item_in_item =
            matches!((outer, inner), (Family::Item(a, _) | Family::LinkItem(a), Family::Item(b, _)) if a < b);
        let explained = outers.iter().filter(|at| self.explained(**at, &inners)).count();
        let asked = outers.iter().filter(|at| self.candidate(**at).text.contains(MARKS)).count();
        let direct = explained * 2 >= outers.len();
        let by_marks =
            outers.len() >= 5 && asked * 10 >= outers.len() * 9 && !matches!(inner, Family::Heading(..));
        item_in_item && outers.len() * 4 >= inners.len() || direct || by_marks
    }

    /// Whether text of its own follows before the first of `inners`.
    fn explained(&self, at: usize, inners: &[usize]) -> bool {
        let candidate = self.candidate(at);
        let next = inners.partition_point(|inner| self.candidate(*inner).start < candidate.body);
        let end =
            inners.get(next).map_or(candidate.end, |inner| self.candidate(*inner).start.min(candidate.end));
        super::body::has_words(self.source.get(candidate.body..end).unwrap_or_default())
    }

    fn accept_main(&mut self, main: Family) {
        let members = self.usable(&self.families[&main]);
        self.accept_members(main, &members);
    }

    /// Takes a family's members except its sections and its lists without questions.
    fn accept_members(&mut self, family: Family, members: &[usize]) {
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
        super::body::has_words(body) && super::body::has_only_links(body)
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
    fn take_links_among_items(&mut self) {
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
    fn follow_numbers(&mut self) {
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

    /// Other families, the strongest first, where they stand beside the accepted.
    fn join_others(&mut self, main: Family) {
        let mut others: Vec<(f32, Family)> = Vec::new();
        for (family, members) in &self.families {
            if *family != main {
                others.push((self.claim(*family, &self.usable(members)).1, *family));
            }
        }
        others.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, family) in others {
            self.join(main, family);
        }
    }

    fn join(&mut self, main: Family, family: Family) {
        let members = self.usable(&self.families[&family]);
        let first = self.spans.first().map_or(0, |(start, ..)| *start);
        let free: Vec<usize> = members
            .iter()
            .copied()
            .filter(|at| !self.accepted.contains(at) && !self.is_inside(*at) && !self.contains_accepted(*at))
            .collect();
        if free.is_empty() {
            self.join_nested(family, &members);
            return;
        }
        let same_depth = match (main, family) {
            (Family::Heading(a, _), Family::Heading(b, _)) => a == b,
            _ => false,
        };
        if same_depth {
            // "###### What's the output?" among "###### 12. …"
            for at in free {
                let candidate = self.candidate(at);
                if candidate.weight >= 0.85 && candidate.start > first && self.has_body(at, None) {
                    self.accepted.insert(at);
                }
            }
            self.respan();
            return;
        }
        let (share, strength) = self.claim(family, &free);
        let akin = matches!(
            (main, family),
            (Family::Item(..) | Family::LinkItem(_) | Family::Bold, Family::Item(..))
                | (Family::Heading(..), Family::Heading(..))
                | (Family::ItemHeading(_), Family::ItemHeading(_))
                | (Family::Row, Family::Row)
                | (Family::Item(..), Family::Bold)
        );
        let main_size = self.spans.len();
        let enough = match family {
            Family::Line | Family::LinkItem(_) => false,
            Family::BoldLead => share >= 0.95 && free.len() >= 3,
            Family::Item(..)
                if matches!(main, Family::Heading(..) | Family::Summary | Family::Asked | Family::Bold) =>
            {
                share >= 0.75 && free.len() >= 3 && free.len() * 10 >= main_size
            }
            _ if akin => share >= 0.55 && (free.len() >= 2 || strength >= 0.9),
            Family::Heading(..) => {
                share >= 0.8
                    && (free.len() >= 2 || main_size < 5)
                    && free.iter().any(|at| self.candidate(*at).start > first)
            }
            _ => share >= 0.75 && free.len() >= 2,
        };
        if enough {
            self.accept_members(family, &free);
        }
    }

    /// Headings below a question that are nearly all questions with answers of their own.
    fn join_nested(&mut self, family: Family, members: &[usize]) {
        let Family::Heading(depth, _) = family else { return };
        let all =
            self.families.iter().filter(|(other, _)| matches!(other, Family::Heading(d, _) if *d == depth));
        let all: usize = all.map(|(_, members)| members.len()).sum();
        let asked: Vec<usize> = members
            .iter()
            .copied()
            .filter(|at| !self.accepted.contains(at) && self.candidate(*at).weight >= 0.9 && self.has_body(*at, None))
            .filter(|at| self.span_of(*at).is_some_and(|outer| matches!(self.candidate(outer).family, Family::Heading(outer, _) if outer < depth)))
            .collect();
        if asked.len() >= 3 && asked.len() * 20 >= all * 17 {
            self.accepted.extend(asked);
            self.respan();
        }
    }

    /// Works out anew where each accepted question's answer ends.
    fn respan(&mut self) {
        let mut order: Vec<usize> = self.accepted.iter().copied().collect();
        order.sort_unstable_by_key(|at| (self.candidate(*at).start, *at));
        let mut spans = Vec::with_capacity(order.len());
        for (index, at) in order.iter().enumerate() {
            let candidate = self.candidate(*at);
            let next = order.get(index + 1).map_or(self.source.len(), |next| self.candidate(*next).start);
            let end = self
                .found
                .extent(candidate, self.document)
                .end
                .min(next.max(candidate.body))
                .max(candidate.body);
            spans.push((candidate.start, end, *at));
        }
        self.spans = spans;
    }

    /// The accepted question in whose answer a candidate stands.
    fn span_of(&self, at: usize) -> Option<usize> {
        let start = self.candidate(at).start;
        let before = self.spans.partition_point(|(other, ..)| *other <= start).checked_sub(1)?;
        let (_, end, outer) = *self.spans.get(before)?;
        (start < end && outer != at).then_some(outer)
    }

    fn is_inside(&self, at: usize) -> bool {
        self.span_of(at).is_some()
    }

    /// Whether an accepted question stands in what this one would cover.
    fn contains_accepted(&self, at: usize) -> bool {
        let candidate = self.candidate(at);
        let next = self.spans.partition_point(|(start, ..)| *start < candidate.body);
        self.spans.get(next).is_some_and(|(start, ..)| *start < candidate.end)
    }

    /// A list of questions with links to answers that are not in this file is a bank all the same.
    fn fall_back_on_contents(&mut self) {
        if self.prior.among_others {
            return;
        }
        for members in std::mem::take(&mut self.contents) {
            let weights: f32 = members.iter().map(|at| self.candidate(*at).weight).sum();
            if members.len() < 3 || weights < members.len() as f32 * 0.6 {
                continue;
            }
            for at in members {
                if self.candidate(at).weight >= 0.5 {
                    self.out.remove(&at);
                    self.accepted.insert(at);
                }
            }
        }
        self.respan();
    }

    fn finish(mut self) -> Chosen {
        self.drop_sections();
        let links = self.families.iter().filter(|(family, _)| matches!(family, Family::LinkItem(_)));
        let links = links
            .flat_map(|(_, members)| self.usable(members))
            .filter(|at| !self.accepted.contains(at))
            .count();
        self.explain();
        let mut questions: Vec<usize> = self.accepted.iter().copied().collect();
        questions.sort_unstable_by_key(|at| (self.candidate(*at).start, *at));
        Chosen { questions, skipped: self.skipped, links }
    }

    /// Unlikely members that turn out to hold other accepted questions are sections after all.
    fn drop_sections(&mut self) {
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
            let span =
                self.spans.binary_search_by_key(&(candidate.start, at), |(start, _, other)| (*start, *other));
            let own = span.map_or(candidate.body, |span| self.spans[span].1);
            let holds = self.contains_accepted(at);
            if holds && !super::body::has_words(self.source.get(candidate.body..own).unwrap_or_default()) {
                self.accepted.remove(&at);
            }
        }
        self.respan();
    }

    /// Says what was left out, where a person may have expected a question.
    fn explain(&mut self) {
        for members in std::mem::take(&mut self.contents) {
            if members.iter().any(|at| self.accepted.contains(at)) {
                continue;
            }
            if let Some(first) = members.first() {
                let count = members.len();
                let entries = if count == 1 { "entry" } else { "entries" };
                self.skip(
                    self.candidate(*first).start,
                    format!("table of contents: {count} {entries} that point elsewhere"),
                );
            }
        }
        let mut lists: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
        for at in 0..self.found.candidates.len() {
            let candidate = self.candidate(at);
            if self.accepted.contains(&at) {
                continue;
            }
            match self.out.get(&at) {
                Some(Out::Contents) => continue,
                Some(Out::Repeated) => {
                    self.skip(
                        candidate.start,
                        format!(
                            "“{}” stands under many questions and asks nothing by itself",
                            short(&candidate.text)
                        ),
                    );
                    continue;
                }
                Some(Out::Furniture) => {
                    if candidate.text.contains(MARKS) {
                        self.skip(
                            candidate.start,
                            format!("“{}” is about the document", short(&candidate.text)),
                        );
                    }
                    continue;
                }
                None => {}
            }
            let asks = candidate.weight >= 0.9 && candidate.text.contains(MARKS);
            if let Some(outer) = self.span_of(at) {
                if asks && candidate.link.is_none() && !matches!(candidate.family, Family::Line) {
                    let outer = short(&self.candidate(outer).text);
                    self.skip(
                        candidate.start,
                        format!("“{}” is part of the answer to “{outer}”", short(&candidate.text)),
                    );
                }
                continue;
            }
            if let Some(group) = candidate.group {
                let entry = lists.entry(group).or_insert((candidate.start, 0, 0));
                entry.1 += 1;
                entry.2 += usize::from(candidate.link.is_some());
            } else if asks {
                let why = if self.contains_accepted(at) {
                    "a section"
                } else {
                    "not written like the document's questions"
                };
                self.skip(candidate.start, format!("“{}” was read as {why}", short(&candidate.text)));
            }
        }
        for (start, count, links) in lists.into_values() {
            let why = if links * 2 > count {
                format!("a list of {links} links, not of questions")
            } else {
                format!("a list of {count} without questions")
            };
            self.skip(start, why);
        }
        for at in self.found.unsummarised.clone() {
            self.skip(at, "a fold-out without a summary: where its question ends cannot be told");
        }
    }
}

fn is_contents(title: &str) -> bool {
    let lower = bare(title).to_lowercase();
    CONTENTS.iter().any(|word| lower.contains(*word))
}
