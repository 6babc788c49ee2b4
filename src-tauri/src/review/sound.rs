//! A take's sound and waveform, in the pieces the window asks for.
//!
//! Promise: never the whole of a long take at once; a stretch is at most [`MOST_SECONDS`] long.

use crate::failure::{Failure, Outcome};
use crate::state::Aloud;
use crate::views::takes::{MarkKind, MarkView};
use aloud_audio::{Gap, Peaks};
use aloud_library::StoredMark;

/// The longest stretch handed out at once.
const MOST_SECONDS: f64 = 600.0;
/// A waveform is never finer than this many bins.
const MOST_BINS: u32 = 8_192;

/// A stretch of the sound as a WAV file's bytes.
pub fn sound(aloud: &Aloud, take: &str, from_s: f64, to_s: Option<f64>) -> Outcome<Vec<u8>> {
    let stored = super::stored(aloud, take)?;
    let path = aloud.shelf.with(|library| Ok(library.sound_file(take)))?;
    let rate = f64::from(stored.sample_rate);
    let from = from_s.clamp(0.0, stored.seconds());
    let to = to_s.unwrap_or(f64::MAX).clamp(from, from + MOST_SECONDS);
    let frame = |seconds: f64| (seconds * rate).round() as u64;
    aloud_audio::excerpt(&path, frame(from), frame(to)).map_err(Failure::new)
}

/// Peaks of a stretch: `bins` pairs of little-endian i16, lowest and highest sample.
pub fn peaks(aloud: &Aloud, take: &str, from_s: f64, to_s: f64, bins: u32) -> Outcome<Vec<u8>> {
    let stored = super::stored(aloud, take)?;
    let sound = aloud.shelf.with(|library| Ok(library.sound_file(take)))?;
    let known =
        std::fs::read(sound.with_extension("peaks")).ok().and_then(|bytes| Peaks::from_dat(&bytes).ok());
    let peaks = match known {
        Some(peaks) => peaks,
        // Derived data: made again when it is missing, as after a crash.
        None => aloud_audio::peaks_of(&sound).map_err(Failure::new)?,
    };
    let rate = f64::from(stored.sample_rate);
    let frame = |seconds: f64| (seconds.max(0.0) * rate).round() as u64;
    let bins = bins.clamp(1, MOST_BINS) as usize;
    let view = peaks.view(frame(from_s), frame(to_s.max(from_s)), bins);
    Ok(view.iter().flat_map(|peak| [peak.min.to_le_bytes(), peak.max.to_le_bytes()]).flatten().collect())
}

/// Gaps in the recording, as marks.
pub fn gaps(aloud: &Aloud, take: &str) -> Outcome<Vec<MarkView>> {
    let stored = super::stored(aloud, take)?;
    let gaps: Vec<StoredMark<GapMark>> = aloud.shelf.with(|library| library.marks(take))?;
    let rate = f64::from(stored.sample_rate);
    Ok(gaps
        .iter()
        .map(|gap| MarkView {
            at_s: gap.moment_ms as f64 / 1_000.0,
            kind: MarkKind::Gap,
            label: format!("{:.1} s lost", gap.mark.missing_frames as f64 / rate),
        })
        .collect())
}

/// A gap as it is stored among the marks.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(tag = "is", rename = "gap")]
pub struct GapMark {
    missing_frames: u64,
}

impl From<&Gap> for GapMark {
    fn from(gap: &Gap) -> Self {
        Self { missing_frames: gap.missing_frames }
    }
}
