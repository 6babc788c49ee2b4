//! The conductor runs the session: it owns the microphone, feeds the engine and carries its effects out.
//!
//! One thread does all of it, in the order things happen, so that no two hands ever touch a take. Everything else talks
//! to it through [`Conductor`] and hears from it through [`Audience`].
//!
//! ```text
//! window ─► Call ─┐                                       ┌─► library rows
//! microphone ─► Notice ─┼─► practice::session::step ─► Effect ─┼─► recorder
//! clock ─► tick ─┘                                       └─► Audience (view, pulse)
//! ```

mod microphone;
mod reading;
mod rerun;
mod run;
mod stage;
mod view;

pub use run::repair_takes;

use crate::failure::{Failure, Outcome};
use crate::shelf::Shelf;
use crate::views::asked::{Action, Interview, Pulse};
use crate::views::settings::{MicrophoneRow, MicrophoneView};
use crate::wall::Wall;
use aloud_audio::Notice;
use aloud_practice::pad::PadChange;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Whoever is told what happens: the window, or a test.
pub trait Audience: Send + 'static {
    /// Twenty times a second while a microphone is open.
    fn pulse(&self, pulse: Pulse);
    /// Whenever the interview changed.
    fn interview(&self, view: &Interview);
    /// When the microphone is in trouble outside an answer; `None` when it is well again.
    fn trouble(&self, sentence: Option<&str>);
}

/// The handle on the conductor's thread. Dropping it stops a running answer safely.
pub struct Conductor {
    calls: Sender<Call>,
    recording: Arc<AtomicBool>,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
}

type Reply<T> = SyncSender<Outcome<T>>;

/// What the thread is asked to do.
enum Call {
    OpenMicrophone(Option<String>, Reply<MicrophoneView>),
    CloseMicrophone,
    EchoTest(Reply<Vec<u8>>),
    MicrophoneIsFine(Reply<()>),
    Start(Start, Reply<Interview>),
    View(SyncSender<Option<Interview>>),
    Pack(SyncSender<Option<String>>),
    Act(Action, Reply<Interview>),
    Pad(Vec<PadChange>, Reply<()>),
    /// News from the microphone opened as the n-th; older ones are ignored.
    Heard(u64, Box<Notice>),
    Quit,
}

/// What kind of session is started.
pub(crate) enum Start {
    Drill { pack: String, questions: Vec<String> },
    Mock { pack: String, mock: String, variant: String },
    Rerun { pack: String, of: String },
    Resume { session: String },
}

impl Conductor {
    /// Starts the thread.
    pub fn start(shelf: Arc<Shelf>, wall: Wall, audience: impl Audience) -> Self {
        let (calls, inbox): (Sender<Call>, Receiver<Call>) = mpsc::channel();
        let own = calls.clone();
        let recording = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&recording);
        let thread = thread::Builder::new()
            .name("conductor".into())
            .spawn(move || stage::Stage::new(shelf, wall, Box::new(audience), own, told).run(&inbox))
            .inspect_err(|error| tracing::error!("the conductor could not start: {error}"))
            .ok();
        Self { calls, recording, thread: Mutex::new(thread) }
    }

    fn ask<T>(&self, call: impl FnOnce(Reply<T>) -> Call) -> Outcome<T> {
        let (reply, answer) = mpsc::sync_channel(1);
        let gone = || {
            Failure::new(
                "The part of Aloud that records has stopped. Restart Aloud; what was recorded is safe.",
            )
        };
        self.calls.send(call(reply)).map_err(|_| gone())?;
        answer.recv().map_err(|_| gone())?
    }

    /// Whether an answer is being recorded. Never waits.
    pub fn is_recording(&self) -> bool {
        self.recording.load(Ordering::Acquire)
    }

    /// The same, for work that has to stop once an answer is recorded.
    pub fn recording(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.recording)
    }

    /// The microphones there are.
    pub fn microphones(&self) -> Outcome<Vec<MicrophoneRow>> {
        microphone::list()
    }

    /// Opens the chosen microphone, or the one given, which becomes the choice.
    pub fn open_microphone(&self, choice: Option<String>) -> Outcome<MicrophoneView> {
        self.ask(|reply| Call::OpenMicrophone(choice, reply))
    }

    /// Closes the microphone, unless a session needs it.
    pub fn close_microphone(&self) {
        // With the thread gone there is nothing to close.
        let _ = self.calls.send(Call::CloseMicrophone);
    }

    /// Records three seconds and returns them as a WAV file's bytes. Nothing is kept.
    pub fn echo_test(&self) -> Outcome<Vec<u8>> {
        self.ask(Call::EchoTest)
    }

    /// The person heard themselves through this microphone.
    pub fn microphone_is_fine(&self) -> Outcome<()> {
        self.ask(Call::MicrophoneIsFine)
    }

    /// Starts a drill of these questions.
    pub fn start_drill(&self, pack: &str, questions: &[String]) -> Outcome<Interview> {
        let start = Start::Drill { pack: pack.into(), questions: questions.to_vec() };
        self.ask(|reply| Call::Start(start, reply))
    }

    /// Starts a mock.
    pub fn start_mock(&self, pack: &str, mock: &str, variant: &str) -> Outcome<Interview> {
        let start = Start::Mock { pack: pack.into(), mock: mock.into(), variant: variant.into() };
        self.ask(|reply| Call::Start(start, reply))
    }

    /// Starts a second attempt at a stage (`mock/stage`) or a question, with a sibling after it.
    pub fn start_rerun(&self, pack: &str, of: &str) -> Outcome<Interview> {
        let start = Start::Rerun { pack: pack.into(), of: of.into() };
        self.ask(|reply| Call::Start(start, reply))
    }

    /// Goes on with an interrupted session.
    pub fn resume_session(&self, session: &str) -> Outcome<Interview> {
        self.ask(|reply| Call::Start(Start::Resume { session: session.into() }, reply))
    }

    /// The running session.
    pub fn view(&self) -> Option<Interview> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.calls.send(Call::View(reply)).ok()?;
        answer.recv().ok()?
    }

    /// The pack of the running session, or of the one that has just ended.
    pub fn pack(&self) -> Option<String> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.calls.send(Call::Pack(reply)).ok()?;
        answer.recv().ok()?
    }

    /// Something was written into the pad.
    pub fn pad(&self, changes: Vec<PadChange>) -> Outcome<()> {
        self.ask(|reply| Call::Pad(changes, reply))
    }

    /// The person does something.
    pub fn act(&self, action: Action) -> Outcome<Interview> {
        self.ask(|reply| Call::Act(action, reply))
    }
}

impl Conductor {
    /// Ends a running answer, saves everything and stops. Called when the window closes.
    pub fn quit(&self) {
        // A thread that has ended already has saved everything it could.
        let _ = self.calls.send(Call::Quit);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the conductor ended badly; the take is repaired at the next start");
        }
    }
}

impl Drop for Conductor {
    fn drop(&mut self) {
        self.quit();
    }
}
