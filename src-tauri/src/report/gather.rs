//! A report is put together from library and packs.

use super::{About, FactReport, GradeReport, NoteReport, Report, SessionReport, StageLine, TakeReport};
use crate::failure::{Failure, Outcome};
use crate::figures::{length, plural};
use crate::review::delivery;
use crate::schedule::{self, History};
use crate::scorecard;
use crate::state::Aloud;
use crate::views::scorecard::Scorecard;
use crate::{figures, progress};
use aloud_audio::Delivery;
use aloud_library::{StoredGrade, StoredSession, StoredTake};
use aloud_practice::Level;
use aloud_practice::day::practice_day;
use aloud_practice::session::{Ended, Mark, SessionKind};

/// Answers below the target that a drill names for next time.
const MOST_NAMED: usize = 3;

/// Reads everything the report says.
pub fn gather(aloud: &Aloud, about: &About) -> Outcome<Report> {
    match about {
        About::Session(id) => session(aloud, id),
        About::Period(from, to) => period(aloud, *from, *to),
    }
}

fn session(aloud: &Aloud, id: &str) -> Outcome<Report> {
    let stored =
        aloud.shelf.with(|library| library.session(id))?.ok_or_else(|| Failure::not_found("session"))?;
    let card = scorecard::scorecard(aloud, id)?;
    let report = one(aloud, &stored, &card, true)?;
    let graded = report.takes.iter().filter(|take| !take.grades.is_empty()).count();
    let spoken: f64 = report.takes.iter().map(|take| take.seconds).sum();
    let mut summary = vec![format!(
        "{} answered in {}, {graded} graded.",
        plural(report.takes.len() as u64, "question"),
        length(spoken)
    )];
    let mut next = Vec::new();
    if let Some(weakest) = card.weakest.as_ref().filter(|_| !report.stages.is_empty()) {
        summary.push(format!("The weakest stage was {}. {}", weakest.stage, weakest.reason));
        next.push(format!("{}: {}", weakest.stage, card.planned.clone().unwrap_or_default()));
    } else {
        next.extend(below(&report, card.target));
    }
    if card.ungraded > 0 {
        next.push(format!("Listen to and grade {}.", plural(card.ungraded.into(), "answer")));
    }
    next.extend(card.commitments.iter().map(|one| format!("As promised: {one}")));
    if next.is_empty() {
        next.push(
            "Every answer met the target. Come back when it is due, to see whether it still does.".into(),
        );
    }
    Ok(Report {
        title: stored.title.clone(),
        about: format!("{}, {}, target {}", kind(&stored), date(aloud, stored.at), card.target),
        written: figures::date(practice_day(&aloud.wall.here())),
        target: card.target,
        summary,
        next,
        sessions: vec![report],
    })
}

fn period(aloud: &Aloud, from: jiff::civil::Date, to: jiff::civil::Date) -> Outcome<Report> {
    if from > to {
        return Err(Failure::new("The period ends before it begins. Choose the earlier day first."));
    }
    let inside = |at| (from..=to).contains(&practice_day(&aloud.wall.at(at)));
    let ids: Vec<String> = aloud.shelf.with(|library| {
        Ok(library.session_times()?.into_iter().filter(|(_, at)| inside(*at)).map(|(id, _)| id).collect())
    })?;
    let mut sessions = Vec::new();
    let mut target = None;
    for id in &ids {
        let Some(stored) = aloud.shelf.with(|library| library.session(id))? else { continue };
        // A session of a pack that is gone has no scorecard any more, but its answers are told.
        let card = scorecard::looking_back(aloud, id).ok();
        let empty = Scorecard::empty(id, &stored.title);
        let card = card.as_ref().inspect(|card| target = target.or(Some(card.target))).unwrap_or(&empty);
        let report = one(aloud, &stored, card, false)?;
        if !report.takes.is_empty() {
            sessions.push(report);
        }
    }
    if sessions.is_empty() {
        return Err(Failure::new(format!(
            "Nothing was recorded from {} to {}. Choose other days.",
            figures::date(from),
            figures::date(to)
        )));
    }
    let takes = || sessions.iter().flat_map(|session| &session.takes);
    let spoken: f64 = takes().map(|take| take.seconds).sum();
    let answers = takes().count() as u64;
    let graded = takes().filter(|take| !take.grades.is_empty()).count();
    let history = History::read(aloud)?;
    let due = schedule::plan(aloud, &history).today;
    let mut next: Vec<String> = due
        .iter()
        .filter_map(|candidate| schedule::due(aloud, candidate))
        .map(|due| format!("{} ({}): {}", due.title, due.place, due.reason))
        .collect();
    if next.is_empty() {
        next.push("Nothing is due today. A mock shows best what to work on.".into());
    }
    let title = if from == to {
        figures::date(from)
    } else {
        format!("{} to {}", figures::date(from), figures::date(to))
    };
    Ok(Report {
        title: format!("Practice, {title}"),
        about: format!(
            "{}, {}, {} spoken",
            plural(sessions.len() as u64, "session"),
            plural(answers, "answer"),
            length(spoken)
        ),
        written: figures::date(practice_day(&aloud.wall.here())),
        target: target.unwrap_or(Level::Senior),
        summary: vec![
            format!(
                "{graded} of {} graded.",
                if answers == 1 { "1 answer is".into() } else { format!("{answers} answers are") }
            ),
            format!("Up to today: {}", progress::progress(aloud, None, None)?.overview),
        ],
        next,
        sessions,
    })
}

