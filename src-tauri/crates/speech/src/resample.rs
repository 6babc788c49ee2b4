//! From the device's rate to 16 kHz, the rate voice activity and syllables are measured at.
//!
//! A windowed-sinc polyphase filter: every output sample is the input, band-limited to just under 8 kHz, read at
//! exactly its own moment. So a moment at 16 kHz is the same moment in the take, and what lies above 8 kHz does not
//! fold back into the speech.

/// Frames per second after resampling.
pub(crate) const RATE: u32 = 16_000;

/// Zero crossings of the sinc kept on either side: a stop band about 60 dB down.
const CROSSINGS: f64 = 12.0;

/// Where the pass band ends, as a share of the lower of the two Nyquist frequencies; the rest is for the slope.
const PASS: f64 = 0.94;

/// Shape of the Kaiser window.
const KAISER_BETA: f64 = 6.0;

/// The most filter phases kept. Usual rates need fewer and are exact; odd ones take the nearest.
const MOST_PHASES: u64 = 1_024;

/// Multiplications done side by side.
const LANES: usize = 8;

/// Turns 16-bit samples at any rate into fractions of full scale at [`RATE`].
#[derive(Debug)]
pub(crate) struct Resampler {
    /// Input frames per output frame, as a fraction `step / per_frame`.
    step: u64,
    per_frame: u64,
    phases: u64,
    taps: usize,
    /// One row of `taps` per phase.
    table: Vec<f32>,
    /// Input not used up yet, beginning half a filter before the next output frame.
    history: Vec<f32>,
    /// The next output frame, in input frames times `per_frame` after the middle of the first possible filter.
    position: u64,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// From `from` frames per second; 0 counts as 1.
    pub(crate) fn new(from: u32) -> Self {
        let from = from.max(1);
        let common = u64::from(gcd(from, RATE));
        let (step, per_frame) = (u64::from(from) / common, u64::from(RATE) / common);
        let phases = per_frame.min(MOST_PHASES);
        let shrink = (f64::from(from) / f64::from(RATE)).max(1.0);
        let half = ((CROSSINGS * shrink / 4.0).ceil() as usize) * 4;
        let taps = 2 * half;
        let cutoff = PASS / shrink;
        let mut table = Vec::with_capacity(phases as usize * taps);
        for phase in 0..phases {
            let at = phase as f64 / phases as f64 + half as f64 - 1.0;
            let row: Vec<f64> = (0..taps).map(|tap| kernel(at - tap as f64, cutoff, half as f64)).collect();
            let gain: f64 = row.iter().sum();
            table.extend(row.iter().map(|weight| (weight / gain) as f32));
        }
        Self {
            step,
            per_frame,
            phases,
            taps,
            table,
            history: vec![0.0; half - 1],
            position: 0,
            taken: 0,
            given: 0,
        }
    }

    /// Takes in samples and appends what they give to `out`.
    pub(crate) fn push(&mut self, samples: &[i16], out: &mut Vec<f32>) {
        self.taken += samples.len() as u64;
        let fractions = samples.iter().map(|&sample| f32::from(sample) / 32_768.0);
        if self.step == self.per_frame {
            out.extend(fractions);
            return;
        }
        self.history.extend(fractions);
        self.give(out, u64::MAX);
    }

    /// Appends the last frames: those whose filter reaches past the end, where silence is.
    pub(crate) fn finish(&mut self, out: &mut Vec<f32>) {
        if self.step == self.per_frame {
            return;
        }
        let due = (self.taken * self.per_frame).div_ceil(self.step);
        self.history.resize(self.history.len() + self.taps, 0.0);
        self.give(out, due);
    }

    fn give(&mut self, out: &mut Vec<f32>, most: u64) {
        while self.given < most {
            let start = (self.position / self.per_frame) as usize;
            let Some(input) = self.history.get(start..start + self.taps) else { break };
            let phase = (self.position % self.per_frame * self.phases / self.per_frame) as usize;
            let row = &self.table[phase * self.taps..(phase + 1) * self.taps];
            out.push(dot(input, row));
            self.given += 1;
            self.position += self.step;
        }
        let used = (self.position / self.per_frame).min(self.history.len() as u64);
        self.history.drain(..used as usize);
        self.position -= used * self.per_frame;
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Separate sums, so that the compiler may do them side by side; their order never depends on the blocks.
    let mut sums = [0.0_f32; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

fn kernel(distance: f64, cutoff: f64, half: f64) -> f64 {
    let reach = distance / half;
    if reach.abs() >= 1.0 {
        return 0.0;
    }
    let angle = std::f64::consts::PI * distance * cutoff;
    let sinc = if angle.abs() < 1e-9 { 1.0 } else { angle.sin() / angle };
    sinc * bessel(KAISER_BETA * (1.0 - reach * reach).sqrt())
}

/// The modified Bessel function of order zero, by its series.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..30 {
        term *= (x / 2.0 / f64::from(k)).powi(2);
        sum += term;
    }
    sum
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn resampled(samples: &[i16], from: u32) -> Vec<f32> {
        let (mut resampler, mut out) = (Resampler::new(from), Vec::new());
        resampler.push(samples, &mut out);
        resampler.finish(&mut out);
        out
    }

    fn sine(hertz: f64, rate: u32, frames: u32) -> Vec<i16> {
        let turn = std::f64::consts::TAU * hertz / f64::from(rate);
        (0..frames).map(|n| (16_384.0 * (turn * f64::from(n)).sin()) as i16).collect()
    }

    #[test]
    fn a_tone_in_the_band_keeps_its_moment_and_its_height() {
        for from in [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000, 44_099] {
            let out = resampled(&sine(1_000.0, from, from), from);
            assert_eq!(out.len(), RATE as usize, "{from}");
            let turn = std::f64::consts::TAU * 1_000.0 / f64::from(RATE);
            for (n, &got) in out.iter().enumerate().skip(400).take(15_000) {
                let want = 0.5 * (turn * n as f64).sin();
                assert!((f64::from(got) - want).abs() < 0.004, "{from} Hz, frame {n}: {got} for {want}");
            }
        }
    }

    #[test]
    fn what_is_above_the_band_does_not_fold_back() {
        for hertz in [9_000.0, 12_000.0, 15_500.0, 20_000.0] {
            let out = resampled(&sine(hertz, 48_000, 48_000), 48_000);
            let loudest = out.iter().skip(100).take(15_000).fold(0.0_f32, |most, x| most.max(x.abs()));
            assert!(loudest < 0.5 * 0.002, "{hertz} Hz comes through at {loudest}");
        }
    }

    proptest! {
        #[test]
        fn block_borders_change_nothing(
            samples in prop::collection::vec(any::<i16>(), 0..3_000),
            block in 1_usize..500,
            from in prop_oneof![Just(48_000_u32), Just(44_100), Just(16_000), Just(8_000), Just(37_801)],
        ) {
            let (mut resampler, mut pieces) = (Resampler::new(from), Vec::new());
            samples.chunks(block).for_each(|piece| resampler.push(piece, &mut pieces));
            resampler.finish(&mut pieces);
            prop_assert_eq!(pieces, resampled(&samples, from));
        }
    }
}
