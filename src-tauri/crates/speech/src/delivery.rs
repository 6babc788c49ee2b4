//! Delivery: facts measured from the sound of a take. No score, no verdict; every term is defined where it stands.

use crate::pauses::Pause;
use serde::{Deserialize, Serialize};

/// Names the way these facts are measured. Facts of different methods are not compared; a change in any rule or
/// constant that can change a fact needs a new name.
pub const METHOD: &str = "delivery-1";

/// The shortest pause may be set within these, in milliseconds.
///
/// 250 ms is the usual choice (Goldman-Eisler 1968; De Jong and Bosker 2013); 200 to 350 ms fitted ratings of fluency
/// best (Gao, Sun and Li 2025, Language Testing 42(3)).
pub const PAUSE_MS: std::ops::RangeInclusive<u32> = 200..=350;

/// What can be set about the measuring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The shortest silence that counts as a pause, in milliseconds; held within [`PAUSE_MS`].
    pub pause_ms: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { pause_ms: 250 }
    }
}

/// Facts about how a take sounded. Times are in seconds from its beginning.
///
/// A figure that cannot be trusted is withheld (`None`), and a [`Warning`] says why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// The method these facts were measured with: [`METHOD`] at that time.
    pub method: String,
    /// The shortest silence that counted as a pause, in milliseconds.
    pub pause_ms: u32,
    /// Length of the take.
    pub duration_s: f64,
    /// Time to first word: the beginning of the first 200 ms of contiguous speech.
    pub first_word_s: Option<f64>,
    /// Speech share, 0 to 1: time spent speaking, pauses left out, as a share of the take ("phonation time ratio",
    /// Towell, Hawkins and Bazergui 1996).
    pub speech_share: Option<f64>,
    /// Silent pauses between the first word and the last, in order.
    pub pauses: Vec<Pause>,
    /// Length of the longest of them; 0 when there was none.
    pub longest_pause_s: Option<f64>,
    /// Syllable nuclei: loud, voiced peaks of intensity with a dip of 2 dB after them (De Jong and Wempe 2009). Good
    /// to about a tenth.
    pub syllables: Option<u32>,
    /// Articulation rate: syllables per second of speaking, pauses left out (De Jong and Wempe 2009).
    pub articulation_rate: Option<f64>,
    /// Integrated loudness in LUFS (ITU-R BS.1770, EBU R 128).
    pub loudness_lufs: Option<f64>,
    /// The largest sample, in dB below full scale; −120 when there was nothing but zeros.
    pub peak_dbfs: f64,
    /// Clipping: runs of three samples or more at the end of the scale.
    pub clipped_runs: u32,
    /// Noise floor: typical level (median over 10 ms of root mean square, up to 8 kHz) where nobody speaks, in dB
    /// below full scale; −120 for digital silence.
    pub noise_floor_dbfs: Option<f64>,
    /// Signal-to-noise ratio: level of the speech above the noise floor, in dB.
    pub snr_db: Option<f64>,
    /// What stands in the way of trusting the figures, and which are withheld for it.
    pub warnings: Vec<Warning>,
}

impl Delivery {
    /// Pauses of at least `seconds`, the ones worth listening to.
    pub fn pauses_from(&self, seconds: f64) -> impl Iterator<Item = &Pause> + '_ {
        self.pauses.iter().filter(move |pause| pause.length_s() >= seconds)
    }
}

/// A reason not to trust a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// For machines.
    pub code: WarningCode,
    /// For people: what is the matter, what is withheld, what helps.
    pub message: String,
}

/// Reasons not to trust a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// Nobody was heard speaking.
    NoSpeech,
    /// Less than five seconds of speech: rates of so little say nothing.
    TooShort,
    /// The speech is too quiet to be measured well.
    TooQuiet,
    /// The background is too loud for syllables to be told from it.
    TooNoisy,
}

impl From<WarningCode> for Warning {
    fn from(code: WarningCode) -> Self {
        let message = match code {
            WarningCode::NoSpeech => {
                "No speech was found, so there is no time to first word, no pause and no rate. Check the microphone if you did speak."
            }
            WarningCode::TooShort => "Less than five seconds of speech: the articulation rate is left out.",
            WarningCode::TooQuiet => {
                "The voice is very quiet: syllables and articulation rate are left out. Come closer or turn the microphone up."
            }
            WarningCode::TooNoisy => {
                "The background is loud compared with the voice: syllables and articulation rate are left out, and pauses may be missed. Find a quieter place or come closer to the microphone."
            }
        };
        Self { code, message: message.to_owned() }
    }
}
