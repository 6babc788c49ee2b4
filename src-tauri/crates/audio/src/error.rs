//! What can go wrong with sound, told to the person: what happened, and what to do next.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why sound could not be heard or kept. Its text is for the person in front of the screen.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// No microphone, or no sound system to reach one through.
    #[error("No microphone was found. Connect one, check that the system's sound is running, and try again.")]
    NoMicrophone,
    /// The chosen microphone is not connected.
    #[error("The chosen microphone is not connected. Connect it again or choose another one. ({0})")]
    NotConnected(String),
    /// The system refuses access to the microphone.
    #[error(
        "The system does not let Aloud use the microphone. Allow it in the system's privacy settings, then try again."
    )]
    PermissionDenied,
    /// Another program holds the microphone.
    #[error("The microphone is in use by another program. Close that program and try again.")]
    Busy,
    /// The microphone offers no format that can be recorded.
    #[error("The microphone offers no format Aloud can record. Choose another microphone.")]
    Unsupported,
    /// The microphone opened, but not a single sample came.
    #[error(
        "The microphone is connected but delivers no sound. Check that it is switched on, or choose another one."
    )]
    NoSound,
    /// The sound system did not answer in time.
    #[error("The sound system does not answer. Restart it, or log out and in again, and try again.")]
    NoAnswer,
    /// The microphone went away and did not come back.
    #[error("The microphone went away. Connect it again or choose another one, then start again.")]
    Lost,
    /// A recording is running already.
    #[error("A recording is running already. Stop it before starting another one.")]
    AlreadyRecording,
    /// There is no recording to stop.
    #[error("Nothing is being recorded, so there is nothing to stop.")]
    NotRecording,
    /// A file of that name exists; recordings never replace anything.
    #[error("{} exists already and is not overwritten. Choose another name.", .0.display())]
    Exists(PathBuf),
    /// Too little room on the disk to start.
    #[error(
        "Only {free_mb} MB are free on the disk and a recording needs at least {needed_mb} MB. Free some space and try again."
    )]
    NoRoom {
        /// Free space, in megabytes of a million bytes.
        free_mb: u64,
        /// Space asked for before a recording starts, in the same unit.
        needed_mb: u64,
    },
    /// A file could not be worked with.
    #[error("{} could not be {doing}: {}. Check the folder and the disk, then try again.", path.display(), in_words(source))]
    File {
        /// What was being done, as a participle: "created", "read".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not a WAV file, or one too damaged to tell where its sound begins.
    #[error("{} is not a WAV recording, or its first bytes are damaged. It was left as it is.", .0.display())]
    NotWav(PathBuf),
    /// A WAV file whose sound cannot be read.
    #[error("{} cannot be read as sound: {reason}.", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why, and what to do: the rest of the sentence, without its full stop.
        reason: String,
    },
    /// Whoever asked for the work broke it off.
    #[error("This was cancelled. Nothing was changed.")]
    Cancelled,
    /// The writer did not answer in time: a disk that hangs.
    #[error("The disk does not answer. The recording so far is kept; check the disk before recording again.")]
    DiskStuck,
    /// Anything else the sound system reports.
    #[error("The sound system reports a problem: {0}. Try again, or choose another microphone.")]
    Device(String),
}

/// Why the system refused to work with a file, as the rest of a sentence without its full stop.
fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "there is no space left on its disk".to_owned(),
        ErrorKind::PermissionDenied => "that is not allowed".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "its disk is read-only".to_owned(),
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "a file stands where a folder should be".to_owned(),
        ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => {
            // The number is for programmers.
            let said = error.to_string();
            said.split_once(" (os error").map_or(said.as_str(), |(words, _)| words).to_owned()
        }
    }
}

impl AudioError {
    /// A file error, with what was being done to which file.
    pub(crate) fn file(doing: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::File { doing, path: path.to_path_buf(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_system_is_told_in_words() {
        for number in 1..=100 {
            let source = std::io::Error::from_raw_os_error(number);
            let told = AudioError::file("read", Path::new("take.wav"), source).to_string();
            assert!(!told.contains("os error") && !told.contains(": . "), "{told}");
        }
    }
}
