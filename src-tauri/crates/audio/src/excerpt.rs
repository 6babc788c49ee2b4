//! Reading takes back: a stretch of sound for listening, peaks and facts made again when they are missing.

use crate::error::AudioError;
use crate::sound::Sound;
use crate::wav;
use aloud_speech::{Analyzer, Delivery, Peaks, Settings};
use hound::{SampleFormat, WavSpec, WavWriter};
use std::fs::File;
use std::io::{Cursor, Read as _, Seek as _, SeekFrom};
use std::path::Path;

/// Bytes read at once: they and what is made of them stay in the processor's cache.
const BLOCK: usize = 64 * 1024;

/// The frames from `from_frame` up to `to_frame` as a WAV file of their own, for the ear; less when the sound ends
/// earlier.
///
/// # Errors
/// [`AudioError::NotWav`] or [`AudioError::File`] when the take cannot be read.
pub fn excerpt(path: &Path, from_frame: u64, to_frame: u64) -> Result<Vec<u8>, AudioError> {
    let mut file = File::open(path).map_err(|e| AudioError::file("opened", path, e))?;
    let sound = wav::sound(&mut file)
        .map_err(|e| AudioError::file("read", path, e))?
        .ok_or_else(|| AudioError::NotWav(path.to_path_buf()))?;
    let to = to_frame.min(sound.frames);
    let frames = to.saturating_sub(from_frame.min(to));
    let read = || -> std::io::Result<Vec<u8>> {
        file.seek(SeekFrom::Start(sound.at + (to - frames) * 2))?;
        let mut bytes = Vec::with_capacity(usize::try_from(frames * 2).unwrap_or(0));
        file.take(frames * 2).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|e| AudioError::file("read", path, e))?;
    wrap(&bytes, sound.sample_rate).map_err(|_| AudioError::NotWav(path.to_path_buf()))
}

fn wrap(bytes: &[u8], sample_rate: u32) -> Result<Vec<u8>, hound::Error> {
    let spec = WavSpec { channels: 1, sample_rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut out = Cursor::new(Vec::with_capacity(bytes.len() + 64));
    let mut writer = WavWriter::new(&mut out, spec)?;
    for block in bytes.chunks(BLOCK) {
        let samples = block.as_chunks::<2>().0;
        let mut fast = writer.get_i16_writer(u32::try_from(samples.len()).unwrap_or(0));
        for sample in samples {
            fast.write_sample(i16::from_le_bytes(*sample));
        }
        fast.flush()?;
    }
    writer.finalize()?;
    Ok(out.into_inner())
}

/// The peaks of a take, read from its sound.
///
/// # Errors
/// [`AudioError::NotWav`] when it is not a 16-bit mono take, [`AudioError::File`] when it cannot be read.
pub fn peaks_of(path: &Path) -> Result<Peaks, AudioError> {
    let mut file = File::open(path).map_err(|e| AudioError::file("opened", path, e))?;
    let sound = wav::sound(&mut file)
        .map_err(|e| AudioError::file("read", path, e))?
        .ok_or_else(|| AudioError::NotWav(path.to_path_buf()))?;
    let mut peaks = Peaks::new(sound.sample_rate);
    let mut pour = || -> std::io::Result<()> {
        file.seek(SeekFrom::Start(sound.at))?;
        let mut bytes = vec![0; BLOCK];
        let mut samples = Vec::with_capacity(BLOCK / 2);
        let mut left = sound.frames * 2;
        while left > 0 {
            let block = &mut bytes[..usize::try_from(left).unwrap_or(BLOCK).min(BLOCK)];
            file.read_exact(block)?;
            samples.clear();
            samples.extend(block.as_chunks().0.iter().map(|sample| i16::from_le_bytes(*sample)));
            peaks.push(&samples);
            left -= block.len() as u64;
        }
        Ok(())
    };
    pour().map_err(|e| AudioError::file("read", path, e))?;
    Ok(peaks)
}

/// Facts about how any WAV file sounds; the same a take gets while it is recorded.
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
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        std::fs::write(&path, wrap(&bytes, 8_000).expect("a small file")).expect("it works");
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
