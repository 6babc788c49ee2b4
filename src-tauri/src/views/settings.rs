//! Settings, the microphone, and what is stored where.

use aloud_audio::Settings as Delivery;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which colours to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Paper.
    Light,
    /// Ink.
    Dark,
}

/// What the person has chosen.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Which colours to use.
    pub theme: Theme,
    /// Id of the microphone; `None` is the system's default.
    pub microphone: Option<String>,
    /// Minutes set aside per day.
    pub minutes_a_day: u32,
    /// Day of the interview, as `2026-12-05`.
    pub interview_date: Option<String>,
    /// Thinking time before each answer of a drill, in seconds.
    pub thinking_drill_s: u32,
    /// Thinking time before each answer of a mock, in seconds.
    pub thinking_mock_s: u32,
    /// Tell when a rerun becomes due while the app runs.
    pub notify_due: bool,
    /// Prompts and probes are read aloud by the system's own voice.
    pub read_aloud: bool,
    /// Size of everything in the window, in percent.
    pub zoom: u32,
    /// Ctrl+Shift+Space (on a Mac Cmd+Shift+Space) ends the answer, whatever window is in front.
    pub end_from_anywhere: bool,
    /// The shortest silence that counts as a pause in takes from now on, in milliseconds.
    pub pause_ms: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            microphone: None,
            minutes_a_day: 30,
            interview_date: None,
            thinking_drill_s: 0,
            thinking_mock_s: 0,
            notify_due: false,
            read_aloud: false,
            zoom: 100,
            end_from_anywhere: false,
            pause_ms: Delivery::default().pause_ms,
        }
    }
}

/// What Settings shows beside the choices.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SettingsView {
    /// The choices.
    pub settings: Settings,
    /// The library's folder.
    pub library: String,
    /// How many takes it holds.
    pub takes: u32,
    /// Bytes of sound.
    #[specta(type = u32)]
    pub sound_bytes: f64,
    /// Bytes of everything else.
    #[specta(type = u32)]
    pub data_bytes: f64,
    /// Free bytes on its disk.
    #[specta(type = u32)]
    pub free_bytes: f64,
    /// Folders packs are read from.
    pub pack_folders: Vec<String>,
    /// The app's version.
    pub version: String,
}

/// A microphone that can be chosen.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MicrophoneRow {
    /// Id to choose it by.
    pub id: String,
    /// As the system calls it.
    pub name: String,
    /// The system's default.
    pub is_default: bool,
}

/// The microphone that is open.
#[derive(Clone, Debug, Serialize, Type)]
pub struct MicrophoneView {
    /// As the system calls it.
    pub name: String,
    /// Samples a second.
    pub sample_rate: u32,
    /// Checked with an echo test since it was last changed: "Ready?" may be skipped.
    pub checked: bool,
}
