//! The one door between window and shell: which commands and events there are.
//!
//! `ui/src/ipc/generated.ts` is written from here (`make bindings`); a test fails when it is stale.

use crate::commands::{
    compare, interview, keeping, own, packs, progress, ready, report, review, sample, session, settings,
    today,
};
use crate::entries::Place;
use crate::state::Aloud;
use crate::views::asked::{Interview, Pulse};
use crate::views::keeping::WorkView;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::Manager as _;
use tauri::ipc::Invoke;
use tauri_specta::{Builder, ErrorHandlingMode, Event, collect_commands, collect_events};

/// The interview changed; the view comes with it.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub struct InterviewChanged(pub Interview);

/// The microphone's state changed while no answer is recorded: a sentence, or nothing when all is well again.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct MicrophoneTrouble(pub Option<String>);

/// The window was asked to close while an answer is recorded; `quit` does it all the same.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type, Event)]
pub struct QuitAsked;

/// Somebody outside the window asked it to go to a place.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type, Event)]
pub struct GoAsked(pub Place);

/// Long work began, went on, ended or was put away.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct WorkChanged(pub Option<WorkView>);

/// How far an import is, in questions.
#[derive(Clone, Copy, Debug, Serialize, Type, Event)]
pub struct ImportProgress {
    /// Written.
    pub done: u32,
    /// Of so many.
    pub of: u32,
}

/// Commands that return bytes and are typed by hand in `ui/src/ipc/bytes.ts`.
pub const BYTES: [&str; 3] = ["echo_test", "take_sound", "take_peaks"];

/// Everything the window may call and hear.
#[expect(clippy::too_many_lines, reason = "a list, one line for each command")]
pub fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        // Times, sizes and counts here fit a double exactly; none needs 64 bits.
        .dangerously_cast_bigints_to_number()
        .commands(collect_commands![
            today::boot,
            today::today,
            packs::packs,
            packs::question,
            packs::open_link,
            own::choose_import,
            own::look_at_import,
            own::import_questions,
            own::cancel_import,
            own::new_pack,
            own::editor,
            own::wording,
            own::save_question,
            own::move_question,
            own::hide_question,
            own::undo_edit,
            ready::microphones,
            ready::open_microphone,
            ready::close_microphone,
            ready::microphone_is_fine,
            interview::start_drill,
            interview::start_mock,
            interview::resume_session,
            interview::interview,
            interview::act,
            session::suggest_drill,
            session::start_rerun,
            session::write_pad,
            session::pad_history,
            session::scorecard,
            session::save_reflection,
            session::open_interviewer,
            session::interviewer,
            session::peer_grade,
            review::takes,
            review::take,
            review::add_note,
            review::edit_note,
            review::delete_note,
            review::restore_note,
            review::grade,
            review::reveal,
            compare::compare,
            compare::carry_forward,
            compare::edit_carry,
            compare::remove_carry,
            compare::restore_carry,
            compare::pin_key_point,
            compare::pin_anchor,
            compare::remove_anchor,
            compare::restore_anchor,
            compare::search,
            keeping::library,
            keeping::delete_take,
            keeping::restore_take,
            keeping::delete_sound,
            keeping::restore_sound,
            keeping::keep_take,
            keeping::empty_trash,
            keeping::set_compaction,
            keeping::start_compaction,
            keeping::start_backup,
            keeping::inspect_backup,
            keeping::start_check,
            keeping::start_restore,
            keeping::start_merge,
            keeping::start_move,
            keeping::start_remove_old,
            keeping::switch_library,
            keeping::start_export_sound,
            keeping::work,
            keeping::cancel_work,
            keeping::put_work_away,
            keeping::choose_folder,
            keeping::choose_backup,
            keeping::choose_sound_file,
            progress::progress,
            progress::delivery_over_time,
            progress::readiness,
            report::start_report,
            report::open_report,
            report::open_reports_folder,
            sample::open_sample,
            sample::leave_sample,
            settings::settings,
            settings::save_settings,
            settings::open_library_folder,
            settings::try_voice,
            settings::quit,
        ])
        .events(collect_events![
            Pulse,
            InterviewChanged,
            MicrophoneTrouble,
            QuitAsked,
            GoAsked,
            WorkChanged,
            ImportProgress
        ])
}

/// Hands a call to its command, unless the sample is open and what it does would go with it.
pub fn handler(builder: &Builder<tauri::Wry>) -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    let typed = builder.invoke_handler();
    let bytes: fn(Invoke<tauri::Wry>) -> bool =
        tauri::generate_handler![ready::echo_test, review::take_sound, review::take_peaks];
    move |invoke| {
        let command = invoke.message.command();
        let aloud = invoke.message.webview_ref().try_state::<Aloud>();
        if let Some(failure) = aloud.and_then(|aloud| crate::sample::refusal(&aloud, command)) {
            invoke.resolver.reject(failure);
            return true;
        }
        if BYTES.contains(&command) { bytes(invoke) } else { typed(invoke) }
    }
}

/// The TypeScript side of the door.
pub fn bindings() -> anyhow::Result<String> {
    let folder = std::env::temp_dir().join(format!("aloud-bindings-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("generated.ts");
    builder().export(specta_typescript::Typescript::default(), &file)?;
    let text = std::fs::read_to_string(&file)?;
    std::fs::remove_dir_all(&folder)?;
    Ok(text)
}
