//! Making takes smaller without losing a sample, and making WAV of them again.
//!
//! Promise: at every moment, also when the process dies, at least one whole file holds the sound. A FLAC stands under
//! its name only once it was read back and every sample of it compared; only then does the WAV go.

use crate::error::AudioError;
use crate::flac::{Encoder, MOST_RATE};
use crate::stored::{Fingerprint, Progress, SampleHash, Stored};
use crate::take::{create_private, sync_folder};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What unfinished files end with; one that is left over after a crash may be removed.
const UNFINISHED: &str = "part";

/// A FLAC that was proven to hold the same sound as its WAV, waiting to take its place. Dropping it leaves the WAV alone.
#[derive(Debug)]
pub struct Compaction {
    wav: PathBuf,
    unfinished: Unfinished,
    /// Bytes of the WAV.
    pub wav_bytes: u64,
    /// Bytes of the FLAC.
    pub flac_bytes: u64,
    /// The sound both hold.
    pub fingerprint: Fingerprint,
}

impl Compaction {
    /// Puts the FLAC into the WAV's place.
    ///
    /// # Errors
    /// [`AudioError::File`]; the WAV is there then.
    pub fn finish(mut self) -> Result<(), AudioError> {
        let flac = self.wav.with_extension("flac");
        let swap = || -> io::Result<()> {
            fs::rename(&self.unfinished.path, &flac)?;
            sync_folder(&flac)?;
            fs::remove_file(&self.wav)?;
            sync_folder(&flac)
        };
        swap().map_err(|e| AudioError::file("replaced", &self.wav, e))?;
        self.unfinished.keep = true;
        Ok(())
    }
}

/// Removed again unless it is kept.
#[derive(Debug)]
struct Unfinished {
    path: PathBuf,
    keep: bool,
}

