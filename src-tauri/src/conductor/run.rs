//! A running session: the engine's state, and its effects on recorder and library.

use super::Start;
use super::view::{Around, view};
use crate::browse::place;
use crate::failure::{Failure, Outcome};
use crate::review::GapMark;
use crate::settings;
use crate::shelf::Shelf;
use crate::views::asked::Interview;
use crate::wall::Wall;
use aloud_audio::{Delivery, Gap, Microphone, Recording};
use aloud_library::{NewSession, NewTake, PadEdit, StoredTake, TakeEnd};
use aloud_practice::pad::{PadChange, apply};
use aloud_practice::session::{Effect, Ended, Event, Phase, Plan, State, step};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long after the end of an answer its last keystrokes may still arrive: the pad sends them in batches.
const LATE_KEYSTROKES: Duration = Duration::from_millis(500);

/// More than this is not typed during an interview, in bytes.
const LONGEST_PAD: usize = 200_000;

/// A session that is going on, or has just ended.
pub(super) struct Run {
    pub(super) session: String,
    pub(super) state: State,
    /// Counts the changes that were told.
    pub(super) revision: u32,
    /// What the person must know now.
    pub(super) trouble: Option<String>,
    /// The recording that ended last, until its take is closed.
    pub(super) recording: Option<Recording>,
    /// The microphone is kept open until the session is over.
    pub(super) hold_microphone: bool,
    /// Takes that have ended but could not be stored yet, as on a full disk.
    unsaved: Vec<Unsaved>,
    pub(super) pack: String,
    commitments: Vec<String>,
    pad: Pad,
    closed: Option<Closed>,
}

/// The take that was closed last.
struct Closed {
    take: String,
    ms: u64,
    at: Instant,
}

/// How a take ended, waiting to be stored.
struct Unsaved {
    take: String,
    end: TakeEnd,
    gaps: Vec<Gap>,
    sample_rate: u32,
    delivery: Option<Delivery>,
}

/// What stands in the pad; it belongs to a stage, so that a second part can go on from the first.
#[derive(Default)]
struct Pad {
    stage: usize,
    text: String,
}

impl Run {
    /// Stores a new session, or takes up an interrupted one.
    pub(super) fn begin(shelf: &Shelf, wall: &Wall, start: Start) -> Outcome<Self> {
        let settings = settings::current(shelf);
        let (pack, plan) = match start {
            Start::Drill { pack, questions } => {
                let found = shelf.pack(&pack)?;
                let questions: Option<Vec<_>> = questions.iter().map(|id| found.question(id)).collect();
                let questions = questions.ok_or_else(|| Failure::not_found("question"))?;
                let title = match questions.as_slice() {
                    [one] => place(&found, &one.id),
                    _ => "Drill".into(),
                };
                (
                    pack,
                    Plan {
                        thinking_ms: u64::from(settings.thinking_drill_s) * 1_000,
                        ..Plan::drill(&title, questions)
                    },
                )
            }
            Start::Mock { pack, mock, variant } => {
                let found = shelf.pack(&pack)?;
                let found = found.mock(&mock).ok_or_else(|| Failure::not_found("mock"))?;
                super::rerun::refuse_just_done(shelf, &pack, found, &variant)?;
                let variant = found.variants.iter().find(|known| known.id == variant);
                let variant = variant.ok_or_else(|| Failure::not_found("variant"))?;
                let plan = Plan::mock(&mock, &found.title, variant);
                (pack, Plan { thinking_ms: u64::from(settings.thinking_mock_s) * 1_000, ..plan })
            }
            Start::Rerun { pack, of } => {
                let plan = super::rerun::plan(shelf, &pack, &of)?;
                (pack, Plan { thinking_ms: u64::from(settings.thinking_drill_s) * 1_000, ..plan })
            }
            Start::Resume { session } => return Self::resume(shelf, wall, &session),
        };
        if plan.is_empty() {
            return Err(Failure::new("There is nothing to ask. Choose at least one question."));
        }
        let state = State::new(plan);
        let new = NewSession { pack: &pack, plan: &state.plan };
        let session = shelf.with(|library| library.begin_session(&new, &state, wall.now()))?;
        let mut run = Self::of(session, pack, state);
        run.commitments = super::rerun::commitments(shelf, &run.pack, &run.state.plan.kind)?;
        Ok(run)
    }

