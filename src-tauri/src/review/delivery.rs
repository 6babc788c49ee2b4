//! How a take sounded: this take, what is typical for the person, and the usual range. Facts, never a verdict.

use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::compare::DeliveryPair;
use crate::views::takes::{DeliveryRow, DeliveryView, Moment, Stretch};
use aloud_audio::Delivery;
use aloud_library::MeasuredTake;
use aloud_practice::progress::typical::{LATEST, typical};

/// Pauses from here on are listed with their moments, in seconds.
const LONG_PAUSE_S: f64 = 1.0;

/// What is shown, in order.
pub(crate) const FACTS: [Fact; 9] = [
    Fact {
        name: "First word after",
        about: "Seconds from the start to the first 200 ms of contiguous speech.",
        usual: None,
        read: |d| d.first_word_s,
        followed: Some(|d| d.first_word_s),
        say: seconds,
        unit: (" s", 1.0),
    },
    Fact {
        name: "Time spent speaking",
        about: "Speaking as a share of the whole take, pauses left out (phonation time ratio; Towell, Hawkins and Bazergui 1996).",
        usual: None,
        read: |d| d.speech_share,
        followed: Some(|d| d.speech_share),
        say: |share| format!("{:.0} %", share * 100.0),
        unit: (" %", 100.0),
    },
    Fact {
        name: "Pauses a minute",
        about: "Silences long enough to count as a pause (from 250 ms unless you set it otherwise; De Jong and Bosker 2013), between the first word and the last, for each minute of the take.",
        usual: None,
        read: |d| {
            let minutes = d.duration_s / 60.0;
            d.longest_pause_s.filter(|_| minutes > 0.0).map(|_| d.pauses.len() as f64 / minutes)
        },
        followed: None,
        say: |pauses| format!("{pauses:.0}"),
        unit: ("", 1.0),
    },
    Fact {
        name: "Pauses over 1 s",
        about: "Silences of a second or more between the first word and the last.",
        usual: None,
        read: |d| d.longest_pause_s.map(|_| d.pauses_from(LONG_PAUSE_S).count() as f64),
        followed: None,
        say: |count| format!("{count:.0}"),
        unit: ("", 1.0),
    },
    Fact {
        name: "Longest pause",
        about: "The longest silence between the first word and the last.",
        usual: None,
        read: |d| d.longest_pause_s,
        followed: Some(|d| d.longest_pause_s),
        say: seconds,
        unit: (" s", 1.0),
    },
    Fact {
        name: "Syllables a second",
        about: "Articulation rate: syllables per second of speaking, pauses left out (after De Jong and Wempe 2009), good to about a tenth. Speakers differ widely, so compare it with your own.",
        usual: Some("3.5 to 5.5"),
        read: |d| d.articulation_rate,
        followed: Some(|d| d.articulation_rate),
        say: |rate| format!("{rate:.1}"),
        unit: ("", 1.0),
    },
    Fact {
        name: "Loudness",
        about: "Integrated loudness of the take in LUFS (ITU-R BS.1770, EBU R 128).",
        usual: None,
        read: |d| d.loudness_lufs,
        followed: Some(|d| d.loudness_lufs),
        say: |lufs| format!("{lufs:.0} LUFS").replace('-', "\u{2212}"),
        unit: (" LUFS", 1.0),
    },
    Fact {
        name: "Background",
        about: "Noise floor: the typical level where nobody speaks (median of the root mean square over 10 ms), in dB below full scale. Lower is quieter.",
        usual: None,
        read: |d| d.noise_floor_dbfs,
        followed: None,
        say: |dbfs| format!("{dbfs:.0} dBFS").replace('-', "\u{2212}"),
        unit: (" dBFS", 1.0),
    },
    Fact {
        name: "Voice above it",
        about: "Signal-to-noise ratio: how far the level of the speech lies above the background, in dB.",
        usual: None,
        read: |d| d.snr_db,
        followed: None,
        say: |db| format!("{db:.0} dB"),
        unit: (" dB", 1.0),
    },
];

/// The facts of a take; `None` when none were measured (a take repaired after a crash).
pub(crate) fn view(aloud: &Aloud, take: &str) -> Outcome<Option<DeliveryView>> {
    let Some(this) = aloud.shelf.with(|library| library.delivery::<Delivery>(take))? else { return Ok(None) };
    let others: Vec<Delivery> =
        aloud.shelf.with(|library| library.recent_deliveries(take, &this.method, LATEST as u32))?;
    // Other pauses are other facts.
    let others: Vec<Delivery> = others.into_iter().filter(|other| other.pause_ms == this.pause_ms).collect();
    let long = this.pauses_from(LONG_PAUSE_S).map(|pause| Moment {
        at_s: pause.start_s,
        label: format!("{} of silence", seconds(pause.end_s - pause.start_s)),
    });
    Ok(Some(DeliveryView {
        rows: FACTS.iter().map(|fact| fact.row(&this, &others)).collect(),
        pauses: pauses(&this),
        pause_ms: this.pause_ms,
        long_pauses: long.collect(),
        warnings: this.warnings.iter().map(|warning| warning.message.clone()).collect(),
        clipped: this.clipped_runs,
    }))
}

/// The facts of a take by themselves.
pub(crate) fn rows(facts: &Delivery) -> Vec<DeliveryRow> {
    FACTS.iter().map(|fact| fact.row(facts, &[])).collect()
}

/// All pauses of a take.
pub fn pauses(facts: &Delivery) -> Vec<Stretch> {
    facts.pauses.iter().map(|pause| Stretch { from_s: pause.start_s, to_s: pause.end_s }).collect()
}

/// The facts of two takes side by side; none when neither was measured.
pub fn pairs(earlier: Option<&Delivery>, later: Option<&Delivery>) -> Vec<DeliveryPair> {
    if earlier.is_none() && later.is_none() {
        return Vec::new();
    }
    let say = |fact: &Fact, facts: Option<&Delivery>| facts.and_then(fact.read).map(fact.say);
    let pair = |fact: &Fact| DeliveryPair {
        name: fact.name.into(),
        about: fact.about.into(),
        earlier: say(fact, earlier),
        later: say(fact, later),
    };
    FACTS.iter().map(pair).collect()
}

/// One fact: what it is, how it is read, how it is said.
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    usual: Option<&'static str>,
    read: fn(&Delivery) -> Option<f64>,
    /// How it is read where it is followed over time.
    pub(crate) followed: Option<fn(&MeasuredTake) -> Option<f64>>,
    pub(crate) say: fn(f64) -> String,
    /// What an axis writes after a number, and what the number is multiplied with for it.
    pub(crate) unit: (&'static str, f64),
}

impl Fact {
    fn row(&self, this: &Delivery, others: &[Delivery]) -> DeliveryRow {
        let known: Vec<f64> = others.iter().filter_map(self.read).collect();
        DeliveryRow {
            name: self.name.into(),
            about: self.about.into(),
            this: (self.read)(this).map(self.say),
            typical: typical(known).map(|typical| (self.say)(typical.median)),
            usual: self.usual.map(str::to_owned),
        }
    }
}

fn seconds(seconds: f64) -> String {
    format!("{seconds:.1} s")
}
