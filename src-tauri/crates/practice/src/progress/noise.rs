//! How far one's own grades of the same take differ: the noise that a change has to be larger than.
//!
//! Source of the figures: re-grades of one's own takes on a later day, blind to date and earlier grades, against the
//! grade that counted until then; one per take, the first. Levels of all signals are taken together.

use super::{JudgedTake, counting, mean, shared, steps};
use crate::grade::GradeKind;
use crate::level::Level;

/// Nothing is said about noise from fewer re-graded takes than this.
pub const TAKES_NEEDED: usize = 3;

/// Weighted kappa is called rough from fewer pairs of levels than this: twice the square of the number of levels
/// (Cicchetti 1981, Applied Psychological Measurement 5(1)).
pub const PAIRS_FOR_KAPPA: usize = 2 * Level::ALL.len() * Level::ALL.len();

/// No band is narrower, in levels: 1.96 times the standard deviation of a difference of two levels, each rounded to a
/// whole one (√(2/12)). Grades in whole levels cannot tell less apart, however steadily they are given.
pub const NARROWEST: f64 = 0.800_166_649_997_917_9;

/// What is known of one's grading noise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Noise {
    /// Takes that were graded again, blind, on a later day.
    pub takes: usize,
    /// Levels that can be compared over these takes.
    pub pairs: usize,
    /// What they show, once there are [`TAKES_NEEDED`] takes.
    pub known: Option<Known>,
}

/// The figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Share of pairs with the same level, 0 to 1.
    pub same: f64,
    /// Share of pairs at most one level apart, 0 to 1.
    pub within_one: f64,
    /// Cohen's kappa with quadratic weights; `None` when every grade has the same level, for then there is nothing to
    /// agree about by chance or otherwise.
    pub kappa: Option<f64>,
    /// Half-width of the noise band in levels: a change has to be larger than this.
    pub band: f64,
}

impl Noise {
    /// Half-width of the band, once it is known.
    pub fn band(&self) -> Option<f64> {
        self.known.map(|known| known.band)
    }
}

/// The noise of these takes' grades.
pub fn noise(takes: &[JudgedTake]) -> Noise {
    let mut pairs: Vec<(Level, Level)> = Vec::new();
    let mut regraded = 0;
    for take in takes {
        let before = pairs.len();
        pairs.extend(regrade(take));
        regraded += usize::from(pairs.len() > before);
    }
    let enough = regraded >= TAKES_NEEDED;
    Noise { takes: regraded, pairs: pairs.len(), known: enough.then(|| known(&pairs, regraded)) }
}

/// The levels of the grade that counted and of the first blind one on a later day.
fn regrade(take: &JudgedTake) -> Vec<(Level, Level)> {
    let blind = take.grades.iter().enumerate().find_map(|(index, grade)| {
        let before = counting(&take.grades[..index])?;
        let blind = grade.kind == GradeKind::Later && grade.unticked && grade.day > before.day;
        blind.then_some((before, grade))
    });
    blind.map_or_else(Vec::new, |(before, now)| shared(before, now).map(|(_, a, b)| (a, b)).collect())
}

fn known(pairs: &[(Level, Level)], takes: usize) -> Known {
    let apart =
        |most: f64| mean(pairs.iter().map(|(a, b)| f64::from(gap(*a, *b).abs() <= most))).unwrap_or(0.0);
    let squares = mean(pairs.iter().map(|(a, b)| gap(*a, *b).powi(2))).unwrap_or(0.0);
    Known {
        same: apart(0.0),
        within_one: apart(1.0),
        kappa: weighted_kappa(pairs),
        band: (student(takes) * squares.sqrt()).max(NARROWEST),
    }
}

fn gap(a: Level, b: Level) -> f64 {
    steps(b) - steps(a)
}

