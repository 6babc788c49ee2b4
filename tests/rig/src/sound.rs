//! Sound to feed a microphone with, and to find again in what was recorded.

use anyhow::{Context, Result};
use std::ops::Range;
use std::path::Path;

/// Frames per second of everything here.
pub const SAMPLE_RATE: u32 = 48_000;

/// How many samples in a row are enough to recognise a place.
const RECOGNISED: usize = 32;

/// White noise at half of full scale, the same for the same seed, without a single zero: every sample is recognisable.
#[derive(Debug, Clone)]
pub struct Noise {
    samples: Vec<i16>,
}

impl Noise {
    /// That many frames of noise.
    pub fn new(seed: u64, frames: usize) -> Self {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let samples = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            ((state >> 48) as i16 / 2) | 1
        });
        Self { samples: samples.take(frames).collect() }
    }

    /// That many seconds of noise.
    pub fn seconds(seed: u64, seconds: f64) -> Self {
        Self::new(seed, (seconds * f64::from(SAMPLE_RATE)) as usize)
    }

    /// The samples.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// Writes the noise as a 16-bit mono WAV.
    pub fn write(&self, path: &Path) -> Result<()> {
        write(path, &self.samples)
    }

    /// Where in `recorded` the noise begins.
    pub fn find_in(&self, recorded: &[i16]) -> Option<usize> {
        find(recorded, self.samples.get(..RECOGNISED)?)
    }
}

/// A tone that is on for half a second and off for half a second, again and again.
pub fn beeps(hertz: f64, seconds: f64) -> Vec<i16> {
    let frames = (seconds * f64::from(SAMPLE_RATE)) as usize;
    let half = SAMPLE_RATE as usize / 2;
    let sample = |at: usize| {
        let on = (at / half).is_multiple_of(2);
        let phase = at as f64 * hertz * std::f64::consts::TAU / f64::from(SAMPLE_RATE);
        if on { (phase.sin() * 12_000.0) as i16 } else { 0 }
    };
    (0..frames).map(sample).collect()
}

/// Stretches louder than a twentieth of full scale, as frames; silences under a tenth of a second do not end one.
pub fn loud(samples: &[i16]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in (0..samples.len()).filter(|at| samples[*at].unsigned_abs() > 1_638) {
        match found.last_mut() {
            Some(last) if at - last.end < SAMPLE_RATE as usize / 10 => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// The pitch of a tone in hertz, from the time between its upward zero crossings.
pub fn pitch(samples: &[i16]) -> Option<f64> {
    let crossings: Vec<usize> =
        (1..samples.len()).filter(|at| samples[at - 1] < 0 && samples[*at] >= 0).collect();
    let (first, last) = (crossings.first()?, crossings.last()?);
    let periods = crossings.len() - 1;
    (periods > 0).then(|| periods as f64 * f64::from(SAMPLE_RATE) / (last - first) as f64)
}

/// The root of the mean square of samples.
pub fn rms(samples: &[i16]) -> f64 {
    let squares: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    (squares / samples.len().max(1) as f64).sqrt()
}

/// Writes samples as a 16-bit mono WAV.
pub fn write(path: &Path, samples: &[i16]) -> Result<()> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: SAMPLE_RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec)?;
    let mut block = writer.get_i16_writer(samples.len() as u32);
    for &sample in samples {
        block.write_sample(sample);
    }
    block.flush()?;
    Ok(writer.finalize()?)
}

/// Where `part` first occurs in `whole`.
pub fn find(whole: &[i16], part: &[i16]) -> Option<usize> {
    whole.windows(part.len()).position(|window| window == part)
}

/// The samples of a 16-bit mono WAV, exactly as many as its header says.
///
/// # Errors
/// When it cannot be read to the end.
pub fn read(path: &Path) -> Result<Vec<i16>> {
    let reader = hound::WavReader::open(path).with_context(|| format!("{} does not open", path.display()))?;
    let samples: Result<Vec<i16>, _> = reader.into_samples().collect();
    samples.with_context(|| format!("{} does not read to its end", path.display()))
}
