//! The writer thread: takes sound from the ring, meters it, writes the take, watches the stream, tells the news.
//!
//! It waits for nobody: commands and sound are looked at every few milliseconds, and the capture thread is only sent
//! orders. So a take can always be finished, also when the sound system hangs.

use crate::capture::{Opened, Order};
use crate::error::AudioError;
use crate::inlet::{Feed, Piece};
use crate::pace::{Pace, Steps, Watch};
use crate::recording::{Ended, Notice, Recording};
use crate::resample::Resampler;
use crate::take::{Take, WriteError};
use aloud_speech::{DigitalSilence, Level, LevelMeter};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender};
use std::time::{Duration, Instant};

/// How often the ring is emptied.
const TICK: Duration = Duration::from_millis(10);

/// How long a stop waits for the block that was on its way when it was asked for.
const LAST_BLOCK: Duration = Duration::from_millis(250);

/// How long a lost microphone may take to come back before the take is ended.
const RETURN: Duration = Duration::from_secs(10);

/// Seconds of nothing but zeros that are worth telling.
const SILENCE_SECONDS: u64 = 3;

/// Levels per second.
const LEVELS: u32 = 20;

/// What the writer is asked to do.
#[derive(Debug)]
pub(crate) enum Command {
    /// The microphone was opened again.
    Stream(Opened),
    /// Write from now on.
    Record { take: Box<Take>, begun: SyncSender<Result<(), AudioError>> },
    /// Finish the take and answer with it.
    Stop { answer: SyncSender<Result<Recording, AudioError>> },
    /// Finish everything and end.
    Quit,
}

/// What everybody may look at without waiting.
#[derive(Debug)]
pub(crate) struct Shared {
    level: AtomicU64,
    frames: AtomicU64,
    /// Claimed by whoever starts a recording, released once it is finished.
    pub(crate) recording: AtomicBool,
    /// The microphone did not come back: nothing can be recorded any more.
    pub(crate) gone: AtomicBool,
    /// What comes is written as silence.
    pub(crate) hushed: AtomicBool,
}

impl Default for Shared {
    fn default() -> Self {
        let shared = Self {
            level: AtomicU64::new(0),
            frames: AtomicU64::new(0),
            recording: AtomicBool::new(false),
            gone: AtomicBool::new(false),
            hushed: AtomicBool::new(false),
        };
        shared.show(Level::SILENCE);
        shared
    }
}

impl Shared {
    /// The latest level.
    pub(crate) fn level(&self) -> Level {
        let bits = self.level.load(Ordering::Acquire);
        Level { rms_dbfs: f32::from_bits((bits >> 32) as u32), peak_dbfs: f32::from_bits(bits as u32) }
    }

    fn show(&self, level: Level) {
        let bits = u64::from(level.rms_dbfs.to_bits()) << 32 | u64::from(level.peak_dbfs.to_bits());
        self.level.store(bits, Ordering::Release);
    }

    /// Frames written in the current recording, or in the last one when none is running.
    pub(crate) fn frames(&self) -> u64 {
        self.frames.load(Ordering::Acquire)
    }
}

/// How the microphone is doing.
#[derive(Debug)]
enum Hearing {
    /// Opened; the first callback is waited for by whoever opens it.
    Opening,
    /// Sound comes.
    Sound,
    /// No sound comes, opening again is being tried. Watched time since, and when sound last came.
    Lost { since: Duration, last_heard: Instant },
    /// It did not come back.
    Gone,
}

/// The writer and all it keeps in its hands.
pub(crate) struct Writer {
    commands: Receiver<Command>,
    /// Dropped to close the stream for good.
    orders: Option<Sender<Order>>,
    notices: Sender<Notice>,
    shared: Arc<Shared>,
    sample_rate: u32,
    feed: Option<Feed>,
    resampler: Option<Resampler>,
    hearing: Hearing,
    steps: Steps,
    watch: Watch,
    pace: Pace,
    meter: LevelMeter,
    block: Vec<i16>,
    /// Silence to write, kept so that it need not be made anew.
    hush: Vec<i16>,
    silence: DigitalSilence,
    silent: bool,
    name: String,
    take: Option<Take>,
    first_told: bool,
    finished: Option<Recording>,
}

impl Writer {
    /// A writer for a stream just opened.
    pub(crate) fn new(
        commands: Receiver<Command>,
        orders: Sender<Order>,
        notices: Sender<Notice>,
        shared: Arc<Shared>,
        opened: Opened,
    ) -> Self {
        let now = Instant::now();
        let feed = opened.feed;
        let sample_rate = feed.sample_rate();
        Self {
            commands,
            orders: Some(orders),
            notices,
            shared,
            sample_rate,
            feed: Some(feed),
            resampler: None,
            hearing: Hearing::Opening,
            steps: Steps::from(now),
            watch: Watch::from(now),
            pace: Pace::from(now, sample_rate),
            meter: LevelMeter::new(sample_rate),
            block: Vec::with_capacity((sample_rate / LEVELS) as usize),
            hush: Vec::new(),
            silence: DigitalSilence::new(u64::from(sample_rate) * SILENCE_SECONDS),
            silent: false,
            name: opened.name,
            take: None,
            first_told: false,
            finished: None,
        }
    }

