//! Clips whose words and silences are known to the sample, and how well an answer fits them.

use aloud_speech::Delivery;
use anyhow::Result;
use rig::speaker;
pub use rig::speaker::say as said;
use std::f64::consts::TAU;
use std::fmt;

const PHRASES: [&str; 12] = [
    "the service keeps a queue of pending jobs in memory",
    "we moved the cache behind a small proxy",
    "my team owned the billing pipeline for three years",
    "a worker reads one message at a time",
    "so the database became the bottleneck",
    "latency went down by half after the change",
    "I would start with the requirements",
    "every request carries an idempotency key",
    "the scheduler steals work from other threads",
    "in the end we rolled it back",
    "it was a question of ownership",
    "you lose ordering across partitions",
];
const VOICES: [&str; 6] = ["en-us", "en-gb", "en-us+f2", "en-gb+m3", "en-gb-scotland", "en-us+f4"];
const SPEEDS: [u32; 4] = [130, 160, 190, 220];

/// Numbers that look random and are the same every time.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// 0 to 1.
    pub fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// −1 to 1.
    pub fn centred(&mut self) -> f64 {
        2.0 * self.share() - 1.0
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.share() * choices.len() as f64) as usize]
    }
}

/// Speech with silences put into it.
#[derive(Debug)]
pub struct Clip {
    pub samples: Vec<i16>,
    pub rate: u32,
    pub first_word_s: f64,
    /// Beginning and end of each, in seconds.
    pub pauses: Vec<(f64, f64)>,
}

impl Clip {
    fn make(seed: u64) -> Result<Self> {
        let mut random = Random::new(seed + 1);
        let (voice, speed) = (random.one_of(&VOICES), random.one_of(&SPEEDS));
        let rate = speaker::SAMPLE_RATE;
        let silence = |seconds: f64| (seconds * f64::from(rate)) as usize;
        let mut samples = vec![0; silence(0.1 + 2.4 * random.share())];
        let at = |samples: &[i16]| samples.len() as f64 / f64::from(rate);
        let first_word_s = at(&samples);
        let mut pauses = Vec::new();
        for phrase in 0..6 {
            if phrase > 0 {
                let start = at(&samples);
                // Half of them short, where they are hard to tell.
                let most = random.one_of(&[1.0, 3.0]);
                samples.resize(samples.len() + silence(0.2 + (most - 0.2) * random.share()), 0);
                pauses.push((start, at(&samples)));
            }
            samples.extend(said(random.one_of(&PHRASES), voice, speed)?);
        }
        samples.resize(samples.len() + silence(0.5), 0);
        Ok(Self { samples, rate, first_word_s, pauses })
    }

    /// The same with white noise that many dB below the speech.
    pub fn with_noise(&self, snr_db: Option<f64>) -> Vec<i16> {
        let Some(snr_db) = snr_db else { return self.samples.clone() };
        let spoken: Vec<f64> =
            self.samples.iter().filter(|x| **x != 0).map(|x| f64::from(*x).powi(2)).collect();
        let level = (spoken.iter().sum::<f64>() / spoken.len() as f64).sqrt();
        // A number from −1 to 1 has a root mean square of 1/√3.
        let height = level * 10_f64.powf(-snr_db / 20.0) * 3_f64.sqrt();
        let mut random = Random::new(77);
        self.samples.iter().map(|x| (f64::from(*x) + height * random.centred()) as i16).collect()
    }
}

/// That many clips, always the same ones.
pub fn clips(count: u64) -> Result<Vec<Clip>> {
    speaker::find()?;
    (0..count).map(Clip::make).collect()
}

/// How well pauses and first words were found.
#[derive(Debug, Default)]
pub struct Score {
    found: usize,
    missed: usize,
    invented: usize,
    edges: Vec<f64>,
    first_words: Vec<f64>,
}

impl Score {
    pub fn add(&mut self, clip: &Clip, delivery: &Delivery, shortest_s: f64) {
        let mut got: Vec<(f64, f64)> =
            delivery.pauses.iter().map(|pause| (pause.start_s, pause.end_s)).collect();
        for want in clip.pauses.iter().filter(|want| want.1 - want.0 >= shortest_s) {
            let overlap = |got: &(f64, f64)| got.1.min(want.1) - got.0.max(want.0);
            let longer = |got: &(f64, f64)| (got.1 - got.0).max(want.1 - want.0);
            match got.iter().position(|got| overlap(got) > 0.5 * longer(got)) {
                Some(at) => {
                    let got = got.swap_remove(at);
                    self.found += 1;
                    self.edges.extend([(got.0 - want.0).abs(), (got.1 - want.1).abs()]);
                }
                None => self.missed += 1,
            }
        }
        self.invented += got.len();
        let first = delivery.first_word_s.unwrap_or(f64::INFINITY);
        self.first_words.push((first - clip.first_word_s).abs());
    }

