//! Whole backups: making one, looking into one, restoring one beside.

use super::{check_room, whole_path};
use crate::failure::{Code, Failure, Outcome};
use crate::figures::{length, plural, size};
use crate::shelf::Shelf;
use crate::state::Aloud;
use crate::views::keeping::{BackupKind, BackupRow, BackupView, WorkKind, WorkView};
use crate::wall::Wall;
use aloud_library::{Backup, Contents, DatabaseCopy, Holdings, Library};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FOLDER: &str = "backup_folder";

/// The folder whole backups went to last.
pub(super) fn folder(shelf: &Shelf) -> Option<PathBuf> {
    shelf.with(|library| library.setting(FOLDER)).ok().flatten()
}

/// Writes everything into one file in a folder.
pub fn start_backup(aloud: &Aloud, folder: &str) -> Outcome<WorkView> {
    let folder = whole_path(folder)?;
    if !folder.is_dir() {
        let say = format!("There is no folder {}. Choose one that exists.", folder.display());
        return Err(Failure::coded(Code::Refused, say));
    }
    let library = aloud.shelf.folder();
    if folder
        .canonicalize()
        .ok()
        .zip(library.canonicalize().ok())
        .is_some_and(|(to, own)| to.starts_with(own))
    {
        let say = "That folder is inside the library. Choose another one, best on another disk.";
        return Err(Failure::coded(Code::Refused, say));
    }
    let usage = Library::usage(&library);
    check_room(&folder, usage.wav.bytes + usage.flac.bytes + usage.packs.bytes + usage.database.bytes)?;
    aloud.shelf.with(|library| library.set_setting(FOLDER, &folder))?;
    let name = format!("aloud-{}.zip", aloud.wall.here().strftime("%Y-%m-%d-%H%M%S"));
    let (shelf, now) = (Arc::clone(&aloud.shelf), aloud.wall.now());
    aloud.work.start(WorkKind::Backup, "Backing up", move |progress| {
        let file = folder.join(name);
        // The library is needed for this moment only.
        let snapshot = shelf.with(|library| library.snapshot())?;
        let contents = snapshot.write(&file, env!("CARGO_PKG_VERSION"), now, progress)?;
        Ok(format!("{} holds {}. It was read back and is whole.", file.display(), whole(&contents)))
    })
}

/// Looks into a backup without unpacking it.
pub fn inspect(aloud: &Aloud, file: &str) -> Outcome<BackupView> {
    let file = whole_path(file)?;
    let suggested = suggested(&aloud.shelf.folder(), &file);
    if let Some(copy) = copy_at(&file) {
        let row = copy_row(&copy, &aloud.wall);
        let holds = copy.holds.ok_or_else(|| {
            Failure::new(format!("{} cannot be read. It is damaged; use another backup.", file.display()))
        })?;
        let mut lines = lines(&holds, &aloud.wall);
        lines.push("No sound: takes that are still in the library get theirs from there.".into());
        return Ok(BackupView { row, lines, suggested });
    }
    let backup = Backup::open(&file)?;
    let contents = backup.contents();
    let mut told = vec![format!(
        "Made {} on {} by Aloud {}.",
        aloud.wall.tell(contents.made_at),
        contents.device_name,
        contents.app_version
    )];
    told.extend(lines(&contents.holds, &aloud.wall));
    told.push(format!("{} of sound in {}.", size(contents.sound_bytes), plural(contents.sounds, "file")));
    if contents.packs > 0 {
        told.push(format!("{} of your own.", plural(contents.packs, "pack")));
    }
    Ok(BackupView { row: whole_row(&file, contents, &aloud.wall), lines: told, suggested })
}

/// Reads every byte of a backup and says whether it is whole.
pub fn start_check(aloud: &Aloud, file: &str) -> Outcome<WorkView> {
    let file = whole_path(file)?;
    aloud.work.start(WorkKind::Check, "Checking a backup", move |progress| {
        if copy_at(&file).is_some() {
            Library::check_copy(&file)?;
        } else {
            Backup::open(&file)?.verify(progress)?;
        }
        Ok(format!("{} is whole: every byte is as it was written.", file.display()))
    })
}

