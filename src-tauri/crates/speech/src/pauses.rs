//! Where somebody speaks and where they pause.
//!
//! Two witnesses have to agree. Voice activity ([`crate::vad`]) says roughly where a voice is and tells it from fans,
//! keys and breath; energy says to a hundredth of a second where sound begins and ends. A third, the change of level
//! and colour from frame to frame, tells speech from tones and hum, which sound like voices to the network.

use crate::energy::{self, quantile};
use crate::vad;
use serde::{Deserialize, Serialize};

/// A silence between two stretches of speech.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pause {
    /// End of the speech before it, in seconds from the beginning of the take.
    pub start_s: f64,
    /// Beginning of the speech after it, in seconds.
    pub end_s: f64,
}

impl Pause {
    /// Its length, in seconds.
    pub fn length_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// How far sound may reach beyond what the network calls a voice, in frames of 10 ms: final consonants do.
const REACH: usize = 15;

/// How far from any voice a frame has to be to count as background, in frames.
const AWAY: usize = 20;

/// Fewest background frames that give a noise floor.
const ENOUGH_BACKGROUND: usize = 20;

/// Speech begins where the level rises this far above the noise floor, in dB …
const RISE_DB: f32 = 8.0;

/// … and reaches back and on to where it is this far above: hysteresis, so that an edge is not torn by a flutter.
const FALL_DB: f32 = 4.0;

/// The same two edges below the loud parts of the speech, for recordings with hardly any noise: what is fainter
/// than this is reverberation or the microphone.
const RISE_BELOW_SPEECH_DB: f32 = 32.0;
const FALL_BELOW_SPEECH_DB: f32 = 40.0;

/// Silences shorter than this are part of a word, in frames: the closures of p, t and k.
const CLOSURE: usize = 12;

/// Share of a gap the network has to call a voice for it to be none.
const FILLED: f32 = 0.8;

/// Shortest run that counts as speech at all, in frames.
const SHORTEST: usize = 8;

/// Shortest contiguous speech that counts as the first word, in frames: a lip smack is none.
const FIRST_WORD: usize = 20;

/// Least share of a run that the network has to call a voice.
const VOICE_SHARE: f32 = 0.5;

/// Typical (median) change of the level from one frame to the next, in dB, that speech keeps within. Tones, hum and
/// noise are steadier, keys and other clatter jump. Speech lies between 0.8 and 3, also with noise 12 dB below it.
const LIVELY_DB: std::ops::Range<f32> = 0.6..4.5;

/// Typical change of the lean of the spectrum that speech at least has, in dB: the colour of a tone never changes.
const COLOURFUL_DB: f32 = 0.1;

/// Where speech is certain, a held "um" may be steadier than words are, up to this many frames.
const HELD: usize = 100;
const HELD_LIVELY_DB: f32 = 0.2;

/// A stretch of contiguous speech, in frames of 10 ms; the end is not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Run {
    fn frames(self) -> usize {
        self.end - self.start
    }
}

/// What was found in a whole take.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    /// Stretches of speech in order, the first of them long enough to be a word.
    pub(crate) runs: Vec<Run>,
    /// Level of the background, in dBFS.
    pub(crate) floor_db: Option<f32>,
    /// Level of the speech (root mean square over all runs), in dBFS.
    pub(crate) level_db: Option<f32>,
}

impl Speech {
    /// Weighs levels and leans of 10 ms against voice scores of 16 ms.
    pub(crate) fn find(levels: &[f32], leans: &[f32], scores: &[f32]) -> Self {
        let voice = voiced_frames(scores, levels.len());
        let mut loud: Vec<f32> = chosen(levels, &voice).collect();
        let floor = background(levels, &voice);
        let Some(loudest) = quantile(&mut loud, 0.9) else {
            return Self { floor_db: floor, ..Self::default() };
        };
        let quiet = floor.unwrap_or(energy::NOTHING_DB);
        let rise = (quiet + RISE_DB).max(loudest - RISE_BELOW_SPEECH_DB);
        let fall = (quiet + FALL_DB).max(loudest - FALL_BELOW_SPEECH_DB);
        let near = dilated(&voice, REACH);
        let sounding = hysteresis(levels, rise, fall);
        let speaking: Vec<bool> = sounding.iter().zip(&near).map(|(sound, near)| *sound && *near).collect();
        // In noise the fainter half of a word sinks below the edges: there the network fills in.
        let noisy = quiet + RISE_DB > loudest - RISE_BELOW_SPEECH_DB;
        let mut runs = bridged(runs_of(&speaking), |gap| {
            let voiced = voice[gap.start..gap.end].iter().filter(|voice| **voice).count();
            gap.frames() < CLOSURE || (noisy && voiced as f32 >= FILLED * gap.frames() as f32)
        });
        let heard: Vec<Heard> = runs.iter().map(|run| Heard::of(*run, levels, leans, &voice)).collect();
        let certain =
            runs.iter().zip(&heard).any(|(run, heard)| run.frames() >= FIRST_WORD && heard.is_speech());
        let mut heard = heard.into_iter();
        runs.retain(|run| {
            heard.next().is_some_and(|heard| heard.is_speech() || (run.frames() <= HELD && heard.is_held()))
                && run.frames() >= SHORTEST
                && certain
        });
        let first = runs.iter().position(|run| run.frames() >= FIRST_WORD).unwrap_or(runs.len());
        runs.drain(..first);
        let power =
            |run: &Run| levels[run.start..run.end].iter().map(|level| 10_f64.powf(f64::from(*level) / 10.0));
        let spoken: usize = runs.iter().map(|run| run.frames()).sum();
        let mean = runs.iter().flat_map(power).sum::<f64>() / spoken.max(1) as f64;
        Self { level_db: (spoken > 0).then(|| (10.0 * mean.log10()) as f32), floor_db: floor, runs }
    }

