//! Which of the candidates are the bank's questions.
//!
//! A bank keeps to one shape, or to a few. So families of candidates are weighed as a whole: the strongest one is the
//! bank's, others join where they stand beside it and look as much like questions. Then every member counts, also one
//! without a question mark, unless it is a section, furniture, or part of an answer.

mod accept;
mod aside;
mod claim;
mod explain;
mod join;
mod span;

use self::span::Span;
use super::Skip;
use super::blocks::Document;
use super::candidates::{Candidate, Collected, Family};
use super::substance::has_words;
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
    chooser.set_furniture_aside();
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

/// The choice while it is made; candidates go by their index.
struct Chooser<'a> {
    source: &'a str,
    document: &'a Document,
    found: &'a Collected,
    prior: Prior,
    /// Candidates that are set aside, and why.
    out: HashMap<usize, Out>,
    families: BTreeMap<Family, Vec<usize>>,
    accepted: HashSet<usize>,
    /// What the accepted cover, in order.
    spans: Vec<Span>,
    skipped: Vec<Skip>,
    /// The members of each table of contents.
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

    /// The members that are not set aside.
    fn usable(&self, members: &[usize]) -> Vec<usize> {
        members.iter().copied().filter(|at| !self.out.contains_key(at)).collect()
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
        has_words(self.source.get(candidate.body..end.max(candidate.body)).unwrap_or_default())
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
}
