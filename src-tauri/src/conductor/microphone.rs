//! The microphone as the conductor holds it.

use crate::failure::{Code, Failure, Outcome};
use crate::views::settings::MicrophoneRow;
use aloud_audio::{Choice, Microphone, Notice, Recording};
use std::path::PathBuf;

/// An open microphone and which one it is.
pub(super) struct Open {
    pub(super) microphone: Microphone,
    /// The choice it was opened by.
    pub(super) choice: Option<String>,
    /// Its number among all opened; notices of older ones are ignored.
    pub(super) number: u64,
}

/// The microphones there are.
pub(super) fn list() -> Outcome<Vec<MicrophoneRow>> {
    let found = aloud_audio::microphones().map_err(|error| Failure::coded(Code::NoMicrophone, error))?;
    Ok(found
        .into_iter()
        .map(|info| MicrophoneRow { id: info.id, name: info.name, is_default: info.is_default })
        .collect())
}

/// Opens a microphone.
pub(super) fn open(
    choice: Option<String>,
    number: u64,
    heard: impl Fn(Notice) + Send + 'static,
) -> Outcome<Open> {
    let wanted = choice.clone().map_or(Choice::Default, Choice::Id);
    let microphone =
        Microphone::open(&wanted, heard).map_err(|error| Failure::coded(Code::NoMicrophone, error))?;
    Ok(Open { microphone, choice, number })
}

/// The three seconds of an echo test on their way to the ear.
pub(super) struct Echo {
    pub(super) file: PathBuf,
    pub(super) reply: super::Reply<Vec<u8>>,
}

impl Echo {
    /// Hands the sound over and forgets it.
    pub(super) fn finish(self, recording: Option<&Recording>) {
        let sound = match recording {
            Some(recording) if recording.frames > 0 => std::fs::read(&self.file).map_err(Failure::new),
            _ => Err(Failure::coded(
                Code::NoMicrophone,
                "Nothing was heard. Choose another microphone and try again.",
            )),
        };
        for file in [&self.file, &self.file.with_extension("peaks")] {
            // The peaks may never have been written.
            let _ = std::fs::remove_file(file);
        }
        // The window may have gone on without waiting.
        let _ = self.reply.send(sound);
    }
}

/// How loud the dot shows a level: 0 at −60 dBFS, 1 at −6.
pub(super) fn brightness(rms_dbfs: f32) -> f32 {
    ((rms_dbfs + 60.0) / 54.0).clamp(0.0, 1.0)
}

/// Full scale, as far as a meter can tell.
pub(super) const CLIPPING_DBFS: f32 = -0.1;
