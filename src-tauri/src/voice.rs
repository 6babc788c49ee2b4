//! The interviewer's voice: prompts and probes, spoken by the system's own speech.
//!
//! Promise: no network voice, and nobody waits for it. [`Voice::is_sounding`] stays true a moment longer than the voice
//! can be heard, so that whoever records can leave it out.

#[cfg(target_os = "linux")]
#[path = "voice/speech_dispatcher.rs"]
mod system;
#[cfg(any(target_os = "macos", windows))]
#[path = "voice/operating_system.rs"]
mod system;

use crate::failure::{Failure, Outcome};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::{Duration, Instant};
use system::Speech;

/// How long a loudspeaker and a room go on after the system says that the voice is silent.
const TAIL: Duration = Duration::from_millis(400);

/// How often is looked whether the voice is still speaking.
const LOOK: Duration = Duration::from_millis(50);

/// How long the system may take to begin.
const BEGIN: Duration = Duration::from_secs(5);

/// A voice on a thread of its own; silent when dropped.
pub struct Voice {
    wishes: Sender<Wish>,
    sounding: Arc<AtomicBool>,
}

enum Wish {
    Say(String, Option<SyncSender<Result<(), String>>>),
    Stop,
}

/// Says a sentence for trying the voice out, and returns once it has begun or why it cannot.
pub fn try_out() -> Outcome<()> {
    let voice = Voice::start()?;
    voice.try_out("This is how the interviewer will sound.")?;
    // Dropped, it would fall silent.
    let listen = move || {
        while voice.is_sounding() {
            thread::sleep(LOOK);
        }
    };
    thread::Builder::new().name("voice-trial".into()).spawn(listen).map(drop).map_err(Failure::new)
}

impl Voice {
    /// Starts the thread. The system's speech is looked for when there is something to say.
    pub fn start() -> Outcome<Self> {
        let (wishes, wished) = mpsc::channel();
        let sounding = Arc::new(AtomicBool::new(false));
        let thread = Speaking { speech: None, sounding: Arc::clone(&sounding), silent_since: None };
        thread::Builder::new()
            .name("voice".into())
            .spawn(move || thread.run(&wished))
            .map_err(|error| Failure::new(format!("The voice could not be started ({error}).")))?;
        Ok(Self { wishes, sounding })
    }

    /// Says this instead of whatever is being said.
    pub fn say(&self, text: &str) {
        self.sounding.store(true, Ordering::Release);
        // A voice that is gone is silent.
        if self.wishes.send(Wish::Say(text.to_owned(), None)).is_err() {
            self.sounding.store(false, Ordering::Release);
        }
    }

    /// The same, and waits until the system has begun or says why it cannot.
    fn try_out(&self, text: &str) -> Outcome<()> {
        let (reply, begun) = mpsc::sync_channel(1);
        self.sounding.store(true, Ordering::Release);
        let told = self.wishes.send(Wish::Say(text.to_owned(), Some(reply)));
        let answer = told.map_err(|_| ()).and_then(|()| begun.recv_timeout(BEGIN).map_err(|_| ()));
        match answer {
            Ok(Ok(())) => Ok(()),
            Ok(Err(why)) => Err(Failure::new(why)),
            Err(()) => Err(Failure::new(
                "This computer’s speech does not answer. Check its settings, then try again.",
            )),
        }
    }

    /// Be silent.
    pub fn stop(&self) {
        // As above.
        let _ = self.wishes.send(Wish::Stop);
    }

    /// Whether it can be heard, or could be a moment ago.
    pub fn is_sounding(&self) -> bool {
        self.sounding.load(Ordering::Acquire)
    }
}

/// What the thread holds.
struct Speaking {
    speech: Option<Speech>,
    sounding: Arc<AtomicBool>,
    silent_since: Option<Instant>,
}

impl Speaking {
    fn run(mut self, wished: &Receiver<Wish>) {
        loop {
            let wish = if self.sounding.load(Ordering::Acquire) {
                wished.recv_timeout(LOOK)
            } else {
                wished.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match wish {
                Ok(Wish::Say(text, reply)) => {
                    let said = self.say(&text);
                    if let Err(why) = &said {
                        tracing::warn!("{why}");
                        self.speech = None;
                        self.sounding.store(false, Ordering::Release);
                    }
                    if let Some(reply) = reply {
                        // Whoever asked may have given up waiting.
                        let _ = reply.send(said);
                    }
                }
                Ok(Wish::Stop) => {
                    if let Some(speech) = &mut self.speech {
                        speech.stop();
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.look(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if let Some(mut speech) = self.speech {
            speech.stop();
        }
    }

    fn say(&mut self, text: &str) -> Result<(), String> {
        let mut speech = match self.speech.take() {
            Some(speech) => speech,
            None => Speech::open()?,
        };
        speech.stop();
        speech.say(text)?;
        self.speech = Some(speech);
        self.silent_since = None;
        self.sounding.store(true, Ordering::Release);
        Ok(())
    }

    fn look(&mut self) {
        if self.speech.as_mut().is_some_and(Speech::is_speaking) {
            self.silent_since = None;
        } else if self.silent_since.get_or_insert_with(Instant::now).elapsed() >= TAIL {
            self.sounding.store(false, Ordering::Release);
        }
    }
}
