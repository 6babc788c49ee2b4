//! The pipe between the device's callback and the writer: ten seconds of ring, and an exact account of what did
//! not fit.
//!
//! The callback side ([`Inlet`]) never allocates, locks, logs or waits. The reader side ([`Feed`]) hands out the
//! samples in order, with every loss at the very frame it happened.

use crate::convert::{Mixdown, Pcm};
use rtrb::{Consumer, Producer, RingBuffer};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Seconds of sound the ring holds: longer than any disk should ever stall.
const RING_SECONDS: u32 = 10;

/// Losses that can wait to be read; while all are waiting, further sound counts towards the last one.
const WAITING_LOSSES: usize = 256;

/// Frames that did not fit, and where they would have stood.
#[derive(Debug, Clone, Copy)]
struct Loss {
    /// Frames that made it into the ring before the loss.
    after: u64,
    missing: u64,
}

/// What the callback has seen so far, for anyone to read.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    callbacks: AtomicU64,
    frames: AtomicU64,
    dropped: AtomicU64,
    broken: AtomicBool,
}

impl Tally {
    /// Callbacks so far.
    pub(crate) fn callbacks(&self) -> u64 {
        self.callbacks.load(Ordering::Acquire)
    }

    /// Frames the device delivered so far, those that did not fit included.
    pub(crate) fn frames(&self) -> u64 {
        self.frames.load(Ordering::Acquire)
    }

    /// Whether the device reported that this stream is over.
    pub(crate) fn broken(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }

    /// The device reports that this stream is over.
    pub(crate) fn break_off(&self) {
        self.broken.store(true, Ordering::Release);
    }
}

/// The callback's end.
#[derive(Debug)]
pub(crate) struct Inlet {
    ring: Producer<i16>,
    losses: Producer<Loss>,
    tally: Arc<Tally>,
    mixdown: Mixdown,
    pushed: u64,
    owed: u64,
}

/// The writer's end.
#[derive(Debug)]
pub(crate) struct Feed {
    ring: Consumer<i16>,
    losses: Consumer<Loss>,
    tally: Arc<Tally>,
    sample_rate: u32,
    taken: u64,
    told: u64,
}

/// What comes out of a [`Feed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Sound.
    Samples(&'a [i16]),
    /// That many frames were delivered but lost.
    Missing(u64),
}

/// A pipe for a device with `channels` channels at `sample_rate`.
pub(crate) fn pipe(sample_rate: u32, channels: usize) -> (Inlet, Feed) {
    pipe_holding((sample_rate * RING_SECONDS) as usize, sample_rate, channels)
}

/// The same, with room for `capacity` frames.
pub(crate) fn pipe_holding(capacity: usize, sample_rate: u32, channels: usize) -> (Inlet, Feed) {
    let (ring_in, ring_out) = RingBuffer::new(capacity);
    let (losses_in, losses_out) = RingBuffer::new(WAITING_LOSSES);
    let tally = Arc::new(Tally::default());
    let inlet = Inlet {
        ring: ring_in,
        losses: losses_in,
        tally: Arc::clone(&tally),
        mixdown: Mixdown::new(channels),
        pushed: 0,
        owed: 0,
    };
    let feed = Feed { ring: ring_out, losses: losses_out, tally, sample_rate, taken: 0, told: 0 };
    (inlet, feed)
}

impl Inlet {
    /// What this end has seen; also where a device reports that its stream is over.
    pub(crate) fn tally(&self) -> Arc<Tally> {
        Arc::clone(&self.tally)
    }

    /// Takes in one callback's worth of interleaved samples. A trailing incomplete frame is ignored.
    pub(crate) fn accept<T: Pcm>(&mut self, interleaved: &[T]) {
        let channels = self.mixdown.channels();
        let frames = interleaved.len() / channels;
        let room = self.ring.slots();
        // A loss is told before any later sample, so that the reader always meets it in its place.
        if self.owed > 0
            && room > 0
            && self.losses.push(Loss { after: self.pushed, missing: self.owed }).is_ok()
        {
            self.owed = 0;
        }
        let fitting = if self.owed > 0 { 0 } else { frames.min(room) };
        if fitting > 0
            && let Ok(chunk) = self.ring.write_chunk_uninit(fitting)
        {
            self.mixdown.observe(interleaved);
            let mixdown = &self.mixdown;
            chunk.fill_from_iter(interleaved.chunks_exact(channels).map(|frame| mixdown.mix(frame)));
            self.pushed += fitting as u64;
        }
        let missing = (frames - fitting) as u64;
        if missing > 0 {
            self.owed += missing;
            self.tally.dropped.fetch_add(missing, Ordering::Release);
        }
        self.tally.frames.fetch_add(frames as u64, Ordering::Release);
        self.tally.callbacks.fetch_add(1, Ordering::Release);
    }
}

