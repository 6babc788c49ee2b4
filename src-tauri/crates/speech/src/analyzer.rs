//! All delivery facts of one take, gathered block by block while it is recorded.

use crate::clipping::Clipping;
use crate::delivery::{Delivery, METHOD, PAUSE_MS, Settings, Warning, WarningCode};
use crate::energy::{BLOCKS_PER_FRAME, Energies};
use crate::level::SILENCE_DBFS;
use crate::loudness::Loudness;
use crate::pauses::{Speech, seconds};
use crate::resample::Resampler;
use crate::syllables::{self, HOP, Intensity};
use crate::vad::Listener;

/// Rates that can be sound, in frames per second. Any other is taken for the nearest of them.
const RATES: std::ops::RangeInclusive<u32> = 1_000..=1_000_000;

/// Samples worked on at once: keeps every step within the cache, whatever is pushed.
const BLOCK: usize = 4_800;

/// Less speech than this, in seconds, gives no rate.
const ENOUGH_SPEECH_S: f64 = 5.0;

/// Speech below this level (root mean square, dBFS) is too quiet.
const QUIET_DBFS: f32 = -40.0;

/// Speech less than this far above the noise floor, in dB, is too noisy.
const CLEAN_DB: f32 = 15.0;

const _: () =
    assert!(HOP == BLOCKS_PER_FRAME, "a value of the intensity contour and a frame must be one moment");

/// Gathers the facts of one take. Holds about 1.5 kB for each second of sound, whatever the rate.
///
/// The result depends on the samples alone, never on the blocks they came in.
#[derive(Debug)]
pub struct Analyzer {
    sample_rate: u32,
    settings: Settings,
    frames: u64,
    largest: u16,
    clipping: Clipping,
    loudness: Loudness,
    resampler: Resampler,
    energies: Energies,
    intensity: Intensity,
    voice: Listener,
    slow: Vec<f32>,
}

impl Analyzer {
    /// For 16-bit mono samples at `sample_rate` per second.
    pub fn new(sample_rate: u32, settings: Settings) -> Self {
        Self::with(sample_rate, settings, Listener::here())
    }

    /// The same, with the costliest half on a thread of its own: for files, where the wait is what counts. The facts
    /// are the same to the last digit.
    pub fn on_two_threads(sample_rate: u32, settings: Settings) -> Self {
        Self::with(sample_rate, settings, Listener::beside())
    }

    fn with(sample_rate: u32, settings: Settings, voice: Listener) -> Self {
        let sample_rate = sample_rate.clamp(*RATES.start(), *RATES.end());
        Self {
            sample_rate,
            settings,
            frames: 0,
            largest: 0,
            clipping: Clipping::default(),
            loudness: Loudness::new(sample_rate),
            resampler: Resampler::new(sample_rate),
            energies: Energies::default(),
            intensity: Intensity::new(),
            voice,
            slow: Vec::new(),
        }
    }

    /// Takes in the next samples.
    pub fn push(&mut self, samples: &[i16]) {
        for block in samples.chunks(BLOCK) {
            self.frames += block.len() as u64;
            self.largest = block.iter().map(|sample| sample.unsigned_abs()).fold(self.largest, u16::max);
            self.clipping.push(block);
            self.loudness.push(block);
            self.slow.clear();
            self.resampler.push(block, &mut self.slow);
            self.hear();
        }
    }

    fn hear(&mut self) {
        self.energies.push(&self.slow);
        self.intensity.push(&self.slow, self.energies.blocks());
        self.voice.push(&self.slow);
    }

    /// The facts of all that was pushed.
    pub fn finish(mut self) -> Delivery {
        self.slow.clear();
        self.resampler.finish(&mut self.slow);
        self.hear();
        let (levels, leans) = (self.energies.levels(), self.energies.leans());
        let speech = Speech::find(&levels, &leans, &self.voice.finish());
        let (contour, peaks) = self.intensity.finish();
        let mut spoken = vec![false; contour.len()];
        for run in &speech.runs {
            let end = run.end.min(spoken.len());
            spoken[run.start.min(end)..end].fill(true);
        }
        let nuclei = syllables::count(&contour, &peaks, |at| spoken.get(at).copied().unwrap_or(false));
        let sound = Sound {
            duration_s: self.frames as f64 / f64::from(self.sample_rate),
            peak_dbfs: decibels(self.largest),
            clipped_runs: self.clipping.runs(),
            loudness_lufs: self.loudness.integrated_lufs(),
            syllables: u32::try_from(nuclei.len()).unwrap_or(u32::MAX),
        };
        sound.with(&speech, self.settings)
    }
}

/// What is known besides where the speech is.
struct Sound {
    duration_s: f64,
    peak_dbfs: f64,
    clipped_runs: u32,
    loudness_lufs: Option<f64>,
    syllables: u32,
}

impl Sound {
    fn with(self, speech: &Speech, settings: Settings) -> Delivery {
        let pause_ms = settings.pause_ms.clamp(*PAUSE_MS.start(), *PAUSE_MS.end());
        let pauses = speech.pauses(f64::from(pause_ms) / 1_000.0);
        let (first, last) = (speech.runs.first(), speech.runs.last());
        let paused: f64 = pauses.iter().map(super::Pause::length_s).sum();
        let from_first_to_last = first.zip(last).map_or(0.0, |(first, last)| seconds(last.end - first.start));
        let speaking_s = from_first_to_last - paused;
        let snr = speech.level_db.zip(speech.floor_db).map(|(speech, floor)| speech - floor);
        let heard = first.is_some();
        let mut codes = Vec::new();
        if heard {
            if speaking_s < ENOUGH_SPEECH_S {
                codes.push(WarningCode::TooShort);
            }
            if speech.level_db.is_some_and(|level| level < QUIET_DBFS) {
                codes.push(WarningCode::TooQuiet);
            }
            if snr.is_some_and(|snr| snr < CLEAN_DB) {
                codes.push(WarningCode::TooNoisy);
            }
        } else {
            codes.push(WarningCode::NoSpeech);
        }
        let countable = !codes.contains(&WarningCode::TooQuiet) && !codes.contains(&WarningCode::TooNoisy);
        let rateable = countable && heard && speaking_s >= ENOUGH_SPEECH_S;
        let longest = pauses.iter().map(super::Pause::length_s).fold(0.0, f64::max);
        Delivery {
            method: METHOD.to_owned(),
            pause_ms,
            duration_s: self.duration_s,
            first_word_s: first.map(|run| seconds(run.start)),
            speech_share: (self.duration_s > 0.0)
                .then(|| rounded((speaking_s / self.duration_s).clamp(0.0, 1.0))),
            longest_pause_s: heard.then(|| rounded(longest)),
            syllables: countable.then_some(self.syllables),
            articulation_rate: rateable.then(|| rounded(f64::from(self.syllables) / speaking_s)),
            loudness_lufs: self.loudness_lufs.map(rounded),
            peak_dbfs: rounded(self.peak_dbfs),
            clipped_runs: self.clipped_runs,
            noise_floor_dbfs: speech.floor_db.map(|floor| rounded(f64::from(floor))),
            snr_db: snr.map(|snr| rounded(f64::from(snr))),
            warnings: codes.into_iter().map(Warning::from).collect(),
            pauses,
        }
    }
}

/// To a thousandth: more digits would claim more than is measured.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

fn decibels(largest: u16) -> f64 {
    if largest == 0 {
        return f64::from(SILENCE_DBFS);
    }
    20.0 * (f64::from(largest) / 32_768.0).log10()
}
