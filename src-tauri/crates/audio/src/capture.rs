//! The capture thread: owns the stream, opens it, opens it again when told to, and lets go of it.
//!
//! Opening and dropping a stream can hang for ever when a sound system dies, so nobody waits for this thread without
//! a limit, and every stream is dropped on a thread nobody joins.

use crate::device::{Choice, Running, Source};
use crate::error::AudioError;
use crate::inlet::{Feed, pipe};
use crate::writer::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// What the writer asks of the capture thread. Hanging up means: close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The stream is dead: let go of it and open another one.
    Reopen,
}

/// How far opening the first stream has come.
#[derive(Debug)]
pub(crate) enum Progress {
    /// The microphone is there; it is being started, which some that are dead never finish.
    Found,
    /// The stream runs.
    Opened(Opened),
}

/// A stream that was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) name: String,
    pub(crate) feed: Feed,
}

/// Pauses between attempts to open again; the last one repeats.
const PAUSES: [Duration; 5] = [
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(700),
    Duration::from_secs(1),
];

/// Attempts at the chosen microphone before the system's default is accepted too: better another microphone than
/// an answer that is not recorded.
const LOYALTY: usize = 3;

/// Runs until `orders` hangs up. The first stream's coming is told to `progress`, later ones go to the writer.
pub(crate) fn run(
    source: &dyn Source,
    choice: &Choice,
    orders: &Receiver<Order>,
    progress: &Sender<Result<Progress, AudioError>>,
    writer: &Sender<Command>,
) {
    // When nobody waits for progress any more, `orders` has hung up as well.
    let found = || {
        let _ = progress.send(Ok(Progress::Found));
    };
    let (mut stream, rate) = match open(source, choice, None, found) {
        Ok((stream, first)) => {
            let rate = first.feed.sample_rate();
            let _ = progress.send(Ok(Progress::Opened(first)));
            (stream, rate)
        }
        Err(error) => {
            let _ = progress.send(Err(error));
            return;
        }
    };
    while let Ok(Order::Reopen) = orders.recv() {
        let_go(stream);
        match reopen(source, choice, rate, orders) {
            Some((again, news)) => {
                stream = again;
                if writer.send(Command::Stream(news)).is_err() {
                    break;
                }
            }
            None => return,
        }
    }
    let_go(stream);
}

fn open(
    source: &dyn Source,
    choice: &Choice,
    rate: Option<u32>,
    when_found: impl FnOnce(),
) -> Result<(Running, Opened), AudioError> {
    let found = source.find(choice, rate)?;
    when_found();
    let name = found.name().to_owned();
    let (inlet, feed) = pipe(found.sample_rate(), found.channels());
    let stream = found.start(inlet)?;
    Ok((stream, Opened { name, feed }))
}

/// Tries until it works or `orders` hangs up; how long that may take is the writer's to decide.
fn reopen(
    source: &dyn Source,
    choice: &Choice,
    rate: u32,
    orders: &Receiver<Order>,
) -> Option<(Running, Opened)> {
    let mut attempt = 0;
    loop {
        let choice = if attempt < LOYALTY { choice } else { &Choice::Default };
        match open(source, choice, Some(rate), || {}) {
            Ok(again) => return Some(again),
            Err(error) => tracing::info!(%error, attempt, "the microphone could not be opened again yet"),
        }
        let pause = PAUSES.get(attempt).or(PAUSES.last()).copied().unwrap_or_default();
        attempt += 1;
        match orders.recv_timeout(pause) {
            Ok(Order::Reopen) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Drops a stream where it can hang without anyone noticing.
fn let_go(stream: Running) {
    let spawned = std::thread::Builder::new().name("stream-drop".into()).spawn(move || drop(stream));
    if let Err(error) = spawned {
        tracing::warn!(%error, "no thread to let a stream go on");
    }
}
