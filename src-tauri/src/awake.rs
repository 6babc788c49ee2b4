//! Keeps the screen awake while a session runs.
//!
//! Promise: nobody waits for the system's answer, and a system that refuses is no reason not to practise.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// A thread that holds the screen awake when told to. It lets go when dropped.
pub struct Awake {
    tell: Option<Sender<bool>>,
    wanted: bool,
}

impl Awake {
    /// Starts the thread.
    pub fn start() -> Self {
        let (tell, told) = mpsc::channel();
        let thread = thread::Builder::new().name("awake".into()).spawn(move || hold(&told));
        if let Err(error) = &thread {
            tracing::warn!("the screen may fall asleep: {error}");
        }
        Self { tell: thread.ok().map(|_| tell), wanted: false }
    }

    /// Holds the screen awake from now on, or lets go.
    pub fn keep(&mut self, wanted: bool) {
        if wanted != self.wanted {
            self.wanted = wanted;
            if let Some(tell) = &self.tell {
                // A thread that has ended holds nothing.
                let _ = tell.send(wanted);
            }
        }
    }
}

fn hold(told: &Receiver<bool>) {
    let mut held = None;
    for wanted in told {
        held = match (wanted, held.take()) {
            (false, _) => None,
            (true, Some(held)) => Some(held),
            (true, None) => {
                let mut wish = keepawake::Builder::default();
                wish.display(true).reason("An answer is being recorded").app_name("Aloud");
                wish.app_reverse_domain("io.github.aloud");
                wish.create()
                    .inspect_err(|error| tracing::debug!("the screen is not held awake: {error}"))
                    .ok()
            }
        };
    }
}
