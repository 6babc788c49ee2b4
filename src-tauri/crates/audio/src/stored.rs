//! The sound of a take on disk, as WAV or as FLAC, read alike.
//!
//! A take is asked for by the name of its WAV. Where that is not there (any more), the FLAC beside it is read; while both
//! are there, the WAV counts.

use crate::error::AudioError;
use crate::flac;
use crate::sound::RATES;
use crate::wav;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Bytes read at once: they and what is made of them stay in the processor's cache.
const BLOCK: usize = 64 * 1024;

/// Told how much of the work is done, in units of `of`; breaking off cancels it and leaves nothing half-done.
pub type Progress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// A take's sound, opened.
pub(crate) struct Stored {
    path: PathBuf,
    form: Form,
}

enum Form {
    Wav(File, wav::Sound),
    Flac(Box<flac::Decoder>),
}

impl Stored {
    /// Opens the WAV of that name or the FLAC beside it.
    pub(crate) fn open(path: &Path) -> Result<Self, AudioError> {
        let (mut file, path) = open(path)?;
        let form = if is_flac(&mut file).map_err(|e| AudioError::file("read", &path, e))? {
            Form::Flac(Box::new(flac::Decoder::new(file, &path)?))
        } else {
            let sound = wav::sound(&mut file).map_err(|e| AudioError::file("read", &path, e))?;
            // A rate that is no sound would overflow whatever is reckoned with it.
            let sound = sound.filter(|sound| RATES.contains(&sound.sample_rate));
            Form::Wav(file, sound.ok_or_else(|| AudioError::NotWav(path.clone()))?)
        };
        Ok(Self { path, form })
    }

    /// Frames per second.
    pub(crate) fn sample_rate(&self) -> u32 {
        match &self.form {
            Form::Wav(_, sound) => sound.sample_rate,
            Form::Flac(decoder) => decoder.sample_rate(),
        }
    }

    /// Frames in it.
    pub(crate) fn frames(&self) -> u64 {
        match &self.form {
            Form::Wav(_, sound) => sound.frames,
            Form::Flac(decoder) => decoder.frames(),
        }
    }

    /// Hands over the frames from `from` up to `to` or the end, block after block, until `hear` breaks off.
    pub(crate) fn read(
        self,
        from: u64,
        to: u64,
        hear: &mut dyn FnMut(&[i16]) -> ControlFlow<()>,
    ) -> Result<(), AudioError> {
        match self.form {
            Form::Flac(decoder) => decoder.read(&self.path, from, to, hear),
            Form::Wav(mut file, sound) => {
                let to = to.min(sound.frames);
                let frames = to.saturating_sub(from.min(to));
                let poured = pour(&mut file, sound.at + (to - frames) * 2, frames * 2, hear);
                match poured.map_err(|e| AudioError::file("read", &self.path, e))? {
                    ControlFlow::Continue(()) => Ok(()),
                    ControlFlow::Break(()) => Err(AudioError::Cancelled),
                }
            }
        }
    }
}

fn pour(
    file: &mut File,
    at: u64,
    mut left: u64,
    hear: &mut dyn FnMut(&[i16]) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; BLOCK];
    let mut samples = Vec::with_capacity(BLOCK / 2);
    while left > 0 {
        let block = &mut bytes[..usize::try_from(left).unwrap_or(BLOCK).min(BLOCK)];
        file.read_exact(block)?;
        samples.clear();
        samples.extend(block.as_chunks().0.iter().map(|sample| i16::from_le_bytes(*sample)));
        left -= block.len() as u64;
        if hear(&samples).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Opens a file or, when it is not there, the FLAC beside it.
pub(crate) fn open(path: &Path) -> Result<(File, PathBuf), AudioError> {
    match File::open(path) {
        Ok(file) => Ok((file, path.to_path_buf())),
        Err(error) => {
            let beside = path.with_extension("flac");
            match File::open(&beside) {
                Ok(file) if error.kind() == io::ErrorKind::NotFound => Ok((file, beside)),
                _ => Err(AudioError::file("opened", path, error)),
            }
        }
    }
}

/// Whether a file is FLAC; leaves it at its first byte.
pub(crate) fn is_flac(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.take(flac::MARKER.len() as u64).read_to_end(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(start == flac::MARKER)
}

/// What tells one sound from another, whatever form its file has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 of the samples as little-endian 16-bit numbers, in hexadecimal.
    pub sha256: String,
    /// Frames it was taken of.
    pub frames: u64,
    /// Frames per second.
    pub sample_rate: u32,
}

/// The fingerprint of a take's sound, or of its first `most` frames.
///
/// # Errors
/// [`AudioError::NotWav`], [`AudioError::Unreadable`] or [`AudioError::File`] when it cannot be read to its end.
pub fn fingerprint(path: &Path, most: Option<u64>) -> Result<Fingerprint, AudioError> {
    let stored = Stored::open(path)?;
    let frames = most.unwrap_or(u64::MAX).min(stored.frames());
    let sample_rate = stored.sample_rate();
    let mut hash = SampleHash::default();
    stored.read(0, frames, &mut |samples| {
        hash.push(samples);
        ControlFlow::Continue(())
    })?;
    Ok(Fingerprint { sha256: hash.finish(), frames, sample_rate })
}

/// SHA-256 over samples.
#[derive(Default)]
pub(crate) struct SampleHash {
    sha256: Sha256,
    bytes: Vec<u8>,
}

impl SampleHash {
    pub(crate) fn push(&mut self, samples: &[i16]) {
        self.bytes.clear();
        self.bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
        self.sha256.update(&self.bytes);
    }

    pub(crate) fn finish(self) -> String {
        self.sha256.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
