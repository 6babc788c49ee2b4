//! The waveform in small: the lowest and highest sample of every 256, gathered while recording.
//!
//! Stored in the BBC audiowaveform format, version 2, 16 bits, one channel:
//! little-endian `version, flags, sample_rate, samples_per_pixel, length, channels`, then `min, max` pairs.

/// Frames in one bin.
const FRAMES_PER_BIN: u32 = 256;

const VERSION: i32 = 2;
const HEADER: usize = 24;
const BYTES_PER_BIN: usize = 4;

/// The lowest and the highest sample of a stretch of sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Peak {
    /// The lowest sample.
    pub min: i16,
    /// The highest sample.
    pub max: i16,
}

impl Peak {
    /// The peak of nothing yet: joining anything with it gives that thing.
    const EMPTY: Self = Self { min: i16::MAX, max: i16::MIN };

    fn of(samples: &[i16]) -> Self {
        // Two separate folds: each becomes one vector instruction per lane of samples.
        let min = samples.iter().copied().fold(i16::MAX, i16::min);
        let max = samples.iter().copied().fold(i16::MIN, i16::max);
        Self { min, max }
    }

    fn join(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }
}

/// Peaks of one take, growing block by block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peaks {
    sample_rate: u32,
    full: Vec<Peak>,
    open: Peak,
    open_frames: u32,
}

/// Why stored peaks could not be read. They are derived data: make them again from the sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeaksError {
    /// Shorter than its header, or shorter or longer than the header says.
    Length,
    /// Not version 2, not 16 bits, not one channel, not 256 frames a bin, or no sample rate.
    Layout,
    /// A bin whose lowest sample is above its highest.
    Bin,
}

impl std::fmt::Display for PeaksError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Length => "The waveform file is cut short or too long; it can be made again from the recording.",
            Self::Layout => "The waveform file is of a kind Aloud does not write; it can be made again from the recording.",
            Self::Bin => "The waveform file is damaged; it can be made again from the recording.",
        })
    }
}

impl std::error::Error for PeaksError {}

impl Peaks {
    /// No peaks yet, for sound at `sample_rate` frames per second.
    pub fn new(sample_rate: u32) -> Self {
        Self { sample_rate, full: Vec::new(), open: Peak::EMPTY, open_frames: 0 }
    }

    /// Takes in the next samples.
    pub fn push(&mut self, mut samples: &[i16]) {
        if self.open_frames > 0 {
            let wanted = (FRAMES_PER_BIN - self.open_frames) as usize;
            let (head, rest) = samples.split_at(wanted.min(samples.len()));
            self.open = self.open.join(Peak::of(head));
            self.open_frames += head.len() as u32;
            samples = rest;
            if self.open_frames < FRAMES_PER_BIN {
                return;
            }
            self.full.push(self.open);
            self.open = Peak::EMPTY;
            self.open_frames = 0;
        }
        let bins = samples.chunks_exact(FRAMES_PER_BIN as usize);
        let rest = bins.remainder();
        self.full.extend(bins.map(Peak::of));
        if !rest.is_empty() {
            self.open = Peak::of(rest);
            self.open_frames = rest.len() as u32;
        }
    }

    /// Frames per second of the sound these peaks are of.
    pub fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// Frames covered. Peaks read back from a file cover whole bins: up to 255 frames more than the sound has.
    pub fn frames(&self) -> u64 {
        self.full.len() as u64 * u64::from(FRAMES_PER_BIN) + u64::from(self.open_frames)
    }

    /// Bins so far, the last and partial one included.
    pub fn len(&self) -> usize {
        self.full.len() + usize::from(self.open_frames > 0)
    }

