//! How alike two wordings are.

use crate::import::normal;

/// More letters of a wording than this are not compared.
const MOST_LETTERS: usize = 300;

/// The pairs of neighbouring letters of a wording, sorted, so that two wordings are compared in one pass.
#[derive(Clone, Debug)]
pub(super) struct LetterPairs(Vec<(char, char)>);

impl LetterPairs {
    pub(super) fn of(text: &str) -> Self {
        let letters: Vec<char> = normal(text).chars().take(MOST_LETTERS).collect();
        let mut pairs: Vec<_> = letters.iter().copied().zip(letters.iter().copied().skip(1)).collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// The share of pairs that two wordings have in common, from 0 to 1 (Sørensen–Dice).
    pub(super) fn similarity(&self, other: &Self) -> f32 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 0.0;
        }
        let mut common = 0usize;
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            let order = a.cmp(b);
            common += usize::from(order.is_eq());
            if order.is_le() {
                mine.next();
            }
            if order.is_ge() {
                theirs.next();
            }
        }
        2.0 * common as f32 / all as f32
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "halves and quarters are exact, and the same sum is the same number")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn similarity(a: &str, b: &str) -> f32 {
        LetterPairs::of(a).similarity(&LetterPairs::of(b))
    }

    #[test]
    fn pairs_that_come_twice_count_twice() {
        // night: ni ig gh ht; nacht: na ac ch ht.
        assert_eq!(similarity("night", "nacht"), 0.25);
        assert_eq!(similarity("aaaa", "aa"), 0.5);
        assert_eq!(similarity("", ""), 0.0);
    }

    proptest! {
        #[test]
        fn a_wording_is_most_like_itself_and_likeness_is_mutual(a in "[abc]{2,9}", b in "[abc]{2,9}") {
            prop_assert_eq!(similarity(&a, &a), 1.0);
            prop_assert_eq!(similarity(&a, &b), similarity(&b, &a));
            prop_assert!((0.0..=1.0).contains(&similarity(&a, &b)));
        }
    }
}
