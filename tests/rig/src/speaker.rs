//! A speaker whose words and silences are known: espeak-ng.

use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Frames per second of what it says.
pub const SAMPLE_RATE: u32 = 22_050;

/// Whether there is one.
///
/// # Errors
/// When espeak-ng is not installed.
pub fn find() -> Result<()> {
    let found = Command::new("espeak-ng").arg("--version").output();
    let found = found.context("espeak-ng is not installed; `apt-get install espeak-ng` brings it")?;
    ensure!(found.status.success(), "espeak-ng does not run");
    Ok(())
}

/// Says something in a voice ("en-us", "en-gb+f2"), at so many words a minute. Silence before and after is cut off at
/// a hundredth of the loudest sample, and the loudest is brought to half of full scale.
///
/// # Errors
/// When espeak-ng is not installed or says nothing.
pub fn say(text: &str, voice: &str, words_per_minute: u32) -> Result<Vec<i16>> {
    let speed = words_per_minute.to_string();
    let said = Command::new("espeak-ng").args(["-v", voice, "-s", &speed, "--stdout", text]).output()?;
    ensure!(said.status.success(), "espeak-ng failed: {}", String::from_utf8_lossy(&said.stderr));
    // Its header is always the plain one of 44 bytes; the sizes in it mean nothing on a pipe.
    let sound = said.stdout.get(44..).context("espeak-ng said nothing")?;
    let samples: Vec<f32> =
        sound.as_chunks::<2>().0.iter().map(|sample| f32::from(i16::from_le_bytes(*sample))).collect();
    let loudest = samples.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
    let audible = |sample: &f32| sample.abs() > loudest / 100.0;
    let start = samples.iter().position(audible).context("espeak-ng said nothing")?;
    let end = samples.iter().rposition(audible).map_or(start, |last| last + 1);
    Ok(samples[start..end].iter().map(|sample| (sample * 16_384.0 / loudest) as i16).collect())
}
