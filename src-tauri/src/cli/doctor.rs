//! `aloud doctor`: is everything well that practising needs?

use aloud_audio::MicrophoneInfo;
use serde::Serialize;

/// The sound part of the report.
#[derive(Debug, Serialize)]
pub struct Sound {
    /// Whether there is a microphone to practise with.
    pub well: bool,
    /// The microphones that are connected.
    pub microphones: Vec<MicrophoneInfo>,
    /// What is wrong and what to do about it, when something is.
    pub error: Option<String>,
}

/// Looks at the microphones. Takes at most a few seconds, also when the sound system hangs.
pub fn sound() -> Sound {
    match aloud_audio::microphones() {
        Ok(microphones) => Sound { well: true, microphones, error: None },
        Err(error) => Sound { well: false, microphones: Vec::new(), error: Some(error.to_string()) },
    }
}
