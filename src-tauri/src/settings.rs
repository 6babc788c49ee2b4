//! The person's choices, and what is stored where.

use crate::failure::{Failure, Outcome};
use crate::shelf::Shelf;
use crate::state::Aloud;
use crate::views::settings::{Settings, SettingsView};
use aloud_audio::PAUSE_MS;
use aloud_library::Library;

const KEY: &str = "settings";

/// Sizes of the window's contents that can be chosen, in percent.
const ZOOM: std::ops::RangeInclusive<u32> = 75..=200;

/// The choices as they are; defaults where there are none or the library cannot be read.
pub fn current(shelf: &Shelf) -> Settings {
    shelf.with(|library| library.setting(KEY)).ok().flatten().unwrap_or_default()
}

/// Stores choices.
pub fn store(shelf: &Shelf, settings: &Settings) -> Outcome<()> {
    shelf.with(|library| library.set_setting(KEY, settings))
}

/// What Settings shows.
pub fn view(aloud: &Aloud) -> SettingsView {
    let shelf = &aloud.shelf;
    let folder = shelf.folder();
    let takes = shelf.with(|library| library.count_takes()).unwrap_or(0);
    let usage = Library::usage(&folder);
    let sound = usage.wav.bytes + usage.flac.bytes;
    SettingsView {
        settings: current(shelf),
        library: folder.display().to_string(),
        takes,
        sound_bytes: sound as f64,
        data_bytes: (usage.bytes() - sound) as f64,
        free_bytes: fs4::available_space(&folder).unwrap_or(0) as f64,
        pack_folders: shelf.pack_folders().iter().map(|folder| folder.display().to_string()).collect(),
        version: env!("CARGO_PKG_VERSION").into(),
    }
}

/// Checks and stores choices.
pub fn save(aloud: &Aloud, settings: &Settings) -> Outcome<SettingsView> {
    if !(5..=240).contains(&settings.minutes_a_day) {
        return Err(Failure::new("Choose between 5 and 240 minutes a day."));
    }
    if settings.thinking_drill_s > 600 || settings.thinking_mock_s > 600 {
        return Err(Failure::new("Thinking time is at most ten minutes."));
    }
    if !ZOOM.contains(&settings.zoom) {
        return Err(Failure::new(format!("The size is between {} and {} %.", ZOOM.start(), ZOOM.end())));
    }
    if !PAUSE_MS.contains(&settings.pause_ms) {
        let (least, most) = (PAUSE_MS.start(), PAUSE_MS.end());
        return Err(Failure::new(format!("The shortest pause is between {least} and {most} ms.")));
    }
    if let Some(date) = &settings.interview_date
        && date.parse::<jiff::civil::Date>().is_err()
    {
        return Err(Failure::new("The interview date is not a date. Choose it from the calendar."));
    }
    store(&aloud.shelf, settings)?;
    Ok(view(aloud))
}
