//! Long work: one at a time, on a thread of its own, with progress, and it can be broken off.
//!
//! Promise: the window stays usable meanwhile. What is broken off or fails leaves nothing half-done; the work itself sees
//! to that. How the last one ended stays on show until the next begins or it is put away.

use crate::failure::{Code, Failure, Outcome};
use crate::views::keeping::{WorkKind, WorkState, WorkView};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Progress is told at most this often.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// How work tells how far it is; the answer says whether to go on.
pub type Progress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// The one long work there may be.
pub struct Work {
    inner: Arc<Inner>,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
}

struct Inner {
    now: Mutex<Option<WorkView>>,
    cancelled: AtomicBool,
    tell: Box<dyn Fn(Option<WorkView>) + Send + Sync>,
}

impl Inner {
    fn now(&self) -> MutexGuard<'_, Option<WorkView>> {
        // A view is replaced whole; a panic elsewhere leaves an older one.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, view: WorkView) {
        *self.now() = Some(view.clone());
        (self.tell)(Some(view));
    }
}

impl Work {
    /// Nothing to do yet; `tell` hears of every change.
    pub fn new(tell: impl Fn(Option<WorkView>) + Send + Sync + 'static) -> Self {
        let inner = Inner { now: Mutex::new(None), cancelled: AtomicBool::new(false), tell: Box::new(tell) };
        Self { inner: Arc::new(inner), thread: Mutex::new(None) }
    }

    /// Starts work, unless another is going on. `job` ends with a sentence that says what came of it.
    pub fn start(
        &self,
        kind: WorkKind,
        title: &str,
        job: impl FnOnce(&mut Progress<'_>) -> Outcome<String> + Send + 'static,
    ) -> Outcome<WorkView> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        let mut now = self.inner.now();
        if let Some(busy) = now.as_ref().filter(|view| view.state == WorkState::Running) {
            let say = format!("{} is going on. Wait until it is over, or cancel it.", busy.title);
            return Err(Failure::coded(Code::Refused, say));
        }
        self.inner.cancelled.store(false, Ordering::Release);
        let begun = WorkView {
            kind,
            title: title.into(),
            state: WorkState::Running,
            share: 0.0,
            sentence: String::new(),
        };
        *now = Some(begun.clone());
        drop(now);
        (self.inner.tell)(Some(begun.clone()));
        let inner = Arc::clone(&self.inner);
        let view = begun.clone();
        let spawned = thread::Builder::new().name("work".into()).spawn(move || run(&inner, view, job));
        *thread = Some(spawned.map_err(|error| {
            *self.inner.now() = None;
            Failure::new(format!("The system could not start this work ({error}). Try again."))
        })?);
        Ok(begun)
    }

    /// What is going on, or how the last one ended.
    pub fn view(&self) -> Option<WorkView> {
        self.inner.now().clone()
    }

    /// Breaks the work off; nothing when none is going on.
    pub fn cancel(&self) {
        self.inner.cancelled.store(true, Ordering::Release);
    }

    /// Puts the last result away.
    pub fn put_away(&self) {
        let mut now = self.inner.now();
        if now.as_ref().is_some_and(|view| view.state != WorkState::Running) {
            *now = None;
            drop(now);
            (self.inner.tell)(None);
        }
    }

    /// Breaks it off and waits until it has cleaned up after itself.
    pub fn quit(&self) {
        self.cancel();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // A panic in the work has been reported by its thread.
            let _ = thread.join();
        }
    }
}

fn run(inner: &Inner, mut view: WorkView, job: impl FnOnce(&mut Progress<'_>) -> Outcome<String>) {
    let mut told = Instant::now();
    let mut running = view.clone();
    let mut progress = |done: u64, of: u64| {
        if inner.cancelled.load(Ordering::Acquire) {
            return ControlFlow::Break(());
        }
        if told.elapsed() >= TELL_EVERY {
            told = Instant::now();
            running.share = done as f64 / of.max(1) as f64;
            inner.show(running.clone());
        }
        ControlFlow::Continue(())
    };
    // Whatever happens in there, it must not look as if it went on for ever.
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job(&mut progress)));
    (view.state, view.sentence) = match ended {
        Ok(Ok(sentence)) => (WorkState::Done, sentence),
        Ok(Err(failure)) if inner.cancelled.load(Ordering::Acquire) => (WorkState::Cancelled, failure.message),
        Ok(Err(failure)) => (WorkState::Failed, failure.message),
        Err(_) => (
            WorkState::Failed,
            "This stopped in a way Aloud did not expect. What you recorded is safe; restart Aloud and try again.".into(),
        ),
    };
    view.share = 1.0;
    inner.show(view);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// Work, and what is told about it.
    fn work() -> (Work, mpsc::Receiver<Option<WorkView>>) {
        let (tell, told) = mpsc::channel();
        let tell = Mutex::new(tell);
        (Work::new(move |view| tell.lock().unwrap().send(view).unwrap()), told)
    }

    fn ended(told: &mpsc::Receiver<Option<WorkView>>) -> WorkView {
        told.iter().flatten().find(|view| view.state != WorkState::Running).unwrap()
    }

    #[test]
    fn one_at_a_time_and_its_end_is_told_with_a_sentence() {
        let (work, told) = work();
        let (go, wait) = mpsc::channel::<()>();
        work.start(WorkKind::Backup, "Backing up", move |_| {
            wait.recv().unwrap();
            Ok("It is backed up.".into())
        })
        .unwrap();
        let refused = work.start(WorkKind::Merge, "Merging", |_| Ok(String::new())).unwrap_err();
        assert!(refused.message.contains("Backing up is going on"), "{}", refused.message);
        go.send(()).unwrap();
        assert_eq!(
            (ended(&told).state, work.view().unwrap().sentence.as_str()),
            (WorkState::Done, "It is backed up.")
        );
        work.put_away();
        assert!(work.view().is_none());
        work.start(WorkKind::Merge, "Merging", |_| Err(Failure::new("It did not work."))).unwrap();
        assert_eq!(ended(&told).state, WorkState::Failed);
    }

    #[test]
    fn broken_off_it_ends_as_cancelled_and_quitting_waits_for_it() {
        let (work, told) = work();
        let job = |progress: &mut Progress<'_>| {
            while progress(1, 2).is_continue() {
                thread::yield_now();
            }
            Err(Failure::new("This was cancelled. Nothing was changed."))
        };
        work.start(WorkKind::Move, "Moving", job).unwrap();
        work.cancel();
        assert_eq!(ended(&told).state, WorkState::Cancelled);
        work.start(WorkKind::Move, "Moving", job).unwrap();
        work.quit();
        assert_eq!(work.view().unwrap().state, WorkState::Cancelled);
    }

    #[test]
    fn work_that_panics_is_over_too() {
        let (work, told) = work();
        work.start(WorkKind::Compact, "Compacting", |_| panic!("on purpose")).unwrap();
        assert_eq!(ended(&told).state, WorkState::Failed);
    }
}