/// Graded answers that fell below the target, lowest first.
fn below(report: &SessionReport, target: Level) -> Vec<String> {
    let lowest = report.takes.iter().filter_map(|take| {
        let own = take.grades.iter().rfind(|grade| grade.by.is_none())?;
        let (signal, level) = own.levels.iter().min_by_key(|(_, level)| *level)?;
        (*level < target).then_some((
            *level,
            format!("Answer “{}” again: {level} on {signal}, target {target}.", take.title),
        ))
    });
    let mut lowest: Vec<(Level, String)> = lowest.collect();
    lowest.sort_by_key(|(level, _)| *level);
    lowest.into_iter().take(MOST_NAMED).map(|(_, says)| says).collect()
}

fn one(aloud: &Aloud, stored: &StoredSession, card: &Scorecard, typical: bool) -> Outcome<SessionReport> {
    let takes = aloud.shelf.with(|library| library.takes_in(&stored.id))?;
    let listed = takes.iter().filter(|take| take.is_listed());
    let stages = card.stages.iter().map(|stage| StageLine {
        title: stage.title.clone(),
        spoken_s: stage.spoken_s,
        budget_s: stage.budget_s,
        heard: stage.heard.zip(stage.key_points),
        levels: stage.levels.iter().map(|level| (level.signal.clone(), level.level)).collect(),
        weakest: stage.weakest,
    });
    let drill = matches!(stored.kind, SessionKind::Drill);
    Ok(SessionReport {
        id: stored.id.clone(),
        title: stored.title.clone(),
        when: date(aloud, stored.at),
        stages: if drill { Vec::new() } else { stages.collect() },
        takes: listed.map(|take| take_report(aloud, take, typical)).collect::<Outcome<_>>()?,
        reflection: card.reflection.clone(),
        commitments: card.commitments.clone(),
    })
}

fn take_report(aloud: &Aloud, take: &StoredTake, typical: bool) -> Outcome<TakeReport> {
    let (grades, notes, marks, facts) = aloud.shelf.with(|library| {
        Ok((
            library.grades(&take.id)?,
            library.notes(&take.id)?,
            library.marks::<Mark>(&take.id)?,
            library.delivery::<Delivery>(&take.id)?,
        ))
    })?;
    let question = aloud.shelf.question(&take.pack, &take.question);
    let asked = marks.iter().filter_map(|mark| match mark.mark {
        Mark::Probe { index } => Some(question.as_ref()?.sealed.probes.get(index as usize)?.question.clone()),
        Mark::OneMinute | Mark::TimeUp => None,
    });
    // Before the first grade nobody else's may colour it, and before the reveal no tick may tell a key point.
    let shown = grades.iter().filter(|stored| take.progress.first || stored.grade.by.is_none());
    let delivery = match (facts, typical) {
        (Some(_), true) => delivery::view(aloud, &take.id)?.map(|view| view.rows).unwrap_or_default(),
        (Some(facts), false) => delivery::rows(&facts),
        (None, _) => Vec::new(),
    };
    Ok(TakeReport {
        id: take.id.clone(),
        title: take.title.clone(),
        place: take.place.clone(),
        prompt: take.prompt.clone(),
        probes: asked.collect(),
        when: moment_of(aloud, take.at),
        seconds: take.seconds(),
        budget_s: take.budget_ms as f64 / 1_000.0,
        ended: take.end.map_or("", |end| ended(end.ended)).into(),
        grades: shown.map(|stored| grade_report(aloud, take, stored)).collect(),
        notes: notes
            .into_iter()
            .map(|note| NoteReport { at_s: note.moment_ms.map(|ms| ms as f64 / 1_000.0), text: note.text })
            .collect(),
        delivery: delivery
            .into_iter()
            .filter_map(|row| Some(FactReport { name: row.name, this: row.this?, typical: row.typical }))
            .collect(),
        sound: None,
    })
}

fn grade_report(aloud: &Aloud, take: &StoredTake, stored: &StoredGrade) -> GradeReport {
    let pack = aloud.shelf.pack(&take.pack).ok();
    let name = |id: &str| pack.as_ref().map_or_else(|| id.to_owned(), |pack| pack.signal_name(id));
    let grade = &stored.grade;
    let open = |texts: &[String]| if take.progress.revealed { texts.to_vec() } else { Vec::new() };
    GradeReport {
        kind: grade.kind,
        by: grade.by.clone(),
        when: moment_of(aloud, stored.at),
        levels: grade.levels.iter().map(|(signal, level)| (name(signal), *level)).collect(),
        heard: open(&grade.heard),
        missed: open(&grade.missed),
        flags: open(&grade.flags),
    }
}

fn kind(session: &StoredSession) -> &'static str {
    match session.kind {
        SessionKind::Mock { .. } => "Mock interview",
        SessionKind::Drill => "Drill",
        SessionKind::Rerun { .. } => "Second attempt",
    }
}

fn ended(how: Ended) -> &'static str {
    match how {
        Ended::Finished => "finished",
        Ended::TimeUp => "ended by the clock",
        Ended::Interrupted => "interrupted",
        Ended::Skipped => "passed over",
        Ended::NotReached => "not reached",
    }
}

fn date(aloud: &Aloud, at: jiff::Timestamp) -> String {
    aloud.wall.at(at).strftime("%-d %B %Y, %H:%M").to_string()
}

fn moment_of(aloud: &Aloud, at: jiff::Timestamp) -> String {
    aloud.wall.at(at).strftime("%-d %b %Y, %H:%M").to_string()
}