    /// Works until told to quit or until nobody is left to tell it.
    pub(crate) fn run(mut self) {
        loop {
            match self.commands.recv_timeout(TICK) {
                Ok(Command::Stream(opened)) => self.welcome(opened),
                Ok(Command::Record { take, begun }) => self.begin(*take, &begun),
                Ok(Command::Stop { answer }) => {
                    let recording = self.stop();
                    // Whoever asked may have stopped waiting; the recording is on disk either way.
                    let _ = answer.send(recording);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Command::Quit) | Err(RecvTimeoutError::Disconnected) => break,
            }
            self.tick(Instant::now());
        }
        // Not waited for: the last block does not matter to someone who just leaves.
        self.tick(Instant::now());
        self.end_take(Ended::Stopped);
    }

    fn begin(&mut self, take: Take, begun: &SyncSender<Result<(), AudioError>>) {
        // What is in the ring was said before.
        let now = Instant::now();
        self.tick(now);
        let answer = match &mut self.hearing {
            Hearing::Gone => {
                take.discard();
                self.shared.recording.store(false, Ordering::Release);
                Err(AudioError::Lost)
            }
            hearing => {
                if let Hearing::Lost { last_heard, .. } = hearing {
                    // What is missed from here on belongs to this take, and nothing before.
                    *last_heard = now;
                }
                self.finished = None;
                self.first_told = false;
                self.shared.frames.store(0, Ordering::Release);
                self.take = Some(take);
                Ok(())
            }
        };
        // Whoever asked may have stopped waiting; then the recording runs until stopped.
        let _ = begun.send(answer);
    }

    fn stop(&mut self) -> Result<Recording, AudioError> {
        let asked = Instant::now();
        let callbacks = |writer: &Self| writer.feed.as_ref().map_or(0, |feed| feed.tally().callbacks());
        let before = callbacks(self);
        self.tick(asked);
        while self.take.is_some()
            && matches!(self.hearing, Hearing::Sound)
            && callbacks(self) == before
            && asked.elapsed() < LAST_BLOCK
        {
            std::thread::sleep(TICK / 4);
        }
        self.tick(Instant::now());
        if let Some(feed) = &mut self.feed {
            let (trailing, rate) = (feed.take_trailing_loss(), feed.sample_rate());
            self.lose(self.at_own_rate(trailing, rate));
        }
        self.end_take(Ended::Stopped);
        self.finished.take().ok_or(AudioError::NotRecording)
    }

    /// Everything that has to happen all the time.
    fn tick(&mut self, now: Instant) {
        let step = self.steps.step(now);
        self.notice_return(now);
        self.drain();
        self.watch_over(now, step);
        self.end_if_full();
        if let Some(take) = &self.take {
            self.shared.frames.store(take.frames(), Ordering::Release);
        }
    }

    fn drain(&mut self) {
        // Lent out, because each piece is handled by all of the rest.
        let Some(mut feed) = self.feed.take() else { return };
        let rate = feed.sample_rate();
        feed.drain(|piece| match piece {
            Piece::Samples(samples) => self.hear(samples),
            Piece::Missing(missing) => self.lose(self.at_own_rate(missing, rate)),
        });
        self.feed = Some(feed);
    }

    /// Frames of a stream at `rate` as frames of this microphone's takes.
    fn at_own_rate(&self, frames: u64, rate: u32) -> u64 {
        if rate == self.sample_rate {
            frames
        } else {
            frames * u64::from(self.sample_rate) / u64::from(rate.max(1))
        }
    }

    fn hear(&mut self, samples: &[i16]) {
        match self.resampler.take() {
            None => self.keep(samples),
            Some(mut resampler) => {
                self.keep(resampler.push(samples));
                self.resampler = Some(resampler);
            }
        }
    }

    fn keep(&mut self, samples: &[i16]) {
        self.show_level(samples);
        if self.silence.push(samples) != self.silent {
            self.silent = !self.silent;
            self.tell(if self.silent { Notice::Silent } else { Notice::Sounding });
        }
        let Some(take) = &mut self.take else { return };
        let written = if self.shared.hushed.load(Ordering::Acquire) {
            self.hush.clear();
            self.hush.resize(samples.len(), 0);
            take.write(&self.hush)
        } else {
            take.write(samples)
        };
        if let Err(error) = written {
            self.fail(error);
        } else if !self.first_told && take.frames() > 0 {
            self.first_told = true;
            self.tell(Notice::FirstSample { at_frame: 0 });
        }
    }

    fn show_level(&mut self, samples: &[i16]) {
        let wanted = (self.sample_rate / LEVELS).max(1) as usize;
        for part in samples.chunks(wanted) {
            let (now, rest) = part.split_at(part.len().min(wanted - self.block.len()));
            self.block.extend_from_slice(now);
            if self.block.len() == wanted {
                self.shared.show(self.meter.push(&self.block));
                self.block.clear();
            }
            self.block.extend_from_slice(rest);
        }
    }

