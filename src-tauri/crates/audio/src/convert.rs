//! From what a device delivers to 16-bit mono. Runs in the device's callback: no allocation, no lock.

/// A sample as a device delivers it.
pub(crate) trait Pcm: Copy {
    /// As a fraction of full scale, −1 up to 1.
    fn to_f32(self) -> f32;

    /// As 16 bits: rounded to the nearest step and held at the ends of the scale.
    fn to_i16(self) -> i16 {
        quantise(self.to_f32())
    }
}

fn quantise(fraction: f32) -> i16 {
    // A float cast saturates and turns NaN into 0, so nothing a device sends can wrap around.
    (fraction * 32_768.0).round() as i16
}

impl Pcm for i16 {
    fn to_f32(self) -> f32 {
        f32::from(self) / 32_768.0
    }

    fn to_i16(self) -> i16 {
        self
    }
}

impl Pcm for f32 {
    fn to_f32(self) -> f32 {
        self
    }
}

impl Pcm for f64 {
    fn to_f32(self) -> f32 {
        self as f32
    }
}

impl Pcm for i32 {
    fn to_f32(self) -> f32 {
        self as f32 / 2_147_483_648.0
    }

    fn to_i16(self) -> i16 {
        (self.saturating_add(1 << 15) >> 16) as i16
    }
}

impl Pcm for i8 {
    fn to_f32(self) -> f32 {
        f32::from(self) / 128.0
    }
}

impl Pcm for u8 {
    fn to_f32(self) -> f32 {
        (f32::from(self) - 128.0) / 128.0
    }
}

impl Pcm for u16 {
    fn to_f32(self) -> f32 {
        (f32::from(self) - 32_768.0) / 32_768.0
    }
}

/// Interleaved channels to one: the average of the channels that are alive.
///
/// A channel 40 dB or more below the loudest is not heard: averaging in a dead one would cost 6 dB.
#[derive(Debug)]
pub(crate) struct Mixdown {
    energies: Box<[f32]>,
    shares: Box<[f32]>,
}

impl Mixdown {
    /// How much of the past counts in a channel's energy, per block.
    const MEMORY: f32 = 0.9;
    /// 40 dB, as a ratio of energies.
    const AUDIBLE: f32 = 1e-4;

    pub(crate) fn new(channels: usize) -> Self {
        let channels = channels.max(1);
        Self { energies: vec![0.0; channels].into(), shares: vec![1.0 / channels as f32; channels].into() }
    }

    pub(crate) fn channels(&self) -> usize {
        self.energies.len()
    }

    /// Weighs the channels by what this block holds of each.
    pub(crate) fn observe<T: Pcm>(&mut self, interleaved: &[T]) {
        if self.channels() == 1 {
            return;
        }
        self.energies.iter_mut().for_each(|energy| *energy *= Self::MEMORY);
        for frame in interleaved.chunks_exact(self.energies.len()) {
            for (energy, sample) in self.energies.iter_mut().zip(frame) {
                *energy += sample.to_f32().powi(2);
            }
        }
        let loudest = self.energies.iter().copied().fold(0.0, f32::max);
        let audible = |energy: f32| energy >= loudest * Self::AUDIBLE;
        let share = 1.0 / self.energies.iter().filter(|&&energy| audible(energy)).count().max(1) as f32;
        for (weight, &energy) in self.shares.iter_mut().zip(&self.energies) {
            *weight = if audible(energy) { share } else { 0.0 };
        }
    }

    /// One frame as one sample. A single channel passes through untouched, bit for bit.
    pub(crate) fn mix<T: Pcm>(&self, frame: &[T]) -> i16 {
        match frame {
            [only] => only.to_i16(),
            _ => {
                quantise(frame.iter().zip(&self.shares).map(|(sample, share)| sample.to_f32() * share).sum())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn loud_floats_saturate_and_nonsense_is_silence() {
        assert_eq!(2.0_f32.to_i16(), i16::MAX);
        assert_eq!((-2.0_f32).to_i16(), i16::MIN);
        assert_eq!(f32::NAN.to_i16(), 0);
        assert_eq!(i32::MAX.to_i16(), i16::MAX);
        assert_eq!(0_u8.to_i16(), i16::MIN);
    }

    #[test]
    fn a_dead_channel_does_not_cost_loudness() {
        let mut mixdown = Mixdown::new(2);
        let block: Vec<i16> = (0..480).flat_map(|_| [10_000, 0]).collect();
        mixdown.observe(&block);
        assert_eq!(mixdown.mix(&block[..2]), 10_000);
    }

    #[test]
    fn two_living_channels_are_averaged() {
        let mut mixdown = Mixdown::new(2);
        let block: Vec<i16> = (0..480).flat_map(|_| [10_000, 4_000]).collect();
        mixdown.observe(&block);
        assert_eq!(mixdown.mix(&block[..2]), 7_000);
    }

    proptest! {
        #[test]
        fn sixteen_bits_survive_every_wider_format(sample in any::<i16>()) {
            prop_assert_eq!(sample.to_f32().to_i16(), sample);
            prop_assert_eq!((i32::from(sample) << 16).to_i16(), sample);
            prop_assert_eq!(f64::from(sample.to_f32()).to_i16(), sample);
            prop_assert_eq!((sample as u16 ^ 0x8000).to_i16(), sample);
        }
    }
}
