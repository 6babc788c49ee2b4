//! Samples in, facts out: levels, peaks, clipping, and how somebody speaks.
//!
//! Everything here is pure: 16-bit mono samples and values in, values out. No file, no device, no clock.
//!
//! ```text
//! samples ─┬► clipping, largest sample, loudness
//!          └► resample to 16 kHz ─┬► energy every 5 ms ─┬► intensity ─► peaks and their voicing ─┐
//!                                 └► voice activity ────┴► where somebody speaks ────────────────┴► Delivery
//! ```

mod analyzer;
mod clipping;
mod delivery;
mod energy;
mod level;
mod loudness;
mod pauses;
mod peaks;
mod resample;
mod syllables;
mod vad;

pub use analyzer::Analyzer;
pub use delivery::{Delivery, METHOD, PAUSE_MS, Settings, Warning, WarningCode};
pub use level::{DigitalSilence, Level, LevelMeter, SILENCE_DBFS};
pub use pauses::Pause;
pub use peaks::{Peak, Peaks, PeaksError};
