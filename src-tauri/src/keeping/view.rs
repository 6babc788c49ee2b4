//! What the window is told about the library.

use super::{TRASH_DAYS, backup, compaction, moving};
use crate::state::Aloud;
use crate::views::keeping::{Amount, LibraryView, PartRow, TrashRow};
use aloud_library::{Library, Removal, Trashed};

/// Everything about the library.
pub fn view(aloud: &Aloud) -> LibraryView {
    let shelf = &aloud.shelf;
    let folder = shelf.folder();
    let usage = Library::usage(&folder);
    let backup_folder = backup::folder(shelf);
    let trash = shelf.with(|library| library.trash()).unwrap_or_default();
    let parts = [
        ("Takes", "What you said, as WAV.", usage.wav),
        ("Compacted takes", "What you said, as FLAC: the same sound, smaller.", usage.flac),
        ("Waveforms", "Made again when they are missing.", usage.peaks),
        ("Database", "Sessions, grades, notes and your choices.", usage.database),
        ("Your packs", "Questions of your own.", usage.packs),
        ("Dated copies", "Copies of the database, made once a day and thinned.", usage.backups),
        ("Trash", "What you deleted and can still bring back.", usage.trash),
        ("Other files", "The search index and whatever else is in the folder.", usage.other),
    ];
    LibraryView {
        folder: folder.display().to_string(),
        trouble: shelf.trouble(),
        free_bytes: fs4::available_space(&folder).unwrap_or(0),
        bytes: usage.bytes(),
        parts: parts
            .into_iter()
            .filter(|(_, _, amount)| amount.files > 0)
            .map(|(name, about, amount)| PartRow {
                name: name.into(),
                about: about.into(),
                amount: told(amount),
            })
            .collect(),
        compact_after_days: compaction::chosen(shelf),
        wav: told(usage.wav),
        backups: backup::rows(aloud, backup_folder.as_deref()),
        backup_folder: backup_folder.map(|folder| folder.display().to_string()),
        trash: trash.iter().map(|trashed| trash_row(aloud, trashed)).collect(),
        trash_days: u32::try_from(TRASH_DAYS).unwrap_or(u32::MAX),
        moved_from: moving::moved_from(shelf).map(|folder| folder.display().to_string()),
        given: aloud.given,
        usual_folder: aloud_library::usual_folder().display().to_string(),
    }
}

fn told(amount: aloud_library::Amount) -> Amount {
    Amount { files: amount.files, bytes: amount.bytes }
}

fn trash_row(aloud: &Aloud, trashed: &Trashed) -> TrashRow {
    let gone_for = aloud.wall.now().duration_since(trashed.at).as_hours() / 24;
    TrashRow {
        take: trashed.take.clone(),
        title: trashed.title.clone(),
        sound_only: trashed.what == Removal::Sound,
        when: aloud.wall.tell(trashed.at),
        bytes: trashed.bytes,
        days_left: u32::try_from(TRASH_DAYS - gone_for).unwrap_or(0),
    }
}