    fn resume(shelf: &Shelf, wall: &Wall, session: &str) -> Outcome<Self> {
        let stored =
            shelf.with(|library| library.session(session))?.ok_or_else(|| Failure::not_found("session"))?;
        if stored.over {
            return Err(Failure::new("That session is over. Start a new one from Today."));
        }
        let recovered = match stored.state.take() {
            Some(take) => shelf.with(|library| library.take(take))?.map_or(0, |take| length_ms(&take)),
            None => 0,
        };
        let state = stored.state.after_crash(recovered);
        shelf.with(|library| library.save_session(session, &state, wall.now()))?;
        let mut run = Self::of(session.to_owned(), stored.pack, state);
        run.pad = Pad { stage: run.state.stage, text: run.last_pad_text(shelf)? };
        // Resuming is what the person has just asked for.
        let resumed = step(&run.state, &Event::Resume, 0);
        run.state = State { last_ms: None, ..resumed.state };
        Ok(run)
    }

    fn of(session: String, pack: String, state: State) -> Self {
        Self {
            session,
            state,
            revision: 0,
            unsaved: Vec::new(),
            trouble: None,
            recording: None,
            hold_microphone: true,
            pack,
            commitments: Vec::new(),
            pad: Pad::default(),
            closed: None,
        }
    }

    /// How it looks.
    pub(super) fn view(&self, shelf: &Shelf) -> Interview {
        let around = Around {
            revision: self.revision,
            session: &self.session,
            pack: &self.pack,
            trouble: self.trouble.as_deref(),
            commitments: &self.commitments,
            pad_text: &self.pad.text,
        };
        view(&self.state, &around, shelf)
    }

    /// Applies an edit to the pad, and keeps it with its moment while an answer is being recorded.
    pub(super) fn write(&mut self, changes: &[PadChange], shelf: &Shelf, wall: &Wall) -> Outcome<()> {
        let text = apply(&self.pad.text, changes);
        if text.len() > LONGEST_PAD {
            return Err(Failure::coded(
                crate::failure::Code::Refused,
                "The pad is full. Delete something first.",
            ));
        }
        self.pad.text = text;
        let (take, moment_ms) = match (&self.state.phase, &self.closed) {
            (Phase::Answering { take, answered_ms } | Phase::Closing { take, answered_ms, .. }, _) => {
                (take, answered_ms)
            }
            // The last keystrokes may arrive just after the answer ended; they were made in it.
            (_, Some(closed)) if closed.at.elapsed() < LATE_KEYSTROKES => (&closed.take, &closed.ms),
            _ => return Ok(()),
        };
        let edit = serde_json::to_value(changes).map_err(Failure::new)?;
        let edit = PadEdit { moment_ms: *moment_ms, edit };
        shelf.with(|library| library.add_pad_edit(take, &edit, wall.now()))
    }

    /// What already stands in the pad when an answer begins is its first edit.
    fn keep_pad(&mut self, take: &str, shelf: &Shelf, wall: &Wall) {
        if self.pad.text.is_empty() {
            return;
        }
        let whole = PadChange { from: 0, to: 0, insert: self.pad.text.clone() };
        let stored = serde_json::to_value([whole]).map_err(Failure::new).and_then(|edit| {
            shelf.with(|library| library.add_pad_edit(take, &PadEdit { moment_ms: 0, edit }, wall.now()))
        });
        if let Err(failure) = stored {
            self.trouble = Some(failure.message);
        }
    }

    /// What stood in the pad at the end of the last take of this stage.
    fn last_pad_text(&self, shelf: &Shelf) -> Outcome<String> {
        let mut here = self.state.outcomes.iter().rev().filter(|outcome| outcome.stage == self.state.stage);
        let last = here.find_map(|outcome| outcome.take.as_deref());
        let Some(take) = last else { return Ok(String::new()) };
        let edits = shelf.with(|library| library.pad_edits(take))?;
        let changes =
            edits.into_iter().filter_map(|edit| serde_json::from_value::<Vec<PadChange>>(edit.edit).ok());
        Ok(changes.fold(String::new(), |text, changes| apply(&text, &changes)))
    }

