//! Frames against the clock: is sound still coming, and is all of it coming?
//!
//! Pure: fed with instants and counts. Time in which this process did not run at all (stopped, suspended, a machine
//! out of breath) counts only as one short step, because the sound system goes on buffering meanwhile and hands
//! everything over afterwards.

use std::time::{Duration, Instant};

/// The most one step between two looks can count, however long it really took.
const LONGEST_STEP: Duration = Duration::from_millis(100);

/// Time actually watched: wall-clock steps, each cut to at most [`LONGEST_STEP`].
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    last: Instant,
}

impl Steps {
    pub(crate) fn from(now: Instant) -> Self {
        Self { last: now }
    }

    /// The watched time since the last call.
    pub(crate) fn step(&mut self, now: Instant) -> Duration {
        let step = now.saturating_duration_since(self.last).min(LONGEST_STEP);
        self.last = now;
        step
    }
}

/// Notices that callbacks have stopped coming; devices often do not say so themselves.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    callbacks: u64,
    unheard: Duration,
    last_heard: Instant,
}

impl Watch {
    /// Watched time without a callback after which a stream counts as dead.
    pub(crate) const PATIENCE: Duration = Duration::from_secs(1);

    pub(crate) fn from(now: Instant) -> Self {
        Self { callbacks: 0, unheard: Duration::ZERO, last_heard: now }
    }

    /// One look: `step` of watched time passed and `callbacks` have come in all. True when the stream is dead.
    pub(crate) fn look(&mut self, now: Instant, step: Duration, callbacks: u64) -> bool {
        if callbacks == self.callbacks {
            self.unheard += step;
        } else {
            self.callbacks = callbacks;
            self.unheard = Duration::ZERO;
            self.last_heard = now;
        }
        self.unheard >= Self::PATIENCE
    }

    /// When a callback was last seen to have come.
    pub(crate) fn last_heard(&self) -> Instant {
        self.last_heard
    }
}

/// Notices that a stream goes on but sound is missing from it.
///
/// The stream's lag behind the clock is looked at right after sound arrives, and only the smallest lag of each
/// second counts, so neither large blocks nor a late but complete delivery look like a loss. Sound cards run a
/// little fast or slow against the clock; the reference follows up to a thousandth of that.
#[derive(Debug, Clone)]
pub(crate) struct Pace {
    sample_rate: f64,
    start: Instant,
    frames: u64,
    usual_lag: Option<f64>,
    smallest_lag: Option<f64>,
    watched: Duration,
}

impl Pace {
    /// Lag beyond the usual from which sound counts as lost.
    const TOLERANCE: f64 = 0.25;
    const WINDOW: Duration = Duration::from_secs(1);
    const CARD_DRIFT: f64 = 0.001;

    pub(crate) fn from(now: Instant, sample_rate: u32) -> Self {
        Self {
            sample_rate: f64::from(sample_rate.max(1)),
            start: now,
            frames: 0,
            usual_lag: None,
            smallest_lag: None,
            watched: Duration::ZERO,
        }
    }

    /// One look: `step` of watched time passed and `frames` have come in all. Gives the frames found missing.
    pub(crate) fn look(&mut self, now: Instant, step: Duration, frames: u64) -> Option<u64> {
        self.watched += step;
        if frames == self.frames {
            return None;
        }
        self.frames = frames;
        let elapsed = now.saturating_duration_since(self.start).as_secs_f64();
        let lag = elapsed - frames as f64 / self.sample_rate;
        let smallest = self.smallest_lag.map_or(lag, |smallest| smallest.min(lag));
        self.smallest_lag = Some(smallest);
        if self.watched < Self::WINDOW {
            return None;
        }
        let window = std::mem::take(&mut self.watched).as_secs_f64();
        self.smallest_lag = None;
        let Some(usual) = self.usual_lag else {
            self.usual_lag = Some(smallest);
            return None;
        };
        let growth = smallest - usual;
        if growth > Self::TOLERANCE {
            self.usual_lag = Some(smallest);
            return Some((growth * self.sample_rate) as u64);
        }
        self.usual_lag = Some(usual + growth.min(window * Self::CARD_DRIFT));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICK: Duration = Duration::from_millis(10);

    /// Looks every 10 ms for `seconds`; `heard` says how many frames have come by a moment. Sums what was missed.
    fn missed(seconds: f64, heard: impl Fn(f64) -> f64) -> u64 {
        let start = Instant::now();
        let mut pace = Pace::from(start, 48_000);
        (1..=(seconds * 100.0) as u32)
            .filter_map(|tick| {
                let now = start + TICK * tick;
                pace.look(now, TICK, heard((now - start).as_secs_f64()) as u64)
            })
            .sum()
    }

    #[test]
    fn an_hour_on_a_card_that_runs_slow_is_not_a_loss() {
        assert_eq!(missed(3_600.0, |t| t * 48_000.0 * 0.9997), 0);
        assert_eq!(missed(3_600.0, |t| t * 48_000.0 * 1.0003), 0);
    }

    #[test]
    fn large_blocks_are_not_a_loss() {
        assert_eq!(missed(60.0, |t| (t / 2.0).floor() * 96_000.0), 0);
    }

    #[test]
    fn a_late_but_complete_delivery_is_not_a_loss() {
        let held_back = |t: f64| if (5.0..5.9).contains(&t) { 5.0 } else { t };
        assert_eq!(missed(20.0, |t| held_back(t) * 48_000.0), 0);
    }

    #[test]
    fn half_a_second_that_never_comes_is_found_to_the_millisecond() {
        let missing = missed(20.0, |t| (if t > 7.3 { t - 0.5 } else { t }) * 48_000.0);
        assert!(missing.abs_diff(24_000) <= 48 * 15, "{missing}");
    }

    #[test]
    fn being_stopped_for_a_minute_is_one_short_step() {
        let start = Instant::now();
        let mut steps = Steps::from(start);
        let mut watch = Watch::from(start);
        let later = start + Duration::from_mins(1);
        assert!(!watch.look(later, steps.step(later), 0));
    }

    #[test]
    fn a_second_without_a_callback_is_noticed() {
        let start = Instant::now();
        let mut watch = Watch::from(start);
        assert!(!watch.look(start + TICK, TICK, 1));
        let dead = (2..200).find(|&n| watch.look(start + TICK * n, TICK, 1));
        assert_eq!(dead, Some(101));
        assert_eq!(watch.last_heard(), start + TICK);
    }
}
