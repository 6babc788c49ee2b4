//! Takes as the window reviews them: listen, note, grade, reveal.

mod anchor;
pub(crate) mod delivery;
mod key_point;
mod list;
mod pad;
mod sound;

pub use anchor::{pin as pin_anchor, remove as remove_anchor, restore as restore_anchor};
pub use delivery::{pairs as delivery_pairs, pauses};
pub(crate) use key_point::moments as key_point_moments;
pub use key_point::pin as pin_key_point;
pub use list::{between, rows, takes};
pub use pad::history as pad_history;
pub use sound::{GapMark, peaks, sound};

use crate::browse::{asked, signal_view};
use crate::failure::{Code, Failure, Outcome};
use crate::state::Aloud;
use crate::views::asked::Asked;
use crate::views::revealed::Revealed;
use crate::views::takes::{GradeInput, GradeView, MarkKind, MarkView, NoteView, TakeView};
use aloud_library::{Note, StoredGrade, StoredMark, StoredTake};
use aloud_packs::render;
use aloud_practice::grade::{may_grade, may_reveal, next_kind};
use aloud_practice::pack::{Kind, Question, Signal};
use aloud_practice::score::counting;
use aloud_practice::session::{Mark, SessionKind};
use aloud_practice::{Grade, GradeKind, Level};
use list::row;
use std::collections::BTreeMap;

/// A note is at most this long, in characters.
const LONGEST_NOTE: usize = 2_000;

/// A take as it is stored.
pub(crate) fn stored(aloud: &Aloud, take: &str) -> Outcome<StoredTake> {
    aloud.shelf.with(|library| library.take(take))?.ok_or_else(|| Failure::not_found("take"))
}

/// Whether the sound of a take is there.
pub(crate) fn has_sound(aloud: &Aloud, take: &str) -> Outcome<bool> {
    aloud.shelf.with(|library| Ok(library.has_sound(take)))
}

/// The marks and notes of a take, in order.
pub(crate) fn timeline(aloud: &Aloud, take: &str) -> Outcome<(Vec<MarkView>, Vec<NoteView>)> {
    let (marks, notes) =
        aloud.shelf.with(|library| Ok((library.marks::<Mark>(take)?, library.notes(take)?)))?;
    let marks = marks.iter().map(mark_view).chain(sound::gaps(aloud, take)?).collect();
    Ok((marks, notes.iter().map(note_view).collect()))
}

/// One take to review.
pub fn take(aloud: &Aloud, id: &str, blind: bool) -> Outcome<TakeView> {
    let take = stored(aloud, id)?;
    if take.deleted {
        let say =
            "This take was deleted. As long as it is in the trash, it comes back from there: open Library.";
        return Err(Failure::coded(Code::NotFound, say));
    }
    aloud.reviewing(Some(id));
    let question = aloud.shelf.question(&take.pack, &take.question);
    let question = question.as_ref();
    let pack = aloud.shelf.pack(&take.pack).ok();
    let pack = pack.as_deref();
    let (marks, notes) = timeline(aloud, id)?;
    let (grades, others, session) = aloud.shelf.with(|library| {
        Ok((
            library.grades(id)?,
            library.takes_of(&take.pack, &take.question)?,
            library.session(&take.session)?,
        ))
    })?;
    let sibling = pack.and_then(|pack| pack.sibling(&take.question));
    let siblings = match sibling.filter(|_| !blind) {
        Some(sibling) => aloud.shelf.with(|library| library.takes_of(&take.pack, &sibling.id))?,
        None => Vec::new(),
    };
    let in_session = aloud.shelf.with(|library| library.takes_in(&take.session))?;
    let next_take =
        in_session.iter().find(|other| other.id != take.id && other.is_listed() && !other.progress.first);
    let others: Vec<StoredTake> = others.into_iter().filter(|other| other.id != take.id).collect();
    let signals = question.map(|question| signals(aloud, &take.pack, question)).unwrap_or_default();
    let pad_text = pad::text(aloud, id)?;
    // While grading blind, neither the model answer nor an old judgement may colour the new one.
    let revealed = question.filter(|_| take.progress.revealed && !blind).map(Revealed::of);
    // A peer's judgement must not colour the person's first one either.
    let peers = take.progress.first;
    let shown: Vec<StoredGrade> =
        grades.iter().filter(|stored| !blind && (peers || stored.grade.by.is_none())).cloned().collect();
    let mut row = row(aloud, &take);
    if blind {
        row.when.clear();
        row.grade = None;
    }
    Ok(TakeView {
        asked: match (pack, question) {
            (Some(pack), Some(question)) => asked(pack, question),
            _ => gone(&take),
        },
        target: pack.map_or(Level::Senior, |pack| pack.target),
        signals: signals.iter().map(signal_view).collect(),
        marks,
        notes: if blind { Vec::new() } else { notes },
        grades: shown.iter().map(|grade| grade_view(aloud, grade, take.progress.revealed)).collect(),
        next_grade: if blind { GradeKind::Later } else { next_kind(take.progress) },
        revealed,
        others: if blind { Vec::new() } else { rows(aloud, &others) },
        siblings: rows(aloud, &siblings),
        anchors: anchor::of(aloud, &take.pack, &signals)?,
        key_point_moments: match question.filter(|_| !blind) {
            Some(question) => key_point::moments(aloud, &take, question)?,
            None => Vec::new(),
        },
        remarks: remarks(&take, question.is_some()),
        has_sound: has_sound(aloud, id)?,
        blind,
        next_take: next_take.map(|next| next.id.clone()),
        has_scorecard: session.is_some_and(|session| !matches!(session.kind, SessionKind::Drill)),
        difference: Vec::new(),
        session: take.session.clone(),
        pad_text,
        delivery: delivery::view(aloud, id)?,
        row,
    })
}

