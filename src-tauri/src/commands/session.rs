//! Drills, reruns, the pad, the scorecard, and the interviewer's window.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::asked::{Asked, Interview};
use crate::views::scorecard::{DrillWish, InterviewerView, PadStep, Scorecard};
use crate::views::takes::GradeInput;
use aloud_practice::pad::PadChange;
use tauri::{AppHandle, State};

/// The questions a wish for a drill comes to; start them with `start_drill`.
#[tauri::command(async)]
#[specta::specta]
pub fn suggest_drill(aloud: State<'_, Aloud>, wish: DrillWish) -> Outcome<Vec<Asked>> {
    crate::drill::suggest(&aloud, &wish)
}

/// Starts a second attempt at what is due: a question's id or `mock/stage`. A sibling follows.
#[tauri::command(async)]
#[specta::specta]
pub fn start_rerun(aloud: State<'_, Aloud>, pack: String, of: String) -> Outcome<Interview> {
    aloud.conductor.start_rerun(&pack, &of)
}

/// Something was written into the pad. Kept with its moment while an answer is recorded.
#[tauri::command(async)]
#[specta::specta]
pub fn write_pad(aloud: State<'_, Aloud>, changes: Vec<PadChange>) -> Outcome<()> {
    aloud.conductor.pad(changes)
}

/// Everything written into the pad during a take, with its moments.
#[tauri::command(async)]
#[specta::specta]
pub fn pad_history(aloud: State<'_, Aloud>, take: String) -> Outcome<Vec<PadStep>> {
    crate::review::pad_history(&aloud, &take)
}

/// What came of a mock or a rerun.
#[tauri::command(async)]
#[specta::specta]
pub fn scorecard(aloud: State<'_, Aloud>, session: String) -> Outcome<Scorecard> {
    crate::scorecard::scorecard(&aloud, &session)
}

/// Stores what was written down afterwards, and at most two commitments.
#[tauri::command(async)]
#[specta::specta]
pub fn save_reflection(
    aloud: State<'_, Aloud>,
    session: String,
    text: String,
    commitments: Vec<String>,
) -> Outcome<()> {
    crate::scorecard::save_reflection(&aloud, &session, &text, &commitments)
}

/// Opens the interviewer's window beside this one, or brings it to the front.
#[tauri::command(async)]
#[specta::specta]
pub fn open_interviewer(app: AppHandle) -> Outcome<()> {
    crate::app::open_interviewer(&app)
}

/// What the interviewer sees. Permitted to the interviewer's window alone.
#[tauri::command(async)]
#[specta::specta]
pub fn interviewer(aloud: State<'_, Aloud>) -> Outcome<InterviewerView> {
    crate::interviewer::view(&aloud)
}

/// Stores the interviewer's grade. Permitted to the interviewer's window alone.
#[tauri::command(async)]
#[specta::specta]
pub fn peer_grade(
    aloud: State<'_, Aloud>,
    take: String,
    name: String,
    grade: GradeInput,
) -> Outcome<InterviewerView> {
    crate::interviewer::grade(&aloud, &take, &name, &grade)
}
