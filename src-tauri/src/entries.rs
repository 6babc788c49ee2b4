//! Ways in from outside the window: a second start, an entry of the launcher's menu, the menu bar where there is one.
//!
//! Promise: the usual library has one window. Whoever starts Aloud again finds that one in front of them, at the place
//! they asked for, unless an interview is going on in it.

use crate::app::MAIN;
use crate::cli;
use crate::ipc::GoAsked;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::menu::{Menu, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};
use tauri_specta::Event;

/// Where the window can be asked to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// What is due.
    Today,
    /// Putting a drill together.
    Drill,
    /// Every pack.
    Packs,
    /// Every take.
    Takes,
    /// Whether it gets better.
    Progress,
    /// What is stored, and its copies.
    Library,
    /// The choices.
    Settings,
}

impl Place {
    const ALL: [Self; 7] =
        [Self::Today, Self::Drill, Self::Packs, Self::Takes, Self::Progress, Self::Library, Self::Settings];

    /// As it is called on the command line and in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Drill => "drill",
            Self::Packs => "packs",
            Self::Takes => "takes",
            Self::Progress => "progress",
            Self::Library => "library",
            Self::Settings => "settings",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Drill => "Put a drill together",
            Self::Packs => "Packs",
            Self::Takes => "Takes",
            Self::Progress => "Progress",
            Self::Library => "Library",
            Self::Settings => "Settings",
        }
    }
}

/// Hands a second start over to the window that is open, and ends it.
pub fn one_window() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|app, arguments, _| come(app, cli::asked_place(&arguments)))
}

/// Brings the window to the front, and to a place if one was asked for.
fn come(app: &AppHandle, place: Option<Place>) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!("the window could not be brought to the front: {error}");
    }
    if let Some(place) = place
        && let Err(error) = GoAsked(place).emit(app)
    {
        tracing::warn!("the window could not be told where to go: {error}");
    }
}

/// Puts the places into the menu bar. Only where one belongs to the system: elsewhere it would stand in the window.
pub fn fill_menu_bar(app: &AppHandle) -> tauri::Result<()> {
    let menu = Menu::default(app)?;
    // Before "Window" and "Help", where such a menu is looked for.
    let at = menu.items()?.len().saturating_sub(2);
    menu.insert(&places(app)?, at)?;
    app.set_menu(menu)?;
    app.on_menu_event(|app, chosen| {
        let place = Place::ALL.into_iter().find(|place| place.name() == chosen.id().as_ref());
        if place.is_some() {
            come(app, place);
        }
    });
    Ok(())
}

fn places(app: &AppHandle) -> tauri::Result<Submenu<Wry>> {
    let mut menu = SubmenuBuilder::new(app, "Go");
    for place in Place::ALL {
        menu = menu.item(&MenuItemBuilder::with_id(place.name(), place.title()).build(app)?);
    }
    menu.build()
}
