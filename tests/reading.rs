//! What is read in one pass over narrow indices is what is stored.

mod year;

use aloud_audio::Delivery;
use aloud_library::{BriefTakes, Library, Removal};
use aloud_practice::{Grade, GradeKind, Level};
use anyhow::{Context as _, Result, ensure};
use jiff::Zoned;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::Arc;
use year::{NOW, Year, pack_folder};

fn practised(takes: usize) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let pack = aloud_packs::read(&pack_folder()).pack.context("the shipped pack")?;
    Year { takes, days: 40, ..Year::up_to(&NOW.parse::<Zoned>()?) }.write(folder.path(), &pack)?;
    Ok(folder)
}

/// Breaks when a brief take says something else than the whole one, in any of the ways of reading it.
#[test]
fn brief_takes_say_what_whole_ones_say() -> Result<()> {
    let folder = practised(400)?;
    let library = Library::open(folder.path())?;
    let brief = library.brief_takes()?;
    let whole = library.takes()?;
    ensure!(whole.len() == 400 && brief.iter().count() == 400);
    let order: Vec<&str> = whole.iter().rev().map(|take| take.id.as_str()).collect();
    ensure!(brief.iter().map(|take| take.id.as_str()).eq(order), "not in the order they were spoken");
    let (mut grades, mut ranges) = (0, 0);
    for take in &whole {
        let short = brief.get(&take.id).context("every take is found by its id")?;
        ensure!(short.at == take.at && *short.session == *take.session && *short.question == *take.question);
        ensure!((short.seconds - take.seconds()).abs() < 1e-9);
        ensure!(short.spoken() == take.progress.spoken && short.graded() == take.progress.first);
        ensure!(short.range() == take.range, "{}: {:?} and {:?}", take.id, short.range(), take.range);
        ranges += usize::from(take.range.is_some());
        let stored = library.grades(&take.id)?;
        ensure!(stored.len() == short.grades.len());
        for (grade, short) in stored.iter().zip(&short.grades) {
            let levels: BTreeMap<String, _> =
                short.levels.iter().map(|(signal, level)| (signal.to_string(), *level)).collect();
            ensure!(levels == grade.grade.levels && short.kind == grade.grade.kind && short.at == grade.at);
            ensure!(short.own == grade.grade.by.is_none());
            ensure!(
                (short.heard as usize, short.missed as usize)
                    == (grade.grade.heard.len(), grade.grade.missed.len())
            );
            grades += 1;
        }
        let of_session = library.brief_takes_in(&take.session)?;
        ensure!(of_session.get(&take.id) == Some(short), "read by its session, the take differs");
    }
    ensure!(grades > 400 && ranges > 300, "there was too little to compare");
    ensure!(brief.get("nothing").is_none());
    Ok(())
}

/// Breaks when a screen shows history as it was before the last change, or reads all of it again without one.
#[test]
fn what_is_remembered_is_what_is_stored() -> Result<()> {
    let folder = practised(40)?;
    let library = Library::open(folder.path())?;
    let before = library.brief_takes()?;
    ensure!(Arc::ptr_eq(&before, &library.brief_takes()?), "nothing changed, and it was read again");
    let take = &before.iter().next().context("a take")?.id;
    let at = NOW.parse::<Zoned>()?.timestamp();
    let later = Grade {
        kind: GradeKind::Later,
        by: None,
        levels: [("clarity".to_owned(), Level::Mid)].into(),
        heard: vec![],
        missed: vec![],
        flags: vec![],
    };
    library.add_grade(take, &later, at)?;
    let graded = library.brief_takes()?;
    let grades = |takes: &BriefTakes| takes.get(take).map_or(0, |take| take.grades.len());
    ensure!(grades(&graded) == grades(&before) + 1, "the new grade is not there");
    library.delete(take, Removal::Take, at)?;
    ensure!(library.brief_takes()?.get(take).is_some_and(|take| take.deleted), "it is not deleted");
    ensure!(Arc::ptr_eq(&library.staged_sessions()?, &library.staged_sessions()?));
    Ok(())
}

/// Breaks when a fact followed over time is not the one that was measured.
#[test]
fn followed_facts_are_the_measured_ones() -> Result<()> {
    let folder = practised(120)?;
    let library = Library::open(folder.path())?;
    let followed = library.measured_takes(aloud_audio::METHOD)?;
    ensure!(followed.len() > 100);
    for facts in &followed {
        let whole = library.delivery::<Delivery>(&facts.take)?.context("facts")?;
        ensure!(facts.pause_ms == whole.pause_ms);
        for (followed, measured) in [
            (facts.first_word_s, whole.first_word_s),
            (facts.speech_share, whole.speech_share),
            (facts.longest_pause_s, whole.longest_pause_s),
            (facts.articulation_rate, whole.articulation_rate),
            (facts.loudness_lufs, whole.loudness_lufs),
        ] {
            // SQLite and serde may read the last digit of a number differently.
            let same = followed.zip(measured).is_some_and(|(a, b)| (a - b).abs() < 1e-9);
            ensure!(same, "{followed:?} and {measured:?}");
        }
    }
    Ok(())
}

/// Breaks when a year would be read row by row from the wide tables again.
#[test]
fn a_year_is_read_from_indices_alone() -> Result<()> {
    let folder = practised(30)?;
    let connection = Connection::open(folder.path().join("library.db"))?;
    for sql in [
        "SELECT id, at_ms, session, pack, question, sample_rate FROM take INDEXED BY take_brief ORDER BY id",
        "SELECT take, frames FROM take_end INDEXED BY take_end_brief ORDER BY take",
        "SELECT take, kind, grader, at_ms, levels, json_array_length(heard), json_array_length(missed) FROM grade INDEXED BY grade_brief ORDER BY take, id",
        "SELECT id, title, place FROM take INDEXED BY take_titles",
        "SELECT subject, at_ms FROM session WHERE kind = 'mock' AND pack = 'x' ORDER BY id DESC",
        "SELECT take, facts ->> '$.pause_ms', facts ->> '$.first_word_s', facts ->> '$.speech_share', facts ->> '$.longest_pause_s', facts ->> '$.articulation_rate', facts ->> '$.loudness_lufs' FROM delivery INDEXED BY delivery_facts WHERE method = 'x' ORDER BY take, id",
    ] {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let plan: Vec<String> =
            statement.query_map([], |row| row.get(3))?.collect::<std::result::Result<_, _>>()?;
        ensure!(plan.iter().any(|step| step.contains("COVERING INDEX")), "{sql}\n{plan:?}");
    }
    Ok(())
}
