//! What the sample holds: one question, answered three times by a test voice and graded as a person might.
//!
//! The sounds were made by `src-tauri/sample/make`.

use crate::failure::{Failure, Outcome};
use crate::wall::Wall;
use aloud_audio::Settings;
use aloud_library::{Library, NewSession, NewTake, TakeEnd, fresh_id};
use aloud_practice::grade::GradeKind;
use aloud_practice::pack::{Pack, Question};
use aloud_practice::session::{Ended, Event, Plan, SessionKind, State, step};
use aloud_practice::{Grade, Level};
use jiff::{Timestamp, ToSpan as _};
use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// The question that is answered.
const QUESTION: &str = "data-race-vs-race-condition";

use Level::{Junior, Mid, Senior};

/// One of the three answers, and what the person who listened made of it.
struct Answer {
    sound: &'static [u8],
    days_ago: i64,
    /// Levels of the first, the second and the later grade: Go depth, communication.
    grades: [[Level; 2]; 3],
    /// Numbers of the key points that are heard, with the second each is said at.
    heard: &'static [(usize, f64)],
    /// Numbers of the red flags that are heard.
    flags: &'static [usize],
    /// Second and text.
    notes: &'static [(f64, &'static str)],
}

const ANSWERS: [Answer; 3] = [
    Answer {
        sound: include_bytes!("../../sample/first.flac"),
        days_ago: 9,
        grades: [[Mid, Mid], [Junior, Mid], [Junior, Junior]],
        heard: &[(0, 9.8)],
        flags: &[1],
        notes: &[
            (5.1, "“Almost the same thing”: the question was how they differ"),
            (19.9, "More than two seconds of nothing. I was looking for an example"),
            (22.6, "Says the detector proves the code correct"),
        ],
    },
    Answer {
        sound: include_bytes!("../../sample/second.flac"),
        days_ago: 6,
        grades: [[Senior, Mid], [Mid, Mid], [Mid, Mid]],
        heard: &[(0, 3.2), (1, 11.9), (2, 18.2)],
        flags: &[],
        notes: &[
            (3.2, "Definition first, in one breath. Good"),
            (30.8, "Stops where the trade-off should begin"),
        ],
    },
    Answer {
        sound: include_bytes!("../../sample/third.flac"),
        days_ago: 2,
        grades: [[Senior, Senior], [Senior, Senior], [Senior, Mid]],
        heard: &[(0, 4.2), (1, 11.5), (2, 16.4), (3, 36.5), (4, 36.5), (5, 23.8)],
        flags: &[],
        notes: &[
            (16.4, "The example comes without being asked for"),
            (31.1, "How I would find it: this was missing before"),
        ],
    },
];

/// Makes the sample in this folder, which is not there yet.
pub(super) fn make(folder: &Path, packs: &[Arc<Pack>], wall: &Wall) -> Outcome<Library> {
    let pack = packs.iter().find(|pack| pack.question(QUESTION).is_some());
    let found = pack.and_then(|pack| Some((pack, pack.question(QUESTION)?)));
    let (pack, question) = found
        .ok_or_else(|| Failure::new("The sample needs the Senior Go Backend pack, which is not there."))?;
    let mut library = Library::open(folder)?;
    let mut takes = Vec::new();
    for (at, answer) in ANSWERS.iter().enumerate() {
        takes.push(add(&mut library, pack, question, wall, answer, at > 0)?);
    }
    // Graded once more on a later day, without seeing the earlier grades.
    for (answer, take) in ANSWERS.iter().zip(&takes) {
        let at = past(wall, answer.days_ago - 1)?;
        library.add_grade(take, &grade(GradeKind::Later, answer, question), at)?;
    }
    let [_, second, third] = &takes[..] else { return Ok(library) };
    let today = past(wall, 1)?;
    let ms = |seconds: f64| (seconds * 1_000.0) as u64;
    library.pin_anchor(third, "communication", Senior, Some(ms(16.4)..ms(27.9)), today)?;
    library.add_note(second, None, "Better than the first, and it still ends in the middle", today)?;
    library.carry_forward(&pack.id, QUESTION, "Say how I would find it before I am asked", today)?;
    Ok(library)
}

