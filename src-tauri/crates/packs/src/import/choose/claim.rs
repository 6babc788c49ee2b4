//! How strong a family's claim is to be the bank's questions, and which one's is the strongest.

use super::Chooser;
use crate::import::candidates::Family;
use crate::import::lead::counts_on;
use crate::import::likeness::MARKS;
use crate::import::substance::has_words;

/// How much a family looks like questions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Claim {
    /// The members' mean weight, between 0 and 1.
    pub(super) share: f32,
    /// Their sum, more for shapes that are rarely anything but questions.
    pub(super) strength: f32,
}

impl Chooser<'_> {
    /// A family's claim with these members.
    pub(super) fn claim(&self, family: Family, members: &[usize]) -> Claim {
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
            return Claim::default();
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
        Claim { share: sum / total, strength: sum * factor }
    }

    /// The share from which a family is taken for questions.
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
    pub(super) fn main(&self) -> Option<Family> {
        let mut claims: Vec<(Family, Claim)> = Vec::new();
        for (family, members) in &self.families {
            let members = self.usable(members);
            let claim = self.claim(*family, &members);
            if !members.is_empty() && claim.share >= self.threshold(*family, &members) {
                claims.push((*family, claim));
            }
        }
        claims.sort_by(|a, b| b.1.strength.total_cmp(&a.1.strength));
        let (mut main, _) = *claims.first()?;
        for (outer, claim) in claims.iter().skip(1) {
            if claim.share >= 0.8 && self.surrounds(*outer, main) {
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
        has_words(self.source.get(candidate.body..end).unwrap_or_default())
    }
}
