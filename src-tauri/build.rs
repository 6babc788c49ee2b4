//! Declares every command, so that none can be called without a permission.

const COMMANDS: &[&str] = &[
    "boot",
    "today",
    "packs",
    "question",
    "open_link",
    "microphones",
    "open_microphone",
    "close_microphone",
    "microphone_is_fine",
    "echo_test",
    "start_drill",
    "start_mock",
    "resume_session",
    "interview",
    "act",
    "suggest_drill",
    "start_rerun",
    "write_pad",
    "pad_history",
    "scorecard",
    "save_reflection",
    "open_interviewer",
    "interviewer",
    "peer_grade",
    "takes",
    "take",
    "take_sound",
    "take_peaks",
    "add_note",
    "edit_note",
    "delete_note",
    "restore_note",
    "grade",
    "reveal",
    "compare",
    "carry_forward",
    "edit_carry",
    "remove_carry",
    "restore_carry",
    "pin_key_point",
    "pin_anchor",
    "remove_anchor",
    "restore_anchor",
    "search",
    "progress",
    "delivery_over_time",
    "readiness",
    "write_report",
    "open_report",
    "open_reports_folder",
    "settings",
    "save_settings",
    "open_library_folder",
    "try_voice",
    "quit",
];

fn main() {
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
