//! Voice activity: how likely every 16 ms hold a voice, by the small recurrent network of the `earshot` crate.

use earshot::Detector;
use std::sync::mpsc::{self, SyncSender};
use std::thread::JoinHandle;

/// Frames the network looks at in one go, at 16 kHz: 16 ms.
pub(crate) const FRAME: usize = 256;

/// Length of such a frame, in seconds.
pub(crate) const FRAME_S: f64 = 0.016;

/// Score from which on a frame counts as voice; the network's authors advise a half.
pub(crate) const VOICE: f32 = 0.5;

/// Frames the network hears before its scores count: about a quarter of a second.
///
/// Fresh from the start it takes any noise for a voice for some 210 ms. So it first hears the beginning backwards:
/// then it is warm, nothing of the beginning is lost to it, and the two join without a jump.
const WARM_UP: usize = 16;

/// Height of the noise laid under the sound, as a fraction of full scale (−84 dBFS peak).
///
/// Digital silence, as a muted microphone or a gap leaves it, is nothing the network was trained on: whatever sound
/// follows it is taken for a voice for most of a second.
const BED: f32 = 6e-5;

/// Scores of a growing sound.
pub(crate) struct Voice {
    detector: Box<Detector>,
    open: Vec<f32>,
    warm: bool,
    bed: u32,
    scores: Vec<f32>,
}

impl std::fmt::Debug for Voice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Voice").field("scores", &self.scores.len()).finish_non_exhaustive()
    }
}

impl Voice {
    /// Nothing heard yet.
    pub(crate) fn new() -> Self {
        Self {
            detector: Detector::default_boxed(),
            open: Vec::new(),
            warm: false,
            bed: 1,
            scores: Vec::new(),
        }
    }

    /// Takes in samples at 16 kHz, as fractions of full scale.
    pub(crate) fn push(&mut self, samples: &[f32]) {
        for &sample in samples {
            // A congruential generator: the same bed under the same sound, always.
            self.bed = self.bed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (self.bed >> 8) as f32 / 8_388_608.0 - 1.0;
            self.open.push((sample + BED * noise).clamp(-1.0, 1.0));
        }
        if self.warm || self.open.len() >= WARM_UP * FRAME {
            self.listen();
        }
    }

    fn listen(&mut self) {
        if !self.warm {
            let beginning = self.open.iter().take(WARM_UP * FRAME).rev().copied();
            let backwards: Vec<f32> = beginning.collect();
            for frame in backwards.chunks_exact(FRAME) {
                self.detector.predict_f32(frame);
            }
            self.warm = true;
        }
        let frames = self.open.chunks_exact(FRAME);
        let used = frames.len() * FRAME;
        self.scores.extend(frames.map(|frame| self.detector.predict_f32(frame)));
        self.open.drain(..used);
    }

    /// The scores, one for each whole 16 ms, 0 to 1.
    pub(crate) fn finish(mut self) -> Vec<f32> {
        self.listen();
        self.scores
    }
}

/// Blocks of sound that may wait for the other thread: about a second.
const WAITING: usize = 10;

/// Who listens: the thread that pushes, or another one beside it.
#[derive(Debug)]
pub(crate) enum Listener {
    /// The thread that pushes.
    Here(Voice),
    /// A thread of its own, fed over a short channel.
    Beside { feed: SyncSender<Vec<f32>>, thread: JoinHandle<Vec<f32>> },
}

impl Listener {
    pub(crate) fn here() -> Self {
        Self::Here(Voice::new())
    }

    /// On a thread of its own, where the system gives one.
    pub(crate) fn beside() -> Self {
        let (feed, blocks) = mpsc::sync_channel::<Vec<f32>>(WAITING);
        let listen = move || {
            let mut voice = Voice::new();
            for block in blocks {
                voice.push(&block);
            }
            voice.finish()
        };
        match std::thread::Builder::new().name("voice activity".to_owned()).spawn(listen) {
            Ok(thread) => Self::Beside { feed, thread },
            Err(_) => Self::here(),
        }
    }

    pub(crate) fn push(&mut self, samples: &[f32]) {
        match self {
            Self::Here(voice) => voice.push(samples),
            // A thread that died leaves no scores, and then there is no speech: nothing else can be done about it.
            Self::Beside { feed, .. } => drop(feed.send(samples.to_vec())),
        }
    }

    pub(crate) fn finish(self) -> Vec<f32> {
        match self {
            Self::Here(voice) => voice.finish(),
            Self::Beside { feed, thread } => {
                drop(feed);
                thread.join().unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(frames: usize) -> Vec<f32> {
        let mut state = 7_u32;
        let steps = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        });
        steps.take(frames).map(|x| x * 0.05).collect()
    }

    #[test]
    fn noise_is_no_voice_not_even_at_the_start() {
        let mut voice = Voice::new();
        noise(48_000).chunks(700).for_each(|block| voice.push(block));
        let scores = voice.finish();
        assert_eq!(scores.len(), 187);
        assert!(scores.iter().all(|score| *score < VOICE), "{scores:?}");
    }

    #[test]
    fn blocks_and_threads_change_no_score() {
        let sound = noise(20_000);
        let mut whole = Voice::new();
        whole.push(&sound);
        let whole = whole.finish();
        for (mut listener, block) in [(Listener::here(), 33), (Listener::beside(), 4_095)] {
            sound.chunks(block).for_each(|block| listener.push(block));
            assert_eq!(listener.finish(), whole);
        }
    }

    #[test]
    fn less_than_the_warm_up_is_listened_to_as_well() {
        let mut voice = Voice::new();
        voice.push(&noise(1_000));
        assert_eq!(voice.finish().len(), 3);
    }
}
