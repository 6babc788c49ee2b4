//! A word when something becomes due while the app runs. Off unless the person asked for it; there is no service that
//! runs without the window.

use crate::schedule::{self, History};
use crate::settings;
use crate::state::Aloud;
use aloud_practice::day::practice_day;
use jiff::civil::Date;
use std::thread;
use std::time::Duration;
use tauri::{AppHandle, Manager};

const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Looks once a minute, on a thread of its own, as long as the app runs. Tells once a practice day.
pub fn start(app: AppHandle) {
    let looking = thread::Builder::new().name("reminder".into()).spawn(move || {
        let mut told: Option<Date> = None;
        loop {
            thread::sleep(LOOK_EVERY);
            let aloud = app.state::<Aloud>();
            let today = practice_day(&aloud.wall.here());
            let wanted = !aloud.shelf.is_visiting() && settings::current(&aloud.shelf).notify_due;
            if told != Some(today) && wanted && remind(&aloud) {
                told = Some(today);
            }
        }
    });
    if let Err(error) = looking {
        tracing::warn!("nobody will tell when something is due: {error}");
    }
}

/// Tells what is due. False when nothing is, or the desktop cannot show it.
fn remind(aloud: &Aloud) -> bool {
    let Ok(history) = History::read(aloud) else { return false };
    let plan = schedule::plan(aloud, &history);
    let Some(first) = plan.today.first().and_then(|candidate| schedule::due(aloud, candidate)) else {
        return false;
    };
    let minutes: u32 = plan.today.iter().map(|candidate| candidate.minutes).sum();
    let shown = notify_rust::Notification::new()
        .appname("Aloud")
        .summary(&format!("Due today: {}", first.title))
        .body(&format!("{} {minutes} minutes in all.", first.reason))
        .show();
    match shown {
        Ok(_) => true,
        Err(error) => {
            tracing::info!("the desktop shows no notifications: {error}");
            false
        }
    }
}
