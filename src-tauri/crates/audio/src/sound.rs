//! Reading any WAV file people have: 8, 16, 24 and 32 bits, floating point, any number of channels, any usual rate,
//! RIFF or RF64, and the FLAC that takes may be kept as. Block by block, in a fixed amount of memory, mixed down to 16 bits and one channel.

use crate::convert::{Mixdown, Pcm};
use crate::error::AudioError;
use crate::flac::Decoder;
use crate::stored;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::{ControlFlow, RangeInclusive};
use std::path::{Path, PathBuf};

/// Bytes read at once: they and what is made of them stay in the processor's cache.
const BLOCK: usize = 64 * 1024;

/// Rates that can be sound, in frames per second.
pub(crate) const RATES: RangeInclusive<u32> = 1_000..=1_000_000;

/// The most channels mixed down.
const MOST_CHANNELS: u16 = 64;

/// Longest sound read, in hours.
const MOST_HOURS: u64 = 24;

/// Sizes from here on are written by programs that did not know the size yet and could not come back to it.
const UNKNOWN_SIZE: u32 = 0x7fff_0000;

const CHUNK_HEADER: u64 = 8;
const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xfffe;

/// How samples are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    Float64,
}

impl Encoding {
    fn bytes(self) -> usize {
        match self {
            Self::Unsigned8 => 1,
            Self::Signed16 => 2,
            Self::Signed24 => 3,
            Self::Signed32 | Self::Float32 => 4,
            Self::Float64 => 8,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Format {
    encoding: Encoding,
    channels: u16,
    sample_rate: u32,
}

/// An open WAV file, or a take's FLAC, whose header makes sense.
#[derive(Debug)]
pub struct Sound {
    path: PathBuf,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Wav { file: File, format: Format, frames: u64 },
    Flac(Box<Decoder>),
}

impl Sound {
    /// Opens a file and looks at its header only.
    ///
    /// # Errors
    /// [`AudioError::NotWav`] when it is none, [`AudioError::Unreadable`] when it is one that cannot be read (which
    /// says why), [`AudioError::File`] when the system refuses.
    pub fn open(path: &Path) -> Result<Self, AudioError> {
        let (mut file, path) = stored::open(path)?;
        let read = |e| AudioError::file("read", &path, e);
        if stored::is_flac(&mut file).map_err(read)? {
            let body = Body::Flac(Box::new(Decoder::new(file, &path)?));
            return Ok(Self { path, body });
        }
        let (format, frames) = find(&mut file).map_err(read)?.map_err(|trouble| trouble.told(&path))?;
        Ok(Self { path, body: Body::Wav { file, format, frames } })
    }

    /// Frames per second.
    pub fn sample_rate(&self) -> u32 {
        match &self.body {
            Body::Wav { format, .. } => format.sample_rate,
            Body::Flac(decoder) => decoder.sample_rate(),
        }
    }

    /// Frames in the file.
    pub fn frames(&self) -> u64 {
        match &self.body {
            Body::Wav { frames, .. } => *frames,
            Body::Flac(decoder) => decoder.frames(),
        }
    }

    /// Reads it to the end, handing over block after block of 16-bit mono samples.
    ///
    /// Wider samples are rounded to 16 bits, channels are averaged, leaving out dead ones; 16-bit mono comes through
    /// bit for bit.
    ///
    /// # Errors
    /// [`AudioError::File`] when the system refuses or the file became shorter meanwhile, [`AudioError::Unreadable`] for
    /// a damaged FLAC.
    pub fn read(self, mut hear: impl FnMut(&[i16])) -> Result<(), AudioError> {
        match self.body {
            Body::Wav { mut file, format, frames } => {
                pour(&mut file, format, frames, hear).map_err(|e| AudioError::file("read", &self.path, e))
            }
            Body::Flac(decoder) => decoder.read(&self.path, 0, u64::MAX, &mut |samples| {
                hear(samples);
                ControlFlow::Continue(())
            }),
        }
    }
}

fn pour(file: &mut File, format: Format, frames: u64, mut hear: impl FnMut(&[i16])) -> io::Result<()> {
    let per_frame = format.encoding.bytes() * usize::from(format.channels);
    let per_block = (BLOCK / per_frame).max(1);
    let mut bytes = vec![0; per_block * per_frame];
    let mut samples = Vec::with_capacity(per_block);
    let mut mixdown = Mixdown::new(format.channels.into());
    let mut left = frames;
    while left > 0 {
        let frames = usize::try_from(left).unwrap_or(usize::MAX).min(per_block);
        let block = &mut bytes[..frames * per_frame];
        file.read_exact(block)?;
        samples.clear();
        convert(block, format.encoding, &mut mixdown, &mut samples);
        hear(&samples);
        left -= frames as u64;
    }
    Ok(())
}

fn convert(block: &[u8], encoding: Encoding, mixdown: &mut Mixdown, out: &mut Vec<i16>) {
    match encoding {
        Encoding::Unsigned8 => mix(block.iter().copied(), mixdown, out),
        Encoding::Signed16 => mix(block.as_chunks().0.iter().map(|b| i16::from_le_bytes(*b)), mixdown, out),
        Encoding::Signed24 => {
            let wide = |[low, middle, high]: &[u8; 3]| i32::from_le_bytes([0, *low, *middle, *high]);
            mix(block.as_chunks().0.iter().map(wide), mixdown, out);
        }
        Encoding::Signed32 => mix(block.as_chunks().0.iter().map(|b| i32::from_le_bytes(*b)), mixdown, out),
        Encoding::Float32 => mix(block.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)), mixdown, out),
        Encoding::Float64 => mix(block.as_chunks().0.iter().map(|b| f64::from_le_bytes(*b)), mixdown, out),
    }
}

fn mix<T: Pcm>(samples: impl Iterator<Item = T>, mixdown: &mut Mixdown, out: &mut Vec<i16>) {
    if mixdown.channels() == 1 {
        out.extend(samples.map(Pcm::to_i16));
        return;
    }
    let interleaved: Vec<T> = samples.collect();
    mixdown.observe(&interleaved);
    out.extend(interleaved.chunks_exact(mixdown.channels()).map(|frame| mixdown.mix(frame)));
}

/// Why a file that could be opened is of no use.
enum Trouble {
    NotWav,
    Because(String),
}

impl Trouble {
    fn told(self, path: &Path) -> AudioError {
        match self {
            Self::NotWav => AudioError::NotWav(path.to_path_buf()),
            Self::Because(reason) => AudioError::Unreadable { path: path.to_path_buf(), reason },
        }
    }