    /// Silences of at least `shortest_s` between the runs.
    pub(crate) fn pauses(&self, shortest_s: f64) -> Vec<Pause> {
        let between = self
            .runs
            .windows(2)
            .map(|pair| Pause { start_s: seconds(pair[0].end), end_s: seconds(pair[1].start) });
        // Half a frame of grace: edges are only known to a frame.
        between.filter(|pause| pause.length_s() >= shortest_s - energy::FRAME_S / 2.0).collect()
    }
}

/// The moment at which a frame of 10 ms begins, in seconds.
pub(crate) fn seconds(frame: usize) -> f64 {
    // Divided, not multiplied: 123 frames are 1.23 s and not 1.2300000000000002.
    frame as f64 / 100.0
}

fn voiced_frames(scores: &[f32], frames: usize) -> Vec<bool> {
    let score_at = |frame: usize| {
        let middle = (frame as f64 + 0.5) * energy::FRAME_S;
        scores.get((middle / vad::FRAME_S) as usize).copied().unwrap_or(0.0)
    };
    (0..frames).map(|frame| score_at(frame) >= vad::VOICE).collect()
}

fn chosen<'a>(levels: &'a [f32], which: &'a [bool]) -> impl Iterator<Item = f32> + 'a {
    levels.iter().zip(which).filter_map(|(level, chosen)| chosen.then_some(*level))
}

/// The noise floor: the typical level far from any voice or, where somebody speaks all the time, the level only a
/// twentieth of the frames fall below.
fn background(levels: &[f32], voice: &[bool]) -> Option<f32> {
    let away: Vec<bool> = dilated(voice, AWAY).iter().map(|near| !near).collect();
    let mut apart: Vec<f32> = chosen(levels, &away).collect();
    if apart.len() >= ENOUGH_BACKGROUND {
        return quantile(&mut apart, 0.5);
    }
    quantile(&mut levels.to_vec(), 0.05)
}

/// True within `reach` frames of something true.
fn dilated(flags: &[bool], reach: usize) -> Vec<bool> {
    let mut wide = vec![false; flags.len()];
    for run in runs_of(flags) {
        let end = (run.end + reach).min(flags.len());
        wide[run.start.saturating_sub(reach)..end].fill(true);
    }
    wide
}

/// True where the level is above `fall` in one piece with a place where it is above `rise`.
fn hysteresis(levels: &[f32], rise: f32, fall: f32) -> Vec<bool> {
    let mut sounding: Vec<bool> = levels.iter().map(|level| *level >= fall).collect();
    for run in runs_of(&sounding.clone()) {
        if levels[run.start..run.end].iter().all(|level| *level < rise) {
            sounding[run.start..run.end].fill(false);
        }
    }
    sounding
}

fn runs_of(flags: &[bool]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, _) in flags.iter().enumerate().filter(|(_, flag)| **flag) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(Run { start: at, end: at + 1 }),
        }
    }
    runs
}

fn bridged(runs: Vec<Run>, fills: impl Fn(Run) -> bool) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match joined.last_mut() {
            Some(last) if fills(Run { start: last.end, end: run.start }) => last.end = run.end,
            _ => joined.push(run),
        }
    }
    joined
}

/// What a run sounds like.
struct Heard {
    /// Share of its frames the network calls a voice.
    voice: f32,
    /// Typical change of its level, in dB per frame.
    lively: f32,
    /// Typical change of its lean, in dB per frame.
    colourful: f32,
}

impl Heard {
    fn of(run: Run, levels: &[f32], leans: &[f32], voice: &[bool]) -> Self {
        let voiced = voice[run.start..run.end].iter().filter(|voice| **voice).count();
        Self {
            voice: voiced as f32 / run.frames().max(1) as f32,
            lively: typical_change(&levels[run.start..run.end]),
            colourful: typical_change(&leans[run.start..run.end]),
        }
    }

    fn is_speech(&self) -> bool {
        self.voice >= VOICE_SHARE && LIVELY_DB.contains(&self.lively) && self.colourful >= COLOURFUL_DB
    }

    fn is_held(&self) -> bool {
        self.voice >= VOICE_SHARE && (HELD_LIVELY_DB..LIVELY_DB.end).contains(&self.lively)
    }
}

fn typical_change(values: &[f32]) -> f32 {
    let mut changes: Vec<f32> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    quantile(&mut changes, 0.5).unwrap_or(0.0)
}