fn past(wall: &Wall, days: i64) -> Outcome<Timestamp> {
    wall.here().checked_sub(days.days()).map(|at| at.timestamp()).map_err(Failure::new)
}

/// One answer as a session of its own: recorded, graded, revealed, graded again, with notes.
fn add(
    library: &mut Library,
    pack: &Pack,
    question: &Question,
    wall: &Wall,
    answer: &Answer,
    rerun: bool,
) -> Outcome<String> {
    let at = past(wall, answer.days_ago)?;
    let place = format!("Sample · {}", crate::browse::place(pack, QUESTION));
    let drill = Plan::drill(&place, [question]);
    let kind = if rerun { SessionKind::Rerun { of: QUESTION.into() } } else { SessionKind::Drill };
    let plan = Plan { kind, ..drill };
    let session =
        library.begin_session(&NewSession { pack: &pack.id, plan: &plan }, &State::new(plan.clone()), at)?;

    let take = fresh_id();
    let wav = library.sound_file(&take);
    let flac = wav.with_extension("flac");
    fs::write(&flac, answer.sound).map_err(Failure::new)?;
    aloud_audio::write_wav(&flac, &wav, &mut |_, _| ControlFlow::Continue(())).map_err(Failure::new)?;
    fs::remove_file(&flac).map_err(Failure::new)?;
    let facts = aloud_audio::analyze(&wav, Settings::default()).map_err(Failure::new)?;
    let new = NewTake {
        id: &take,
        session: &session,
        pack: &pack.id,
        question: QUESTION,
        stage: QUESTION,
        title: &question.title,
        place: &place,
        prompt: &question.prompt,
        budget_ms: u64::from(question.seconds.unwrap_or_default()) * 1_000,
        sample_rate: RATE,
    };
    library.begin_take(&new, at)?;
    let frames = (facts.duration_s * f64::from(RATE)).round() as u64;
    library.end_take(
        &take,
        TakeEnd { ended: Ended::Finished, frames, lost_frames: 0, repaired: false },
        at,
    )?;
    library.add_delivery(&take, &facts.method, &facts, at)?;
    library.save_session(&session, &over(plan, &take, (facts.duration_s * 1_000.0) as u64), at)?;

    for (seconds, text) in answer.notes {
        library.add_note(&take, Some((seconds * 1_000.0) as u64), text, at)?;
    }
    library.add_grade(&take, &grade(GradeKind::First, answer, question), at)?;
    library.add_reveal(&take, at)?;
    library.add_grade(&take, &grade(GradeKind::Second, answer, question), at)?;
    for (index, seconds) in answer.heard {
        if let Some(point) = question.sealed.key_points.get(*index) {
            library.pin_key_point(&take, point, Some((seconds * 1_000.0) as u64), at)?;
        }
    }
    Ok(take)
}

/// Samples a second of the sounds.
const RATE: u32 = 16_000;

/// How the session stood at its end, by the rules of every session.
fn over(plan: Plan, take: &str, ms: u64) -> State {
    let events = [
        Event::Begin { take: take.into() },
        Event::FirstSample { take: take.into() },
        Event::Samples { take: take.into(), ms },
        Event::End,
        Event::Closed { take: take.into(), ms },
        Event::Next,
    ];
    events.iter().fold(State::new(plan), |state, event| step(&state, event, ms).state)
}

fn grade(kind: GradeKind, answer: &Answer, question: &Question) -> Grade {
    let [first, second, later] = answer.grades;
    let levels = match kind {
        GradeKind::First => first,
        GradeKind::Second | GradeKind::Peer => second,
        GradeKind::Later => later,
    };
    let ticked = kind == GradeKind::Second;
    let points = |heard: bool| -> Vec<String> {
        let points = question.sealed.key_points.iter().enumerate();
        let wanted = points
            .filter(|(index, _)| ticked && answer.heard.iter().any(|(known, _)| known == index) == heard);
        wanted.map(|(_, text)| text.clone()).collect()
    };
    let flags =
        answer.flags.iter().filter(|_| ticked).filter_map(|index| question.sealed.red_flags.get(*index));
    Grade {
        kind,
        by: None,
        levels: BTreeMap::from([("go-depth".to_owned(), levels[0]), ("communication".to_owned(), levels[1])]),
        heard: points(true),
        missed: points(false),
        flags: flags.cloned().collect(),
    }
}
