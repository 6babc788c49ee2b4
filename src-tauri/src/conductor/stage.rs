//! The conductor's own thread: what is open, what is running, and how each call and notice is answered.

use super::microphone::{self, CLIPPING_DBFS, Echo, Open, brightness};
use super::reading::Reading;
use super::run::Run;
use super::{Audience, Call, Reply, Start};
use crate::awake::Awake;
use crate::failure::{Code, Failure, Outcome};
use crate::settings;
use crate::shelf::Shelf;
use crate::views::asked::{Action, Interview, Pulse};
use crate::views::settings::MicrophoneView;
use crate::wall::Wall;
use aloud_audio::{Notice, Recording};
use aloud_practice::pad::PadChange;
use aloud_practice::session::{Event, Phase};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Twenty times a second.
const TICK: Duration = Duration::from_millis(50);
const ECHO_SECONDS: u64 = 3;
const CHECKED: &str = "microphone-checked";

/// Everything the thread holds.
pub(super) struct Stage {
    shelf: Arc<Shelf>,
    wall: Wall,
    audience: Box<dyn Audience>,
    calls: Sender<Call>,
    open: Option<Open>,
    opened: u64,
    echo: Option<Echo>,
    run: Option<Run>,
    reading: Reading,
    awake: Awake,
    /// Told to everybody: an answer is being recorded.
    recording: Arc<AtomicBool>,
    /// Milliseconds are counted from here.
    since: Instant,
    /// When what could not be stored is tried again, counted from `since`.
    next_save: Duration,
}

impl Stage {
    pub(super) fn new(
        shelf: Arc<Shelf>,
        wall: Wall,
        audience: Box<dyn Audience>,
        calls: Sender<Call>,
        recording: Arc<AtomicBool>,
    ) -> Self {
        Self {
            shelf,
            wall,
            audience,
            calls,
            open: None,
            opened: 0,
            echo: None,
            run: None,
            reading: Reading::default(),
            awake: Awake::start(),
            recording,
            since: Instant::now(),
            next_save: Duration::ZERO,
        }
    }

