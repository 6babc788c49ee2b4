//! Delivery facts against a known truth: speech with silences put into it, and sounds that are no speech.

mod truth;

use aloud_speech::{Analyzer, Delivery, Settings, WarningCode};
use proptest::prelude::*;
use std::f64::consts::TAU;
use truth::{Clip, Random, Score, clips, said};

fn analyzed(samples: &[i16], rate: u32) -> Delivery {
    let mut analyzer = Analyzer::new(rate, Settings::default());
    analyzer.push(samples);
    analyzer.finish()
}

/// Scores sixty clips with noise that many dB below the speech.
fn scored(clips: &[Clip], snr_db: Option<f64>) -> Score {
    let mut score = Score::default();
    for clip in clips {
        let delivery = analyzed(&clip.with_noise(snr_db), clip.rate);
        score.add(clip, &delivery, 0.25);
    }
    eprintln!("noise {snr_db:?}: {score}");
    score
}

#[test]
fn pauses_put_into_speech_are_found_in_quiet_and_in_noise() {
    let Some(clips) = rig::or_skip(clips(60)) else { return };
    let quiet = scored(&clips, None);
    assert!(quiet.f1() >= 0.95, "{quiet}");
    assert!(quiet.median_edge_error_s() <= 0.03, "{quiet}");
    assert!(quiet.worst_first_word_error_s() <= 0.06, "{quiet}");
    for (snr_db, least, edge_s) in [(30.0, 0.95, 0.03), (20.0, 0.95, 0.03), (12.0, 0.9, 0.06)] {
        let noisy = scored(&clips, Some(snr_db));
        assert!(noisy.f1() >= least && noisy.median_edge_error_s() <= edge_s, "{noisy}");
    }
}

#[test]
fn what_is_no_speech_gives_none() {
    let rate = 48_000;
    for (name, sound) in truth::no_speech(rate) {
        let samples: Vec<i16> = sound.iter().map(|x| (x * 32_767.0) as i16).collect();
        let delivery = analyzed(&samples, rate);
        assert_eq!(delivery.first_word_s, None, "{name}: {delivery:?}");
        assert_eq!((delivery.speech_share, delivery.syllables), (Some(0.0), Some(0)), "{name}");
        assert_eq!((delivery.articulation_rate, delivery.longest_pause_s), (None, None), "{name}");
        assert!(delivery.pauses.is_empty(), "{name}");
        assert!(delivery.warnings.iter().any(|warning| warning.code == WarningCode::NoSpeech), "{name}");
    }
}

#[test]
fn a_click_before_the_speech_is_not_its_first_word() {
    let Some(clip) = rig::or_skip(clips(1)).and_then(|mut clips| clips.pop()) else { return };
    let mut samples = vec![0; clip.rate as usize];
    let mut random = Random::new(4);
    samples.iter_mut().skip(4_000).take(400).for_each(|x| *x = (random.centred() * 16_000.0) as i16);
    samples.extend(&clip.samples);
    let first = analyzed(&samples, clip.rate).first_word_s.expect("there is speech");
    assert!((first - 1.0 - clip.first_word_s).abs() < 0.06, "{first} for {}", clip.first_word_s + 1.0);
}

#[test]
fn the_voice_of_kennedy_has_about_twenty_eight_syllables() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/samples/speech/jfk.wav");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("SKIPPED: ../shared/samples/speech/jfk.wav is not here");
        return;
    };
    let samples: Vec<i16> = bytes[44..].as_chunks().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect();
    let delivery = analyzed(&samples, 16_000);
    assert!(delivery.syllables.is_some_and(|count| count.abs_diff(28) <= 2), "{delivery:?}");
    assert!(
        delivery.pauses.len() >= 3 && delivery.first_word_s.is_some_and(|first| first < 0.5),
        "{delivery:?}"
    );
    assert!(delivery.articulation_rate.is_some() && delivery.warnings.is_empty(), "{delivery:?}");
}

