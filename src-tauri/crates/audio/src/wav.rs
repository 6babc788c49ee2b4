//! WAV headers: finding the sound in a file, and making a header true again after a crash.

use crate::error::AudioError;
use crate::flac;
use crate::stored;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Bytes before the sound in a file written here.
pub(crate) const HEADER_BYTES: u64 = 44;

/// The most frames a 16-bit mono WAV can hold: its sizes are 32 bits wide and count the header too.
pub(crate) const MOST_FRAMES: u64 = (u32::MAX as u64 - HEADER_BYTES) / 2;

const _: () =
    assert!(HEADER_BYTES + 2 * MOST_FRAMES <= u32::MAX as u64, "sizes in the header must not wrap around");

const RIFF_SIZE_AT: u64 = 4;
const FIRST_CHUNK_AT: u64 = 12;
const CHUNK_HEADER: u64 = 8;

/// What [`repair`] found and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// Whether the header had to be changed. A consistent file is never touched.
    pub changed: bool,
    /// Frames of sound the header speaks of now.
    pub frames: u64,
    /// Frames per second.
    pub sample_rate: u32,
}

/// Makes the header of a WAV file agree with the sound that is really there.
///
/// After a crash the header lags behind the sound; after a power cut it may promise more than is there. Either way the
/// two sizes in the header are rewritten; not a byte of sound is touched, and the time of last change stays as it was.
///
/// # Errors
/// [`AudioError::NotWav`] when the file has no intact WAV beginning (it is left as it is), [`AudioError::File`] when
/// it cannot be read or written.
pub fn repair(path: &Path) -> Result<Repair, AudioError> {
    let (mut file, path) = stored::open(path)?;
    let path = path.as_path();
    if stored::is_flac(&mut file).map_err(|e| AudioError::file("read", path, e))? {
        // A FLAC was whole before it got its name.
        let flac = flac::Decoder::new(file, path)?;
        return Ok(Repair { changed: false, frames: flac.frames(), sample_rate: flac.sample_rate() });
    }
    let layout = Layout::read(&mut file)
        .map_err(|e| AudioError::file("read", path, e))?
        .ok_or_else(|| AudioError::NotWav(path.to_path_buf()))?;
    if layout.is_true() {
        return Ok(layout.outcome(false));
    }
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .map_err(|e| AudioError::file("opened for repair", path, e))?;
    layout.write_sizes(&mut file).map_err(|e| AudioError::file("repaired", path, e))?;
    Ok(layout.outcome(true))
}

/// The same for a file that is open already, whatever its time of change: for a take whose disk has failed.
/// Gives the frames that are really there.
pub(crate) fn mend(file: &mut File) -> io::Result<u64> {
    let layout = Layout::read(file)?.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
    if !layout.is_true() {
        layout.write_sizes(file)?;
    }
    Ok(layout.true_frames())
}

/// Where the sound of a 16-bit mono file is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sound {
    /// Byte at which it begins.
    pub(crate) at: u64,
    /// Frames that are there.
    pub(crate) frames: u64,
    /// Frames per second.
    pub(crate) sample_rate: u32,
}

/// Finds the sound; nothing when this is not a 16-bit mono WAV.
pub(crate) fn sound(file: &mut File) -> io::Result<Option<Sound>> {
    let layout = Layout::read(file)?.filter(|layout| layout.block_align == 2);
    Ok(layout.map(|found| Sound {
        at: found.data_at,
        frames: found.true_frames(),
        sample_rate: found.sample_rate,
    }))
}

/// Where things are in a WAV file, what its header claims and what is there.
#[derive(Debug, Clone, Copy)]
struct Layout {
    file_len: u64,
    riff_size: u32,
    data_at: u64,
    data_size: u32,
    block_align: u16,
    sample_rate: u32,
    /// Whether whole chunks follow the sound and end with the file: then its size is certainly right.
    followed: bool,
}

