//! An open microphone: metered always, recorded when asked.

use crate::capture::{self, Progress};
use crate::cpal_source::CpalSource;
use crate::device::{Choice, Source};
use crate::error::AudioError;
use crate::recording::{Notice, Recording};
use crate::take::{Take, check_room};
use crate::writer::{Command, Shared, Writer};
use aloud_speech::{Level, Settings};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long the sound system may take to open a microphone, and the microphone to deliver its first sound.
const OPENING: Duration = Duration::from_secs(3);

/// How long the disk may take to begin or finish a recording.
const DISK: Duration = Duration::from_secs(15);

/// An open microphone. Closed when dropped; a recording still running is finished first.
///
/// All methods may be called from any thread. [`Microphone::level`] and [`Microphone::frames`] never wait.
#[derive(Debug)]
pub struct Microphone {
    name: String,
    sample_rate: u32,
    shared: Arc<Shared>,
    commands: Sender<Command>,
    writer: Option<JoinHandle<()>>,
}

impl Microphone {
    /// Opens a microphone; its sound is being metered when this returns. Takes at most six seconds.
    ///
    /// `notices` hears what happens from then on, on a thread of its own.
    ///
    /// # Errors
    /// [`AudioError::NoMicrophone`], [`AudioError::NotConnected`], [`AudioError::PermissionDenied`],
    /// [`AudioError::Busy`] or [`AudioError::Unsupported`] when it cannot be opened, [`AudioError::NoAnswer`] when the
    /// sound system hangs, [`AudioError::NoSound`] when no sound comes within three seconds.
    pub fn open(choice: &Choice, notices: impl Fn(Notice) + Send + 'static) -> Result<Self, AudioError> {
        Self::open_from(Box::new(CpalSource), choice, notices)
    }

    pub(crate) fn open_from(
        source: Box<dyn Source>,
        choice: &Choice,
        notices: impl Fn(Notice) + Send + 'static,
    ) -> Result<Self, AudioError> {
        let (commands, commanded) = mpsc::channel();
        let (orders, ordered) = mpsc::channel();
        let (progress, opening) = mpsc::channel();
        let (choice, news) = (choice.clone(), commands.clone());
        spawn("capture", move || capture::run(source.as_ref(), &choice, &ordered, &progress, &news))?;
        // Leaving early drops `orders`, and that closes the stream.
        opening.recv_timeout(OPENING).map_err(|_| AudioError::NoAnswer)??;
        let deadline = Instant::now() + OPENING;
        let Progress::Opened(stream) = opening.recv_timeout(OPENING).map_err(|_| AudioError::NoSound)??
        else {
            return Err(AudioError::NoAnswer);
        };
        // Sound first, so that nothing is set up for a microphone that delivers none.
        while stream.feed.tally().callbacks() == 0 {
            if Instant::now() >= deadline {
                return Err(AudioError::NoSound);
            }
            thread::sleep(Duration::from_millis(2));
        }

        let (teller, told) = mpsc::channel();
        spawn("notices", move || told.into_iter().for_each(notices))?;
        let shared = Arc::new(Shared::default());
        let (name, sample_rate) = (stream.name.clone(), stream.feed.sample_rate());
        let writer = Writer::new(commanded, orders, teller, Arc::clone(&shared), stream);
        let writer = spawn("take-writer", move || writer.run())?;
        Ok(Self { name, sample_rate, shared, commands, writer: Some(writer) })
    }

    /// What the system called the microphone when it was opened.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Frames per second, in recordings too: it stays the same even if another microphone has to take over.
    pub fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// The latest level, twenty times a second, falling calmly.
    pub fn level(&self) -> Level {
        self.shared.level()
    }

    /// Records into a new file from now on, at most `limit_frames`.
    ///
    /// Only [`Notice::FirstSample`] says that sound is really being written. A recording that reaches its limit, fills
    /// the disk or loses its microphone is finished by itself and said so.
    ///
    /// # Errors
    /// [`AudioError::AlreadyRecording`], [`AudioError::Exists`], [`AudioError::NoRoom`] (less than 100 MB free),
    /// [`AudioError::File`], [`AudioError::Lost`] when the microphone is gone, [`AudioError::DiskStuck`].
    pub fn record(&self, path: &Path, limit_frames: Option<u64>) -> Result<(), AudioError> {
        self.record_with(path, limit_frames, Settings::default())
    }

    /// The same, with what is set about measuring the delivery.
    ///
    /// # Errors
    /// Those of [`Microphone::record`].
    pub fn record_with(
        &self,
        path: &Path,
        limit_frames: Option<u64>,
        settings: Settings,
    ) -> Result<(), AudioError> {
        if self.shared.gone.load(Ordering::Acquire) {
            return Err(AudioError::Lost);
        }
        if self.shared.recording.swap(true, Ordering::AcqRel) {
            return Err(AudioError::AlreadyRecording);
        }
        let take =
            check_room(path).and_then(|()| Take::create(path, self.sample_rate, limit_frames, settings));
        match take {
            Ok(take) => self.begin(take),
            Err(error) => {
                self.shared.recording.store(false, Ordering::Release);
                Err(error)
            }
        }
    }

    pub(crate) fn begin(&self, take: Take) -> Result<(), AudioError> {
        let (begun, answer) = mpsc::sync_channel(1);
        self.commands.send(Command::Record { take: Box::new(take), begun }).map_err(|_| AudioError::Lost)?;
        answer.recv_timeout(DISK).map_err(|_| AudioError::DiskStuck)?
    }

    /// From now on, writes silence instead of what comes (`true`), or what comes again. The clock goes on, so a moment
    /// in the file stays the moment it was spoken; the level goes on too.
    pub fn hush(&self, hushed: bool) {
        self.shared.hushed.store(hushed, Ordering::Release);
    }

    /// Frames written in the recording that is running, or in the last one: the clock of the answer.
    pub fn frames(&self) -> u64 {
        self.shared.frames()
    }

    /// Ends the recording with the last sample delivered; the file is whole and on disk when this returns.
    ///
    /// A recording that ended by itself since is returned by the first stop after it.
    ///
    /// # Errors
    /// [`AudioError::NotRecording`], or [`AudioError::DiskStuck`] after fifteen seconds.
    pub fn stop(&self) -> Result<Recording, AudioError> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.commands.send(Command::Stop { answer }).map_err(|_| AudioError::NotRecording)?;
        answered.recv_timeout(DISK).map_err(|_| AudioError::DiskStuck)?
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        // A writer that has ended already has nothing left to finish.
        let _ = self.commands.send(Command::Quit);
        let Some(writer) = self.writer.take() else { return };
        let deadline = Instant::now() + DISK;
        while !writer.is_finished() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, AudioError> {
    thread::Builder::new().name(name.into()).spawn(work).map_err(|e| AudioError::Device(e.to_string()))
}
