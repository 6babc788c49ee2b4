//! What the history says, in sentences: true of an empty one, of one take, of three and of a year.

use super::noise::{Noise, TAKES_NEEDED};
use super::steps;
use super::trend::{Claim, RUNS_NEEDED, Trend};
use crate::level::Level;

/// What there is to speak of.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// Takes with sound.
    pub spoken: usize,
    /// Takes with a grade of the person's own.
    pub graded: usize,
    /// The person's grading noise.
    pub noise: Noise,
    /// Each signal's name and trend, in the rubric's order.
    pub signals: Vec<(&'a str, Trend)>,
}

/// One to three sentences: where one stands, and what to do to know more.
pub fn overview(known: &Known<'_>) -> String {
    let runs = known.signals.iter().map(|(_, trend)| trend.runs).max().unwrap_or(0);
    match (known.spoken, known.graded, runs) {
        (0, ..) => format!(
            "Nothing is recorded yet. From {RUNS_NEEDED} graded runs on, this page can tell a change from chance."
        ),
        (spoken, 0, _) => format!(
            "{} and not graded yet. Listen to one and grade it: progress is read from grades.",
            counted(spoken, "take is recorded", "takes are recorded")
        ),
        (_, _, runs) if runs < RUNS_NEEDED => format!(
            "{} so far. One run is mostly chance: from {RUNS_NEEDED} runs of a signal on, a change can be looked for. {}",
            counted(runs, "graded run", "graded runs"),
            noise(&known.noise)
        ),
        _ if known.noise.known.is_none() => format!(
            "{} so far, enough to see where you stand, not yet whether that changed. {}",
            counted(runs, "graded run", "graded runs"),
            noise(&known.noise)
        ),
        _ => told(known),
    }
}

fn told(known: &Known<'_>) -> String {
    let named = |claim: Claim| -> Vec<&str> {
        known.signals.iter().filter(|(_, trend)| trend.claim == claim).map(|(name, _)| *name).collect()
    };
    let (improved, slipped, same) =
        (named(Claim::Improved), named(Claim::Slipped), named(Claim::WithinNoise));
    let mut sentences = Vec::new();
    if !improved.is_empty() {
        sentences.push(format!("Improved by more than your own grading noise: {}.", list(&improved)));
    }
    if !slipped.is_empty() {
        sentences.push(format!("Slipped by more than it: {}.", list(&slipped)));
    }
    if improved.is_empty() && slipped.is_empty() {
        sentences.push("No signal has changed by more than your own grading noise.".to_owned());
    } else if !same.is_empty() {
        sentences.push(format!(
            "{} no change that can be told from chance.",
            counted(same.len(), "signal shows", "signals show")
        ));
    }
    sentences.join(" ")
}

/// What is known of the noise, and what would make it known.
pub fn noise(noise: &Noise) -> String {
    match noise.known {
        None => format!(
            "Your own grading noise is not known yet, {} of {TAKES_NEEDED}: on a later day, grade a take again blind from Today.",
            noise.takes
        ),
        Some(known) => format!(
            "Graded again blind, {} came within one level in {:.0} % of {} levels. A change counts from more than {:.1} levels on.",
            counted(noise.takes, "take", "takes"),
            known.within_one * 100.0,
            noise.pairs,
            known.band
        ),
    }
}

/// What may be said of one subject.
pub fn sentence(trend: &Trend, noise: &Noise) -> String {
    let (Some(start), Some(now)) = (trend.start, trend.now) else {
        return "Not graded yet.".into();
    };
    let ends = match trend.at_each_end {
        1 => format!("the first run showed {}, the latest {}", level(start), level(now)),
        runs => format!("the first {runs} runs average {}, the latest {runs} {}", level(start), level(now)),
    };
    let band = noise.band().unwrap_or_default();
    let change = (now - start).abs();
    match trend.claim {
        Claim::TooFewRuns => format!(
            "{} of {RUNS_NEEDED} runs: {}. Too few to speak of a change.",
            trend.runs,
            match trend.runs {
                1 => level(start),
                _ => format!("first {}, then {}", level(start), level(now)),
            }
        ),
        Claim::NoiseUnknown => format!(
            "Over {} runs {ends}. Whether that is more than your own grading noise is not known yet, {} of {TAKES_NEEDED} takes graded again blind.",
            trend.runs, noise.takes
        ),
        Claim::WithinNoise => format!(
            "No change that can be told from chance: {ends}. Up to {band:.1} levels may be your own grading noise."
        ),
        Claim::Improved => {
            format!("Improved by {change:.1} levels: {ends}. Your own grading noise is {band:.1}.")
        }
        Claim::Slipped => {
            format!("Slipped by {change:.1} levels: {ends}. Your own grading noise is {band:.1}.")
        }
    }
}

