//! Any bytes as a take or as somebody's recording: an error or a sound, never a panic, never more than is there.

#![no_main]

use aloud_audio::{Sound, excerpt, fingerprint, peaks_of, repair};
use libfuzzer_sys::fuzz_target;
use std::fs;
use std::ops::ControlFlow;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["take.wav", "take.flac"] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("it is written");
        let mut heard = 0_u64;
        if let Ok(sound) = Sound::open(&file) {
            let promised = sound.frames();
            if sound.read(|samples| heard += samples.len() as u64).is_ok() {
                assert_eq!(heard, promised);
            }
        }
        let _ = fingerprint(&file, Some(1_000));
        let _ = peaks_of(&file);
        let _ = excerpt(&file, 10, 1_000);
        let _ = aloud_audio::compact(&file, &mut |_, _| ControlFlow::Continue(()));
        let before = fs::metadata(&file).map(|data| data.len()).unwrap_or_default();
        let _ = repair(&file);
        assert_eq!(fs::metadata(&file).map(|data| data.len()).unwrap_or_default(), before);
        let _ = fs::remove_file(file);
    }
});