    /// Length of the recording that ended last, in milliseconds.
    pub(super) fn recorded_ms(&self) -> u64 {
        self.recording
            .as_ref()
            .map_or(0, |recording| recording.frames * 1_000 / u64::from(recording.sample_rate.max(1)))
    }

    /// Gives the engine an event, carries its effects out, and feeds back what comes of them.
    pub(super) fn feed(
        &mut self,
        event: &Event,
        now_ms: u64,
        microphone: Option<&Microphone>,
        shelf: &Shelf,
        wall: &Wall,
    ) {
        let mut events = VecDeque::from([event.clone()]);
        while let Some(event) = events.pop_front() {
            let reaction = step(&self.state, &event, now_ms);
            self.state = reaction.state;
            if self.pad.stage != self.state.stage {
                self.pad = Pad { stage: self.state.stage, text: String::new() };
            }
            if let Event::FirstSample { take } = &event {
                self.keep_pad(take, shelf, wall);
            }
            for effect in reaction.effects {
                match self.carry_out(&effect, microphone, shelf, wall) {
                    Ok(Some(follows)) => events.push_back(follows),
                    Ok(None) => {}
                    Err(failure) => {
                        tracing::error!("an effect failed: {}", failure.message);
                        self.trouble = Some(failure.message);
                        if let Effect::StartTake { take, .. } = &effect {
                            events.push_back(Event::BrokeOff { take: take.clone(), ms: 0 });
                        }
                    }
                }
            }
        }
    }

    fn carry_out(
        &mut self,
        effect: &Effect,
        microphone: Option<&Microphone>,
        shelf: &Shelf,
        wall: &Wall,
    ) -> Outcome<Option<Event>> {
        match effect {
            Effect::StartTake { take, limit_ms } => self.start_take(take, *limit_ms, microphone, shelf, wall),
            Effect::StopTake { take } => Ok(Some(self.stop_take(take, microphone))),
            Effect::Mark { take, mark, at_ms } => {
                shelf.with(|library| library.add_mark(take, *at_ms, mark, wall.now())).map(|()| None)
            }
            Effect::CloseTake { take, ended } => self.close_take(take, *ended, shelf, wall).map(|()| None),
            Effect::Save => shelf
                .with(|library| library.save_session(&self.session, &self.state, wall.now()))
                .map(|()| None),
        }
    }

    /// The row first, then the first sample.
    fn start_take(
        &mut self,
        take: &str,
        limit_ms: u64,
        microphone: Option<&Microphone>,
        shelf: &Shelf,
        wall: &Wall,
    ) -> Outcome<Option<Event>> {
        self.trouble = None;
        self.recording = None;
        let microphone = microphone.ok_or_else(|| {
            Failure::coded(
                crate::failure::Code::NoMicrophone,
                "No microphone is open. Choose one in Settings, then go on.",
            )
        })?;
        let rate = microphone.sample_rate();
        let (Some(stage), Some(prompt)) = (self.state.current_stage(), self.state.current_prompt()) else {
            return Ok(None);
        };
        let question = shelf.question(&self.pack, &prompt.question);
        let place = shelf.pack(&self.pack).map(|pack| place(&pack, &prompt.question)).unwrap_or_default();
        let new = NewTake {
            id: take,
            session: &self.session,
            pack: &self.pack,
            question: &prompt.question,
            stage: &stage.id,
            title: &prompt.title,
            place: &place,
            prompt: question.as_ref().map_or(&prompt.title, |question| &question.prompt),
            budget_ms: limit_ms,
            sample_rate: rate,
        };
        let path = shelf.with(|library| {
            library.begin_take(&new, wall.now())?;
            Ok(library.sound_file(take))
        })?;
        let frames = (u128::from(limit_ms) * u128::from(rate) / 1_000).try_into().unwrap_or(u64::MAX);
        microphone.record_with(&path, Some(frames), measuring(shelf)).map_err(Failure::new)?;
        Ok(None)
    }

    /// Drains and closes the file; what follows is [`Event::Closed`] with its true length.
    fn stop_take(&mut self, take: &str, microphone: Option<&Microphone>) -> Event {
        let stopped = microphone.map(Microphone::stop);
        match stopped {
            Some(Ok(recording)) => {
                self.recording = Some(recording);
                Event::Closed { take: take.to_owned(), ms: self.recorded_ms() }
            }
            Some(Err(error)) => {
                self.trouble = Some(error.to_string());
                Event::BrokeOff { take: take.to_owned(), ms: self.recorded_ms() }
            }
            None => Event::BrokeOff { take: take.to_owned(), ms: self.recorded_ms() },
        }
    }