    /// Works until it is told to quit.
    pub(super) fn run(mut self, inbox: &Receiver<Call>) {
        let mut next_tick = Instant::now() + TICK;
        loop {
            match inbox.recv_timeout(next_tick.saturating_duration_since(Instant::now())) {
                Ok(Call::Quit) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(call) => self.answer(call),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if Instant::now() >= next_tick {
                self.tick();
                next_tick = Instant::now() + TICK;
            }
        }
        self.leave();
    }

    /// The window closes: a running answer is ended and kept, the session can be resumed.
    fn leave(&mut self) {
        if self.run.as_ref().is_some_and(|run| run.state.take().is_some()) {
            self.feed(&Event::Pause);
        }
    }

    fn answer(&mut self, call: Call) {
        match call {
            Call::OpenMicrophone(choice, reply) => respond(&reply, self.open_microphone(choice)),
            Call::CloseMicrophone => self.close_microphone(),
            Call::EchoTest(reply) => self.echo_test(reply),
            Call::MicrophoneIsFine(reply) => respond(&reply, self.microphone_is_fine()),
            Call::Start(start, reply) => respond(&reply, self.start(start)),
            Call::View(reply) => {
                let view = self.run.as_ref().map(|run| run.view(&self.shelf));
                // The window may have gone on without waiting.
                let _ = reply.send(view);
            }
            Call::Pack(reply) => {
                // As above.
                let _ = reply.send(self.run.as_ref().map(|run| run.pack.clone()));
            }
            Call::Act(action, reply) => respond(&reply, self.act(action)),
            Call::Pad(changes, reply) => respond(&reply, self.pad(&changes)),
            Call::Heard(number, notice) => {
                if self.open.as_ref().is_some_and(|open| open.number == number) {
                    self.hear(*notice);
                }
            }
            Call::Quit => {}
        }
    }

    fn open_microphone(&mut self, choice: Option<String>) -> Outcome<MicrophoneView> {
        let mut chosen = settings::current(&self.shelf);
        if choice.is_some() && choice != chosen.microphone {
            chosen.microphone.clone_from(&choice);
            settings::store(&self.shelf, &chosen)?;
        }
        let wanted = chosen.microphone;
        if self.open.as_ref().is_none_or(|open| open.choice != wanted) {
            if self.run.as_ref().is_some_and(|run| run.state.take().is_some()) {
                return Err(Failure::coded(
                    Code::Refused,
                    "End the answer before you change the microphone.",
                ));
            }
            self.let_go();
            self.opened += 1;
            let (calls, number) = (self.calls.clone(), self.opened);
            let heard = move |notice| {
                // After the end nobody needs the news.
                let _ = calls.send(Call::Heard(number, Box::new(notice)));
            };
            self.open = Some(microphone::open(wanted, number, heard)?);
        }
        self.microphone_view()
    }

    fn microphone_view(&self) -> Outcome<MicrophoneView> {
        let Some(open) = &self.open else {
            return Err(Failure::coded(Code::NoMicrophone, "No microphone is open. Choose one."));
        };
        let checked: Option<String> = self.shelf.with(|library| library.setting(CHECKED))?;
        Ok(MicrophoneView {
            name: open.microphone.name().to_owned(),
            sample_rate: open.microphone.sample_rate(),
            checked: checked.is_some_and(|name| name == open.microphone.name()),
        })
    }

    fn close_microphone(&mut self) {
        if self.run.as_ref().is_none_or(|run| run.state.is_over()) {
            self.let_go();
        }
    }

    /// Closes the microphone. An echo test that is going on with it is over.
    fn let_go(&mut self) {
        self.end_echo(None);
        self.open = None;
    }

    fn microphone_is_fine(&mut self) -> Outcome<()> {
        let Some(open) = &self.open else {
            return Err(Failure::coded(Code::NoMicrophone, "No microphone is open. Choose one."));
        };
        let name = open.microphone.name().to_owned();
        self.shelf.with(|library| library.set_setting(CHECKED, &name))
    }

    fn echo_test(&mut self, reply: Reply<Vec<u8>>) {
        let begun = self.begin_echo();
        match begun {
            Ok(file) => self.echo = Some(Echo { file, reply }),
            Err(failure) => respond(&reply, Err(failure)),
        }
    }

    fn begin_echo(&mut self) -> Outcome<std::path::PathBuf> {
        if self.run.as_ref().is_some_and(|run| run.state.take().is_some()) || self.echo.is_some() {
            return Err(Failure::coded(
                Code::Refused,
                "Something is being recorded already. Wait until it is over.",
            ));
        }
        self.open_microphone(None)?;
        let Some(open) = &self.open else {
            return Err(Failure::coded(Code::NoMicrophone, "No microphone is open. Choose one."));
        };
        let file = self.shelf.folder().join("echo.wav");
        // One that a crash left behind is in the way.
        let _ = std::fs::remove_file(&file);
        let frames = u64::from(open.microphone.sample_rate()) * ECHO_SECONDS;
        open.microphone.record(&file, Some(frames)).map_err(Failure::new)?;
        Ok(file)
    }

    fn start(&mut self, start: Start) -> Outcome<Interview> {
        if let (Start::Resume { session }, Some(run)) = (&start, &self.run)
            && run.session == *session
            && !run.state.is_over()
        {
            return Ok(run.view(&self.shelf));
        }
        let resumed = matches!(start, Start::Resume { .. });
        self.open_microphone(None)?;
        let mut run = Run::begin(&self.shelf, &self.wall, start)?;
        // Only now that the new one is sure to start is the other given up, or left to be resumed later.
        if self.run.as_ref().is_some_and(|run| !run.state.is_over()) {
            self.feed(if resumed { &Event::Pause } else { &Event::Abandon });
        }
        // Numbers go on from the last session's, so that a late view of that one cannot pass for newer.
        run.revision = self.run.as_ref().map_or(0, |last| last.revision) + 1;
        let view = run.view(&self.shelf);
        self.run = Some(run);
        self.audience.interview(&view);
        self.read_aloud();
        Ok(view)
    }

    fn act(&mut self, action: Action) -> Outcome<Interview> {
        if self.run.is_none() {
            return Err(Failure::coded(
                Code::NotFound,
                "There is no interview to go on with. Start one from Today.",
            ));
        }
        if matches!(action, Action::Begin | Action::Resume) {
            self.open_microphone(None)?;
            self.reading.stop();
            self.hush();
        }
        let event = match action {
            Action::Begin => Event::Begin { take: aloud_library::fresh_id() },
            Action::End => Event::End,
            Action::Next => Event::Next,
            Action::Probe => Event::Probe,
            Action::Skip => Event::Skip,
            Action::Pause => Event::Pause,
            Action::Resume => Event::Resume,
            Action::Abandon => Event::Abandon,
        };
        self.feed(&event);
        self.run.as_ref().map(|run| run.view(&self.shelf)).ok_or_else(|| Failure::not_found("interview"))
    }

    fn pad(&mut self, changes: &[PadChange]) -> Outcome<()> {
        match &mut self.run {
            Some(run) => run.write(changes, &self.shelf, &self.wall),
            None => Ok(()),
        }
    }

    /// Gives the engine an event and carries its effects out, and whatever follows from those.
    fn feed(&mut self, event: &Event) {
        let now_ms = self.now_ms();
        let Some(run) = &mut self.run else { return };
        let before = run.state.clone();
        let microphone = self.open.as_ref().map(|open| &open.microphone);
        run.feed(event, now_ms, microphone, &self.shelf, &self.wall);
        let quiet = matches!(event, Event::Tick | Event::Samples { .. });
        let moved = std::mem::discriminant(&before.phase) != std::mem::discriminant(&run.state.phase);
        if moved || !quiet || run.state.probes_asked != before.probes_asked {
            self.tell();
        }
    }

    /// Tells the audience how the interview stands.
    fn tell(&mut self) {
        if let Some(run) = &mut self.run {
            run.revision += 1;
            self.audience.interview(&run.view(&self.shelf));
        }
        self.read_aloud();
    }

    /// Says what has come up, if the person wants it said, and keeps it out of the take.
    fn read_aloud(&mut self) {
        let Some(run) = &self.run else { return };
        if settings::current(&self.shelf).read_aloud {
            self.reading.follow(&run.session, &run.pack, &run.state, &self.shelf);
        } else {
            self.reading.stop();
        }
        self.hush();
    }

    fn hush(&self) {
        self.reading.hush(self.open.as_ref().map(|open| &open.microphone));
    }

    fn hear(&mut self, notice: Notice) {
        match notice {
            Notice::FirstSample { .. } => self.feed_take(|take| Event::FirstSample { take }),
            Notice::LimitReached(recording) if self.echo.is_some() => self.end_echo(Some(&recording)),
            Notice::LimitReached(recording) => {
                self.keep(recording);
                self.feed_take_ms(|take, ms| Event::Limit { take, ms });
            }
            Notice::DiskFull(_) if self.echo.is_some() => {
                self.trouble(Some(
                    "The disk is full, so nothing can be recorded. Free some space, then try again.",
                ));
                self.end_echo(None);
            }
            Notice::DiskFull(recording) => {
                self.trouble(Some("The disk is full, so the answer ended here. What was said is kept. Free some space, then go on."));
                self.keep(recording);
                self.feed_take_ms(|take, ms| Event::BrokeOff { take, ms });
            }
            Notice::Failed { message, recording } => {
                self.trouble(Some(&message));
                if let Some(recording) = recording {
                    self.keep(recording);
                }
                self.feed_take_ms(|take, ms| Event::BrokeOff { take, ms });
                // It will not come back by itself; the next answer opens it anew.
                self.let_go();
            }
            // Between the answers of a session nobody has to speak.
            Notice::Silent
                if self
                    .run
                    .as_ref()
                    .is_some_and(|run| !run.state.is_over() && run.state.take().is_none()) => {}
            Notice::Silent => self.trouble(Some(
                "Your microphone delivers nothing but silence. It may be muted, or the wrong one.",
            )),
            Notice::Sounding | Notice::Reopened { .. } => self.trouble(None),
            Notice::Lost { .. } => {
                self.trouble(Some(
                    "The microphone went away. Aloud is trying to get it back; what you said is safe.",
                ));
            }
            // Marked on the timeline once the take is closed.
            Notice::Gap(_) => {}
        }
    }

    fn end_echo(&mut self, recording: Option<&Recording>) {
        if let Some(echo) = self.echo.take() {
            echo.finish(recording);
        }
    }

    fn keep(&mut self, recording: Recording) {
        if let Some(run) = &mut self.run {
            run.recording = Some(recording);
        }
    }

    fn trouble(&mut self, sentence: Option<&str>) {
        match &mut self.run {
            Some(run) if !run.state.is_over() => {
                run.trouble = sentence.map(str::to_owned);
                self.tell();
            }
            _ => self.audience.trouble(sentence),
        }
    }

    fn feed_take(&mut self, event: impl FnOnce(String) -> Event) {
        if let Some(take) = self.run.as_ref().and_then(|run| run.state.take()).map(str::to_owned) {
            self.feed(&event(take));
        }
    }

    fn feed_take_ms(&mut self, event: impl FnOnce(String, u64) -> Event) {
        let ms = self.run.as_ref().map_or(0, Run::recorded_ms);
        self.feed_take(|take| event(take, ms));
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn tick(&mut self) {
        if let (Some(open), Some(run)) = (&self.open, &self.run)
            && let Phase::Answering { take, .. } = &run.state.phase
        {
            let rate = u64::from(open.microphone.sample_rate().max(1));
            let ms = open.microphone.frames() * 1_000 / rate;
            let take = take.clone();
            self.feed(&Event::Samples { take, ms });
        } else {
            self.feed(&Event::Tick);
        }
        if self.since.elapsed() >= self.next_save
            && let Some(run) = &mut self.run
        {
            self.next_save = self.since.elapsed() + Duration::from_secs(1);
            if let Err(failure) = run.save_ended(&self.shelf, &self.wall) {
                tracing::warn!("a take still waits to be stored: {}", failure.message);
            }
        }
        let thought =
            self.run.as_ref().is_some_and(|run| matches!(run.state.phase, Phase::Thinking { left_ms: 0 }));
        if thought {
            self.feed(&Event::Begin { take: aloud_library::fresh_id() });
        }
        if self.run.as_ref().is_some_and(|run| run.state.is_over() && run.hold_microphone) {
            self.run.as_mut().into_iter().for_each(|run| run.hold_microphone = false);
            self.let_go();
        }
        self.hush();
        let running = self.run.as_ref().map(|run| &run.state);
        self.awake
            .keep(running.is_some_and(|state| !state.is_over() && !matches!(state.phase, Phase::Paused)));
        self.recording.store(running.is_some_and(|state| state.take().is_some()), Ordering::Release);
        self.pulse();
    }

    fn pulse(&self) {
        let running = self.run.as_ref().filter(|run| !run.state.is_over());
        if self.open.is_none() && running.is_none() {
            return;
        }
        let level = self.open.as_ref().map_or(aloud_audio::Level::SILENCE, |open| open.microphone.level());
        let clock = running.and_then(|run| super::view::clock(&run.state));
        let thinking = running.and_then(|run| match run.state.phase {
            Phase::Thinking { left_ms } => Some(u32::try_from(left_ms).unwrap_or(u32::MAX)),
            _ => None,
        });
        self.audience.pulse(Pulse {
            level: brightness(level.rms_dbfs),
            peak_dbfs: level.peak_dbfs.min(0.0),
            clipping: level.peak_dbfs >= CLIPPING_DBFS,
            left_ms: thinking.or(clock.map(|clock| clock.left_ms)),
            stage_left_ms: clock.map(|clock| clock.stage_left_ms),
        });
    }
}

fn respond<T>(reply: &Reply<T>, outcome: Outcome<T>) {
    // The window may have gone on without waiting.
    let _ = reply.send(outcome);
}