    /// Whether there is no sound yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bins in order, the last and partial one included.
    pub fn iter(&self) -> impl Iterator<Item = Peak> + '_ {
        self.full.iter().copied().chain((self.open_frames > 0).then_some(self.open))
    }

    /// `bins` peaks for the frames from `from_frame` up to but excluding `to_frame`, for a waveform of that many
    /// columns. A column narrower than a stored bin repeats it; beyond the end of the sound columns are zero.
    pub fn view(&self, from_frame: u64, to_frame: u64, bins: usize) -> Vec<Peak> {
        let span = u128::from(to_frame.saturating_sub(from_frame));
        let per_bin = u64::from(FRAMES_PER_BIN);
        let edge = |column: usize| from_frame + (span * column as u128 / bins.max(1) as u128) as u64;
        (0..bins)
            .map(|column| {
                let (start, end) =
                    (edge(column), edge(column + 1).max(edge(column).saturating_add(1)).min(self.frames()));
                if span == 0 || start >= end {
                    return Peak::default();
                }
                let (first, last) = ((start / per_bin) as usize, ((end - 1) / per_bin) as usize);
                (first..=last).map(|bin| self.bin(bin)).fold(Peak::EMPTY, Peak::join)
            })
            .collect()
    }

    fn bin(&self, index: usize) -> Peak {
        self.full.get(index).copied().unwrap_or(self.open)
    }

    /// The bytes of a BBC version 2 `.dat` file, 16 bits.
    pub fn to_dat(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.len() * BYTES_PER_BIN);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend(self.sample_rate.to_le_bytes());
        bytes.extend(FRAMES_PER_BIN.to_le_bytes());
        bytes.extend((self.len() as u32).to_le_bytes());
        bytes.extend(1_i32.to_le_bytes());
        for peak in self.iter() {
            bytes.extend(peak.min.to_le_bytes());
            bytes.extend(peak.max.to_le_bytes());
        }
        bytes
    }

    /// Reads what [`Peaks::to_dat`] wrote, and nothing else: the file is checked to the last byte.
    pub fn from_dat(bytes: &[u8]) -> Result<Self, PeaksError> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(PeaksError::Length)?;
        let (fields, _) = header.as_chunks::<4>();
        let field = |index: usize| fields.get(index).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let sample_rate = field(2);
        if field(0) != VERSION as u32
            || field(1) != 0
            || sample_rate == 0
            || i32::try_from(sample_rate).is_err()
            || field(3) != FRAMES_PER_BIN
            || field(5) != 1
        {
            return Err(PeaksError::Layout);
        }
        let (bins, rest) = body.as_chunks::<BYTES_PER_BIN>();
        if !rest.is_empty() || bins.len() != field(4) as usize {
            return Err(PeaksError::Length);
        }
        let full: Vec<Peak> = bins
            .iter()
            .map(|&[a, b, c, d]| Peak { min: i16::from_le_bytes([a, b]), max: i16::from_le_bytes([c, d]) })
            .collect();
        if full.iter().any(|peak| peak.min > peak.max) {
            return Err(PeaksError::Bin);
        }
        Ok(Self { sample_rate, full, open: Peak::EMPTY, open_frames: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn peaks_of(samples: &[i16]) -> Peaks {
        let mut peaks = Peaks::new(48_000);
        peaks.push(samples);
        peaks
    }

    fn naive(samples: &[i16]) -> Vec<Peak> {
        samples
            .chunks(FRAMES_PER_BIN as usize)
            .map(|bin| Peak {
                min: bin.iter().copied().min().unwrap_or(0),
                max: bin.iter().copied().max().unwrap_or(0),
            })
            .collect()
    }

    #[test]
    fn the_file_is_laid_out_as_the_format_says() {
        let dat = peaks_of(&[-5, 300]).to_dat();
        assert_eq!(dat.len(), 28);
        assert_eq!(&dat[..8], &[2, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(&dat[8..16], &[0x80, 0xbb, 0, 0, 0, 1, 0, 0]);
        assert_eq!(&dat[16..], &[1, 0, 0, 0, 1, 0, 0, 0, 0xfb, 0xff, 0x2c, 0x01]);
    }

    #[test]
    fn a_view_wider_than_the_sound_ends_in_zeros() {
        let peaks = peaks_of(&[7; 512]);
        let view = peaks.view(0, 1_024, 4);
        assert_eq!(view[1], Peak { min: 7, max: 7 });
        assert_eq!(view[2], Peak::default());
        assert_eq!(peaks.view(10, 10, 2), vec![Peak::default(); 2]);
        assert!(peaks.view(0, 512, 0).is_empty());
    }

    #[test]
    fn a_crossed_bin_is_refused() {
        let mut dat = peaks_of(&[1, 2]).to_dat();
        dat[24..26].copy_from_slice(&9_i16.to_le_bytes());
        assert_eq!(Peaks::from_dat(&dat), Err(PeaksError::Bin));
    }

    proptest! {
        #[test]
        fn streaming_in_any_blocks_equals_the_naive_way(
            samples in prop::collection::vec(any::<i16>(), 0..3_000),
            block in 1_usize..700,
        ) {
            let mut peaks = Peaks::new(44_100);
            samples.chunks(block).for_each(|piece| peaks.push(piece));
            prop_assert_eq!(peaks.iter().collect::<Vec<_>>(), naive(&samples));
            prop_assert_eq!(peaks.frames(), samples.len() as u64);
            let back = Peaks::from_dat(&peaks.to_dat()).expect("what was written is read");
            prop_assert_eq!(back.iter().collect::<Vec<_>>(), naive(&samples));
            prop_assert_eq!(back.sample_rate(), 44_100);
        }

        #[test]
        fn a_view_never_hides_a_sample(
            samples in prop::collection::vec(any::<i16>(), 1..3_000),
            bins in 1_usize..400,
        ) {
            let view = peaks_of(&samples).view(0, samples.len() as u64, bins);
            prop_assert_eq!(view.len(), bins);
            let all = view.iter().copied().fold(Peak::EMPTY, Peak::join);
            prop_assert_eq!(all, Peak::of(&samples));
        }

        #[test]
        fn no_view_of_any_range_panics(from in any::<u64>(), to in any::<u64>(), bins in 0_usize..50) {
            let peaks = peaks_of(&[1; 1_000]);
            prop_assert_eq!(peaks.view(from, to, bins).len(), bins);
        }

        #[test]
        fn bytes_from_elsewhere_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Peaks::from_dat(&bytes);
        }

        #[test]
        fn a_file_cut_anywhere_is_refused(cut in 0_usize..64) {
            let dat = peaks_of(&[3; 2_560]).to_dat();
            prop_assert!(Peaks::from_dat(&dat[..cut.min(dat.len() - 1)]).is_err());
        }
    }
}
