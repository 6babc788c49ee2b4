//! What each accepted question covers, up to the next.

use super::Chooser;

/// An accepted question and what it covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// Byte where it starts.
    pub(super) start: usize,
    /// Byte where its answer ends.
    pub(super) end: usize,
    /// The candidate's index.
    pub(super) at: usize,
}

impl Chooser<'_> {
    /// Works out anew where each accepted question's answer ends.
    pub(super) fn respan(&mut self) {
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
            spans.push(Span { start: candidate.start, end, at: *at });
        }
        self.spans = spans;
    }

    /// The accepted question in whose answer a candidate stands.
    pub(super) fn span_of(&self, at: usize) -> Option<usize> {
        let start = self.candidate(at).start;
        let before = self.spans.partition_point(|span| span.start <= start).checked_sub(1)?;
        let outer = self.spans.get(before)?;
        (start < outer.end && outer.at != at).then_some(outer.at)
    }

    /// Whether a candidate stands in the answer of an accepted question.
    pub(super) fn is_inside(&self, at: usize) -> bool {
        self.span_of(at).is_some()
    }

    /// Whether an accepted question stands in what this one would cover.
    pub(super) fn contains_accepted(&self, at: usize) -> bool {
        let candidate = self.candidate(at);
        let next = self.spans.partition_point(|span| span.start < candidate.body);
        self.spans.get(next).is_some_and(|span| span.start < candidate.end)
    }
}
