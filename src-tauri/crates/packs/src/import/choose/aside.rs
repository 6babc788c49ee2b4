//! What is set aside before anything is weighed: tables of contents, furniture, lines that stand under every answer.

use super::{Chooser, Out};
use crate::import::candidates::Family;
use crate::import::likeness::is_furniture;
use crate::import::tidy::{bare, normal};
use crate::import::words::CONTENTS;
use std::collections::{BTreeMap, HashMap, HashSet};

impl Chooser<'_> {
    /// Lists and tables that only point to what comes later.
    pub(super) fn set_contents_aside(&mut self) {
        let targets = self.targets();
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
            let named =
                members.iter().filter(|at| targets.contains(&normal(&self.candidate(**at).text))).count();
            let start = self.candidate(members[0]).start;
            let under = self.found.headings.partition_point(|heading| heading.start < start).checked_sub(1);
            let under = under.map(|at| &self.found.headings[at]);
            let titled = under.is_some_and(|heading| is_contents(&heading.text)) && anchors + named > 0;
            let whole =
                titled || anchors * 2 > members.len() || members.len() > 1 && named * 5 >= members.len() * 2;
            if whole {
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
    }

    /// What a table of contents may name, in normal wording.
    fn targets(&self) -> HashSet<String> {
        let stands_out = |family| {
            matches!(
                family,
                Family::Heading(..) | Family::ItemHeading(_) | Family::Summary | Family::Bold | Family::Asked
            )
        };
        let candidates = self.found.candidates.iter().filter(|candidate| stands_out(candidate.family));
        let texts = candidates.map(|candidate| &candidate.text);
        texts
            .chain(self.found.headings.iter().map(|heading| &heading.text))
            .map(|text| normal(text))
            .filter(|words| !words.is_empty())
            .collect()
    }

    /// What is about the document.
    pub(super) fn set_furniture_aside(&mut self) {
        for at in 0..self.found.candidates.len() {
            if is_furniture(&bare(&self.candidate(at).text)) {
                self.out.entry(at).or_insert(Out::Furniture);
            }
        }
    }

    /// Whether a candidate is a link to another place of the same bank.
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
    pub(super) fn set_repeated_aside(&mut self) {
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

    /// A list of questions with links to answers that are not in this file is a bank all the same.
    pub(super) fn fall_back_on_contents(&mut self) {
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
}

/// Whether a heading stands over a table of contents.
fn is_contents(title: &str) -> bool {
    let lower = bare(title).to_lowercase();
    CONTENTS.iter().any(|word| lower.contains(*word))
}
