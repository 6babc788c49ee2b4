//! Energy over time: how loud every hundredth of a second is, and how its spectrum leans.

/// Frames in one block at 16 kHz: 5 ms.
pub(crate) const BLOCK: usize = 80;

/// Blocks in one frame of the level contour: 10 ms.
pub(crate) const BLOCKS_PER_FRAME: usize = 2;

/// Length of one frame of the level contour, in seconds.
pub(crate) const FRAME_S: f64 = 0.01;

/// What a level reads when there is nothing, in dBFS.
pub(crate) const NOTHING_DB: f32 = -120.0;

/// How much of the mean so far stays with each block: what is slower than about 10 Hz is offset and not sound. Longer
/// memory would leave a tail after each word that hides short pauses.
const OFFSET_MEMORY: f32 = 0.7;

/// Mean squares of blocks of 5 ms, of the sound and of its slope, in order.
#[derive(Debug, Default)]
pub(crate) struct Energies {
    /// Mean square of each block, without any constant offset; full scale is 1.
    sound: Vec<f32>,
    /// Mean square of the difference between neighbouring samples: heavy where the sound is bright.
    slope: Vec<f32>,
    open: Vec<f32>,
    offset: Option<f32>,
}

impl Energies {
    /// Takes in samples at 16 kHz.
    pub(crate) fn push(&mut self, mut samples: &[f32]) {
        if !self.open.is_empty() {
            let (head, rest) = samples.split_at(samples.len().min(BLOCK - self.open.len()));
            self.open.extend_from_slice(head);
            samples = rest;
            if self.open.len() < BLOCK {
                return;
            }
            let open = std::mem::take(&mut self.open);
            self.close(&open);
        }
        let blocks = samples.chunks_exact(BLOCK);
        let rest = blocks.remainder();
        blocks.for_each(|block| self.close(block));
        self.open.extend_from_slice(rest);
    }

    fn close(&mut self, block: &[f32]) {
        let count = block.len().max(1) as f32;
        let mean = total(block, |_, x| x) / count;
        let offset = self.offset.map_or(mean, |old| old * OFFSET_MEMORY + mean * (1.0 - OFFSET_MEMORY));
        self.offset = Some(offset);
        self.sound.push(total(block, |_, x| (x - offset) * (x - offset)) / count);
        self.slope.push(total(block, |before, x| (x - before) * (x - before)) / count);
    }

    /// Mean square of every whole block so far.
    pub(crate) fn blocks(&self) -> &[f32] {
        &self.sound
    }

    /// Level of every 10 ms, in dBFS (root mean square).
    pub(crate) fn levels(&self) -> Vec<f32> {
        frames(&self.sound).map(decibels).collect()
    }

    /// Lean of the spectrum of every 10 ms, in dB: the slope's energy against the sound's. About +3 for white noise,
    /// far below 0 for a low voice, above 0 for an s.
    pub(crate) fn leans(&self) -> Vec<f32> {
        frames(&self.slope)
            .zip(frames(&self.sound))
            .map(|(slope, sound)| decibels(slope) - decibels(sound))
            .collect()
    }
}

/// A mean square as a level in dBFS.
pub(crate) fn decibels(mean_square: f32) -> f32 {
    (10.0 * (mean_square + 1e-12).log10()).max(NOTHING_DB)
}

/// The value below which `share` of the values lie; nothing when there are none.
pub(crate) fn quantile(values: &mut [f32], share: f64) -> Option<f32> {
    let last = values.len().checked_sub(1)?;
    let (_, value, _) = values.select_nth_unstable_by((last as f64 * share) as usize, f32::total_cmp);
    Some(*value)
}

/// Means of every two blocks; an odd last block is left out.
fn frames(blocks: &[f32]) -> impl Iterator<Item = f32> + '_ {
    blocks
        .as_chunks::<BLOCKS_PER_FRAME>()
        .0
        .iter()
        .map(|pair| pair.iter().sum::<f32>() / BLOCKS_PER_FRAME as f32)
}

/// The sum over a block of something made of each sample and the one before it, in sums the compiler may do side by
/// side. The first sample of a block counts as its own predecessor.
fn total(block: &[f32], of: impl Fn(f32, f32) -> f32) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0_f32; LANES];
    if let Some(&first) = block.first() {
        sums[0] += of(first, first);
    }
    let (before, after) = (&block[..block.len().saturating_sub(1)], block.get(1..).unwrap_or(&[]));
    let (before, after) = (before.chunks(LANES), after.chunks(LANES));
    for (before, after) in before.zip(after) {
        for (sum, (&before, &x)) in sums.iter_mut().zip(before.iter().zip(after)) {
            *sum += of(before, x);
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn energies(samples: &[f32]) -> Energies {
        let mut energies = Energies::default();
        samples.chunks(33).for_each(|piece| energies.push(piece));
        energies
    }

    #[test]
    fn a_tone_has_its_root_mean_square_and_an_offset_has_none() {
        let tone: Vec<f32> = (0..16_000)
            .map(|n| 0.3 + 0.1 * (std::f32::consts::TAU * 400.0 * n as f32 / 16_000.0).sin())
            .collect();
        let levels = energies(&tone).levels();
        assert_eq!(levels.len(), 100);
        assert!(levels.iter().all(|level| (level + 23.01).abs() < 0.2), "{levels:?}");
    }

    #[test]
    fn bright_sound_leans_up_and_dark_sound_down() {
        let wave = |hertz: f32| -> Vec<f32> {
            (0..1_600).map(|n| 0.1 * (std::f32::consts::TAU * hertz * n as f32 / 16_000.0).sin()).collect()
        };
        assert!(energies(&wave(6_000.0)).leans().iter().all(|&lean| lean > 3.0));
        assert!(energies(&wave(200.0)).leans().iter().all(|&lean| lean < -20.0));
    }

    #[test]
    fn quantiles_are_values_that_occur() {
        assert_eq!(quantile(&mut [3.0, 1.0, 2.0], 0.5), Some(2.0));
        assert_eq!(quantile(&mut [], 0.5), None);
    }
}