    fn because<T>(reason: impl Into<String>) -> Result<T, Self> {
        Err(Self::Because(reason.into()))
    }
}

/// Finds format and sound and leaves the file at the sound's first byte.
fn find(file: &mut File) -> io::Result<Result<(Format, u64), Trouble>> {
    let file_len = file.metadata()?.len();
    let mut riff = [0; 12];
    if file_len < riff.len() as u64 {
        return Ok(Err(if file_len == 0 {
            Trouble::Because("it is empty. Choose another file".to_owned())
        } else {
            Trouble::NotWav
        }));
    }
    file.read_exact(&mut riff)?;
    if !(riff.starts_with(b"RIFF") || riff.starts_with(b"RF64")) || !riff.ends_with(b"WAVE") {
        return Ok(Err(Trouble::NotWav));
    }
    let mut at = riff.len() as u64;
    let mut format = None;
    let mut long_size = None;
    while at + CHUNK_HEADER <= file_len {
        file.seek(SeekFrom::Start(at))?;
        let mut header = [0; CHUNK_HEADER as usize];
        file.read_exact(&mut header)?;
        let [a, b, c, d, size @ ..] = header;
        let size = u32::from_le_bytes(size);
        let body = at + CHUNK_HEADER;
        let there = file_len - body;
        match &[a, b, c, d] {
            b"fmt " => {
                let fields = beginning(file, there.min(size.into()))?;
                format = Some(match format_of(&fields) {
                    Ok(format) => format,
                    Err(trouble) => return Ok(Err(trouble)),
                });
            }
            b"ds64" => {
                let fields = beginning(file, there.min(size.into()))?;
                long_size = fields.get(8..16).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
            }
            b"data" => {
                let claimed = match (size, long_size) {
                    (u32::MAX, Some(long)) => long,
                    (0, _) => there,
                    (size, _) if size >= UNKNOWN_SIZE && u64::from(size) > there => there,
                    (size, _) => size.into(),
                };
                return Ok(format.ok_or(Trouble::NotWav).and_then(|format| measured(format, claimed, there)));
            }
            _ => {}
        }
        // Chunks begin at even places.
        at = body + u64::from(size) + u64::from(size % 2);
    }
    Ok(Trouble::because("there is no sound in it, only a header. Choose another file"))
}

/// The first bytes of a chunk: as many as any of ours can need.
fn beginning(file: &mut File, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(size.min(40)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn format_of(fields: &[u8]) -> Result<Format, Trouble> {
    let u16_at = |at: usize| fields.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes);
    let rate = fields.get(4..8).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    let (Some(tag), Some(channels), Some(sample_rate), Some(align), Some(bits)) =
        (u16_at(0), u16_at(2), rate, u16_at(12), u16_at(14))
    else {
        return Err(Trouble::NotWav);
    };
    // An extensible format says what it is in the first two bytes of a longer name.
    let tag = if tag == EXTENSIBLE { u16_at(24).ok_or(Trouble::NotWav)? } else { tag };
    if channels == 0 || channels > MOST_CHANNELS {
        return Trouble::because(format!("it says it has {channels} channels. Save it with one or two"));
    }
    if !RATES.contains(&sample_rate) {
        return Trouble::because(format!(
            "it says it has {sample_rate} samples a second, which is no sound. Save it again as 16-bit WAV"
        ));
    }
    // What counts is how many bytes a sample takes: 20 bits, say, come in three.
    let (bytes, rest) = (align / channels, align % channels);
    let encoding = match (tag, bytes, rest, bits.div_ceil(8) == bytes) {
        (PCM, 1, 0, true) => Encoding::Unsigned8,
        (PCM, 2, 0, true) => Encoding::Signed16,
        (PCM, 3, 0, true) => Encoding::Signed24,
        // 24 bits in four bytes stand in the upper three.
        (PCM, 4, 0, _) => Encoding::Signed32,
        (FLOAT, 4, 0, true) => Encoding::Float32,
        (FLOAT, 8, 0, true) => Encoding::Float64,
        _ => {
            return Trouble::because(format!(
                "its samples are stored in a way Aloud does not read (format {tag}, {bits} bits). Save it as 16-bit PCM"
            ));
        }
    };
    Ok(Format { encoding, channels, sample_rate })
}

fn measured(format: Format, claimed: u64, there: u64) -> Result<(Format, u64), Trouble> {
    let per_frame = (format.encoding.bytes() * usize::from(format.channels)) as u64;
    let rate = u64::from(format.sample_rate);
    let frames = claimed / per_frame;
    if claimed > there {
        let seconds = |bytes: u64| (bytes / per_frame) as f64 / rate as f64;
        return Trouble::because(format!(
            "it is cut short: {:.1} of {:.1} seconds are there. Copy it again from where it came from",
            seconds(there),
            seconds(claimed)
        ));
    }
    if frames == 0 {
        return Trouble::because("there is no sound in it, only a header. Choose another file");
    }
    if frames > MOST_HOURS * 3_600 * rate {
        return Trouble::because(format!("it is longer than {MOST_HOURS} hours. Cut it into shorter files"));
    }
    Ok((format, frames))
}