/// A question whose pack is gone is shown as it was asked.
fn gone(take: &StoredTake) -> Asked {
    Asked {
        id: take.question.clone(),
        title: take.title.clone(),
        prompt_html: render::html(&take.prompt),
        depth: None,
        kind: Kind::Concept,
        minutes: None,
        signals: Vec::new(),
    }
}

/// The signals a question is graded on.
pub(crate) fn signals(aloud: &Aloud, pack: &str, question: &Question) -> Vec<Signal> {
    let Ok(pack) = aloud.shelf.pack(pack) else { return Vec::new() };
    let mut signals: Vec<&Signal> = question.signals.iter().filter_map(|id| pack.signal(id)).collect();
    // Every spoken answer shows how it was spoken.
    if let Some(communication) =
        pack.signal("communication").filter(|found| !question.signals.contains(&found.id))
    {
        signals.push(communication);
    }
    signals.into_iter().cloned().collect()
}

fn remarks(take: &StoredTake, known: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    let Some(end) = take.end else { return remarks };
    if end.repaired {
        remarks.push(
            "Aloud was closed while this was recorded. Everything up to about the last second is here."
                .into(),
        );
    }
    if end.lost_frames > 0 {
        let seconds = end.lost_frames as f64 / f64::from(take.sample_rate);
        remarks.push(format!(
            "{seconds:.1} s of sound were lost while recording; silence stands in their place."
        ));
    }
    if !known {
        remarks.push(
            "The question is no longer in its pack, so there is no rubric or model answer to show.".into(),
        );
    }
    remarks
}

fn mark_view(mark: &StoredMark<Mark>) -> MarkView {
    let (kind, label) = match mark.mark {
        Mark::Probe { index } => (MarkKind::Probe, format!("probe {}", index + 1)),
        Mark::OneMinute => (MarkKind::OneMinute, "one minute left".into()),
        Mark::TimeUp => (MarkKind::TimeUp, "time up".into()),
    };
    MarkView { at_s: mark.moment_ms as f64 / 1_000.0, kind, label }
}

fn note_view(note: &Note) -> NoteView {
    NoteView {
        id: note.id.clone(),
        at_s: note.moment_ms.map(|ms| ms as f64 / 1_000.0),
        text: note.text.clone(),
    }
}

/// What was ticked is in the words of the model answer: before the reveal nobody's ticks are told.
fn grade_view(aloud: &Aloud, stored: &StoredGrade, revealed: bool) -> GradeView {
    let ticked = |texts: &[String]| if revealed { texts.to_vec() } else { Vec::new() };
    GradeView {
        kind: stored.grade.kind,
        by: stored.grade.by.clone(),
        when: aloud.wall.tell(stored.at),
        levels: stored.grade.levels.clone(),
        heard: ticked(&stored.grade.heard),
        missed: ticked(&stored.grade.missed),
        flags: ticked(&stored.grade.flags),
    }
}

/// Writes a note.
pub fn add_note(aloud: &Aloud, take: &str, at_s: Option<f64>, text: &str) -> Outcome<NoteView> {
    let text = note_text(text)?;
    let take = stored(aloud, take)?;
    let moment_ms = at_s.map(|at| (at.clamp(0.0, take.seconds()) * 1_000.0).round() as u64);
    let note = aloud.shelf.with(|library| library.add_note(&take.id, moment_ms, text, aloud.wall.now()))?;
    Ok(note_view(&note))
}

/// Changes a note's wording.
pub fn edit_note(aloud: &Aloud, note: &str, text: &str) -> Outcome<NoteView> {
    let text = note_text(text)?;
    Ok(note_view(&aloud.shelf.with(|library| library.edit_note(note, text, aloud.wall.now()))?))
}

