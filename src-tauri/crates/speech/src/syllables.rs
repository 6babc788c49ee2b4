//! Syllable nuclei, found in the sound alone, after De Jong and Wempe (2009), "Praat script to detect syllable nuclei
//! and measure speech rate automatically", Behavior Research Methods 41, 385–390, doi 10.3758/BRM.41.2.385.
//!
//! The published method: take the intensity over time; every peak that is loud enough and followed by a dip of at
//! least 2 dB is a candidate; a candidate that is voiced is a syllable nucleus, most often a vowel. Written from that
//! description. Voicing is our own: the normalised autocorrelation around the peak. Unstressed syllables are
//! sometimes missed, as with the original; read the count as good to about a tenth.

use crate::energy::{BLOCK, decibels, quantile};
use std::collections::VecDeque;

/// Blocks from one value of the intensity to the next: 10 ms.
pub(crate) const HOP: usize = 2;

/// Blocks on either side of the middle one in the intensity's window: 125 ms long, 64 ms of it counting, as an
/// intensity that must not follow the periods of a voice of 50 Hz needs.
const HALF_WINDOW: usize = 12;

/// Shape of that window: a Gaussian that has fallen to `exp(-9)` at its ends.
const WINDOW_SHAPE: f32 = 9.0;

/// How far below the loudest (its 99 % quantile) a nucleus may be, in dB.
const RANGE_DB: f32 = 25.0;

/// How deep the intensity must dip after a nucleus, in dB.
const DIP_DB: f32 = 2.0;

/// Peaks below this are not even looked at, in dBFS.
const FAINTEST_DB: f32 = -75.0;

/// Samples of the 4 kHz copy voicing is judged on, per block.
const SLOW_PER_BLOCK: usize = BLOCK / SLOWER;

/// How much slower that copy is.
const SLOWER: usize = 4;

/// Blocks of it in the window of the autocorrelation: 60 ms, three periods of a voice of 50 Hz.
const VOICING_BLOCKS: usize = 12;

/// Periods looked for, in samples at 4 kHz: voices from about 67 to 444 Hz.
const PERIODS: std::ops::RangeInclusive<usize> = 9..=60;

/// Correlation with itself one period later from which on a sound is voiced.
const VOICED: f32 = 0.45;

/// A local peak of the intensity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct IntensityPeak {
    /// Which value of the contour it is.
    pub(crate) at: usize,
    /// How well the sound there repeats itself: 0 not at all, 1 perfectly.
    pub(crate) voicing: f32,
}

/// The intensity contour of a growing sound and its peaks.
#[derive(Debug)]
pub(crate) struct Intensity {
    window: Vec<f32>,
    contour: Vec<f32>,
    peaks: Vec<IntensityPeak>,
    slow: Slow,
}

/// The last stretch of the sound at 4 kHz.
#[derive(Debug, Default)]
struct Slow {
    samples: VecDeque<f32>,
    /// Samples that have left at the front.
    gone: usize,
    open: Vec<f32>,
}

impl Intensity {
    /// Nothing heard yet.
    pub(crate) fn new() -> Self {
        let reach = HALF_WINDOW as f32 + 0.5;
        let weights = (0..=2 * HALF_WINDOW).map(|n| {
            let from_middle = (n as f32 - HALF_WINDOW as f32) / reach;
            (-WINDOW_SHAPE * from_middle * from_middle).exp()
        });
        let weights: Vec<f32> = weights.collect();
        let sum: f32 = weights.iter().sum();
        Self {
            window: weights.iter().map(|weight| weight / sum).collect(),
            contour: Vec::new(),
            peaks: Vec::new(),
            slow: Slow::default(),
        }
    }

    /// Takes in samples at 16 kHz together with the energies of all blocks so far, these samples' included.
    pub(crate) fn push(&mut self, samples: &[f32], blocks: &[f32]) {
        self.slow.push(samples);
        loop {
            let middle = self.contour.len() * HOP;
            // The contour begins half a window late with what there is, and ends where the blocks end.
            let Some(after) = blocks.get(middle..=middle + HALF_WINDOW) else { break };
            let before = &blocks[middle.saturating_sub(HALF_WINDOW)..middle];
            let (left, right) = self.window.split_at(HALF_WINDOW);
            let left = &left[HALF_WINDOW - before.len()..];
            let weigh = |weights: &[f32], blocks: &[f32]| -> f32 {
                weights.iter().zip(blocks).map(|(weight, energy)| weight * energy).sum()
            };
            self.contour.push(decibels(weigh(left, before) + weigh(right, after)));
            self.look_for_peak();
        }
        self.slow.forget((self.contour.len().saturating_sub(2) * HOP).saturating_sub(VOICING_BLOCKS));
    }

