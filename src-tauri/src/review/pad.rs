//! What was written into the pad during a take.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::scorecard::PadStep;
use aloud_practice::pad::{PadChange, apply};

/// Every edit with its moment, in order.
pub fn history(aloud: &Aloud, take: &str) -> Outcome<Vec<PadStep>> {
    let edits = aloud.shelf.with(|library| library.pad_edits(take))?;
    Ok(edits
        .into_iter()
        .filter_map(|edit| {
            let changes: Vec<PadChange> = serde_json::from_value(edit.edit).ok()?;
            Some(PadStep { at_s: edit.moment_ms as f64 / 1_000.0, changes })
        })
        .collect())
}

/// The text as it stood at the end; `None` when the take had no pad.
pub(super) fn text(aloud: &Aloud, take: &str) -> Outcome<Option<String>> {
    let steps = history(aloud, take)?;
    Ok((!steps.is_empty())
        .then(|| steps.iter().fold(String::new(), |text, step| apply(&text, &step.changes))))
}
