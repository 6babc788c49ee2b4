//! Reading takes back: a stretch of sound for listening, peaks and facts made again when they are missing.

use crate::error::AudioError;
use crate::sound::Sound;
use crate::stored::Stored;
use crate::wav;
use aloud_speech::{Analyzer, Delivery, Peaks, Settings};
use hound::{SampleFormat, WavSpec, WavWriter};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

/// The frames from `from_frame` up to `to_frame` as a WAV file of their own, for the ear; less when the sound ends
/// earlier. The take may be WAV or FLAC.
///
/// # Errors
/// [`AudioError::NotWav`], [`AudioError::Unreadable`] or [`AudioError::File`] when the take cannot be read.
pub fn excerpt(path: &Path, from_frame: u64, to_frame: u64) -> Result<Vec<u8>, AudioError> {
    let stored = Stored::open(path)?;
    let to = to_frame.min(stored.frames());
    let frames = to.saturating_sub(from_frame.min(to));
    let spec = WavSpec {
        channels: 1,
        sample_rate: stored.sample_rate(),
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let room = usize::try_from(frames * 2).unwrap_or(0) + wav::HEADER_BYTES as usize;
    let mut out = Cursor::new(Vec::with_capacity(room));
    // In memory neither fails, and no stretch that fits there is too long for a WAV.
    let odd = |_| AudioError::NotWav(path.to_path_buf());
    let mut writer = WavWriter::new(&mut out, spec).map_err(odd)?;
    let mut trouble = Ok(());
    let read = stored.read(to - frames, to, &mut |samples| {
        let mut block = writer.get_i16_writer(u32::try_from(samples.len()).unwrap_or(0));
        for sample in samples {
            block.write_sample(*sample);
        }
        trouble = block.flush();
        if trouble.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    trouble.map_err(odd)?;
    read?;
    writer.finalize().map_err(odd)?;
    Ok(out.into_inner())
}

/// The peaks of a take, read from its sound.
///
/// # Errors
/// Those of [`excerpt`].
pub fn peaks_of(path: &Path) -> Result<Peaks, AudioError> {
    let stored = Stored::open(path)?;
    let mut peaks = Peaks::new(stored.sample_rate());
    stored.read(0, u64::MAX, &mut |samples| {
        peaks.push(samples);
        ControlFlow::Continue(())
    })?;
    Ok(peaks)
}

/// Facts about how any WAV file, or a take's FLAC, sounds; the same a take gets while it is recorded.
///
/// # Errors
/// Those of [`Sound::open`] and [`Sound::read`].
pub fn analyze(path: &Path, settings: Settings) -> Result<Delivery, AudioError> {
    let sound = Sound::open(path)?;
    let mut analyzer = Analyzer::on_two_threads(sound.sample_rate(), settings);
    sound.read(|samples| analyzer.push(samples))?;
    Ok(analyzer.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hound::WavReader;

    fn take(folder: &tempfile::TempDir, samples: &[i16]) -> std::path::PathBuf {
        let path = folder.path().join("take.wav");
        let spec = WavSpec {
            channels: 1,
            sample_rate: 8_000,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let mut writer = WavWriter::create(&path, spec).expect("a small file");
        for sample in samples {
            writer.write_sample(*sample).expect("it works");
        }
        writer.finalize().expect("it works");
        path
    }

    #[test]
    fn an_excerpt_is_a_wav_with_exactly_those_frames() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let samples: Vec<i16> =
            (0..10_000).map(|n| i16::try_from(n % 7_000).expect("a small number")).collect();
        let path = take(&folder, &samples);
        for (from, to) in [(0, 10_000), (100, 250), (9_990, 20_000), (20_000, 30_000), (500, 100)] {
            let wav = excerpt(&path, from, to).expect("it works");
            let heard: Vec<i16> = WavReader::new(Cursor::new(wav))
                .expect("it is a WAV")
                .samples()
                .map(|sample| sample.expect("it reads"))
                .collect();
            let end = usize::try_from(to).expect("a small number").min(samples.len());
            let start = usize::try_from(from).expect("a small number").min(end);
            assert_eq!(heard, &samples[start..end], "{from}..{to}");
        }
    }

    #[test]
    fn peaks_made_again_equal_those_made_while_recording() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let samples: Vec<i16> = (0..100_000).map(|n: i32| (n.wrapping_mul(7_919) % 20_000) as i16).collect();
        let mut live = Peaks::new(8_000);
        samples.chunks(333).for_each(|block| live.push(block));
        assert_eq!(peaks_of(&take(&folder, &samples)).expect("they are read"), live);
    }
}