#[test]
fn figures_that_cannot_be_trusted_are_withheld_and_the_reason_is_given() {
    let Some(clip) = rig::or_skip(clips(1)).and_then(|mut clips| clips.pop()) else { return };
    let codes = |delivery: &Delivery| -> Vec<WarningCode> {
        delivery.warnings.iter().map(|warning| warning.code).collect()
    };
    let good = analyzed(&clip.samples, clip.rate);
    assert!(good.warnings.is_empty() && good.articulation_rate.is_some(), "{good:?}");

    let faint: Vec<i16> = clip.samples.iter().map(|x| x / 200).collect();
    let faint = analyzed(&faint, clip.rate);
    assert!(codes(&faint).contains(&WarningCode::TooQuiet), "{faint:?}");
    assert_eq!((faint.syllables, faint.articulation_rate), (None, None));

    let noisy = analyzed(&clip.with_noise(Some(8.0)), clip.rate);
    assert!(codes(&noisy).contains(&WarningCode::TooNoisy), "{noisy:?}");
    assert_eq!((noisy.syllables, noisy.articulation_rate), (None, None));

    let Some(short) = rig::or_skip(said("yes we rolled it back", "en-us", 160)) else { return };
    let short = analyzed(&short, clip.rate);
    assert_eq!(codes(&short), [WarningCode::TooShort], "{short:?}");
    assert!(short.syllables.is_some() && short.articulation_rate.is_none(), "{short:?}");
}

#[test]
fn the_pause_setting_is_what_counts_as_a_pause() {
    let Some(clips) = rig::or_skip(clips(12)) else { return };
    let count = |pause_ms| -> usize {
        let pauses = |clip: &Clip| {
            let mut analyzer = Analyzer::new(clip.rate, Settings { pause_ms });
            analyzer.push(&clip.samples);
            analyzer.finish().pauses
        };
        clips
            .iter()
            .flat_map(pauses)
            .inspect(|pause| assert!(pause.length_s() * 1_000.0 >= f64::from(pause_ms) - 6.0))
            .count()
    };
    assert!(count(200) >= count(250) && count(250) >= count(350));
    assert_eq!(count(200), clips.iter().map(|clip| clip.pauses.len()).sum::<usize>());
}

#[test]
fn all_rates_tell_the_same() {
    let Some(clip) = rig::or_skip(clips(1)).and_then(|mut clips| clips.pop()) else { return };
    let once = analyzed(&clip.samples, clip.rate);
    // Every sample doubled is the same sound, with mirror images above the band that resampling takes away.
    let doubled: Vec<i16> = clip.samples.iter().flat_map(|&x| [x, x]).collect();
    let twice = analyzed(&doubled, clip.rate * 2);
    assert_eq!(once.pauses.len(), twice.pauses.len());
    for (a, b) in once.pauses.iter().zip(&twice.pauses) {
        assert!((a.start_s - b.start_s).abs() < 0.021 && (a.end_s - b.end_s).abs() < 0.021, "{a:?} {b:?}");
    }
}

#[test]
fn nothing_at_all_is_no_trouble() {
    for frames in [0, 1, 100, 4_000] {
        let delivery = analyzed(&vec![0; frames], 48_000);
        assert_eq!((delivery.first_word_s, delivery.loudness_lufs), (None, None));
        assert!((delivery.peak_dbfs + 120.0).abs() < 1e-9);
    }
    for rate in [0, 1, 100, u32::MAX] {
        assert_eq!(analyzed(&[1_000; 500], rate).first_word_s, None);
    }
}

/// Something with all there is to measure: a sawtooth that stutters, noise, and a clipped end.
fn stutter(frames: usize) -> Vec<i16> {
    let mut random = Random::new(9);
    (0..frames)
        .map(|n| {
            let t = n as f64 / 22_050.0;
            let loud = (0.5 + 0.5 * (TAU * 4.0 * t).sin()) * f64::from(u8::from(t % 1.0 < 0.6));
            (24_000.0 * loud * ((t * 130.0) % 1.0 - 0.5) + 900.0 * random.centred()) as i16
        })
        .chain([i16::MAX; 5])
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn facts_do_not_depend_on_blocks_or_threads(block in 1_usize..9_000, frames in 0_usize..60_000) {
        let samples = stutter(frames);
        let whole = analyzed(&samples, 22_050);
        for mut analyzer in [
            Analyzer::new(22_050, Settings::default()),
            Analyzer::on_two_threads(22_050, Settings::default()),
        ] {
            samples.chunks(block).for_each(|piece| analyzer.push(piece));
            prop_assert_eq!(&analyzer.finish(), &whole);
        }
    }

    #[test]
    fn any_samples_at_any_rate_give_facts_that_make_sense(
        samples in prop::collection::vec(any::<i16>(), 0..20_000),
        rate in 4_000_u32..200_000,
    ) {
        let delivery = analyzed(&samples, rate);
        prop_assert!(delivery.speech_share.is_none_or(|share| (0.0..=1.0).contains(&share)));
        prop_assert!(delivery.pauses.iter().all(|pause| pause.start_s < pause.end_s && pause.end_s <= delivery.duration_s));
        prop_assert!(delivery.peak_dbfs <= 0.0);
    }
}
