//! One recording on its way to disk: whole and playable after every second, whatever happens next.

use crate::error::AudioError;
use crate::recording::{Ended, Gap, Recording};
use crate::wav;
use aloud_speech::{Analyzer, Delivery, Peaks, Settings};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Free space a recording wants before it starts, in bytes: about a quarter of an hour.
const ROOM: u64 = 100_000_000;

/// Small on purpose: what has left this buffer survives the death of the process.
const BUFFER: usize = 8 * 1024;

/// Refuses to start a recording where it would soon fill the disk.
pub(crate) fn check_room(path: &Path) -> Result<(), AudioError> {
    let folder = folder_of(path);
    let free = fs4::available_space(&folder).map_err(|e| AudioError::file("examined", &folder, e))?;
    if free < ROOM {
        return Err(AudioError::NoRoom { free_mb: free / 1_000_000, needed_mb: ROOM / 1_000_000 });
    }
    Ok(())
}

/// A recording being written.
#[derive(Debug)]
pub(crate) struct Take {
    path: PathBuf,
    /// The same open file as the writer's, for syncing and for mending.
    file: File,
    wav: Wav,
    sample_rate: u32,
    limit: u64,
    frames: u64,
    synced: u64,
    gaps: Vec<Gap>,
    settings: Settings,
    heard: Heard,
}

/// What is learned from the sound on its way.
#[derive(Debug)]
struct Heard {
    analyzer: Analyzer,
    peaks: Peaks,
}

impl Heard {
    fn nothing(sample_rate: u32, settings: Settings) -> Self {
        Self { analyzer: Analyzer::new(sample_rate, settings), peaks: Peaks::new(sample_rate) }
    }

    fn push(&mut self, samples: &[i16]) {
        self.peaks.push(samples);
        self.analyzer.push(samples);
    }

    fn finish(self) -> (Delivery, Peaks) {
        (self.analyzer.finish(), self.peaks)
    }
}

/// hound's writer, without its `Debug`-lessness leaking into ours.
struct Wav(hound::WavWriter<BufWriter<File>>);

impl std::fmt::Debug for Wav {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wav")
    }
}

/// Why a take cannot go on.
#[derive(Debug)]
pub(crate) struct WriteError(io::Error);

impl WriteError {
    /// How this ends the recording.
    pub(crate) fn ended(&self) -> Ended {
        match self.0.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Ended::DiskFull
            }
            _ => Ended::WriteFailed,
        }
    }

    pub(crate) fn into_io(self) -> io::Error {
        self.0
    }
}

impl From<hound::Error> for WriteError {
    fn from(error: hound::Error) -> Self {
        match error {
            hound::Error::IoError(error) => Self(error),
            other => Self(io::Error::other(other.to_string())),
        }
    }
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self(error)
    }
}

