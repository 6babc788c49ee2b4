//! Microphones as a person knows them, and the one small door behind which the sound system lives.

use crate::cpal_source;
use crate::error::AudioError;
use crate::inlet::Inlet;
use serde::Serialize;
use std::sync::mpsc;
use std::time::Duration;

/// How long the sound system may take to say what is connected.
const PATIENCE: Duration = Duration::from_secs(4);

/// A microphone that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MicrophoneInfo {
    /// Names this microphone again later, also after a restart.
    pub id: String,
    /// What the system calls it.
    pub name: String,
    /// Whether it is the one [`Choice::Default`] hears now.
    pub is_default: bool,
}

/// Which microphone to open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// The one the system prefers, also when that changes while it is open.
    #[default]
    Default,
    /// The one with this [`MicrophoneInfo::id`].
    Id(String),
}

/// The microphones that are connected. Monitors of loudspeakers are not microphones and are left out.
///
/// # Errors
/// [`AudioError::NoMicrophone`] when there is none or no sound system, [`AudioError::NoAnswer`] when the sound system
/// takes longer than four seconds.
pub fn microphones() -> Result<Vec<MicrophoneInfo>, AudioError> {
    // On a thread of its own: a sound system that hangs takes down whoever asks it.
    let (answer, answered) = mpsc::channel();
    std::thread::Builder::new()
        .name("microphones".into())
        .spawn(move || {
            // Nobody listens any more once the wait is over.
            let _ = answer.send(cpal_source::list());
        })
        .map_err(|e| AudioError::Device(e.to_string()))?;
    let found = answered.recv_timeout(PATIENCE).map_err(|_| AudioError::NoAnswer)??;
    if found.is_empty() { Err(AudioError::NoMicrophone) } else { Ok(found) }
}

/// Where sound comes from: the sound system, or a script in tests. Every call may hang.
pub(crate) trait Source: Send {
    /// Finds the chosen microphone, with a format at `sample_rate` when it has one.
    fn find(&self, choice: &Choice, sample_rate: Option<u32>) -> Result<Box<dyn Found>, AudioError>;
}

/// A microphone about to be opened.
pub(crate) trait Found {
    /// What the system calls it.
    fn name(&self) -> &str;
    /// Frames per second it will deliver.
    fn sample_rate(&self) -> u32;
    /// Interleaved channels it will deliver.
    fn channels(&self) -> usize;
    /// Starts delivering into `inlet` until the result is dropped.
    fn start(self: Box<Self>, inlet: Inlet) -> Result<Running, AudioError>;
}

/// A running stream. Dropping it stops it, or hangs for ever when the sound system has died.
pub(crate) type Running = Box<dyn Send>;