    pub fn f1(&self) -> f64 {
        2.0 * self.found as f64 / (2 * self.found + self.missed + self.invented) as f64
    }

    pub fn median_edge_error_s(&self) -> f64 {
        let mut edges = self.edges.clone();
        edges.sort_by(f64::total_cmp);
        edges.get(edges.len() / 2).copied().unwrap_or(f64::INFINITY)
    }

    pub fn worst_first_word_error_s(&self) -> f64 {
        self.first_words.iter().copied().fold(0.0, f64::max)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "F1 {:.3} ({} found, {} missed, {} invented), edges {:.0} ms in the median, first word {:.0} ms at worst",
            self.f1(),
            self.found,
            self.missed,
            self.invented,
            self.median_edge_error_s() * 1_000.0,
            self.worst_first_word_error_s() * 1_000.0,
        )
    }
}

/// Eight seconds each of what a room may hold besides speech, as fractions of full scale.
pub fn no_speech(rate: u32) -> Vec<(String, Vec<f64>)> {
    let frames = 8 * rate;
    let wave = |of: &mut dyn FnMut(f64) -> f64| -> Vec<f64> {
        (0..frames).map(|n| of(f64::from(n) / f64::from(rate))).collect()
    };
    let mut random = Random::new(3);
    let mut sounds = vec![("silence".to_owned(), wave(&mut |_| 0.0))];
    for hertz in [110.0, 220.0, 440.0, 1_000.0, 2_500.0] {
        sounds.push((format!("tone of {hertz} Hz"), wave(&mut |t| 0.3 * (TAU * hertz * t).sin())));
    }
    for hertz in [50.0, 60.0, 120.0] {
        let mut hum =
            |t: f64| (1..14).map(|h| 0.2 / f64::from(h) * (TAU * hertz * f64::from(h) * t).sin()).sum();
        sounds.push((format!("hum of {hertz} Hz"), wave(&mut hum)));
        let mut noisy = |t: f64| hum(t) + 0.02 * random.centred();
        sounds.push((format!("hum of {hertz} Hz with noise"), wave(&mut noisy)));
    }
    for height in [0.002, 0.02, 0.2, 0.6] {
        sounds.push((format!("white noise at {height}"), wave(&mut |_| height * random.centred())));
    }
    sounds.push((
        "beeps".to_owned(),
        wave(&mut |t| if t % 0.25 < 0.12 { 0.3 * (TAU * 880.0 * t).sin() } else { 0.0 }),
    ));
    sounds.push(("a sweep".to_owned(), wave(&mut |t| 0.3 * (TAU * (100.0 * t + 150.0 * t * t)).sin())));
    sounds.push((
        "noise after a gap".to_owned(),
        wave(&mut |t| if t < 4.0 { 0.0 } else { 0.05 * random.centred() }),
    ));
    for (keys_a_second, bed) in [(5.0, 0.0), (9.0, 0.002), (15.0, 0.0), (15.0, 0.002)] {
        sounds.push((
            format!("{keys_a_second} keys a second over {bed}"),
            clatter(rate, frames, keys_a_second, bed),
        ));
    }
    sounds
}

/// Keys: short bursts of noise and a ring of the case, each with a fainter release.
fn clatter(rate: u32, frames: u32, keys_a_second: f64, bed: f64) -> Vec<f64> {
    let mut random = Random::new(keys_a_second as u64);
    let mut sound: Vec<f64> = (0..frames).map(|_| bed * random.centred()).collect();
    let mut at = 0.0;
    loop {
        at += -random.share().max(1e-9).ln() / keys_a_second;
        let start = (at * f64::from(rate)) as usize;
        let Some(rest) = sound.get_mut(start..) else { return sound };
        let (decay, ring) = (0.002 + 0.008 * random.share(), 300.0 + 2_700.0 * random.share());
        let height = 0.05 + 0.4 * random.share();
        for (n, x) in rest.iter_mut().enumerate().take(rate as usize / 10) {
            let t = n as f64 / f64::from(rate);
            let burst = |t: f64| if t < 0.0 { 0.0 } else { (-t / decay).exp() };
            *x += height
                * (0.6 * random.centred() + 0.4 * (TAU * ring * t).sin())
                * (burst(t) + 0.2 * burst(t - 0.07));
        }
    }
}