impl Layout {
    /// Nothing when this is not a WAV file whose sound can be found.
    fn read(file: &mut File) -> io::Result<Option<Self>> {
        let file_len = file.metadata()?.len();
        let Some((riff, riff_size)) = chunk_at(file, 0, file_len)? else { return Ok(None) };
        let mut wave = [0; 4];
        if &riff != b"RIFF" || file_len < FIRST_CHUNK_AT {
            return Ok(None);
        }
        file.read_exact(&mut wave)?;
        if &wave != b"WAVE" {
            return Ok(None);
        }
        let mut format = None;
        let mut at = FIRST_CHUNK_AT;
        while let Some((id, size)) = chunk_at(file, at, file_len)? {
            let body = at + CHUNK_HEADER;
            if &id == b"fmt " && size >= 16 && body + 16 <= file_len {
                let mut fields = [0; 16];
                file.read_exact(&mut fields)?;
                let [.., r0, r1, r2, r3, _, _, _, _, a0, a1, _, _] = fields;
                format = Some((u32::from_le_bytes([r0, r1, r2, r3]), u16::from_le_bytes([a0, a1])));
            }
            if &id == b"data" {
                let Some((sample_rate, block_align)) = format else { return Ok(None) };
                if sample_rate == 0 || block_align == 0 {
                    return Ok(None);
                }
                let after = next_chunk(body, size);
                let followed = size > 0 && after < file_len && chunks_reach_the_end(file, after, file_len)?;
                return Ok(Some(Self {
                    file_len,
                    riff_size,
                    data_at: body,
                    data_size: size,
                    block_align,
                    sample_rate,
                    followed,
                }));
            }
            at = next_chunk(body, size);
        }
        Ok(None)
    }

    /// The sound that is really there, in bytes: whole frames up to the end of the file or of what 32 bits can say.
    fn true_data_size(&self) -> u32 {
        if self.followed {
            return self.data_size;
        }
        let most = u64::from(u32::MAX) - self.data_at;
        let there = self.file_len.saturating_sub(self.data_at).min(most);
        let align = u64::from(self.block_align);
        (there / align * align) as u32
    }

    fn true_frames(&self) -> u64 {
        u64::from(self.true_data_size() / u32::from(self.block_align))
    }

    fn true_riff_size(&self) -> u32 {
        let end = if self.followed { self.file_len } else { self.data_at + u64::from(self.true_data_size()) };
        (end - CHUNK_HEADER) as u32
    }

    fn is_true(&self) -> bool {
        // A padding byte after an odd number of bytes of sound may or may not be counted.
        let riff = [u64::from(self.true_riff_size()), self.file_len - CHUNK_HEADER];
        self.data_size == self.true_data_size() && riff.contains(&u64::from(self.riff_size))
    }

    fn write_sizes(&self, file: &mut File) -> io::Result<()> {
        let modified = file.metadata()?.modified()?;
        file.seek(SeekFrom::Start(RIFF_SIZE_AT))?;
        file.write_all(&self.true_riff_size().to_le_bytes())?;
        file.seek(SeekFrom::Start(self.data_at - 4))?;
        file.write_all(&self.true_data_size().to_le_bytes())?;
        file.set_modified(modified)?;
        file.sync_all()
    }

    fn outcome(&self, changed: bool) -> Repair {
        Repair { changed, frames: self.true_frames(), sample_rate: self.sample_rate }
    }
}

fn chunk_at(file: &mut File, at: u64, file_len: u64) -> io::Result<Option<([u8; 4], u32)>> {
    if at + CHUNK_HEADER > file_len {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(at))?;
    let (mut id, mut size) = ([0; 4], [0; 4]);
    file.read_exact(&mut id)?;
    file.read_exact(&mut size)?;
    Ok(Some((id, u32::from_le_bytes(size))))
}

/// Chunks begin at even places.
fn next_chunk(body: u64, size: u32) -> u64 {
    body + u64::from(size) + u64::from(size % 2)
}

