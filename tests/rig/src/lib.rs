//! A virtual microphone, display and window driver for whole-app tests.
//!
//! Everything started here lives in a directory of its own and ends when it is dropped, so tests run side by side.

pub mod accessibility;
mod bus;
pub mod disk;
pub mod display;
pub mod microphone;
pub mod sound;
pub mod speaker;
pub mod window;

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// What was started, or nothing, with the reason printed, where this machine cannot start it.
///
/// # Panics
/// Where everything has to run (`CI` or `ALOUD_TEST_STRICT` is set): a test that silently does nothing proves nothing.
pub fn or_skip<T>(started: Result<T>) -> Option<T> {
    let reason = match started {
        Ok(started) => return Some(started),
        Err(reason) => reason,
    };
    let strict = ["CI", "ALOUD_TEST_STRICT"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(!strict, "this test has to run here, but: {reason:#}");
    eprintln!("SKIPPED: {reason:#}");
    None
}

/// Looks again and again until `look` gives something.
///
/// # Errors
/// When `limit` is over, naming `what` was waited for.
pub fn wait_for<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if Instant::now() >= deadline {
            bail!("waited {limit:?} in vain for {what}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
