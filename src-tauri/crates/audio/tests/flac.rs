//! Compacting a take loses nothing: not a sample, not a frame, and never the only file.

use aloud_audio::{
    AudioError, Settings, Sound, analyze, compact, excerpt, fingerprint, peaks_of, repair, write_wav,
};
use proptest::prelude::*;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn go_on(_done: u64, _of: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

struct Takes(TempDir);

impl Takes {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn with(rate: u32, samples: &[i16]) -> (Self, PathBuf) {
        let takes = Self::new();
        let wav = takes.0.path().join("take.wav");
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(&wav, spec).expect("it is created");
        for sample in samples {
            writer.write_sample(*sample).expect("it is written");
        }
        writer.finalize().expect("it is finished");
        (takes, wav)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("it is listed").flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Speech-like: a gliding tone with loud and soft stretches.
fn voice(frames: usize) -> Vec<i16> {
    let tone = |n: f64| ((n * 0.03).sin() * 6_000.0 + (n * 0.11).sin() * 2_000.0) * (n * 0.000_2).sin().abs();
    (0..frames).map(|n| tone(n as f64) as i16).collect()
}

/// White noise that reaches both ends of the scale.
fn noise(frames: usize) -> Vec<i16> {
    let mut state = 0x9e37_79b9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        match state % 16 {
            0 => i16::MIN,
            1 => i16::MAX,
            _ => (state >> 16) as i16,
        }
    };
    (0..frames).map(|_| next()).collect()
}

fn samples(path: &Path) -> Vec<i16> {
    let mut all = Vec::new();
    Sound::open(path).expect("it opens").read(|block| all.extend_from_slice(block)).expect("and reads");
    all
}

/// Compacts it if that makes it smaller, and looks whether the sound is the same, sample by sample.
fn round_trip(rate: u32, sound: &[i16]) -> bool {
    let (takes, wav) = Takes::with(rate, sound);
    let bytes = fs::read(&wav).expect("it reads");
    let before = (!sound.is_empty()).then(|| fingerprint(&wav, None).expect("it has one"));
    let Some(compaction) = compact(&wav, &mut go_on).expect("it works") else {
        assert_eq!(takes.names(), ["take.wav"], "nothing may be left behind");
        assert_eq!(fs::read(&wav).expect("it reads"), bytes);
        return false;
    };
    assert!(wav.is_file(), "the WAV went before its time");
    compaction.finish().expect("it takes its place");
    assert_eq!(takes.names(), ["take.flac"]);
    assert_eq!(Some(fingerprint(&wav, None).expect("it has one")), before);
    assert_eq!(samples(&wav), sound);
    let restored = takes.0.path().join("restored.wav");
    write_wav(&wav, &restored, &mut go_on).expect("it is written");
    assert_eq!(fs::read(restored).expect("it reads"), bytes, "the WAV did not come back byte for byte");
    true
}

#[test]
fn speech_silence_and_odd_lengths_come_back_bit_for_bit() {
    for frames in [4_095, 4_096, 4_097, 8_192, 12_289, 100_001] {
        assert!(round_trip(48_000, &voice(frames)), "{frames} frames were not made smaller");
        assert!(round_trip(44_100, &vec![0; frames]), "{frames} frames of silence were not made smaller");
    }
    for rate in [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 88_200, 96_000] {
        assert!(round_trip(rate, &voice(20_000)), "at {rate} frames a second");
    }
}

#[test]
fn noise_that_clips_and_takes_of_a_few_frames_come_back_bit_for_bit() {
    round_trip(48_000, &noise(50_000));
    // The noise is loud for a moment only, so that this becomes smaller and really is FLAC.
    let bursts: Vec<i16> = [vec![0; 30_000], noise(5_001), vec![i16::MIN; 4_000], vec![i16::MAX; 3]].concat();
    assert!(round_trip(48_000, &bursts));
    for frames in 0..70 {
        round_trip(48_000, &voice(frames));
        round_trip(48_000, &noise(frames));
        round_trip(48_000, &vec![i16::MAX; frames]);
    }
    assert!(!round_trip(48_000, &[]), "there is nothing to gain from no sound");
    assert!(!round_trip(192_000, &voice(20_000)), "the encoder does not take this rate, so it stays WAV");
}

#[test]
fn a_human_voice_comes_back_bit_for_bit_and_smaller() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/samples/speech/jfk.wav");
    if !Path::new(path).exists() {
        eprintln!("SKIPPED: the sample of a human voice is not here");
        return;
    }
    assert!(round_trip(16_000, &samples(Path::new(path))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_sound_comes_back_bit_for_bit(
        rate in 1_000_u32..200_000,
        pieces in prop::collection::vec((any::<i16>(), 0_usize..3_000, any::<bool>()), 1..6),
    ) {
        let sound: Vec<i16> = pieces
            .iter()
            .flat_map(|&(level, frames, rough)| {
                (0..frames).map(move |n| if rough { level.wrapping_mul(n as i16) } else { level })
            })
            .collect();
        round_trip(rate, &sound);
    }
}

proptest! {
    /// The same as the fuzz target `wav_reader`, on every run of the tests.
    #[test]
    fn whatever_the_bytes_no_reader_panics_or_promises_more_than_is_there(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        as_flac in any::<bool>(),
    ) {
        let (takes, wav) = Takes::with(8_000, &voice(9_000));
        if as_flac {
            compact(&wav, &mut go_on).expect("it works").expect("it is smaller").finish().expect("it takes its place");
        }
        let file = takes.0.path().join(if as_flac { "take.flac" } else { "take.wav" });
        let mut bytes = fs::read(&file).expect("it reads");
        for (at, value) in damage {
            // The beginning decides most.
            let at = at.index(bytes.len().min(200));
            bytes[at] = value;
        }
        bytes.truncate(cut.index(bytes.len()).max(bytes.len() / 2));
        fs::write(&file, &bytes).expect("it is written");
        let mut heard = 0_u64;
        if let Ok(sound) = Sound::open(&file) {
            let promised = sound.frames();
            if sound.read(|samples| heard += samples.len() as u64).is_ok() {
                prop_assert_eq!(heard, promised);
            }
        }
        let _ = fingerprint(&file, None);
        let _ = peaks_of(&file);
        let _ = excerpt(&file, 5_000, 6_000);
        let _ = compact(&file, &mut go_on);
        let _ = repair(&file);
    }
}

#[test]
fn a_take_that_claims_a_rate_no_sound_has_is_refused() {
    let (_takes, wav) = Takes::with(8_000, &voice(100));
    let mut bytes = fs::read(&wav).expect("it reads");
    bytes[24..28].copy_from_slice(&u32::MAX.to_le_bytes());
    fs::write(&wav, bytes).expect("it is written");
    assert!(excerpt(&wav, 0, 10).is_err() && peaks_of(&wav).is_err() && fingerprint(&wav, None).is_err());
}

#[test]
fn every_reader_hears_the_same_from_either_form() {
    let sound = voice(300_007);
    let (_takes, wav) = Takes::with(48_000, &sound);
    let read = || {
        let pieces =
            [(0, 300_007), (100, 250), (4_096, 8_192), (150_000, 150_001), (299_990, 400_000), (500, 100)];
        let excerpts = pieces.map(|(from, to)| excerpt(&wav, from, to).expect("it works"));
        let facts = analyze(&wav, Settings::default()).expect("it is measured");
        let mended = repair(&wav).expect("there is nothing to mend");
        (excerpts, peaks_of(&wav).expect("they are read").to_dat(), facts, mended)
    };
    let before = read();
    compact(&wav, &mut go_on)
        .expect("it works")
        .expect("it is smaller")
        .finish()
        .expect("it takes its place");
    assert!(!wav.exists());
    assert_eq!(read(), before);
}

#[test]
fn cancelled_at_any_moment_it_leaves_the_wav_and_nothing_else() {
    let (takes, wav) = Takes::with(48_000, &voice(200_000));
    let bytes = fs::read(&wav).expect("it reads");
    let mut steps = 0;
    compact(&wav, &mut |_, _| {
        steps += 1;
        ControlFlow::Continue(())
    })
    .expect("it works");
    for last in 1..=steps {
        let mut step = 0;
        let cancelled = compact(&wav, &mut |_, _| {
            step += 1;
            if step == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(cancelled, Err(AudioError::Cancelled)), "at step {last} of {steps}");
        assert_eq!(takes.names(), ["take.wav"]);
    }
    assert_eq!(fs::read(&wav).expect("it reads"), bytes);
}

#[test]
fn one_flipped_bit_or_a_missing_end_is_noticed() {
    let sound = voice(40_000);
    let (takes, wav) = Takes::with(48_000, &sound);
    compact(&wav, &mut go_on)
        .expect("it works")
        .expect("it is smaller")
        .finish()
        .expect("it takes its place");
    let flac = takes.0.path().join("take.flac");
    let whole = fs::read(&flac).expect("it reads");
    let (first_frame, len) = (42, whole.len());
    for at in (first_frame..len).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&flac, &bytes).expect("it is written");
        let heard = Sound::open(&flac).and_then(|sound| sound.read(|_| ()));
        assert!(heard.is_err(), "a flipped bit in byte {at} of {len} went unnoticed");
    }
    for cut in (0..len).step_by(61) {
        fs::write(&flac, &whole[..cut]).expect("it is written");
        let heard = Sound::open(&flac).and_then(|sound| sound.read(|_| ()));
        let told = heard.expect_err("a cut went unnoticed").to_string();
        assert!(told.ends_with('.') && !told.contains("Error"), "{told}");
    }
}