fn chunks_reach_the_end(file: &mut File, mut at: u64, file_len: u64) -> io::Result<bool> {
    while let Some((id, size)) = chunk_at(file, at, file_len)? {
        if !id.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
            return Ok(false);
        }
        at = next_chunk(at + CHUNK_HEADER, size);
    }
    // The last chunk's padding byte is often left out.
    Ok(at == file_len || at == file_len + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::PathBuf;
    use std::time::{Duration, SystemTime};

    /// A file as it is at some moment of a recording: `safe` frames in the header, `there` in the file.
    fn written(dir: &tempfile::TempDir, safe: u32, there: u32) -> PathBuf {
        let path = dir.path().join("take.wav");
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        bytes.extend(48_000_u32.to_le_bytes());
        bytes.extend(96_000_u32.to_le_bytes());
        bytes.extend(b"\x02\0\x10\0data");
        bytes.extend((safe * 2).to_le_bytes());
        bytes[4..8].copy_from_slice(&(safe * 2 + 36).to_le_bytes());
        (0..there).for_each(|n| bytes.extend((n as i16).to_le_bytes()));
        std::fs::write(&path, bytes).expect("it is written");
        path
    }

    fn read(path: &Path) -> Vec<i16> {
        let reader = hound::WavReader::open(path).expect("hound opens it");
        reader.into_samples().collect::<Result<_, _>>().expect("and reads to its end")
    }

    #[test]
    fn cut_at_every_byte_it_is_readable_to_the_last_whole_frame() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let whole = std::fs::read(written(&dir, 60, 100)).expect("it reads");
        let path = dir.path().join("cut.wav");
        for cut in 0..=whole.len() {
            std::fs::write(&path, &whole[..cut]).expect("it is written");
            let repaired = repair(&path);
            if cut < HEADER_BYTES as usize {
                assert!(matches!(repaired, Err(AudioError::NotWav(_))), "cut at {cut}");
                assert_eq!(std::fs::read(&path).expect("it reads"), &whole[..cut]);
                continue;
            }
            let frames = i16::try_from((cut - HEADER_BYTES as usize) / 2).expect("a small file");
            assert_eq!(repaired.expect("it is repaired").frames, frames as u64, "cut at {cut}");
            assert_eq!(read(&path), (0..frames).collect::<Vec<_>>());
            assert!(!repair(&path).expect("it stays so").changed, "cut at {cut}");
        }
    }

    #[test]
    fn a_repair_leaves_the_time_of_change() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = written(&dir, 0, 100);
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        File::options().write(true).open(&path).and_then(|file| file.set_modified(then)).expect("it is set");
        assert_eq!(
            repair(&path).expect("it is repaired"),
            Repair { changed: true, frames: 100, sample_rate: 48_000 }
        );
        let modified = std::fs::metadata(&path).and_then(|meta| meta.modified()).expect("it is there");
        assert_eq!(modified, then);
    }

    #[test]
    fn what_follows_the_sound_is_not_taken_for_sound() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = written(&dir, 100, 100);
        let mut bytes = std::fs::read(&path).expect("it reads");
        bytes.extend(b"LIST\x04\0\0\0INFO");
        let riff = bytes.len() as u32 - 8;
        bytes[4..8].copy_from_slice(&riff.to_le_bytes());
        std::fs::write(&path, &bytes).expect("it is written");
        assert_eq!(
            repair(&path).expect("nothing to do"),
            Repair { changed: false, frames: 100, sample_rate: 48_000 }
        );
        assert_eq!(std::fs::read(&path).expect("it reads"), bytes);
    }

    #[test]
    fn only_one_of_the_two_sizes_written_is_repaired_too() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = written(&dir, 50, 100);
        let mut bytes = std::fs::read(&path).expect("it reads");
        bytes[4..8].copy_from_slice(&236_u32.to_le_bytes());
        std::fs::write(&path, &bytes).expect("it is written");
        assert_eq!(repair(&path).expect("it is repaired").frames, 100);
        assert_eq!(read(&path).len(), 100);
    }

    #[test]
    fn a_missing_file_is_told_as_such() {
        let error = repair(Path::new("no/such/take.wav")).expect_err("there is none");
        assert!(error.to_string().starts_with("no/such/take.wav could not be opened"), "{error}");
    }

    proptest! {
        #[test]
        fn a_consistent_file_is_never_touched(frames in 0_u32..300) {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let path = written(&dir, frames, frames);
            let before = std::fs::read(&path).expect("it reads");
            prop_assert!(!repair(&path).expect("nothing to do").changed);
            prop_assert_eq!(std::fs::read(&path).expect("it reads"), before);
        }

        #[test]
        fn whatever_the_header_claims_every_whole_frame_is_found(safe in 0_u32..1_000, there in 0_u32..300) {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let path = written(&dir, safe, there);
            prop_assert_eq!(repair(&path).expect("it is repaired").frames, u64::from(there));
            prop_assert_eq!(read(&path), (0..there as i16).collect::<Vec<_>>());
        }

        #[test]
        fn damaged_headers_never_panic_and_never_cost_a_byte(
            damage in prop::collection::vec((0_usize..60, any::<u8>()), 1..8),
        ) {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let path = written(&dir, 10, 20);
            let mut bytes = std::fs::read(&path).expect("it reads");
            for (at, value) in damage {
                bytes[at] = value;
            }
            std::fs::write(&path, &bytes).expect("it is written");
            let _ = repair(&path);
            prop_assert_eq!(std::fs::read(&path).expect("it reads").len(), bytes.len());
        }
    }
}