    fn look_for_peak(&mut self) {
        let &[.., before, here, after] = self.contour.as_slice() else { return };
        if here > before && here >= after && here > FAINTEST_DB {
            let at = self.contour.len() - 2;
            self.peaks.push(IntensityPeak { at, voicing: self.slow.voicing(at * HOP) });
        }
    }

    /// The contour in dBFS, one value every [`HOP`] blocks, and its peaks.
    pub(crate) fn finish(self) -> (Vec<f32>, Vec<IntensityPeak>) {
        (self.contour, self.peaks)
    }
}

impl Slow {
    fn push(&mut self, mut samples: &[f32]) {
        // The mean of four is filter enough: periods are looked for far below, and its zeros lie where it folds.
        let mean = |four: &[f32]| four.iter().sum::<f32>() / SLOWER as f32;
        if !self.open.is_empty() {
            let (head, rest) = samples.split_at(samples.len().min(SLOWER - self.open.len()));
            self.open.extend_from_slice(head);
            samples = rest;
            if self.open.len() < SLOWER {
                return;
            }
            self.samples.push_back(mean(&self.open));
            self.open.clear();
        }
        let fours = samples.chunks_exact(SLOWER);
        self.open.extend_from_slice(fours.remainder());
        self.samples.extend(fours.map(mean));
    }

    fn forget(&mut self, block: usize) {
        let unneeded = (block * SLOW_PER_BLOCK).saturating_sub(self.gone).min(self.samples.len());
        self.samples.drain(..unneeded);
        self.gone += unneeded;
    }

    /// How well the sound around the middle of a block repeats itself within the periods of a voice.
    fn voicing(&self, block: usize) -> f32 {
        let length = VOICING_BLOCKS * SLOW_PER_BLOCK;
        let middle = block * SLOW_PER_BLOCK + SLOW_PER_BLOCK / 2;
        let start = middle.saturating_sub(length / 2).saturating_sub(self.gone);
        let mut around: Vec<f32> = self.samples.iter().skip(start).take(length).copied().collect();
        let mean = around.iter().sum::<f32>() / around.len().max(1) as f32;
        for x in &mut around {
            *x -= mean;
        }
        let correlation = |period: usize| {
            let Some(later) = around.get(period..).filter(|later| !later.is_empty()) else { return 0.0 };
            let (mut cross, mut first, mut second) = (0.0_f32, 0.0_f32, 0.0_f32);
            for (a, b) in around.iter().zip(later) {
                cross += a * b;
                first += a * a;
                second += b * b;
            }
            cross / (first * second).sqrt().max(1e-12)
        };
        let values: Vec<f32> = (*PERIODS.start() - 1..=*PERIODS.end() + 1).map(correlation).collect();
        // Only a true peak is a period: the slope down from zero lag is not.
        let peaks = values.windows(3).filter(|v| v[1] >= v[0] && v[1] >= v[2]).map(|v| v[1]);
        peaks.fold(0.0, f32::max).min(1.0)
    }
}

/// Counts the nuclei among the peaks that `spoken` says lie within speech (asked with a value of the contour).
pub(crate) fn count(contour: &[f32], peaks: &[IntensityPeak], spoken: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut heard: Vec<f32> = (0..contour.len()).filter(|&at| spoken(at)).map(|at| contour[at]).collect();
    let Some(loudest) = quantile(&mut heard, 0.99) else { return Vec::new() };
    let mut loud = peaks.iter().filter(|peak| contour[peak.at] > loudest - RANGE_DB).peekable();
    let mut nuclei = Vec::new();
    while let Some(peak) = loud.next() {
        let until = loud.peek().map_or(contour.len(), |next| next.at);
        let lowest = contour[peak.at..until].iter().copied().fold(f32::INFINITY, f32::min);
        if contour[peak.at] - lowest > DIP_DB && peak.voicing > VOICED && spoken(peak.at) {
            nuclei.push(peak.at);
        }
    }
    nuclei
}