/// Cohen's kappa with quadratic weights (Cohen 1968): one minus the mean squared distance over the one expected when the
/// same levels meet by chance. Quadratic, because a slip by two levels is worse than two slips by one, and because it is
/// then an intraclass correlation (Fleiss and Cohen 1973). `None` without pairs or without any variation.
pub fn weighted_kappa(pairs: &[(Level, Level)]) -> Option<f64> {
    let observed = mean(pairs.iter().map(|(a, b)| gap(*a, *b).powi(2)))?;
    let share = |of: &dyn Fn(&(Level, Level)) -> bool| {
        pairs.iter().filter(|pair| of(pair)).count() as f64 / pairs.len() as f64
    };
    let mut expected = 0.0;
    for a in Level::ALL {
        for b in Level::ALL {
            expected += share(&|pair| pair.0 == a) * share(&|pair| pair.1 == b) * gap(a, b).powi(2);
        }
    }
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// Two-sided 95 % quantile of Student's t. The root mean square of `n` differences is itself uncertain; with this factor
/// in place of 1.96 the band holds the next difference with 95 % also when `n` is small (the limits of agreement of
/// Bland and Altman 1986, with no shift expected, as a prediction interval). Takes are counted, not levels: levels of
/// one sitting are not independent. Beyond 20 the value for 20 stays, on the safe side.
fn student(n: usize) -> f64 {
    const QUANTILES: [f64; 20] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
        2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    ];
    QUANTILES[n.clamp(1, QUANTILES.len()) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::tests::{judged, take};
    use Level::{Junior, Mid, Senior, Staff};

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
    }

    /// A take graded twice: on its day, and blind two days later.
    fn twice(question: &str, before: &[Level], later: &[Level]) -> JudgedTake {
        let named = |levels: &[Level]| -> Vec<(&'static str, Level)> {
            ["a", "b", "c"].into_iter().zip(levels.iter().copied()).collect()
        };
        take(
            question,
            0,
            vec![judged(GradeKind::First, 0, &named(before)), judged(GradeKind::Later, 2, &named(later))],
        )
    }

    #[test]
    fn two_regrades_are_not_enough_and_three_are() {
        let all = [twice("p", &[Mid], &[Mid]), twice("q", &[Mid], &[Senior]), twice("r", &[Mid], &[Mid])];
        let two = noise(&all[..2]);
        assert_eq!((two.takes, two.pairs, two.known), (2, 2, None));
        assert!(noise(&all).known.is_some());
    }

    #[test]
    fn worked_by_hand() {
        // Pairs (before, later): (Mid, Senior) (Senior, Senior) (Junior, Mid) (Staff, Senior) (Mid, Mid) (Junior, Senior).
        // Differences 1 0 1 −1 0 2. Same: 2 of 6. Within one: 5 of 6. Mean square: (1+0+1+1+0+4)/6 = 7/6.
        // Chance: before Junior 2/6, Mid 2/6, Senior 1/6, Staff 1/6; later Mid 2/6, Senior 4/6.
        //   Mid later (d² = 1 0 1 4):    2/6·(2·1 + 2·0 + 1·1 + 1·4)/6 = 2/6 · 7/6 = 14/36
        //   Senior later (d² = 4 1 0 1): 4/6·(2·4 + 2·1 + 1·0 + 1·1)/6 = 4/6 · 11/6 = 44/36
        //   together 58/36. Kappa = 1 − (7/6)/(58/36) = 1 − 42/58 = 16/58.
        // Band: t for 3 takes is 3.182; 3.182 · √(7/6) = 3.4369…
        let takes = [
            twice("p", &[Mid, Senior, Junior], &[Senior, Senior, Mid]),
            twice("q", &[Staff, Mid], &[Senior, Mid]),
            twice("r", &[Junior], &[Senior]),
        ];
        let found = noise(&takes);
        assert_eq!((found.takes, found.pairs), (3, 6));
        let known = found.known.unwrap();
        close(known.same, 2.0 / 6.0);
        close(known.within_one, 5.0 / 6.0);
        close(known.kappa.unwrap(), 16.0 / 58.0);
        close(known.band, 3.182 * (7.0_f64 / 6.0).sqrt());
    }

    /// Expected values computed by scikit-learn 1.9.1: `cohen_kappa_score(a, b, weights="quadratic", labels=[0, 1, 2, 3])`,
    /// levels as digits, Junior 0.
    #[test]
    fn weighted_kappa_agrees_with_scikit_learn() {
        let level = |digit: u8| Level::ALL[usize::from(digit - b'0')];
        for (a, b, expected) in KAPPA {
            let pairs: Vec<_> = a.bytes().zip(b.bytes()).map(|(a, b)| (level(a), level(b))).collect();
            close(weighted_kappa(&pairs).unwrap(), *expected);
        }
    }

    const KAPPA: &[(&str, &str, f64)] = &[
        ("032001322023", "031002322033", 0.916_666_666_667),
        ("20320232301200123102132200102213", "10320332301300223101122210101222", 0.864_406_779_661),
        (
            "0310333033230123310002212322333233313323",
            "0311233232230123312002113323133231313323",
            0.765_957_446_809,
        ),
        (
            "330010123301133332302222002223332001101220013201031330102011",
            "310230003301003333301233003320320001101220113300331300030021",
            0.543_454_345_435,
        ),
    ];

    #[test]
    fn kappa_says_nothing_where_every_grade_is_the_same() {
        assert_eq!(weighted_kappa(&[]), None);
        assert_eq!(weighted_kappa(&[(Mid, Mid); 40]), None);
        close(weighted_kappa(&[(Mid, Senior), (Senior, Mid)]).unwrap(), -1.0);
    }

    #[test]
    fn perfect_agreement_still_leaves_the_width_of_a_rounding() {
        let steady: Vec<_> =
            (0..30).map(|n| twice(&format!("q{n}"), &[Mid, Senior], &[Mid, Senior])).collect();
        close(noise(&steady).band().unwrap(), NARROWEST);
        close(NARROWEST, 1.96 * (2.0_f64 / 12.0).sqrt());
    }

    #[test]
    fn what_is_not_a_blind_regrade_of_another_day_does_not_count() {
        let mut same_day = twice("p", &[Mid], &[Junior]);
        same_day.grades[1].day = same_day.grades[0].day;
        let mut ticked = twice("q", &[Mid], &[Junior]);
        ticked.grades[1].unticked = false;
        let mut peer = twice("r", &[Mid], &[Junior]);
        peer.grades[1].kind = GradeKind::Peer;
        assert_eq!(noise(&[same_day, ticked, peer]).takes, 0);
    }

    #[test]
    fn a_take_counts_once_against_the_grade_that_counted_then() {
        let mut one = twice("q", &[Mid], &[Junior]);
        one.grades.insert(1, judged(GradeKind::Second, 0, &[("a", Senior)]));
        one.grades.push(judged(GradeKind::Later, 9, &[("a", Staff)]));
        assert_eq!(regrade(&one), [(Senior, Junior)]);
    }
}
