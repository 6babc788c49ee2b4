//! Reports of the window: they lie in the library's folder `reports`, each under a name of its own.

use super::{About, Draft, Wanted};
use crate::failure::{Failure, Outcome};
use crate::state::Aloud;
use crate::views::keeping::WorkKind;
use crate::views::report::{ReportBegun, ReportWish};
use jiff::civil::Date;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Where reports lie.
pub fn folder(aloud: &Aloud) -> PathBuf {
    aloud.shelf.folder().join("reports")
}

/// Reads a report and begins to write it there; with its sound that may take a while.
pub fn start(aloud: &Aloud, wish: &ReportWish) -> Outcome<ReportBegun> {
    let about = match &wish.session {
        Some(id) => About::Session(id.clone()),
        None => About::Period(day(wish.from.as_deref())?, day(wish.to.as_deref())?),
    };
    let wanted = Wanted { about, format: wish.format, audio: wish.audio };
    let folder = folder(aloud);
    let draft = Draft::beside(aloud, &wanted, &folder)?;
    let name = draft.out().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let shelf = Arc::clone(&aloud.shelf);
    let done = format!("The report is written: {name}");
    let work = aloud.work.start(WorkKind::Report, "Writing the report", move |progress| {
        draft.write(&shelf, progress).map(|()| done)
    })?;
    Ok(ReportBegun { name, folder: folder.display().to_string(), work })
}

fn day(text: Option<&str>) -> Outcome<Date> {
    let day = text.and_then(|text| text.parse().ok());
    day.ok_or_else(|| Failure::new("Choose the first and the last day of the period."))
}

/// The report of this name; nothing outside the folder can be named.
pub fn in_folder(aloud: &Aloud, name: &str) -> Outcome<PathBuf> {
    let mut parts = Path::new(name).components();
    let plain = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    let file = folder(aloud).join(name);
    if plain && file.is_file() { Ok(file) } else { Err(Failure::not_found("report")) }
}
