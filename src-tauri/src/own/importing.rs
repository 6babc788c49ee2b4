//! Import in two steps: look at what is there, then take it in. Between the two nothing is read again, so that what was
//! shown is what is imported.

use super::{Change, Looked, Step, root, vacant};
use crate::failure::{Code, Failure, Outcome};
use crate::figures::count;
use crate::ipc::ImportProgress;
use crate::state::Aloud;
use crate::views::own::{ImportRow, ImportSection, ImportView, ImportedView, OwnPack, SkipRow};
use aloud_packs::import::{Import, Skip, gather, read};
use aloud_packs::personal::{Merged, Personal, Stopped};
use aloud_practice::pack::Pack;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;
use tauri::AppHandle;
use tauri_specta::Event as _;

/// More rows than this would only be scrolled past.
const LISTED: usize = 1_000;

/// Finds the questions in a file or folder and keeps them for [`import`].
pub fn look(aloud: &Aloud, path: &str) -> Outcome<ImportView> {
    let path = path.trim();
    if path.is_empty() {
        return Err(Failure::coded(Code::Refused, "Choose a file or a folder first."));
    }
    let gathered = gather(Path::new(path)).map_err(|error| Failure::coded(Code::Refused, error))?;
    let files: Vec<String> = gathered.files.iter().map(|file| file.name.clone()).collect();
    let mut import = read(&gathered.files);
    import.skipped.extend(gathered.skipped);
    import.skipped.sort();
    let view = view(aloud, path, &files, &import);
    *aloud.own.looked() = view.refusal.is_none().then(|| Looked { path: path.to_owned(), files, import });
    Ok(view)
}

fn view(aloud: &Aloud, path: &str, files: &[String], import: &Import) -> ImportView {
    let mut sections: Vec<ImportSection> = Vec::new();
    for found in import.questions.iter().take(LISTED) {
        let title = found.path.join(" › ");
        if sections.last().is_none_or(|section| section.title != title) {
            sections.push(ImportSection { title, questions: Vec::new() });
        }
        if let Some(section) = sections.last_mut() {
            section.questions.push(ImportRow {
                line: count(found.line),
                text: found.text.clone(),
                answered: found.is_answered(),
                probes: count(found.probes.len()),
            });
        }
    }
    let several = files.len() > 1;
    let skipped =
        import.skipped.iter().map(|skip| SkipRow { place: place(skip, several), why: skip.why.clone() });
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let own = aloud.shelf.own();
    let packs: Vec<_> = aloud.shelf.packs().into_iter().filter(|pack| own.contains_key(&pack.id)).collect();
    let known = packs.iter().find(|pack| came_from(pack, path, files)).map(|pack| pack.id.clone());
    ImportView {
        path: path.to_owned(),
        title: import.title.clone().or(stem).unwrap_or_default(),
        questions: count(import.questions.len()),
        with_answers: count(import.with_answers()),
        sections,
        unlisted: count(import.questions.len().saturating_sub(LISTED)),
        skipped: skipped.collect(),
        refusal: import.refusal(path),
        packs: packs.iter().map(|pack| OwnPack { id: pack.id.clone(), title: pack.title.clone() }).collect(),
        known,
    }
}

fn place(skip: &Skip, several: bool) -> String {
    if several { format!("{}, line {}", skip.file, skip.line) } else { format!("line {}", skip.line) }
}

fn came_from(pack: &Pack, path: &str, files: &[String]) -> bool {
    let inside = format!("{}/", path.trim_end_matches('/'));
    let mut origins = pack.bank().filter_map(|(_, _, question)| question.origin.as_ref());
    origins.any(|origin| files.contains(&origin.file) || origin.file.starts_with(&inside))
}

/// Takes in what was looked at last: into `pack`, or into a new one of this title.
pub fn import(app: &AppHandle, aloud: &Aloud, pack: Option<&str>, title: &str) -> Outcome<ImportedView> {
    let looked = aloud.own.looked();
    let Some(looked) = looked.as_ref() else {
        return Err(Failure::coded(
            Code::Refused,
            "There is nothing to import yet. Choose a file or a folder first.",
        ));
    };
    aloud.own.cancelled.store(false, Ordering::Release);
    let title = if title.trim().is_empty() { "My questions" } else { title.trim() };
    let (id, root, before) = if let Some(id) = pack {
        let root = root(aloud, id)?;
        let before = Personal::open(&root)?.ok_or_else(|| Failure::not_found("pack"))?;
        (id.to_owned(), root, Some(before))
    } else {
        let (id, root) = vacant(aloud, title)?;
        (id, root, None)
    };
    let mut after = before.clone().unwrap_or_else(|| Personal::new(&id, title, "en"));
    let today = aloud.wall.here().date().to_string();
    let mut progress = |done: u64, of: u64| {
        if aloud.own.cancelled.load(Ordering::Acquire) {
            return ControlFlow::Break(());
        }
        // A window that is closing does not listen any more.
        let _ = ImportProgress { done: count(done as usize), of: count(of as usize) }.emit(app);
        ControlFlow::Continue(())
    };
    let merged = after.take_in(&looked.import, &looked.path, &looked.files, &today, &mut progress);
    let merged = merged.map_err(|stopped| match stopped {
        Stopped::Cancelled => Failure::coded(Code::Refused, stopped),
        Stopped::Trouble(trouble) => trouble.into(),
    })?;
    after.save(&root, before.as_ref())?;
    if let Some(before) = before.filter(|before| *before != after) {
        let change = Change::Texts { before, after };
        aloud.own.remember(Step { pack: id.clone(), what: "the import".into(), change });
    }
    aloud.shelf.read_packs();
    Ok(imported(&*aloud.shelf.pack(&id)?, &merged))
}

fn imported(pack: &Pack, merged: &Merged) -> ImportedView {
    let titles = |ids: &[String]| {
        ids.iter().filter_map(|id| pack.question(id)).map(|question| question.title.clone()).collect()
    };
    ImportedView {
        pack: pack.id.clone(),
        title: pack.title.clone(),
        added: count(merged.added.len()),
        updated: count(merged.updated.len()),
        unchanged: count(merged.unchanged),
        kept: titles(&merged.kept),
        gone: titles(&merged.gone),
    }
}