/// A mean level in words: "Mid", "Mid +0.4".
pub fn level(mean: f64) -> String {
    let tenths = (mean * 10.0).round() / 10.0;
    let below = Level::ALL.into_iter().rfind(|level| steps(*level) <= tenths).unwrap_or(Level::Junior);
    let more = tenths - steps(below);
    if more < 0.05 { below.to_string() } else { format!("{below} +{more:.1}") }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::noise::Known as Figures;
    use crate::progress::trend::trend_of;

    fn known(takes: usize) -> Noise {
        let figures = Figures { same: 0.7, within_one: 0.96, kappa: Some(0.7), band: 1.0 };
        Noise { takes, pairs: 3 * takes, known: (takes >= TAKES_NEEDED).then_some(figures) }
    }

    fn says(graded: usize, noise: Noise, signals: &[(&'static str, &[f64])]) -> String {
        let signals = signals.iter().map(|(name, levels)| (*name, trend_of(levels, &noise))).collect();
        overview(&Known { spoken: graded.max(1), graded, noise, signals })
    }

    #[test]
    fn every_length_of_history_says_something_true() {
        assert_eq!(
            overview(&Known::default()),
            "Nothing is recorded yet. From 3 graded runs on, this page can tell a change from chance."
        );
        assert_eq!(
            says(0, known(0), &[]),
            "1 take is recorded and not graded yet. Listen to one and grade it: progress is read from grades."
        );
        let one = says(1, known(0), &[("Go depth", &[1.0])]);
        assert!(one.starts_with("1 graded run so far. One run is mostly chance"), "{one}");
        assert!(one.contains("0 of 3"), "{one}");
        let three = says(3, known(2), &[("Go depth", &[1.0, 2.0, 3.0])]);
        assert!(three.starts_with("3 graded runs so far, enough to see where you stand"), "{three}");
        assert!(three.contains("2 of 3") && !three.contains("mproved"), "{three}");
        assert_eq!(
            says(
                900,
                known(20),
                &[
                    ("Go depth", &[0.0, 1.0, 2.0]),
                    ("Trade-offs", &[1.0, 1.0, 1.5]),
                    ("Ownership", &[0.0, 1.0, 3.0])
                ]
            ),
            "Improved by more than your own grading noise: Go depth and Ownership. 1 signal shows no change that can be told from chance."
        );
        assert_eq!(
            says(900, known(20), &[("Go depth", &[1.0, 1.0, 1.0])]),
            "No signal has changed by more than your own grading noise."
        );
    }

    #[test]
    fn a_subject_is_spoken_of_with_its_figures() {
        let of = |levels: &[f64], noise: Noise| sentence(&trend_of(levels, &noise), &noise);
        assert_eq!(of(&[], known(3)), "Not graded yet.");
        assert_eq!(of(&[1.0], known(3)), "1 of 3 runs: Mid. Too few to speak of a change.");
        assert_eq!(
            of(&[1.0, 2.0], known(3)),
            "2 of 3 runs: first Mid, then Senior. Too few to speak of a change."
        );
        assert_eq!(
            of(&[0.0, 1.0, 2.0], known(3)),
            "Improved by 2.0 levels: the first run showed Junior, the latest Senior. Your own grading noise is 1.0."
        );
        assert_eq!(
            of(&[1.0, 1.0, 1.5, 1.25, 1.5, 1.5], known(3)),
            "No change that can be told from chance: the first 2 runs average Mid, the latest 2 Mid +0.5. Up to 1.0 levels may be your own grading noise."
        );
    }

    #[test]
    fn a_mean_level_is_told_in_words() {
        assert_eq!(
            [0.0, 0.96, 1.04, 1.4, 2.96, 3.0].map(level),
            ["Junior", "Mid", "Mid", "Mid +0.4", "Staff", "Staff"]
        );
    }
}
