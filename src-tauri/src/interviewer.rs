//! The peer on the other side: a second window that sees what the candidate's must not.

use crate::browse::signal_view;
use crate::failure::{Code, Failure, Outcome};
use crate::review::{levels_of, signals, with_ticks};
use crate::state::Aloud;
use crate::views::asked::Phase;
use crate::views::revealed::Revealed;
use crate::views::scorecard::InterviewerView;
use crate::views::takes::GradeInput;
use aloud_practice::{Grade, GradeKind};

/// A name is at most this long, in characters.
const LONGEST_NAME: usize = 60;

/// What the interviewer sees now.
pub fn view(aloud: &Aloud) -> Outcome<InterviewerView> {
    let interview = aloud.conductor.view();
    let after =
        interview.as_ref().filter(|view| matches!(view.phase, Phase::Between | Phase::Over | Phase::Paused));
    let take = match after.and_then(|view| view.take.as_deref()) {
        Some(take) => aloud.shelf.with(|library| library.take(take))?,
        None => None,
    };
    let pack = aloud.conductor.pack();
    let question = match (&take, &interview) {
        (Some(take), _) => Some(take.question.clone()),
        (None, Some(view)) => view.asked.as_ref().map(|asked| asked.id.clone()),
        (None, None) => None,
    };
    let found = match (&pack, &question) {
        (Some(pack), Some(question)) => aloud.shelf.question(pack, question),
        _ => None,
    };
    let signals = match (&pack, &found) {
        (Some(pack), Some(question)) => signals(aloud, pack, question).iter().map(signal_view).collect(),
        _ => Vec::new(),
    };
    let graded_by = match &take {
        Some(take) => {
            let grades = aloud.shelf.with(|library| library.grades(&take.id))?;
            grades.into_iter().filter_map(|stored| stored.grade.by).collect()
        }
        None => Vec::new(),
    };
    Ok(InterviewerView {
        sealed: found.as_ref().map(Revealed::of),
        signals,
        take_title: take.as_ref().map(|take| take.title.clone()).unwrap_or_default(),
        take: take.filter(|take| take.progress.spoken).map(|take| take.id),
        graded_by,
        interview,
    })
}

/// Stores the interviewer's grade, under their name and apart from the candidate's.
pub fn grade(aloud: &Aloud, take: &str, name: &str, input: &GradeInput) -> Outcome<InterviewerView> {
    let name = name.trim();
    let refused = |sentence: &str| Err(Failure::coded(Code::Refused, sentence));
    match name.chars().count() {
        0 => return refused("Write your name, so that the candidate knows whose grade this is."),
        1..=LONGEST_NAME => {}
        _ => return refused(&format!("A name has at most {LONGEST_NAME} characters. Write a shorter one.")),
    }
    let stored = aloud.shelf.with(|library| library.take(take))?.ok_or_else(|| Failure::not_found("take"))?;
    let question =
        aloud.shelf.question(&stored.pack, &stored.question).ok_or_else(|| Failure::not_found("question"))?;
    let question = &question;
    let levels = levels_of(input, &signals(aloud, &stored.pack, question));
    let grade = Grade { by: Some(name.to_owned()), ..with_ticks(GradeKind::Peer, levels, input, question) };
    aloud.shelf.with(|library| library.add_grade(take, &grade, aloud.wall.now()))?;
    view(aloud)
}
