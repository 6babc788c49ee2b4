//! Grades: judgements of a take, never overwritten, each one knowing when and in what light it was made.

use crate::level::Level;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In what light a grade was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum GradeKind {
    /// Before the model answer was seen.
    First,
    /// After it was seen.
    Second,
    /// On a later day; blind to the earlier grades when given on the rerun day.
    Later,
    /// By somebody else.
    Peer,
}

/// One judgement: a level per signal, and what was ticked while listening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// In what light it was given.
    pub kind: GradeKind,
    /// Who gave it; `None` is the person themselves.
    pub by: Option<String>,
    /// Level by signal id.
    pub levels: BTreeMap<String, Level>,
    /// Key points heard, in the pack's words at the time.
    pub heard: Vec<String>,
    /// Key points not heard.
    pub missed: Vec<String>,
    /// Red flags heard.
    pub flags: Vec<String>,
}

/// What has happened to a take so far, as far as it decides what may be shown or done next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// At least one sample was recorded.
    pub spoken: bool,
    /// A first grade is locked.
    pub first: bool,
    /// The model answer was shown for this take.
    pub revealed: bool,
    /// A second grade is stored.
    pub second: bool,
}

/// Why a grade or a reveal is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no recorded answer yet.
    NotSpoken,
    /// The first grade has not been given.
    FirstMissing,
    /// The first grade is locked.
    FirstLocked,
    /// The model answer has not been seen.
    NotRevealed,
    /// A grade needs at least one level.
    Empty,
}

impl Refusal {
    /// The refusal as a sentence for the person.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotSpoken => "Nothing has been recorded for this question yet. Answer it first.",
            Self::FirstMissing => "Give your first grade before you see the model answer.",
            Self::FirstLocked => "Your first grade is locked. After the model answer you can grade again.",
            Self::NotRevealed => "See the model answer first; the second grade comes after it.",
            Self::Empty => "Choose a level for at least one signal.",
        }
    }
}

/// May the model answer be shown for this take?
pub fn may_reveal(progress: Progress) -> Result<(), Refusal> {
    match progress {
        Progress { spoken: false, .. } => Err(Refusal::NotSpoken),
        Progress { first: false, .. } => Err(Refusal::FirstMissing),
        _ => Ok(()),
    }
}

/// May a grade be stored for this take? `first` comes once and before the reveal; `second` after it; `later` after `second`-time
/// reflection or a reveal; a peer may grade any spoken take at any time.
pub fn may_grade(progress: Progress, grade: &Grade) -> Result<(), Refusal> {
    if grade.levels.is_empty() {
        return Err(Refusal::Empty);
    }
    if !progress.spoken {
        return Err(Refusal::NotSpoken);
    }
    match grade.kind {
        GradeKind::First if progress.first || progress.revealed => Err(Refusal::FirstLocked),
        GradeKind::Second | GradeKind::Later if !progress.first => Err(Refusal::FirstMissing),
        GradeKind::Second if !progress.revealed => Err(Refusal::NotRevealed),
        _ => Ok(()),
    }
}

/// The kind the person's next own grade has, from what has happened so far.
pub fn next_kind(progress: Progress) -> GradeKind {
    match progress {
        Progress { first: false, .. } => GradeKind::First,
        Progress { second: false, .. } => GradeKind::Second,
        _ => GradeKind::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade(kind: GradeKind) -> Grade {
        let levels = BTreeMap::from([("go-depth".to_owned(), Level::Mid)]);
        Grade { kind, by: None, levels, heard: vec![], missed: vec![], flags: vec![] }
    }

    #[test]
    fn the_answer_stays_hidden_until_spoken_and_graded() {
        let mut progress = Progress::default();
        assert_eq!(may_reveal(progress), Err(Refusal::NotSpoken));
        progress.spoken = true;
        assert_eq!(may_reveal(progress), Err(Refusal::FirstMissing));
        progress.first = true;
        assert_eq!(may_reveal(progress), Ok(()));
    }

    #[test]
    fn the_first_grade_is_given_once_and_locks() {
        let spoken = Progress { spoken: true, ..Progress::default() };
        assert_eq!(may_grade(spoken, &grade(GradeKind::First)), Ok(()));
        let graded = Progress { first: true, ..spoken };
        assert_eq!(may_grade(graded, &grade(GradeKind::First)), Err(Refusal::FirstLocked));
        assert_eq!(may_grade(graded, &grade(GradeKind::Second)), Err(Refusal::NotRevealed));
        let revealed = Progress { revealed: true, ..graded };
        assert_eq!(may_grade(revealed, &grade(GradeKind::Second)), Ok(()));
    }

    #[test]
    fn a_grade_without_levels_is_refused() {
        let spoken = Progress { spoken: true, ..Progress::default() };
        let mut empty = grade(GradeKind::Peer);
        empty.levels.clear();
        assert_eq!(may_grade(spoken, &empty), Err(Refusal::Empty));
    }
}
