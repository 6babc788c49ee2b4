//! The window: built here, closed to everything but our own pages.
//!
//! Promise: the page may call only the commands permitted to its window, may go nowhere, and may open nothing.

use crate::comfort;
use crate::conductor::{Audience, Conductor, repair_takes};
use crate::entries::{self, Place};
use crate::failure::{Failure, Outcome};
use crate::ipc::{self, InterviewChanged, MicrophoneTrouble, WorkChanged};
use crate::settings;
use crate::shelf::{Shelf, pack_folders};
use crate::state::Aloud;
use crate::views::asked::{Interview, Pulse};
use crate::views::settings::Theme;
use crate::wall::Wall;
use crate::work::Work;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::utils::platform::resource_dir;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};
use tauri_specta::Event;

/// The label of the candidate's window.
pub const MAIN: &str = "main";

/// The label of the interviewer's window, which has permissions of its own.
const INTERVIEWER: &str = "interviewer";

/// Opens the window, at a place if one is named, and returns when it is closed. `given` says that the folder was named at
/// the start; such a library may have a window besides the usual one's.
pub fn run(library: &Path, given: bool, place: Option<Place>) -> anyhow::Result<()> {
    let builder = ipc::builder();
    let handler = ipc::handler(&builder);
    let library = library.to_owned();
    let mut app = tauri::Builder::default();
    if !given {
        // First of all: a second start must not open the library.
        app = app.plugin(entries::one_window());
    }
    let app = app
        .invoke_handler(handler)
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(comfort::REMEMBERED).build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_global_shortcut::Builder::new().build())
        .on_window_event(comfort::ask_before_quitting)
        .setup(move |app| {
            builder.mount_events(app);
            let wall = Wall::from_environment();
            let shelf = Arc::new(Shelf::open(&library, pack_folders()));
            let repaired = repair_takes(&shelf, &wall);
            crate::sample::tidy(&shelf);
            let chosen = settings::current(&shelf);
            let window = Window(app.handle().clone());
            let conductor = Conductor::start(Arc::clone(&shelf), wall.clone(), window);
            let teller = app.handle().clone();
            let work = Work::new(move |view| {
                // After the window is closed nobody listens.
                let _ = WorkChanged(view).emit(&teller);
            });
            app.manage(Aloud::new(shelf, wall, conductor, work, given, repaired));
            crate::reminder::start(app.handle().clone());
            crate::keeping::start_upkeep(app.handle().clone());
            open_window(app.handle(), chosen.theme, place)?;
            if cfg!(target_os = "macos") {
                entries::fill_menu_bar(app.handle())?;
            }
            if let Err(failure) = comfort::apply(app.handle(), &chosen) {
                tracing::warn!("{}", failure.message);
            }
            Ok(())
        })
        .build(context())?;
    app.run(|app, event| {
        if let RunEvent::Exit = event
            && let Some(aloud) = app.try_state::<Aloud>()
        {
            aloud.conductor.quit();
            aloud.work.quit();
            if let Err(failure) = crate::sample::leave(&aloud) {
                tracing::warn!("{}", failure.message);
            }
        }
    });
    Ok(())
}

/// Name, pages and permissions, as they were built in.
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// The folder of what was installed beside the program, such as the packs. It is known without a window too.
pub(crate) fn resources() -> Option<PathBuf> {
    resource_dir(context().package_info(), &tauri::Env::default()).ok()
}

fn open_window(app: &AppHandle, theme: Theme, place: Option<Place>) -> tauri::Result<()> {
    let colours = match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    };
    let page = place.map_or_else(WebviewUrl::default, |place| {
        WebviewUrl::App(format!("index.html#/{}", place.name()).into())
    });
    WebviewWindowBuilder::new(app, MAIN, page)
        .title("Aloud")
        .inner_size(1280.0, 800.0)
        .min_inner_size(800.0, 600.0)
        .center()
        .theme(colours)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Opens the interviewer's window, or brings it to the front.
pub fn open_interviewer(app: &AppHandle) -> Outcome<()> {
    if let Some(window) = app.get_webview_window(INTERVIEWER) {
        return window.set_focus().map_err(Failure::new);
    }
    let window =
        WebviewWindowBuilder::new(app, INTERVIEWER, WebviewUrl::App("index.html#/interviewer".into()))
            .title("Aloud: interviewer")
            .inner_size(720.0, 800.0)
            .min_inner_size(480.0, 480.0)
            .disable_drag_drop_handler()
            .on_navigation(is_ours)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .build()
            .map_err(Failure::new)?;
    match app.try_state::<Aloud>() {
        Some(aloud) => comfort::zoom(&window, &settings::current(&aloud.shelf)),
        None => Ok(()),
    }
}

/// Our own pages, and in development the server that makes them.
fn is_ours(url: &tauri::Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => cfg!(dev),
        _ => false,
    }
}

/// The window as the conductor's audience.
struct Window(AppHandle);

impl Audience for Window {
    fn pulse(&self, pulse: Pulse) {
        // Before the page has loaded and after it is closed nobody listens.
        let _ = pulse.emit(&self.0);
    }

    fn interview(&self, view: &Interview) {
        if let Err(error) = InterviewChanged(view.clone()).emit(&self.0) {
            tracing::warn!("the window could not be told: {error}");
        }
    }

    fn trouble(&self, sentence: Option<&str>) {
        if let Err(error) = MicrophoneTrouble(sentence.map(str::to_owned)).emit(&self.0) {
            tracing::warn!("the window could not be told: {error}");
        }
    }
}
