//! Reports of the window: they lie in the library's folder `reports`, each under a name of its own.

use super::{About, Wanted, write_beside};
use crate::failure::{Failure, Outcome};
use crate::state::Aloud;
use crate::views::report::{ReportWish, ReportWritten};
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

/// Where reports lie.
pub fn folder(aloud: &Aloud) -> PathBuf {
    aloud.library_folder().join("reports")
}

/// Writes a report there.
pub fn for_window(aloud: &Aloud, wish: &ReportWish) -> Outcome<ReportWritten> {
    let about = match &wish.session {
        Some(id) => About::Session(id.clone()),
        None => About::Period(day(wish.from.as_deref())?, day(wish.to.as_deref())?),
    };
    let wanted = Wanted { about, format: wish.format, audio: wish.audio };
    let folder = folder(aloud);
    let file = write_beside(aloud, &wanted, &folder, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(ReportWritten {
        name: file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        folder: folder.display().to_string(),
    })
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
