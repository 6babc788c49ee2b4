//! A microphone that comes back at another rate goes on in the same file: straight lines between its samples.
//!
//! Used only after a microphone changed in the middle of a take; plenty for hearing oneself speak.

/// Turns blocks at one rate into blocks at another.
#[derive(Debug)]
pub(crate) struct Resampler {
    /// Input frames per output frame.
    step: f64,
    /// Where the next output frame lies, in input frames after `last`.
    next: f64,
    last: Option<i16>,
    out: Vec<i16>,
}

impl Resampler {
    /// From `from` to `to` frames per second; nothing when they are the same.
    pub(crate) fn between(from: u32, to: u32) -> Option<Self> {
        (from != to && from > 0 && to > 0).then(|| Self {
            step: f64::from(from) / f64::from(to),
            next: 0.0,
            last: None,
            out: Vec::new(),
        })
    }

    /// The next block at the new rate.
    pub(crate) fn push(&mut self, samples: &[i16]) -> &[i16] {
        self.out.clear();
        for &sample in samples {
            if let Some(last) = self.last {
                let (from, to) = (f64::from(last), f64::from(sample));
                while self.next < 1.0 {
                    self.out.push((from + (to - from) * self.next).round() as i16);
                    self.next += self.step;
                }
                self.next -= 1.0;
            }
            self.last = Some(sample);
        }
        &self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_stays_a_second_and_a_ramp_a_ramp() {
        for (from, to) in [(44_100, 48_000), (48_000, 44_100), (16_000, 48_000), (96_000, 48_000)] {
            let mut resampler = Resampler::between(from, to).expect("rates differ");
            let ramp: Vec<i16> = (0..from).map(|n| (n / 4) as i16).collect();
            let out: Vec<i16> = ramp.chunks(333).flat_map(|block| resampler.push(block).to_vec()).collect();
            assert!(out.len().abs_diff(to as usize) <= 4, "{from} to {to} gave {}", out.len());
            assert!(out.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }

    #[test]
    fn equal_rates_need_none() {
        assert!(Resampler::between(48_000, 48_000).is_none());
    }
}
