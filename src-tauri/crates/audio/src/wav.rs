//! WAV headers: finding the sound in a file, and making a header true again after a crash.

use crate::error::AudioError;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Bytes before the sound in a file written here.
pub(crate) const HEADER_BYTES: u64 = 44;

/// The most frames a 16-bit mono WAV can hold: its sizes are 32 bits wide and count the header too.
pub(crate) const MOST_FRAMES: u64 = (u32::MAX as u64 - HEADER_BYTES) / 2;

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
    let mut file = File::open(path).map_err(|e| AudioError::file("opened", path, e))?;
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
