//! Levels: how loud a block is, how to show it calmly, and when nothing at all arrives.

use serde::Serialize;

/// What a level reads when there is nothing but zeros, in dBFS. One step of 16 bits is at −90.3.
pub const SILENCE_DBFS: f32 = -120.0;

/// Magnitude up to which a sample is digital silence: zero, give or take one step of dither.
const SILENT_MAGNITUDE: u16 = 1;

/// Loudness of a block of samples, in dB below full scale (0 is the loudest there is).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Level {
    /// Root mean square, in dBFS: a full-scale square wave reads 0, a full-scale sine −3.
    pub rms_dbfs: f32,
    /// The largest sample, in dBFS.
    pub peak_dbfs: f32,
}

impl Level {
    /// The level of nothing.
    pub const SILENCE: Self = Self { rms_dbfs: SILENCE_DBFS, peak_dbfs: SILENCE_DBFS };

    /// The level of one block; an empty block is silent.
    pub fn of(samples: &[i16]) -> Self {
        if samples.is_empty() {
            return Self::SILENCE;
        }
        let squares: u64 = samples.iter().map(|&s| u64::from(s.unsigned_abs()).pow(2)).sum();
        let peak = samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
        let rms = (squares as f64 / samples.len() as f64).sqrt();
        Self { rms_dbfs: dbfs(rms), peak_dbfs: dbfs(f64::from(peak)) }
    }
}

/// A magnitude on the 16-bit scale as dBFS, never below [`SILENCE_DBFS`].
fn dbfs(magnitude: f64) -> f32 {
    if magnitude <= 0.0 {
        return SILENCE_DBFS;
    }
    (20.0 * (magnitude / 32_768.0).log10()).max(f64::from(SILENCE_DBFS)) as f32
}

/// A level for a display: rises at once, falls at a steady pace, so that a dot breathes instead of flickering.
///
/// Made for blocks of a twentieth of a second, but true for any size: the fall is counted in samples.
#[derive(Debug, Clone)]
pub struct LevelMeter {
    fall_db_per_sample: f32,
    shown: Level,
}

impl LevelMeter {
    /// Fall of the shown level, in dB per second: from speech to silence in about a second and a half.
    pub const FALL_DB_PER_SECOND: f32 = 40.0;

    /// A meter for samples at `sample_rate` per second.
    pub fn new(sample_rate: u32) -> Self {
        Self {
            fall_db_per_sample: Self::FALL_DB_PER_SECOND / sample_rate.max(1) as f32,
            shown: Level::SILENCE,
        }
    }

    /// Takes in one block and returns the level to show.
    pub fn push(&mut self, samples: &[i16]) -> Level {
        let now = Level::of(samples);
        let fall = self.fall_db_per_sample * samples.len() as f32;
        self.shown = Level {
            rms_dbfs: now.rms_dbfs.max(self.shown.rms_dbfs - fall),
            peak_dbfs: now.peak_dbfs.max(self.shown.peak_dbfs - fall),
        };
        self.shown
    }
}

/// Notices a microphone that delivers nothing but zeros for a while: muted, dead, or the wrong one.
#[derive(Debug, Clone)]
pub struct DigitalSilence {
    limit: u64,
    run: u64,
}

impl DigitalSilence {
    /// Silence counts from `limit` silent samples in a row on.
    pub fn new(limit: u64) -> Self {
        Self { limit: limit.max(1), run: 0 }
    }

    /// Takes in one block; true while the last `limit` samples or more were silent.
    pub fn push(&mut self, samples: &[i16]) -> bool {
        match samples.iter().rposition(|s| s.unsigned_abs() > SILENT_MAGNITUDE) {
            Some(last) => self.run = (samples.len() - 1 - last) as u64,
            None => self.run = self.run.saturating_add(samples.len() as u64),
        }
        self.run >= self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_scale_square_wave_is_at_zero() {
        let level = Level::of(&[-32_768; 480]);
        assert!(level.rms_dbfs.abs() < 1e-6 && level.peak_dbfs.abs() < 1e-6);
    }

    #[test]
    fn half_scale_is_six_decibels_down() {
        assert!((Level::of(&[16_384, -16_384]).peak_dbfs + 6.02).abs() < 0.01);
    }

    #[test]
    fn the_meter_rises_at_once_and_falls_at_its_pace() {
        let mut meter = LevelMeter::new(48_000);
        let loud = meter.push(&[16_384; 2_400]);
        assert!((loud.rms_dbfs + 6.02).abs() < 0.01);
        let after = meter.push(&[0; 2_400]);
        assert!((loud.rms_dbfs - after.rms_dbfs - 2.0).abs() < 0.01);
    }

    #[test]
    fn dither_is_still_digital_silence_and_one_real_sample_ends_it() {
        let mut silence = DigitalSilence::new(100);
        assert!(!silence.push(&[0, 1, -1, 0].repeat(24)));
        assert!(silence.push(&[0; 4]));
        assert!(!silence.push(&[0, 2, 0]));
        assert!(!silence.push(&[0; 98]));
        assert!(silence.push(&[0; 1]));
    }

    proptest! {
        #[test]
        fn rms_never_exceeds_peak(samples in prop::collection::vec(any::<i16>(), 1..500)) {
            let level = Level::of(&samples);
            prop_assert!(level.rms_dbfs <= level.peak_dbfs + 1e-4);
            prop_assert!(level.peak_dbfs <= 0.0 && level.rms_dbfs >= SILENCE_DBFS);
        }

        #[test]
        fn silence_does_not_depend_on_block_borders(
            samples in prop::collection::vec(prop_oneof![9 => Just(0_i16), 1 => Just(5)], 1..300),
            block in 1_usize..31,
        ) {
            let mut whole = DigitalSilence::new(20);
            let mut pieces = DigitalSilence::new(20);
            let at_end = samples.chunks(block).fold(false, |_, piece| pieces.push(piece));
            prop_assert_eq!(whole.push(&samples), at_end);
        }
    }
}
