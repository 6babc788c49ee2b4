//! Every kind of WAV people have reads as the same sound; every kind of broken one is an error that says why.

use aloud_audio::{AudioError, Settings, Sound, analyze};
use proptest::prelude::*;
use std::path::PathBuf;
use tempfile::TempDir;

const RATE: u32 = 44_100;

struct Zoo(TempDir);

impl Zoo {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join("animal.wav");
        std::fs::write(&path, bytes).expect("it is written");
        path
    }

    fn read(&self, bytes: &[u8]) -> Result<Vec<i16>, AudioError> {
        let mut samples = Vec::new();
        Sound::open(&self.file(bytes))?.read(|block| samples.extend_from_slice(block))?;
        Ok(samples)
    }

    fn complaint(&self, bytes: &[u8]) -> String {
        self.read(bytes).expect_err("it cannot be read").to_string()
    }
}

struct Header {
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
    extensible: bool,
}

const PLAIN: Header = Header { tag: 1, channels: 1, rate: RATE, bits: 16, extensible: false };

fn wav(header: &Header, data: &[u8], claimed: u32) -> Vec<u8> {
    let align = header.channels.wrapping_mul(header.bits / 8);
    let mut fmt = Vec::new();
    fmt.extend(if header.extensible { 0xfffe_u16 } else { header.tag }.to_le_bytes());
    fmt.extend(header.channels.to_le_bytes());
    fmt.extend(header.rate.to_le_bytes());
    fmt.extend(header.rate.wrapping_mul(align.into()).to_le_bytes());
    fmt.extend(align.to_le_bytes());
    fmt.extend(header.bits.to_le_bytes());
    if header.extensible {
        fmt.extend([22, 0]);
        fmt.extend(header.bits.to_le_bytes());
        fmt.extend([0; 4]);
        fmt.extend(header.tag.to_le_bytes());
        fmt.extend(b"\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71");
    }
    let mut bytes = b"RIFF\0\0\0\0WAVE".to_vec();
    // Something else first, of odd length: people's files have such things.
    bytes.extend(b"LIST\x05\0\0\0INFOx\0");
    bytes.extend(b"fmt ");
    bytes.extend((fmt.len() as u32).to_le_bytes());
    bytes.extend(fmt);
    bytes.extend(b"data");
    bytes.extend(claimed.to_le_bytes());
    bytes.extend(data);
    let riff = bytes.len() as u32 - 8;
    bytes[4..8].copy_from_slice(&riff.to_le_bytes());
    bytes
}

fn ramp() -> Vec<i16> {
    (0..40_000).map(|n: i32| ((n * 97) % 60_000 - 30_000) as i16).collect()
}

/// The ramp as bytes, every sample stored for each channel.
fn stored<const N: usize>(channels: usize, of: impl Fn(i16) -> [u8; N]) -> Vec<u8> {
    ramp().into_iter().flat_map(|sample| of(sample).repeat(channels)).collect()
}

#[test]
fn every_encoding_tells_the_same_sound() {
    let zoo = Zoo::new();
    let fraction = |sample: i16| f32::from(sample) / 32_768.0;
    for channels in [1_u16, 2, 6] {
        let count = usize::from(channels);
        for extensible in [false, true] {
            let kinds = [
                (1, 16, stored(count, i16::to_le_bytes)),
                (
                    1,
                    24,
                    stored(count, |s| {
                        let [low, high] = s.to_le_bytes();
                        [0, low, high]
                    }),
                ),
                (1, 32, stored(count, |s| (i32::from(s) << 16).to_le_bytes())),
                (3, 32, stored(count, |s| fraction(s).to_le_bytes())),
                (3, 64, stored(count, |s| f64::from(fraction(s)).to_le_bytes())),
            ];
            for (tag, bits, data) in kinds {
                let header = Header { tag, channels, bits, extensible, ..PLAIN };
                let read = zoo.read(&wav(&header, &data, data.len() as u32)).expect("it reads");
                let close = read
                    .iter()
                    .zip(&ramp())
                    .all(|(got, want)| got.abs_diff(*want) <= u16::from(channels > 1));
                assert!(read.len() == 40_000 && close, "{channels} channels, {bits} bits, format {tag}");
            }
        }
    }
    let coarse = stored(1, |s| [((i32::from(s) + 32_768) >> 8) as u8]);
    let read = zoo.read(&wav(&Header { bits: 8, ..PLAIN }, &coarse, 40_000)).expect("it reads");
    assert!(read.iter().zip(&ramp()).all(|(got, want)| got.abs_diff(*want) <= 256));
}

