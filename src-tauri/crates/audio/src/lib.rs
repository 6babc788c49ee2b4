//! Microphones and crash-safe takes.
//!
//! [`Microphone`] keeps one microphone open, meters it always and records it when asked. What it promises:
//!
//! - A take is a plain 16-bit mono WAV under its final name from the first byte on; what was spoken up to about a
//!   second ago is safe on disk whatever happens to the process, the disk or the device.
//! - The number of frames written is the clock. Sound that was lost is replaced by equal silence and reported as a
//!   [`Gap`], so a moment in the file is always the moment it was spoken.
//! - Nothing here waits for ever: a sound system that hangs is left behind on a thread nobody joins.
//!
//! ```text
//! device callback ─► ring (10 s) ─► writer thread ─► WAV, peaks, level, notices
//!                                     │    ▲
//!                              reopen ▼    │ new stream
//!                                capture thread (owns the stream; may hang, nobody waits for it)
//! ```

mod capture;
mod compact;
mod convert;
mod cpal_source;
mod device;
mod error;
mod excerpt;
mod flac;
mod inlet;
mod microphone;
mod pace;
mod recording;
mod resample;
mod sound;
mod stored;
mod take;
mod wav;
mod writer;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

pub use compact::{Compaction, compact, write_wav};
pub use device::{Choice, MicrophoneInfo, microphones};
pub use error::AudioError;
pub use excerpt::{analyze, excerpt, peaks_of};
pub use microphone::Microphone;
pub use recording::{Ended, Gap, Notice, Recording};
pub use sound::Sound;
pub use stored::{Fingerprint, Progress, fingerprint};
pub use wav::{Repair, repair};

/// Levels, waveform peaks and facts of delivery, as they appear in this crate's answers.
pub use aloud_speech::{Delivery, Level, METHOD, PAUSE_MS, Pause, Peaks, Settings, Warning, WarningCode};