impl Unfinished {
    fn create(path: PathBuf) -> Result<(Self, File), AudioError> {
        // One that a crash left behind is in the way.
        let _ = fs::remove_file(&path);
        let file = create_private(&path).map_err(|e| AudioError::file("created", &path, e))?;
        Ok((Self { path, keep: false }, file))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.keep {
            // It may not be there any more, and what is left over is removed at the next start.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Writes a WAV's sound as FLAC beside it, reads that back and compares every sample. Nothing when that would not make
/// it smaller (a sound without a frame, noise that cannot be packed) or cannot be done (more than 96,000 frames a second).
///
/// # Errors
/// [`AudioError::Cancelled`], or why the sound could not be read or written. The WAV is untouched in any case.
pub fn compact(wav: &Path, progress: &mut Progress<'_>) -> Result<Option<Compaction>, AudioError> {
    let stored = Stored::open(wav)?;
    let (frames, rate) = (stored.frames(), stored.sample_rate());
    let before = fs::metadata(wav).map_err(|e| AudioError::file("examined", wav, e))?;
    if frames == 0 || rate > MOST_RATE {
        return Ok(None);
    }
    let (unfinished, file) = Unfinished::create(wav.with_extension(format!("flac.{UNFINISHED}")))?;
    let written = |e| AudioError::file("written", &unfinished.path, e);

    let mut encoder = Encoder::new(file, rate).map_err(written)?;
    let mut trouble = Ok(());
    let mut hash = SampleHash::default();
    let mut done = 0;
    let read = stored.read(0, frames, &mut |samples| {
        hash.push(samples);
        trouble = encoder.push(samples);
        done += samples.len() as u64;
        if trouble.is_err() { ControlFlow::Break(()) } else { progress(done, 2 * frames) }
    });
    trouble.map_err(written)?;
    read?;
    encoder.finish().map_err(written)?;
    let fingerprint = Fingerprint { sha256: hash.finish(), frames, sample_rate: rate };

    if !same_sound(wav, &unfinished.path, frames, progress)? {
        let reason = "its FLAC did not come out the same. It stays as WAV".to_owned();
        return Err(AudioError::Unreadable { path: wav.to_path_buf(), reason });
    }
    let settle = || -> io::Result<u64> {
        let flac = File::options().write(true).open(&unfinished.path)?;
        flac.set_modified(before.modified()?)?;
        Ok(flac.metadata()?.len())
    };
    let flac_bytes = settle().map_err(written)?;
    if flac_bytes >= before.len() {
        return Ok(None);
    }
    Ok(Some(Compaction {
        wav: wav.to_path_buf(),
        unfinished,
        wav_bytes: before.len(),
        flac_bytes,
        fingerprint,
    }))
}

/// Compares two sounds sample by sample, and their lengths and rates.
fn same_sound(wav: &Path, flac: &Path, frames: u64, progress: &mut Progress<'_>) -> Result<bool, AudioError> {
    let (first, second) = (Stored::open(wav)?, Stored::open(flac)?);
    if (first.frames(), first.sample_rate()) != (second.frames(), second.sample_rate()) {
        return Ok(false);
    }
    let mut beside = Samples::of(wav)?;
    let (mut done, mut same) = (0, true);
    let read = second.read(0, u64::MAX, &mut |samples| {
        same = beside.begins_with(samples);
        done += samples.len() as u64;
        if same { progress(frames + done, 2 * frames) } else { ControlFlow::Break(()) }
    });
    match read {
        Err(AudioError::Cancelled) if !same => Ok(false),
        read => read.map(|()| same && done == frames),
    }
}

/// The samples of a WAV, in pieces of any length.
struct Samples(hound::WavIntoSamples<io::BufReader<File>, i16>);

impl Samples {
    fn of(wav: &Path) -> Result<Self, AudioError> {
        match hound::WavReader::open(wav) {
            Ok(reader) => Ok(Self(reader.into_samples())),
            Err(hound::Error::IoError(error)) => Err(AudioError::file("read", wav, error)),
            Err(_) => Err(AudioError::NotWav(wav.to_path_buf())),
        }
    }

    fn begins_with(&mut self, samples: &[i16]) -> bool {
        samples.iter().all(|sample| matches!(self.0.next(), Some(Ok(other)) if other == *sample))
    }
}

/// Writes a take's sound, whatever form it has, as a plain WAV to `out`. What stands there is replaced, and only by a
/// whole file.
///
/// # Errors
/// [`AudioError::Cancelled`], or why the sound could not be read or written.
pub fn write_wav(take: &Path, out: &Path, progress: &mut Progress<'_>) -> Result<(), AudioError> {
    let stored = Stored::open(take)?;
    let frames = stored.frames();
    let mut name = out.as_os_str().to_owned();
    name.push(format!(".{UNFINISHED}"));
    let (mut unfinished, file) = Unfinished::create(name.into())?;
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: stored.sample_rate(),
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let synced = file.try_clone().map_err(|e| AudioError::file("created", out, e))?;
    let written = |error: hound::Error| match error {
        hound::Error::IoError(error) => AudioError::file("written", out, error),
        other => AudioError::file("written", out, io::Error::other(other.to_string())),
    };
    let mut writer = hound::WavWriter::new(BufWriter::new(file), spec).map_err(written)?;
    let mut trouble = Ok(());
    let mut done = 0;
    let read = stored.read(0, frames, &mut |samples| {
        let mut block = writer.get_i16_writer(u32::try_from(samples.len()).unwrap_or(0));
        for sample in samples {
            block.write_sample(*sample);
        }
        trouble = block.flush();
        done += samples.len() as u64;
        if trouble.is_err() { ControlFlow::Break(()) } else { progress(done, frames) }
    });
    trouble.map_err(written)?;
    read?;
    writer.finalize().map_err(written)?;
    let place = || -> io::Result<()> {
        synced.sync_all()?;
        fs::rename(&unfinished.path, out)?;
        sync_folder(out)
    };
    place().map_err(|e| AudioError::file("written", out, e))?;
    unfinished.keep = true;
    Ok(())
}