fn note_text(text: &str) -> Outcome<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Failure::coded(Code::Refused, "A note needs a few words.")),
        length if length > LONGEST_NOTE => {
            Err(Failure::coded(Code::Refused, format!("A note holds at most {LONGEST_NOTE} characters.")))
        }
        _ => Ok(text),
    }
}

/// Takes a note away.
pub fn delete_note(aloud: &Aloud, note: &str) -> Outcome<()> {
    aloud.shelf.with(|library| library.set_note_gone(note, true, aloud.wall.now())).map(drop)
}

/// Brings a note back.
pub fn restore_note(aloud: &Aloud, note: &str) -> Outcome<NoteView> {
    let note = aloud.shelf.with(|library| library.set_note_gone(note, false, aloud.wall.now()))?;
    Ok(note_view(&note))
}

/// Stores a grade; its kind follows from what has happened to the take.
pub fn grade(aloud: &Aloud, id: &str, input: &GradeInput, blind: bool) -> Outcome<TakeView> {
    let take_row = stored(aloud, id)?;
    let question = aloud.shelf.question(&take_row.pack, &take_row.question);
    let question = question.as_ref();
    let known = question.map(|question| signals(aloud, &take_row.pack, question)).unwrap_or_default();
    let levels = levels_of(input, &known);
    let kind = if blind { GradeKind::Later } else { next_kind(take_row.progress) };
    let ticked = question.filter(|_| take_row.progress.revealed && !blind && kind != GradeKind::First);
    let grade = match ticked {
        Some(question) => with_ticks(kind, levels, input, question),
        None => Grade { kind, by: None, levels, heard: vec![], missed: vec![], flags: vec![] },
    };
    may_grade(take_row.progress, &grade)?;
    aloud.shelf.with(|library| library.add_grade(id, &grade, aloud.wall.now()))?;
    let mut view = take(aloud, id, false)?;
    if blind {
        view.difference = difference(aloud, id, &known)?;
    }
    Ok(view)
}

/// The levels that were given, of the signals the question is graded on.
pub(crate) fn levels_of(input: &GradeInput, signals: &[Signal]) -> BTreeMap<String, Level> {
    let mut levels = input.levels.clone();
    levels.retain(|id, _| signals.iter().any(|signal| signal.id == *id));
    levels
}

/// How the newest grade differs from the one that counted before it.
fn difference(aloud: &Aloud, id: &str, signals: &[Signal]) -> Outcome<Vec<String>> {
    let grades: Vec<Grade> =
        aloud.shelf.with(|library| library.grades(id))?.into_iter().map(|stored| stored.grade).collect();
    let Some((now, before)) = grades.split_last() else { return Ok(Vec::new()) };
    let Some(before) = counting(before) else { return Ok(Vec::new()) };
    let both = signals
        .iter()
        .filter_map(|signal| Some((signal, *before.levels.get(&signal.id)?, *now.levels.get(&signal.id)?)));
    let both: Vec<_> = both.collect();
    let changed: Vec<String> = both
        .iter()
        .filter(|(_, before, now)| before != now)
        .map(|(signal, before, now)| format!("{}: {before} then, {now} now.", signal.name))
        .collect();
    Ok(match (both.is_empty(), changed.is_empty()) {
        (true, _) => vec!["The two grades share no signal, so they cannot be compared.".into()],
        (false, true) => vec!["Every level is the same as before.".into()],
        (false, false) => changed,
    })
}

/// A grade with what was ticked, in the pack's words.
pub(crate) fn with_ticks(
    kind: GradeKind,
    levels: BTreeMap<String, Level>,
    input: &GradeInput,
    question: &Question,
) -> Grade {
    let picked = |texts: &[String], wanted: &[u32], heard: bool| -> Vec<String> {
        let is_in = |index: usize| wanted.iter().any(|w| *w as usize == index);
        texts
            .iter()
            .enumerate()
            .filter(|(index, _)| is_in(*index) == heard)
            .map(|(_, text)| text.clone())
            .collect()
    };
    let sealed = &question.sealed;
    Grade {
        kind,
        by: None,
        levels,
        heard: picked(&sealed.key_points, &input.heard, true),
        missed: picked(&sealed.key_points, &input.heard, false),
        flags: picked(&sealed.red_flags, &input.flags, true),
    }
}

/// Shows the model answer, once the first grade is locked.
pub fn reveal(aloud: &Aloud, id: &str) -> Outcome<TakeView> {
    let stored = stored(aloud, id)?;
    may_reveal(stored.progress)?;
    if aloud.shelf.question(&stored.pack, &stored.question).is_none() {
        return Err(Failure::not_found("question"));
    }
    if !stored.progress.revealed {
        aloud.shelf.with(|library| library.add_reveal(id, aloud.wall.now()))?;
    }
    take(aloud, id, false)
}
