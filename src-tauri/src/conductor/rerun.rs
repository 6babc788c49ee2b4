//! Second attempts: the same stage or question again, and a sibling after it, so that repeating and transferring can be
//! told apart.

use crate::browse::place;
use crate::failure::{Code, Failure, Outcome};
use crate::schedule;
use crate::shelf::Shelf;
use aloud_practice::pack::{Mock, Pack};
use aloud_practice::session::{Plan, PlannedPrompt, PlannedStage, SessionKind};

/// The plan of a rerun of `of`: a question's id, or `mock/stage`.
pub(super) fn plan(shelf: &Shelf, pack: &str, of: &str) -> Outcome<Plan> {
    let pack = &*shelf.pack(pack)?;
    let (title, first) = if let Some((mock, stage)) = of.split_once('/') {
        again(shelf, pack, mock, stage)?
    } else {
        let question = pack.question(of).ok_or_else(|| Failure::not_found("question"))?;
        (place(pack, of), Plan::drill("", [question]).stages.into_iter().next())
    };
    let sibling = schedule::sibling(pack, of).map(|(question, minutes)| PlannedStage {
        id: "sibling".into(),
        title: "A sibling question".into(),
        budget_ms: u64::from(question.seconds.unwrap_or(minutes * 60)) * 1_000,
        prompts: vec![PlannedPrompt { budget_ms: None, ..PlannedPrompt::of(question) }],
    });
    let kind = SessionKind::Rerun { of: of.to_owned() };
    Ok(Plan { kind, title, thinking_ms: 0, stages: first.into_iter().chain(sibling).collect() })
}

/// The stage as it was asked last time: the same variant.
fn again(shelf: &Shelf, pack: &Pack, mock: &str, stage: &str) -> Outcome<(String, Option<PlannedStage>)> {
    let found = pack.mock(mock).ok_or_else(|| Failure::not_found("mock"))?;
    let last = last_variant(shelf, &pack.id, mock)?;
    let variant =
        found.variants.iter().find(|variant| Some(&variant.id) == last.as_ref()).or(found.variants.first());
    let variant = variant.ok_or_else(|| Failure::not_found("variant"))?;
    let stages = Plan::mock(mock, &found.title, variant).stages;
    let stage =
        stages.into_iter().find(|planned| planned.id == stage).ok_or_else(|| Failure::not_found("stage"))?;
    Ok((format!("{} › {}", found.title, stage.title), Some(stage)))
}

fn last_variant(shelf: &Shelf, pack: &str, wanted: &str) -> Outcome<Option<String>> {
    let runs = shelf.with(|library| library.mock_runs(pack))?;
    Ok(runs.into_iter().find(|run| run.mock == wanted).map(|run| run.variant))
}

/// A variant done last time would test memory. Refused while there is another.
pub(super) fn refuse_just_done(shelf: &Shelf, pack: &str, mock: &Mock, variant: &str) -> Outcome<()> {
    if mock.variants.len() > 1 && last_variant(shelf, pack, &mock.id)?.as_deref() == Some(variant) {
        let say = "You had this variant last time, so it would test your memory. Choose another one.";
        return Err(Failure::coded(Code::Refused, say));
    }
    Ok(())
}

/// What the person promised themselves last time, for the start of a rerun.
pub(super) fn commitments(shelf: &Shelf, pack: &str, kind: &SessionKind) -> Outcome<Vec<String>> {
    let SessionKind::Rerun { of } = kind else { return Ok(Vec::new()) };
    let about = shelf.with(|library| {
        let mut sessions = library.sessions_about(pack, "rerun", of)?;
        if let Some((mock, _)) = of.split_once('/') {
            sessions.extend(library.sessions_about(pack, "mock", &format!("{mock}/"))?);
        }
        // Ids sort by time: the newest first.
        sessions.sort_unstable_by(|a, b| b.cmp(a));
        Ok(sessions)
    })?;
    for session in about {
        let reflection = shelf.with(|library| library.reflection(&session))?;
        if let Some(found) = reflection.filter(|found| !found.commitments.is_empty()) {
            return Ok(found.commitments);
        }
    }
    Ok(Vec::new())
}
