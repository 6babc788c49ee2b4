//! Samples in, facts out: levels, peaks, clipping.
//!
//! Everything here is pure: 16-bit mono samples and values in, values out. No file, no device, no clock.

mod clipping;
mod level;
mod peaks;

pub use clipping::{CLIP_MAGNITUDE, CLIP_RUN, Clipping};
pub use level::{DigitalSilence, Level, LevelMeter, SILENCE_DBFS};
pub use peaks::{FRAMES_PER_BIN, Peak, Peaks, PeaksError};
