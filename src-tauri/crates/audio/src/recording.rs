//! What a recording is once it is over, and what is said about it on the way.

use aloud_speech::{Delivery, Peaks};
use serde::Serialize;
use std::path::PathBuf;

/// Sound that never arrived. The file holds silence in its place, so everything after it is where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// First frame of the silence in the file.
    pub at_frame: u64,
    /// Length of the silence, in frames.
    pub missing_frames: u64,
}

/// Why a recording is over. In every case the file is whole and playable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// It was stopped.
    Stopped,
    /// It reached the frames it was allowed, or the most a WAV file can hold.
    Limit,
    /// The disk is full; what fitted is kept.
    DiskFull,
    /// The microphone went away and did not come back; what was heard is kept.
    DeviceLost,
    /// The disk refused to write; what reached it is kept.
    WriteFailed,
}

/// A finished recording.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The WAV file.
    pub path: PathBuf,
    /// Frames in the file, silence for lost sound included.
    pub frames: u64,
    /// Frames per second.
    pub sample_rate: u32,
    /// Frames of sound that never arrived: the sum over `gaps`.
    pub lost_frames: u64,
    /// Where sound is missing, in order.
    pub gaps: Vec<Gap>,
    /// Runs of three samples or more at the end of the scale.
    pub clipped_runs: u32,
    /// The loudest sample, in dBFS; −120 when there was nothing but zeros.
    pub peak_dbfs: f32,
    /// The waveform; also beside the WAV as `.peaks`, when the disk let it be written.
    pub peaks: Peaks,
    /// Facts about how it sounded, measured while it was recorded.
    pub delivery: Delivery,
    /// Why it is over.
    pub ended: Ended,
}

/// News from an open microphone, in the order they happened. Told on a thread of their own: taking time over one
/// delays the next, never the recording.
#[derive(Debug, Clone)]
pub enum Notice {
    /// The first sample of a recording was written. Only now is "recording" true.
    FirstSample {
        /// Where: always frame 0.
        at_frame: u64,
    },
    /// The recording reached its limit and is finished.
    LimitReached(Recording),
    /// Three seconds of nothing but zeros: muted, dead, or the wrong microphone.
    Silent,
    /// The silence is over.
    Sounding,
    /// Sound was lost while recording; silence stands in its place.
    Gap(Gap),
    /// The microphone stopped delivering; opening it again is being tried.
    Lost {
        /// Frames of the running recording when this was noticed; 0 when none is running.
        at_frame: u64,
    },
    /// Sound comes again.
    Reopened {
        /// The microphone that is heard now.
        name: String,
    },
    /// The disk is full. The recording is finished with what fitted.
    DiskFull(Recording),
    /// Something ended badly: the microphone did not come back, or the disk refused.
    Failed {
        /// What happened and what to do next, for the person.
        message: String,
        /// The recording that was running, finished with all that was heard.
        recording: Option<Recording>,
    },
}