    /// Sound is missing here.
    fn lose(&mut self, missing: u64) {
        let Some(take) = &mut self.take else { return };
        match take.write_gap(missing) {
            Ok(Some(gap)) => self.tell(Notice::Gap(gap)),
            Ok(None) => {}
            Err(error) => self.fail(error),
        }
    }

    fn watch_over(&mut self, now: Instant, step: Duration) {
        let (callbacks, frames, rate, broken) = match &self.feed {
            Some(feed) => {
                let tally = feed.tally();
                (tally.callbacks(), tally.frames(), feed.sample_rate(), tally.broken())
            }
            None => (0, 0, self.sample_rate, false),
        };
        match &mut self.hearing {
            Hearing::Opening if callbacks == 0 => {}
            Hearing::Opening | Hearing::Sound => {
                self.hearing = Hearing::Sound;
                if self.watch.look(now, step, callbacks) || broken {
                    self.part();
                } else if let Some(missing) = self.pace.look(now, step, frames) {
                    self.lose(self.at_own_rate(missing, rate));
                }
            }
            Hearing::Lost { since, .. } => {
                *since += step;
                if *since >= RETURN {
                    self.give_up();
                } else if self.feed.is_some() && (self.watch.look(now, step, callbacks) || broken) {
                    self.feed = None;
                    self.order_reopening();
                }
            }
            Hearing::Gone => {}
        }
    }

    /// The stream is dead: keep what it still delivered, and have another one opened.
    fn part(&mut self) {
        self.drain();
        if let Some(mut feed) = self.feed.take() {
            let trailing = feed.take_trailing_loss();
            self.lose(self.at_own_rate(trailing, feed.sample_rate()));
        }
        self.hearing = Hearing::Lost { since: Duration::ZERO, last_heard: self.watch.last_heard() };
        self.shared.show(Level::SILENCE);
        self.tell(Notice::Lost { at_frame: self.take.as_ref().map_or(0, Take::frames) });
        self.order_reopening();
    }

    fn order_reopening(&self) {
        if let Some(orders) = &self.orders {
            // A capture thread that is gone cannot help; the wait for a return ends by itself.
            let _ = orders.send(Order::Reopen);
        }
    }

    /// Another stream was opened. It counts only once it delivers.
    fn welcome(&mut self, opened: Opened) {
        if !matches!(self.hearing, Hearing::Lost { .. }) {
            return;
        }
        let now = Instant::now();
        self.resampler = Resampler::between(opened.feed.sample_rate(), self.sample_rate);
        self.watch = Watch::from(now);
        self.pace = Pace::from(now, opened.feed.sample_rate());
        self.feed = Some(opened.feed);
        self.name = opened.name;
    }

    /// The first sound of a new stream: what was missed since the old one becomes a gap.
    fn notice_return(&mut self, now: Instant) {
        let (Hearing::Lost { last_heard, .. }, Some(feed)) = (&self.hearing, &self.feed) else { return };
        if feed.tally().callbacks() == 0 {
            return;
        }
        let elapsed = now.saturating_duration_since(*last_heard).as_secs_f64();
        let passed = (elapsed * f64::from(self.sample_rate)) as u64;
        let delivered = self.at_own_rate(feed.tally().frames(), feed.sample_rate());
        self.hearing = Hearing::Sound;
        self.lose(passed.saturating_sub(delivered));
        self.tell(Notice::Reopened { name: self.name.clone() });
    }

    /// The microphone did not come back.
    fn give_up(&mut self) {
        self.feed = None;
        self.orders = None;
        self.hearing = Hearing::Gone;
        self.shared.gone.store(true, Ordering::Release);
        let recording = self.end_take(Ended::DeviceLost);
        self.tell(Notice::Failed { message: AudioError::Lost.to_string(), recording });
    }

    /// The disk refuses: the take ends with what reached it.
    fn fail(&mut self, error: WriteError) {
        let ended = error.ended();
        let error = error.into_io();
        tracing::warn!(%error, "a recording could not be written on");
        let Some(recording) = self.end_take(ended) else { return };
        self.tell(if ended == Ended::DiskFull {
            Notice::DiskFull(recording)
        } else {
            let message = AudioError::file("written", &recording.path, error).to_string();
            Notice::Failed { message, recording: Some(recording) }
        });
    }

    fn end_if_full(&mut self) {
        if self.take.as_ref().is_some_and(Take::is_full)
            && let Some(recording) = self.end_take(Ended::Limit)
        {
            self.tell(Notice::LimitReached(recording));
        }
    }

    /// Finishes the take, if there is one; its result is kept for a stop that comes too late.
    fn end_take(&mut self, ended: Ended) -> Option<Recording> {
        let recording = self.take.take()?.finish(ended);
        self.shared.frames.store(recording.frames, Ordering::Release);
        self.finished = Some(recording.clone());
        self.shared.recording.store(false, Ordering::Release);
        Some(recording)
    }

    fn tell(&self, notice: Notice) {
        // The thread that tells ends with us, or with a listener that panicked: no reason to stop recording.
        let _ = self.notices.send(notice);
    }
}
