//! When key points are said in a take, as the person pinned them. They are sealed until the reveal.

use super::stored;
use crate::failure::{Code, Failure, Outcome};
use crate::state::Aloud;
use aloud_library::StoredTake;
use aloud_practice::pack::Question;

/// Pins a key point of a revealed take to a moment in seconds; `None` takes the pin away.
pub fn pin(aloud: &Aloud, take: &str, index: u32, at_s: Option<f64>) -> Outcome<()> {
    let take = stored(aloud, take)?;
    if !take.progress.revealed {
        return Err(Failure::coded(Code::Refused, "The key points are shown once you have graded the take."));
    }
    let question = aloud.shelf.question(&take.pack, &take.question);
    let key_points = question.map(|question| question.sealed.key_points).unwrap_or_default();
    let key_point = key_points.get(index as usize);
    let key_point = key_point.ok_or_else(|| Failure::not_found("key point"))?;
    let moment_ms = at_s.map(|at| (at.clamp(0.0, take.seconds()) * 1_000.0).round() as u64);
    aloud.shelf.with(|library| library.pin_key_point(&take.id, key_point, moment_ms, aloud.wall.now()))
}

/// The moment of each key point of the question in seconds, in the pack's order; nothing before the reveal.
pub(crate) fn moments(aloud: &Aloud, take: &StoredTake, question: &Question) -> Outcome<Vec<Option<f64>>> {
    if !take.progress.revealed {
        return Ok(Vec::new());
    }
    let pinned = aloud.shelf.with(|library| library.key_point_moments(&take.id))?;
    let moment = |text: &String| pinned.get(text).map(|ms| *ms as f64 / 1_000.0);
    Ok(question.sealed.key_points.iter().map(moment).collect())
}
