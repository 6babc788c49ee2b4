//! Loudness as people perceive it: integrated loudness after ITU-R BS.1770 and EBU R 128, by the `ebur128` crate.

use ebur128::{EbuR128, Mode};

/// Frames handed over at once.
const BLOCK: usize = 4_096;

/// Measures the loudness of one channel.
pub(crate) struct Loudness {
    /// Missing when the rate is one the measure is not defined for.
    meter: Option<EbuR128>,
}

impl std::fmt::Debug for Loudness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Loudness")
    }
}

impl Loudness {
    /// For samples at `sample_rate` per second.
    pub(crate) fn new(sample_rate: u32) -> Self {
        Self { meter: EbuR128::new(1, sample_rate, Mode::I).ok() }
    }

    /// Takes in the next samples.
    pub(crate) fn push(&mut self, samples: &[i16]) {
        let Some(meter) = &mut self.meter else { return };
        if samples.chunks(BLOCK).any(|block| meter.add_frames_i16(block).is_err()) {
            self.meter = None;
        }
    }

    /// Integrated loudness in LUFS; nothing when there were less than 0.4 s or everything was below the gate at
    /// −70 LUFS.
    pub(crate) fn integrated_lufs(&self) -> Option<f64> {
        self.meter.as_ref()?.loudness_global().ok().filter(|lufs| lufs.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(samples: &[i16]) -> Option<f64> {
        let mut loudness = Loudness::new(48_000);
        samples.chunks(777).for_each(|block| loudness.push(block));
        loudness.integrated_lufs()
    }

    #[test]
    fn a_full_scale_tone_of_997_hertz_has_the_loudness_of_the_standard() {
        let turn = std::f64::consts::TAU * 997.0 / 48_000.0;
        let tone: Vec<i16> = (0..240_000).map(|n| (32_767.0 * (turn * f64::from(n)).sin()) as i16).collect();
        // BS.1770-4: 0 dBFS at 997 Hz in one front channel reads −3.01 LKFS.
        assert!(of(&tone).is_some_and(|lufs| (lufs + 3.01).abs() < 0.05));
    }

    #[test]
    fn silence_and_next_to_nothing_have_none() {
        assert_eq!(of(&vec![0; 96_000]), None);
        assert_eq!(of(&[8_000; 100]), None);
    }
}
