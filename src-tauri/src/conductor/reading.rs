//! What is read aloud, and when: a prompt once it is on screen, a probe once it is asked.
//!
//! Promise: nothing the voice says gets into a take. It falls silent when an answer begins, and while it can be heard
//! the microphone writes silence.

use crate::shelf::Shelf;
use crate::voice::Voice;
use aloud_audio::Microphone;
use aloud_packs::render;
use aloud_practice::session::{Phase, State};

/// The voice, and what it has said.
#[derive(Default)]
pub(super) struct Reading {
    voice: Option<Voice>,
    said: Option<Said>,
}

/// How far a session was read.
#[derive(Clone, PartialEq, Eq)]
struct Said {
    session: String,
    stage: usize,
    prompt: usize,
    probes: usize,
}

impl Reading {
    /// Says what has come up since the last time, or falls silent.
    pub(super) fn follow(&mut self, session: &str, pack: &str, state: &State, shelf: &Shelf) {
        let probes = state.probes_shown();
        let now = Said { session: session.to_owned(), stage: state.stage, prompt: state.prompt, probes };
        let same_prompt = self.said.as_ref().is_some_and(|said| Said { probes, ..said.clone() } == now);
        let more_probes = self.said.as_ref().is_some_and(|said| same_prompt && said.probes < probes);
        let question = state.current_prompt().and_then(|prompt| shelf.question(pack, &prompt.question));
        let question = question.as_ref();
        match &state.phase {
            Phase::Asked | Phase::Thinking { .. } if !same_prompt => {
                let text = question.map(|question| question.prompt.as_str());
                self.say(text);
            }
            Phase::Answering { .. } | Phase::Between if more_probes => {
                let probe = question.and_then(|question| question.sealed.probes.get(probes - 1));
                self.say(probe.map(|probe| probe.question.as_str()));
            }
            Phase::Opening { .. } | Phase::Closing { .. } | Phase::Paused | Phase::Over { .. } => self.stop(),
            _ => {}
        }
        self.said = Some(now);
    }

    fn say(&mut self, markdown: Option<&str>) {
        let Some(markdown) = markdown else { return };
        if self.voice.is_none() {
            self.voice = Voice::start().inspect_err(|failure| tracing::error!("{}", failure.message)).ok();
        }
        if let Some(voice) = &self.voice {
            voice.say(&render::plain(markdown));
        }
    }

    /// Falls silent.
    pub(super) fn stop(&self) {
        if let Some(voice) = &self.voice {
            voice.stop();
        }
    }

    /// Keeps the voice out of what is being recorded.
    pub(super) fn hush(&self, microphone: Option<&Microphone>) {
        if let Some(microphone) = microphone {
            microphone.hush(self.voice.as_ref().is_some_and(Voice::is_sounding));
        }
    }
}
