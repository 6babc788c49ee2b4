//! What is opened outside the app: links and folders, by the system's own means.

use crate::failure::{Failure, Outcome};
use std::path::Path;

/// Opens an `https` address in the browser. Anything else is refused: packs are written by strangers.
pub fn open_link(url: &str) -> Outcome<()> {
    let parsed = tauri::Url::parse(url).ok().filter(|url| url.scheme() == "https" && url.host().is_some());
    let Some(url) = parsed else {
        return Err(Failure::new("Only links that start with https:// are opened."));
    };
    open::that_detached(url.as_str())
        .map_err(|_| Failure::new("The browser could not be started. Copy the link instead."))
}

/// Opens a report in whatever shows such files: the browser for HTML.
pub fn open_report(file: &Path) -> Outcome<()> {
    open::that_detached(file).map_err(|_| {
        Failure::new(format!("The report could not be opened. It is kept as {}.", file.display()))
    })
}

/// Opens a folder in the file manager.
pub fn open_folder(folder: &Path) -> Outcome<()> {
    open::that_detached(folder).map_err(|_| {
        Failure::new(format!("The file manager could not be started. The folder is {}.", folder.display()))
    })
}
