//! Clipping: runs of samples pinned to the end of the scale, counted across block borders.

/// Magnitude from which a sample counts as pinned to the end of the 16-bit scale.
const CLIP_MAGNITUDE: u16 = 32_766;

/// How many pinned samples in a row make one clipped run; a lone full-scale peak is not clipping.
const CLIP_RUN: u32 = 3;

/// Counts clipped runs in a stream of blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Clipping {
    runs: u32,
    current: u32,
}

impl Clipping {
    /// Takes in the next samples.
    pub fn push(&mut self, samples: &[i16]) {
        // Loud samples are rare: one fast pass over the block usually settles it.
        if !samples.iter().any(|s| s.unsigned_abs() >= CLIP_MAGNITUDE) {
            self.current = 0;
            return;
        }
        for sample in samples {
            if sample.unsigned_abs() >= CLIP_MAGNITUDE {
                self.current = self.current.saturating_add(1);
                if self.current == CLIP_RUN {
                    self.runs = self.runs.saturating_add(1);
                }
            } else {
                self.current = 0;
            }
        }
    }

    /// Runs of at least [`CLIP_RUN`] pinned samples so far.
    pub fn runs(&self) -> u32 {
        self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_in_a_row_clip_and_two_do_not() {
        let mut clipping = Clipping::default();
        clipping.push(&[32_767, -32_768, 0, 32_766, 32_766, 32_767, 32_767, 0]);
        assert_eq!(clipping.runs(), 1);
    }

    proptest! {
        #[test]
        fn block_borders_do_not_change_the_count(
            samples in prop::collection::vec(prop_oneof![Just(32_767_i16), Just(-32_768), Just(32_765), Just(0)], 0..200),
            block in 1_usize..17,
        ) {
            let mut whole = Clipping::default();
            whole.push(&samples);
            let mut pieces = Clipping::default();
            samples.chunks(block).for_each(|piece| pieces.push(piece));
            let naive = samples
                .split(|s| s.unsigned_abs() < CLIP_MAGNITUDE)
                .filter(|run| run.len() >= CLIP_RUN as usize)
                .count();
            prop_assert_eq!(whole.runs() as usize, naive);
            prop_assert_eq!(pieces.runs(), whole.runs());
        }
    }
}