/// Restores a backup into a new folder.
pub fn start_restore(aloud: &Aloud, file: &str, to: &str) -> Outcome<WorkView> {
    let (file, to) = (whole_path(file)?, whole_path(to)?);
    let takes = aloud.shelf.folder().join("takes");
    let mut bytes = file.metadata().map_or(0, |data| data.len());
    if copy_at(&file).is_some() {
        // The sounds of its takes come from the library.
        let usage = Library::usage(&aloud.shelf.folder());
        bytes += usage.wav.bytes + usage.flac.bytes;
    }
    check_room(&to, bytes)?;
    aloud.work.start(WorkKind::Restore, "Restoring a backup", move |progress| {
        if copy_at(&file).is_some() {
            Library::restore_copy(&file, &takes, &to, progress)?;
        } else {
            Backup::open(&file)?.restore(&to, progress)?;
        }
        Ok(format!("The backup is restored in {}. Your library is as it was.", to.display()))
    })
}

/// The copy of the database this file is, if it is one.
fn copy_at(file: &Path) -> Option<DatabaseCopy> {
    let folder = file.parent()?;
    Library::database_copies(folder).into_iter().find(|copy| copy.file == file)
}

/// A new folder beside the library.
fn suggested(library: &Path, file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = library.parent().unwrap_or(library);
    let name = format!("aloud-restored-{}", stem.trim_start_matches("aloud-"));
    let fresh = (1..100).map(|n| if n == 1 { name.clone() } else { format!("{name}-{n}") });
    let free = fresh.map(|name| beside.join(name)).find(|folder| !folder.exists());
    free.unwrap_or_else(|| beside.join(&name)).display().to_string()
}

/// The backups that are known: dated copies in the library, whole ones in the folder they went to last.
pub(super) fn rows(aloud: &Aloud, folder: Option<&Path>) -> Vec<BackupRow> {
    let copies = Library::database_copies(&aloud.shelf.folder().join("backups"));
    let mut rows: Vec<(jiff::Timestamp, BackupRow)> =
        copies.iter().map(|copy| (moment(copy, &aloud.wall), copy_row(copy, &aloud.wall))).collect();
    let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let zips = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "zip"));
    for file in zips {
        if let Ok(backup) = Backup::open(&file) {
            rows.push((backup.contents().made_at, whole_row(&file, backup.contents(), &aloud.wall)));
        }
    }
    rows.sort_by_key(|(made, _)| std::cmp::Reverse(*made));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn moment(copy: &DatabaseCopy, wall: &Wall) -> jiff::Timestamp {
    copy.made
        .to_zoned(wall.here().time_zone().clone())
        .map_or(jiff::Timestamp::UNIX_EPOCH, |made| made.timestamp())
}

fn copy_row(copy: &DatabaseCopy, wall: &Wall) -> BackupRow {
    BackupRow {
        file: copy.file.display().to_string(),
        kind: if copy.before_format { BackupKind::BeforeFormat } else { BackupKind::Copy },
        when: wall.tell(moment(copy, wall)),
        bytes: copy.bytes,
        holds: copy.holds.as_ref().map(short),
    }
}

fn whole_row(file: &Path, contents: &Contents, wall: &Wall) -> BackupRow {
    BackupRow {
        file: file.display().to_string(),
        kind: BackupKind::Whole,
        when: wall.tell(contents.made_at),
        bytes: file.metadata().map_or(0, |data| data.len()),
        holds: Some(whole(contents)),
    }
}

fn short(holds: &Holdings) -> String {
    format!(
        "{}, {}, {}",
        plural(holds.takes, "take"),
        plural(holds.grades, "grade"),
        plural(holds.notes, "note")
    )
}

fn whole(contents: &Contents) -> String {
    format!("{}, {} of sound", short(&contents.holds), size(contents.sound_bytes))
}

fn lines(holds: &Holdings, wall: &Wall) -> Vec<String> {
    let mut lines = vec![
        format!(
            "{} in {}, {} spoken.",
            plural(holds.takes, "take"),
            plural(holds.sessions, "session"),
            length(holds.spoken_s)
        ),
        format!("{}, {}.", plural(holds.grades, "grade"), plural(holds.notes, "note")),
    ];
    if let Some(newest) = holds.newest {
        lines.push(format!("The newest take: {}.", wall.tell(newest)));
    }
    lines
}
