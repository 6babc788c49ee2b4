//! Ctrl-C, and a request to terminate, break long work off instead of the program, so that it cleans up after itself.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Progress nobody looks at, which breaks off once the person interrupts.
pub(super) fn watched() -> impl FnMut(u64, u64) -> ControlFlow<()> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&interrupted);
    told(move || tell.store(true, Ordering::Release));
    move |_, _| {
        if interrupted.load(Ordering::Acquire) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Calls `tell`, on a thread of its own, each time the person interrupts. To be asked for once in a process.
pub(super) fn told(tell: impl FnMut() + Send + 'static) {
    if let Err(error) = ctrlc::set_handler(tell) {
        tracing::warn!("an interrupt ends the program at once: {error}");
    }
}
