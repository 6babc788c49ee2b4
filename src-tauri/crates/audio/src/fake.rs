//! A sound system that follows a plan, for tests: each stream in turn, its sound in the hands of the test.

use crate::device::{Choice, Found, Running, Source};
use crate::error::AudioError;
use crate::inlet::Inlet;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

/// What happens the next time a microphone is looked for. With no plan left there is no microphone.
pub(crate) enum Plan {
    /// It opens, and delivers a first block of that many equal frames.
    Open { sample_rate: u32, channels: usize, greeting: usize, drop: Dropping },
    /// It is not there.
    Missing,
    /// Looking for it never returns.
    Hang,
}

/// How a stream takes being dropped.
#[derive(Clone, Copy)]
pub(crate) enum Dropping {
    Returns,
    Hangs,
}

/// What the greeting consists of.
pub(crate) const GREETING: i16 = 77;

/// The sound system.
pub(crate) struct FakeSource {
    plans: Mutex<VecDeque<Plan>>,
    started: Sender<Inlet>,
}

impl FakeSource {
    /// A sound system, and where the inlet of every stream it starts arrives.
    pub(crate) fn new(plans: impl IntoIterator<Item = Plan>) -> (Box<Self>, Receiver<Inlet>) {
        let (started, streams) = mpsc::channel();
        (Box::new(Self { plans: Mutex::new(plans.into_iter().collect()), started }), streams)
    }
}

impl Plan {
    /// A microphone at `sample_rate` that behaves well.
    pub(crate) fn open(sample_rate: u32) -> Self {
        Self::Open { sample_rate, channels: 1, greeting: 16, drop: Dropping::Returns }
    }
}

impl Source for FakeSource {
    fn find(&self, _: &Choice, _: Option<u32>) -> Result<Box<dyn Found>, AudioError> {
        match self.plans.lock().expect("no test panics in here").pop_front() {
            Some(Plan::Open { sample_rate, channels, greeting, drop }) => Ok(Box::new(FakeFound {
                sample_rate,
                channels,
                greeting,
                drop,
                started: self.started.clone(),
            })),
            Some(Plan::Hang) => hang(),
            Some(Plan::Missing) | None => Err(AudioError::NoMicrophone),
        }
    }
}

struct FakeFound {
    sample_rate: u32,
    channels: usize,
    greeting: usize,
    drop: Dropping,
    started: Sender<Inlet>,
}

impl Found for FakeFound {
    fn name(&self) -> &'static str {
        "Fake microphone"
    }

    fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    fn channels(&self) -> usize {
        self.channels
    }

    fn start(self: Box<Self>, mut inlet: Inlet) -> Result<Running, AudioError> {
        if self.greeting > 0 {
            inlet.accept(&vec![GREETING; self.greeting * self.channels]);
        }
        // A test that no longer listens is over.
        let _ = self.started.send(inlet);
        Ok(Box::new(FakeStream(self.drop)))
    }
}

struct FakeStream(Dropping);

impl Drop for FakeStream {
    fn drop(&mut self) {
        if let Dropping::Hangs = self.0 {
            hang();
        }
    }
}

fn hang() -> ! {
    loop {
        std::thread::sleep(Duration::from_hours(1));
    }
}
