//! Progress and readiness.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::progress::{FactView, ProgressView};
use crate::views::readiness::ReadinessView;
use tauri::State;

/// Progress in a pack, looking at one signal (`signal:ID`) or stage (`stage:MOCK/STAGE`); what says most when none is named.
#[tauri::command(async)]
#[specta::specta]
pub fn progress(
    aloud: State<'_, Aloud>,
    pack: Option<String>,
    subject: Option<String>,
) -> Outcome<ProgressView> {
    crate::progress::progress(&aloud, pack.as_deref(), subject.as_deref())
}

/// Delivery over time.
#[tauri::command(async)]
#[specta::specta]
pub fn delivery_over_time(aloud: State<'_, Aloud>) -> Outcome<Vec<FactView>> {
    crate::progress::delivery_over_time(&aloud)
}

/// The last-days checklist with its evidence, and the plan until the interview.
#[tauri::command(async)]
#[specta::specta]
pub fn readiness(aloud: State<'_, Aloud>, pack: Option<String>) -> Outcome<ReadinessView> {
    crate::readiness::readiness(&aloud, pack.as_deref())
}