impl Take {
    /// Creates the file, readable by its owner only, with header and directory entry safe on disk.
    ///
    /// Does not look at free space; that is [`check_room`]'s.
    pub(crate) fn create(
        path: &Path,
        sample_rate: u32,
        limit: Option<u64>,
        settings: Settings,
    ) -> Result<Self, AudioError> {
        let file = create_private(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => AudioError::Exists(path.to_path_buf()),
            _ => AudioError::file("created", path, error),
        })?;
        Self::begin(path, &file, sample_rate, limit, settings).map_err(|WriteError(error)| {
            // Nothing was recorded into it yet, and this call made it.
            let _ = std::fs::remove_file(path);
            AudioError::file("created", path, error)
        })
    }

    fn begin(
        path: &Path,
        file: &File,
        sample_rate: u32,
        limit: Option<u64>,
        settings: Settings,
    ) -> Result<Self, WriteError> {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::new(BufWriter::with_capacity(BUFFER, file.try_clone()?), spec)?;
        writer.flush()?;
        file.sync_all()?;
        sync_folder(path)?;
        Ok(Self {
            path: path.to_path_buf(),
            file: file.try_clone()?,
            wav: Wav(writer),
            sample_rate,
            limit: limit.unwrap_or(u64::MAX).min(wav::MOST_FRAMES),
            frames: 0,
            synced: 0,
            gaps: Vec::new(),
            settings,
            heard: Heard::nothing(sample_rate, settings),
        })
    }

    /// Frames written so far.
    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }

    /// Whether the limit is reached: nothing more will be written.
    pub(crate) fn is_full(&self) -> bool {
        self.frames >= self.limit
    }

    /// Writes samples, up to the limit.
    pub(crate) fn write(&mut self, samples: &[i16]) -> Result<(), WriteError> {
        let room = self.limit.saturating_sub(self.frames);
        let fitting = &samples[..samples.len().min(usize::try_from(room).unwrap_or(usize::MAX))];
        // At most a second at a time, so that a long delivery is not one long stretch at risk.
        for second in fitting.chunks(self.sample_rate.max(1) as usize) {
            let mut block = self.wav.0.get_i16_writer(second.len() as u32);
            for &sample in second {
                block.write_sample(sample);
            }
            block.flush()?;
            self.frames += second.len() as u64;
            self.heard.push(second);
            if self.frames - self.synced >= u64::from(self.sample_rate) {
                self.make_safe()?;
            }
        }
        Ok(())
    }

    /// Writes silence in the place of lost sound, up to the limit, and remembers the gap.
    pub(crate) fn write_gap(&mut self, missing: u64) -> Result<Option<Gap>, WriteError> {
        const ZEROS: [i16; 4_096] = [0; 4_096];
        let missing = missing.min(self.limit.saturating_sub(self.frames));
        if missing == 0 {
            return Ok(None);
        }
        let gap = Gap { at_frame: self.frames, missing_frames: missing };
        self.gaps.push(gap);
        let mut left = missing;
        while left > 0 {
            let now = left.min(ZEROS.len() as u64);
            self.write(&ZEROS[..now as usize])?;
            left -= now;
        }
        Ok(Some(gap))
    }

    /// Header true, sound on the disk itself.
    fn make_safe(&mut self) -> Result<(), WriteError> {
        self.wav.0.flush()?;
        self.file.sync_data()?;
        self.synced = self.frames;
        Ok(())
    }

    /// Throws away a recording nothing was written into yet.
    pub(crate) fn discard(self) {
        if self.frames == 0
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::warn!(%error, path = %self.path.display(), "an empty recording could not be removed");
        }
    }

    /// Ends the recording: header true, everything on disk, peaks beside it. Never fails: when the disk refuses,
    /// the header is made to say what reached it and the recording says so.
    pub(crate) fn finish(mut self, ended: Ended) -> Recording {
        let mut ended = ended;
        let whole = match ended {
            Ended::DiskFull | Ended::WriteFailed => false,
            Ended::Stopped | Ended::Limit | Ended::DeviceLost => match self.make_safe() {
                Ok(()) => true,
                Err(error) => {
                    ended = error.ended();
                    tracing::warn!(error = %error.0, "the end of a recording could not be written");
                    false
                }
            },
        };
        let Self { path, mut file, wav, sample_rate, mut frames, mut gaps, settings, mut heard, .. } = self;
        // Dropping hound's writer writes its idea of the header once more: right when all is written, and otherwise
        // stopped by the same error before it gets there.
        drop(wav);
        if !whole {
            match salvage(&mut file, sample_rate, settings) {
                Ok(salvaged) => (frames, heard) = salvaged,
                Err(error) => {
                    tracing::error!(%error, path = %path.display(), "a recording could not be mended");
                }
            }
            gaps.retain_mut(|gap| {
                gap.missing_frames = gap.missing_frames.min(frames.saturating_sub(gap.at_frame));
                gap.missing_frames > 0
            });
        }
        for synced in [file.sync_all(), sync_folder(&path)] {
            if let Err(error) = synced {
                tracing::warn!(%error, path = %path.display(), "a recording could not be synced");
            }
        }
        let (delivery, peaks) = heard.finish();
        let peaks_path = path.with_extension("peaks");
        // Derived data: worth a line in the log, not worth a failed recording.
        if let Err(error) = write_private(&peaks_path, &peaks.to_dat()) {
            tracing::warn!(%error, path = %peaks_path.display(), "peaks could not be written");
        }
        Recording {
            path,
            frames,
            sample_rate,
            lost_frames: gaps.iter().map(|gap| gap.missing_frames).sum(),
            gaps,
            clipped_runs: delivery.clipped_runs,
            peak_dbfs: delivery.peak_dbfs as f32,
            peaks,
            delivery,
            ended,
        }
    }
}

/// Makes the header true to what reached the disk, and reads facts again from exactly that.
fn salvage(file: &mut File, sample_rate: u32, settings: Settings) -> io::Result<(u64, Heard)> {
    let frames = wav::mend(file)?;
    let mut heard = Heard::nothing(sample_rate, settings);
    file.seek(SeekFrom::Start(wav::HEADER_BYTES))?;
    let mut sound = io::BufReader::new(file).take(frames * 2);
    let mut bytes = vec![0; 64 * 1024];
    let mut samples = Vec::with_capacity(bytes.len() / 2);
    let mut kept = 0;
    loop {
        let read = sound.read(&mut bytes[kept..])?;
        if read == 0 {
            return Ok((frames, heard));
        }
        let (pairs, odd) = bytes[..kept + read].as_chunks::<2>();
        samples.clear();
        samples.extend(pairs.iter().map(|pair| i16::from_le_bytes(*pair)));
        heard.push(&samples);
        let (whole, left) = (pairs.len() * 2, odd.len());
        bytes.copy_within(whole..whole + left, 0);
        kept = left;
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    private().create_new(true).open(path)
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private().create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new name is on disk only once its folder is.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder_of(path))?.sync_all() } else { Ok(()) }
}