#[test]
fn floats_beyond_full_scale_saturate_and_nonsense_is_silence() {
    let data: Vec<u8> =
        [2.0_f32, -7.0, f32::NAN, f32::INFINITY, 0.5].iter().flat_map(|x| x.to_le_bytes()).collect();
    let read = Zoo::new().read(&wav(&Header { tag: 3, bits: 32, ..PLAIN }, &data, 20)).expect("it reads");
    assert_eq!(read, [i16::MAX, i16::MIN, 0, i16::MAX, 16_384]);
}

#[test]
fn a_stereo_file_with_a_dead_channel_is_as_loud_as_the_living_one() {
    let data: Vec<u8> = (0..20_000).flat_map(|_| [0x10, 0x27, 0, 0]).collect();
    let read = Zoo::new().read(&wav(&Header { channels: 2, ..PLAIN }, &data, 80_000)).expect("it reads");
    assert!(read.iter().all(|sample| *sample == 10_000));
}

#[test]
fn sizes_nobody_knew_are_read_to_the_end() {
    let data = stored(1, i16::to_le_bytes);
    for claimed in [0, 0x7fff_f000, 0x7fff_ffff, u32::MAX] {
        assert_eq!(Zoo::new().read(&wav(&PLAIN, &data, claimed)).expect("it reads"), ramp(), "{claimed:#x}");
    }
}

#[test]
fn files_of_more_than_four_gigabytes_carry_their_size_elsewhere() {
    let data = stored(1, i16::to_le_bytes);
    let mut bytes = wav(&PLAIN, &data, u32::MAX);
    bytes[..4].copy_from_slice(b"RF64");
    let mut sizes = b"ds64\x1c\0\0\0".to_vec();
    sizes.extend(0_u64.to_le_bytes());
    sizes.extend((data.len() as u64).to_le_bytes());
    sizes.extend([0; 12]);
    bytes.splice(12..12, sizes);
    bytes.extend(b"junk that is no sound");
    assert_eq!(Zoo::new().read(&bytes).expect("it reads"), ramp());
}

#[test]
fn what_cannot_be_read_says_why() {
    let zoo = Zoo::new();
    let data = [0; 1_000];
    let with = |header: Header| zoo.complaint(&wav(&header, &data, 1_000));
    assert!(zoo.complaint(b"").contains("it is empty"));
    assert!(zoo.complaint(b"ID3\x04 this is an MP3, really").contains("is not a WAV recording"));
    assert!(zoo.complaint(&wav(&PLAIN, &[], 0)).contains("no sound in it"));
    assert!(zoo.complaint(&wav(&PLAIN, &data, 1_000_000)).contains("cut short"));
    assert!(zoo.complaint(&wav(&PLAIN, &data, 1_000)[..40]).contains("WAV recording"));
    assert!(with(Header { channels: 0, ..PLAIN }).contains("0 channels"));
    assert!(with(Header { channels: u16::MAX, ..PLAIN }).contains("65535 channels"));
    assert!(with(Header { rate: 0, ..PLAIN }).contains("0 samples a second"));
    assert!(with(Header { rate: u32::MAX, ..PLAIN }).contains("samples a second"));
    assert!(with(Header { tag: 7, bits: 8, ..PLAIN }).contains("format 7"));
    assert!(with(Header { bits: 12, ..PLAIN }).contains("12 bits"));
    let folder = analyze(zoo.0.path(), Settings::default()).expect_err("a folder is no file");
    assert!(matches!(folder, AudioError::File { .. }), "{folder}");
}

#[test]
fn a_sound_of_days_is_refused_before_it_is_read() {
    let zoo = Zoo::new();
    let header = Header { rate: 1_000, bits: 8, ..PLAIN };
    let path = zoo.file(&wav(&header, &[], 100_000_000));
    let file = std::fs::File::options().write(true).open(&path).expect("it opens");
    // A hole takes no room on the disk.
    file.set_len(100_000_100).expect("the file system knows holes");
    let error = Sound::open(&path).expect_err("it is too long");
    assert!(error.to_string().contains("longer than 24 hours"), "{error}");
}

#[test]
fn what_is_read_is_what_was_recorded() {
    let zoo = Zoo::new();
    let data = stored(1, i16::to_le_bytes);
    let delivery =
        analyze(&zoo.file(&wav(&PLAIN, &data, data.len() as u32)), Settings::default()).expect("it reads");
    assert!((delivery.duration_s - 40_000.0 / f64::from(RATE)).abs() < 1e-9);
}

proptest! {
    #[test]
    fn damaged_files_never_panic(
        damage in prop::collection::vec((0_usize..70, any::<u8>()), 0..10),
        cut in 0_usize..400,
    ) {
        let mut bytes = wav(&PLAIN, &[1; 300], 300);
        for (at, value) in damage {
            bytes[at] = value;
        }
        bytes.truncate(cut);
        let zoo = Zoo::new();
        let _ = analyze(&zoo.file(&bytes), Settings::default());
    }
}
