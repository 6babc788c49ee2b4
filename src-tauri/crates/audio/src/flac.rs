//! FLAC: the smaller form a take's sound may have on disk. Lossless: every sample comes back as it was.
//!
//! Written and read block by block, so an hour takes no more memory than a second. Reading refuses a file in which a
//! block is missing or damaged rather than closing the hole.

use crate::error::AudioError;
use flacenc::bitsink::MemSink;
use flacenc::component::{BitRepr as _, StreamInfo};
use flacenc::error::{Verified, Verify as _};
use flacenc::source::{Context, Fill as _, FrameBuf};
use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use symphonia_bundle_flac::{FlacDecoder, FlacReader};
use symphonia_core::audio::{Audio as _, GenericAudioBufferRef};
use symphonia_core::codecs::CodecParameters;
use symphonia_core::codecs::audio::{AudioDecoder as _, AudioDecoderOptions};
use symphonia_core::errors::Error;
use symphonia_core::formats::{FormatOptions, FormatReader as _, SeekMode, SeekTo};
use symphonia_core::io::MediaSourceStream;
use symphonia_core::units::Timestamp;

/// What every FLAC file begins with.
pub(crate) const MARKER: [u8; 4] = *b"fLaC";

/// Frames in a block, as the reference encoder has it.
const BLOCK: usize = 4_096;

/// The most frames per second the encoder takes.
pub(crate) const MOST_RATE: u32 = 96_000;

/// Bits of a sample.
const BITS: usize = 16;

/// The only metadata block, marked as the last one: type 0, 34 bytes.
const STREAM_INFO_HEADER: [u8; 4] = [0x80, 0, 0, 34];

/// Writes 16-bit mono samples as FLAC. The file is whole only after [`Encoder::finish`].
pub(crate) struct Encoder {
    out: BufWriter<File>,
    config: Verified<flacenc::config::Encoder>,
    info: StreamInfo,
    block: FrameBuf,
    context: Context,
    waiting: Vec<i32>,
    sizes: Option<(usize, usize)>,
}

impl Encoder {
    /// Begins a file at its first byte.
    pub(crate) fn new(file: File, sample_rate: u32) -> io::Result<Self> {
        let config = flacenc::config::Encoder::default().into_verified().map_err(|(_, error)| odd(error))?;
        let mut info = StreamInfo::new(sample_rate as usize, 1, BITS).map_err(odd)?;
        info.set_block_sizes(BLOCK, BLOCK).map_err(odd)?;
        let mut encoder = Self {
            out: BufWriter::new(file),
            config,
            info,
            block: FrameBuf::with_size(1, BLOCK).map_err(odd)?,
            context: Context::new(BITS, 1),
            waiting: Vec::with_capacity(BLOCK),
            sizes: None,
        };
        encoder.write_header()?;
        Ok(encoder)
    }

    /// Adds samples.
    pub(crate) fn push(&mut self, samples: &[i16]) -> io::Result<()> {
        for &sample in samples {
            self.waiting.push(sample.into());
            if self.waiting.len() == BLOCK {
                self.write_block()?;
            }
        }
        Ok(())
    }

    /// Writes what is left and the true header, and syncs.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.write_block()?;
        }
        self.info.set_total_samples(self.context.total_samples());
        self.info.set_md5_digest(&self.context.md5_digest());
        if let Some((smallest, largest)) = self.sizes {
            self.info.set_frame_sizes(smallest, largest).map_err(odd)?;
        }
        self.out.seek(SeekFrom::Start(0))?;
        self.write_header()?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn write_header(&mut self) -> io::Result<()> {
        let mut info = MemSink::<u8>::new();
        self.info.write(&mut info).map_err(odd)?;
        self.out.write_all(&MARKER)?;
        self.out.write_all(&STREAM_INFO_HEADER)?;
        self.out.write_all(info.as_slice())
    }

    fn write_block(&mut self) -> io::Result<()> {
        // The last block may be shorter.
        if self.waiting.len() != self.block.size() {
            self.block.resize(self.waiting.len());
        }
        self.block.fill_interleaved(&self.waiting).map_err(odd)?;
        self.context.fill_interleaved(&self.waiting).map_err(odd)?;
        self.waiting.clear();
        let number = self.context.current_frame_number().unwrap_or(0);
        let frame =
            flacenc::encode_fixed_size_frame(&self.config, &self.block, number, &self.info).map_err(odd)?;
        let mut bits = MemSink::<u8>::with_capacity(frame.count_bits());
        frame.write(&mut bits).map_err(odd)?;
        let bytes = bits.as_slice();
        let (smallest, largest) = self.sizes.unwrap_or((bytes.len(), bytes.len()));
        self.sizes = Some((smallest.min(bytes.len()), largest.max(bytes.len())));
        self.out.write_all(bytes)
    }
}