impl Feed {
    /// Frames per second of this sound.
    pub(crate) fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// What the other end has seen so far.
    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Hands over everything that is there now, in order.
    pub(crate) fn drain(&mut self, mut each: impl FnMut(Piece<'_>)) {
        // Counted before the losses are looked at: a loss is told before the samples behind it.
        let mut left = self.ring.slots() as u64;
        loop {
            let next = self.losses.peek().ok().map(|loss| loss.after);
            let until_loss = next.map_or(left, |after| left.min(after.saturating_sub(self.taken)));
            if until_loss > 0 {
                let Ok(chunk) = self.ring.read_chunk(until_loss as usize) else { return };
                let (first, second) = chunk.as_slices();
                each(Piece::Samples(first));
                if !second.is_empty() {
                    each(Piece::Samples(second));
                }
                chunk.commit_all();
                self.taken += until_loss;
                left -= until_loss;
            }
            match self.losses.peek() {
                Ok(loss) if loss.after <= self.taken => {
                    let missing = loss.missing;
                    // Just peeked, and there is one reader: it is still there.
                    let _ = self.losses.pop();
                    self.told += missing;
                    each(Piece::Missing(missing));
                }
                _ if left == 0 => return,
                _ => {}
            }
        }
    }

    /// Frames lost at the very end, not yet handed out by [`Feed::drain`]; each is told once.
    pub(crate) fn take_trailing_loss(&mut self) -> u64 {
        let dropped = self.tally.dropped.load(Ordering::Acquire);
        let trailing = dropped.saturating_sub(self.told);
        self.told = dropped.max(self.told);
        trailing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drained(feed: &mut Feed) -> (Vec<i16>, Vec<(usize, u64)>) {
        let (mut samples, mut losses) = (Vec::new(), Vec::new());
        feed.drain(|piece| match piece {
            Piece::Samples(more) => samples.extend_from_slice(more),
            Piece::Missing(missing) => losses.push((samples.len(), missing)),
        });
        (samples, losses)
    }

    #[test]
    fn what_does_not_fit_is_missing_exactly_where_it_was() {
        let (mut inlet, mut feed) = pipe_holding(100, 48_000, 1);
        inlet.accept(&[1_i16; 80]);
        inlet.accept(&[2_i16; 50]);
        inlet.accept(&[3_i16; 10]);
        assert_eq!(drained(&mut feed), ([vec![1; 80], vec![2; 20]].concat(), vec![]));
        inlet.accept(&[4_i16; 10]);
        assert_eq!(drained(&mut feed), (vec![4; 10], vec![(0, 40)]));
        assert_eq!(feed.tally().frames(), 150);
        assert_eq!(feed.take_trailing_loss(), 0);
    }

    #[test]
    fn a_loss_at_the_very_end_is_known() {
        let (mut inlet, mut feed) = pipe_holding(10, 48_000, 1);
        inlet.accept(&[1_i16; 25]);
        assert_eq!(drained(&mut feed).0.len(), 10);
        assert_eq!(feed.take_trailing_loss(), 15);
        assert_eq!(feed.take_trailing_loss(), 0);
    }

    #[test]
    fn more_losses_than_can_wait_merge_and_none_is_forgotten() {
        let (mut inlet, mut feed) = pipe_holding(1_000, 48_000, 1);
        let mut delivered = 0;
        inlet.accept(&[1_i16; 1_000]);
        delivered += 1_000;
        for _ in 0..2_000 {
            inlet.accept(&[1_i16; 3]);
            delivered += 3;
        }
        let (samples, losses) = drained(&mut feed);
        inlet.accept(&[1_i16; 3]);
        delivered += 3;
        let (more, more_losses) = drained(&mut feed);
        let lost: u64 = losses.iter().chain(&more_losses).map(|(_, missing)| missing).sum();
        assert_eq!((samples.len() + more.len()) as u64 + lost + feed.take_trailing_loss(), delivered);
    }

    #[test]
    fn stereo_arrives_as_mono() {
        let (mut inlet, mut feed) = pipe_holding(100, 48_000, 2);
        inlet.accept(&[1_000_i16, 3_000, 1_000, 3_000]);
        assert_eq!(drained(&mut feed).0, vec![2_000, 2_000]);
    }

    #[test]
    fn the_callback_allocates_nothing() {
        let (mut inlet, _feed) = pipe_holding(4_000, 48_000, 2);
        let block = [0.25_f32; 960];
        // Twenty blocks: the ring overflows on the way, and that costs no allocation either.
        let measured = allocation_counter::measure(|| (0..20).for_each(|_| inlet.accept(&block)));
        assert_eq!(measured.count_total, 0);
    }
}