    fn close_take(&mut self, take: &str, ended: Ended, shelf: &Shelf, wall: &Wall) -> Outcome<()> {
        self.closed = Some(Closed { take: take.to_owned(), ms: self.recorded_ms(), at: Instant::now() });
        let recording = self.recording.take();
        let end = TakeEnd {
            ended,
            frames: recording.as_ref().map_or(0, |recording| recording.frames),
            lost_frames: recording.as_ref().map_or(0, |recording| recording.lost_frames),
            repaired: false,
        };
        self.unsaved.push(Unsaved {
            take: take.to_owned(),
            end,
            sample_rate: recording.as_ref().map_or(1, |recording| recording.sample_rate.max(1)),
            gaps: recording.as_ref().map(|recording| recording.gaps.clone()).unwrap_or_default(),
            delivery: recording.map(|recording| recording.delivery),
        });
        self.save_ended(shelf, wall)
    }

    /// Stores how takes ended; what cannot be stored waits for the next try.
    pub(super) fn save_ended(&mut self, shelf: &Shelf, wall: &Wall) -> Outcome<()> {
        while let Some(next) = self.unsaved.first() {
            let rate = u64::from(next.sample_rate);
            shelf.with(|library| {
                // A take that could not be begun has no end, and one whose end was stored before ends once.
                let Some(stored) = library.take(&next.take)? else { return Ok(()) };
                if stored.end.is_none() {
                    library.end_take(&next.take, next.end, wall.now())?;
                }
                let measured = library.delivery::<Delivery>(&next.take)?.is_some();
                if let Some(facts) = next.delivery.as_ref().filter(|_| !measured) {
                    library.add_delivery(&next.take, &facts.method, facts, wall.now())?;
                }
                for gap in &next.gaps {
                    library.add_mark(
                        &next.take,
                        gap.at_frame * 1_000 / rate,
                        &GapMark::from(gap),
                        wall.now(),
                    )?;
                }
                Ok(())
            })?;
            self.unsaved.remove(0);
        }
        Ok(())
    }
}

/// What is set about measuring the delivery.
fn measuring(shelf: &Shelf) -> aloud_audio::Settings {
    aloud_audio::Settings { pause_ms: settings::current(shelf).pause_ms }
}

fn length_ms(take: &StoredTake) -> u64 {
    (take.seconds() * 1_000.0).round() as u64
}

/// Measures the delivery of a take from its file.
fn measure(take: &str, shelf: &Shelf, wall: &Wall) -> Outcome<()> {
    let path = shelf.with(|library| Ok(library.sound_file(take)))?;
    let facts = aloud_audio::analyze(&path, measuring(shelf)).map_err(Failure::new)?;
    shelf.with(|library| library.add_delivery(take, &facts.method, &facts, wall.now()))
}

/// Mends the takes a crash cut short, and stores how they ended. Returns how many had sound.
pub fn repair_takes(shelf: &Shelf, wall: &Wall) -> u32 {
    let Ok(unended) = shelf.with(|library| library.unended_takes()) else { return 0 };
    let mut repaired = 0;
    for take in unended {
        let path = shelf.with(|library| Ok(library.sound_file(&take.id)));
        let frames = match path.map(|path| aloud_audio::repair(&path)) {
            Ok(Ok(repair)) => repair.frames,
            Ok(Err(error)) => {
                tracing::warn!("the take {} has no sound to repair: {error}", take.id);
                0
            }
            Err(failure) => {
                tracing::error!("{}", failure.message);
                continue;
            }
        };
        let end = TakeEnd { ended: Ended::Interrupted, frames, lost_frames: 0, repaired: true };
        match shelf.with(|library| library.end_take(&take.id, end, wall.now())) {
            Ok(()) => repaired += u32::from(frames > 0),
            Err(failure) => tracing::error!("{}", failure.message),
        }
        if frames > 0
            && let Err(failure) = measure(&take.id, shelf, wall)
        {
            tracing::warn!("the delivery of {} was not measured: {}", take.id, failure.message);
        }
    }
    repaired
}
