//! Calibration: how the first grade differs from the ones given in another light, in both directions.

use super::{JudgedTake, Judgement, mean, shared, steps};
use crate::grade::GradeKind;

/// The first grades against those of another kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Takes with both.
    pub takes: usize,
    /// Levels compared.
    pub pairs: usize,
    /// First grade minus the other, mean in levels: above 0 one thought better of it at first.
    pub mean: f64,
    /// How often the first was higher.
    pub higher: usize,
    /// How often it was lower.
    pub lower: usize,
}

/// Compares the first grades with `other`: the newest second one, the first blind later one, every peer's. Levels of
/// `signal` only, or of all. `None` when no take has both.
pub fn calibration(takes: &[JudgedTake], other: GradeKind, signal: Option<&str>) -> Option<Gap> {
    let mut count = 0;
    let mut differences: Vec<f64> = Vec::new();
    for take in takes {
        let Some(first) = take.grades.iter().find(|grade| grade.kind == GradeKind::First) else { continue };
        let before = differences.len();
        for against in others(take, other) {
            let levels =
                shared(first, against).filter(|(id, _, _)| signal.is_none_or(|wanted| wanted == *id));
            differences.extend(levels.map(|(_, first, other)| steps(first) - steps(other)));
        }
        count += usize::from(differences.len() > before);
    }
    Some(Gap {
        takes: count,
        pairs: differences.len(),
        mean: mean(differences.iter().copied())?,
        higher: differences.iter().filter(|difference| **difference > 0.0).count(),
        lower: differences.iter().filter(|difference| **difference < 0.0).count(),
    })
}

fn others(take: &JudgedTake, kind: GradeKind) -> Vec<&Judgement> {
    let mut of_kind = take.grades.iter().filter(|grade| grade.kind == kind);
    match kind {
        GradeKind::Peer => of_kind.collect(),
        // Only a blind one tells something that the earlier grade did not.
        GradeKind::Later => of_kind.find(|grade| grade.unticked).into_iter().collect(),
        GradeKind::First | GradeKind::Second => of_kind.next_back().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Level::{Junior, Mid, Senior, Staff};
    use crate::progress::tests::{judged, take};

    #[test]
    fn both_directions_are_counted() {
        let takes = [
            take(
                "p",
                0,
                vec![
                    judged(GradeKind::First, 0, &[("a", Senior), ("b", Senior)]),
                    judged(GradeKind::Second, 0, &[("a", Mid), ("b", Staff)]),
                    judged(GradeKind::Peer, 1, &[("a", Junior)]),
                    judged(GradeKind::Peer, 2, &[("a", Senior), ("c", Mid)]),
                ],
            ),
            take(
                "q",
                0,
                vec![
                    judged(GradeKind::First, 0, &[("a", Staff)]),
                    judged(GradeKind::Second, 0, &[("a", Mid)]),
                ],
            ),
            take("r", 0, vec![judged(GradeKind::First, 0, &[("a", Staff)])]),
        ];
        // First − second: a 2−1 = 1, b 2−3 = −1, a 3−1 = 2. Mean 2/3, higher twice, lower once, over two takes.
        let second = calibration(&takes, GradeKind::Second, None).unwrap();
        assert_eq!(second, Gap { takes: 2, pairs: 3, mean: 2.0 / 3.0, higher: 2, lower: 1 });
        // First − peers: 2−0 = 2 and 2−2 = 0 on one take; c was not graded first.
        let peer = calibration(&takes, GradeKind::Peer, None).unwrap();
        assert_eq!(peer, Gap { takes: 1, pairs: 2, mean: 1.0, higher: 1, lower: 0 });
        let of_b = calibration(&takes, GradeKind::Second, Some("b")).unwrap();
        assert_eq!(of_b, Gap { takes: 1, pairs: 1, mean: -1.0, higher: 0, lower: 1 });
        assert_eq!(calibration(&takes, GradeKind::Later, None), None);
    }

    #[test]
    fn a_later_grade_given_with_the_answer_in_sight_is_left_out() {
        let mut one = take(
            "p",
            0,
            vec![
                judged(GradeKind::First, 0, &[("a", Senior)]),
                judged(GradeKind::Later, 0, &[("a", Junior)]),
                judged(GradeKind::Later, 3, &[("a", Mid)]),
            ],
        );
        one.grades[1].unticked = false;
        assert_eq!(calibration(&[one], GradeKind::Later, None).map(|gap| gap.mean), Some(1.0));
    }
}