fn odd(error: impl std::fmt::Debug) -> io::Error {
    tracing::warn!("the FLAC encoder refused: {error:?}");
    io::Error::other("its sound cannot be packed as FLAC")
}

/// An open FLAC file with one channel of 16 bits.
pub(crate) struct Decoder {
    reader: FlacReader<'static>,
    codec: FlacDecoder,
    sample_rate: u32,
    frames: u64,
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoder").field("frames", &self.frames).finish_non_exhaustive()
    }
}

impl Decoder {
    /// Opens a file that stands at its first byte.
    pub(crate) fn new(file: File, path: &Path) -> Result<Self, AudioError> {
        let stream =
            MediaSourceStream::new(Box::new(file), symphonia_core::io::MediaSourceStreamOptions::default());
        let told = |error| told(path, error);
        let reader = FlacReader::try_new(stream, FormatOptions::default()).map_err(told)?;
        let track = reader.tracks().first();
        let frames = track.and_then(|track| track.num_frames);
        let Some(CodecParameters::Audio(params)) = track.and_then(|track| track.codec_params.as_ref()) else {
            return Err(unreadable(path, "it holds no sound. Choose another file"));
        };
        let channels = params.channels.as_ref().map_or(0, symphonia_core::audio::Channels::count);
        let (Some(sample_rate), Some(frames)) = (params.sample_rate.filter(|rate| *rate > 0), frames) else {
            return Err(unreadable(path, "it was never finished. Use the WAV it was made from"));
        };
        if (channels, params.bits_per_sample) != (1, Some(16)) {
            return Err(unreadable(path, "only FLAC with one channel of 16 bits is read. Save it as WAV"));
        }
        let codec = FlacDecoder::try_new(params, &AudioDecoderOptions::default()).map_err(told)?;
        Ok(Self { reader, codec, sample_rate, frames })
    }

    /// Frames per second.
    pub(crate) fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// Frames in the file, as its header says; reading checks it.
    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }

    /// Hands over the frames from `from` up to `to`, block after block.
    pub(crate) fn read(
        mut self,
        path: &Path,
        from: u64,
        to: u64,
        hear: &mut dyn FnMut(&[i16]) -> ControlFlow<()>,
    ) -> Result<(), AudioError> {
        let to = to.min(self.frames);
        if from >= to {
            return Ok(());
        }
        let mut at = 0;
        if from >= BLOCK as u64 {
            let to = SeekTo::Timestamp { ts: Timestamp::new(from as i64), track_id: 0 };
            let found = self.reader.seek(SeekMode::Accurate, to).map_err(|error| told(path, error))?;
            at = found.actual_ts.get().unsigned_abs();
        }
        if at > from {
            return Err(damaged(path));
        }
        let mut samples = Vec::with_capacity(BLOCK);
        while at < to {
            let packet =
                self.reader.next_packet().map_err(|error| told(path, error))?.ok_or_else(|| damaged(path))?;
            if packet.pts.get() != at as i64 {
                return Err(damaged(path));
            }
            let GenericAudioBufferRef::S32(block) =
                self.codec.decode(&packet).map_err(|error| told(path, error))?
            else {
                return Err(damaged(path));
            };
            let wide = block.plane(0).unwrap_or_default();
            if wide.is_empty() {
                return Err(damaged(path));
            }
            let within = |frame: u64| {
                usize::try_from(frame.saturating_sub(at)).map_or(wide.len(), |n| n.min(wide.len()))
            };
            samples.clear();
            // Samples come in the upper half of 32 bits.
            samples.extend(wide[within(from)..within(to)].iter().map(|sample| (sample >> 16) as i16));
            at += wide.len() as u64;
            if !samples.is_empty() && hear(&samples).is_break() {
                return Err(AudioError::Cancelled);
            }
        }
        Ok(())
    }
}

fn unreadable(path: &Path, reason: &str) -> AudioError {
    AudioError::Unreadable { path: path.to_path_buf(), reason: reason.to_owned() }
}

fn damaged(path: &Path) -> AudioError {
    unreadable(path, "a part of it is damaged or missing. Restore it from a backup")
}

fn told(path: &Path, error: Error) -> AudioError {
    match error {
        Error::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            AudioError::file("read", path, error)
        }
        _ => damaged(path),
    }
}
