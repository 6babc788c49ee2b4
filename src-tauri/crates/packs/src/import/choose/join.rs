//! Other families that stand beside the accepted questions and are questions too.

use super::Chooser;
use super::claim::Claim;
use crate::import::candidates::Family;

impl Chooser<'_> {
    /// Other families, the strongest first, where they stand beside the accepted.
    pub(super) fn join_others(&mut self, main: Family) {
        let mut others: Vec<(f32, Family)> = Vec::new();
        for (family, members) in &self.families {
            if *family != main {
                others.push((self.claim(*family, &self.usable(members)).strength, *family));
            }
        }
        others.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, family) in others {
            self.join(main, family);
        }
    }

    /// Takes what of a family stands beside the accepted.
    fn join(&mut self, main: Family, family: Family) {
        let members = self.usable(&self.families[&family]);
        let first = self.spans.first().map_or(0, |span| span.start);
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
        if self.stands_beside(main, family, &free) {
            self.accept_members(family, &free);
        }
    }

    /// Whether members outside all answers look enough like questions to be ones of their own.
    fn stands_beside(&self, main: Family, family: Family, free: &[usize]) -> bool {
        let Claim { share, strength } = self.claim(family, free);
        let first = self.spans.first().map_or(0, |span| span.start);
        let akin = matches!(
            (main, family),
            (Family::Item(..) | Family::LinkItem(_) | Family::Bold, Family::Item(..))
                | (Family::Heading(..), Family::Heading(..))
                | (Family::ItemHeading(_), Family::ItemHeading(_))
                | (Family::Row, Family::Row)
                | (Family::Item(..), Family::Bold)
        );
        let main_size = self.spans.len();
        match family {
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
        }
    }

    /// Headings below a question that are nearly all questions with answers of their own.
    fn join_nested(&mut self, family: Family, members: &[usize]) {
        let Family::Heading(depth, _) = family else { return };
        let all =
            self.families.iter().filter(|(other, _)| matches!(other, Family::Heading(d, _) if *d == depth));
        let all: usize = all.map(|(_, members)| members.len()).sum();
        let is_below = |at: usize| {
            let outer = self.span_of(at).map(|outer| self.candidate(outer).family);
            matches!(outer, Some(Family::Heading(outer, _)) if outer < depth)
        };
        let asked: Vec<usize> = members
            .iter()
            .copied()
            .filter(|at| !self.accepted.contains(at) && self.candidate(*at).weight >= 0.9)
            .filter(|at| self.has_body(*at, None) && is_below(*at))
            .collect();
        if asked.len() >= 3 && asked.len() * 20 >= all * 17 {
            self.accepted.extend(asked);
            self.respan();
        }
    }
}
