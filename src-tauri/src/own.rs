//! The person's own packs: where they are kept, and what is done to them one step at a time.

mod importing;

pub use importing::{import, look};

use crate::failure::{Code, Failure, Outcome};
use crate::state::Aloud;
use crate::views::own::{EditorGroup, EditorRow, EditorSection, EditorView};
use crate::views::revealed::WordingView;
use aloud_packs::import::Import;
use aloud_packs::personal::{Personal, Place, StoreError, Trouble, Wording, fresh_id};
use aloud_practice::pack::{Pack, Question};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many steps can be taken back.
const STEPS: usize = 50;

/// What is going on with the person's own packs.
#[derive(Default)]
pub struct Own {
    steps: Mutex<Vec<Step>>,
    looked: Mutex<Option<Looked>>,
    cancelled: AtomicBool,
}

/// A change that can be taken back.
struct Step {
    pack: String,
    /// What it was, in words that follow "Undo: ".
    what: String,
    change: Change,
}

enum Change {
    /// The texts of a personal pack before and after.
    Texts { before: Personal, after: Personal },
    /// A question of a published pack was hidden or shown.
    Hidden { question: String, was: bool },
}

/// What was looked at and can be imported.
struct Looked {
    path: String,
    files: Vec<String>,
    import: Import,
}

impl Own {
    fn steps(&self) -> MutexGuard<'_, Vec<Step>> {
        // Steps are pushed and popped whole; a panic elsewhere leaves at worst one too few.
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn looked(&self) -> MutexGuard<'_, Option<Looked>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, step: Step) {
        let mut steps = self.steps();
        steps.push(step);
        let more = steps.len().saturating_sub(STEPS);
        steps.drain(..more);
    }

    /// Breaks an import off.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::coded(Code::Refused, trouble)
    }
}

/// The folder of a personal pack.
fn root(aloud: &Aloud, pack: &str) -> Outcome<PathBuf> {
    let read_only = || {
        Failure::coded(
            Code::Refused,
            "This pack is read-only. Import its questions into a pack of your own to change them.",
        )
    };
    aloud.shelf.pack(pack)?;
    aloud.shelf.own().remove(pack).ok_or_else(read_only)
}

/// Changes a personal pack, remembers the step and reads the packs anew.
fn change<T>(
    aloud: &Aloud,
    pack: &str,
    what: &str,
    work: impl FnOnce(&mut Personal) -> Result<T, Trouble>,
) -> Outcome<T> {
    let root = root(aloud, pack)?;
    let before = Personal::open(&root)?.ok_or_else(|| Failure::not_found("pack"))?;
    let mut after = before.clone();
    let done = work(&mut after)?;
    if after != before {
        after.save(&root, Some(&before))?;
        let change = Change::Texts { before, after };
        aloud.own.remember(Step { pack: pack.to_owned(), what: what.to_owned(), change });
        aloud.shelf.read_packs();
    }
    Ok(done)
}

/// Makes a pack without questions.
pub fn new_pack(aloud: &Aloud, title: &str) -> Outcome<String> {
    if title.trim().is_empty() {
        return Err(Failure::coded(Code::Refused, "The pack has no title yet. Give it one."));
    }
    let (id, root) = vacant(aloud, title)?;
    Personal::new(&id, title, "en").save(&root, None)?;
    aloud.shelf.read_packs();
    Ok(id)
}

/// An id and a folder that no pack has.
fn vacant(aloud: &Aloud, title: &str) -> Outcome<(String, PathBuf)> {
    let folder = aloud.shelf.own_packs();
    std::fs::create_dir_all(&folder).map_err(|error| {
        Failure::new(format!(
            "The library's folder for packs could not be made: {error}. Check its permissions."
        ))
    })?;
    let mut taken: BTreeSet<String> = aloud.shelf.packs().iter().map(|pack| pack.id.clone()).collect();
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    taken.extend(entries.filter_map(|entry| entry.file_name().into_string().ok()));
    let id = fresh_id(title, &mut taken);
    let root = folder.join(&id);
    Ok((id, root))
}

/// A pack as it is edited.
pub fn editor(aloud: &Aloud, pack: &str) -> Outcome<EditorView> {
    let pack = aloud.shelf.pack(pack)?;
    let personal = aloud.shelf.own().contains_key(&pack.id);
    let undo = aloud.own.steps().iter().rfind(|step| step.pack == pack.id).map(|step| step.what.clone());
    let sections = pack.sections.iter().map(|section| EditorSection {
        title: section.title.clone(),
        groups: section
            .groups
            .iter()
            .map(|group| EditorGroup {
                title: group.title.clone(),
                questions: group.questions.iter().map(row).collect(),
            })
            .collect(),
    });
    let sections = sections.collect();
    Ok(EditorView { pack: pack.id.clone(), title: pack.title.clone(), personal, sections, undo })
}

fn row(question: &Question) -> EditorRow {
    let origin = question.origin.as_ref().map(|origin| {
        let file = origin.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let gone =
            origin.gone.as_ref().map(|day| format!(", gone from there since {day}")).unwrap_or_default();
        format!("from {file}, line {}, imported {}{gone}", origin.line, origin.imported)
    });
    EditorRow {
        id: question.id.clone(),
        title: question.title.clone(),
        hidden: question.hidden,
        answered: !question.sealed.answer.is_empty() || !question.sealed.key_points.is_empty(),
        origin,
    }
}

fn find<'a>(pack: &'a Pack, id: &str) -> Outcome<&'a Question> {
    let mut bank = pack.bank().map(|(_, _, question)| question);
    bank.find(|question| question.id == id).ok_or_else(|| Failure::not_found("question"))
}

/// The words of a question, with its answer.
pub fn wording(aloud: &Aloud, pack: &str, question: &str) -> Outcome<WordingView> {
    root(aloud, pack)?;
    let pack = aloud.shelf.pack(pack)?;
    let words = Wording::of(find(&pack, question)?);
    Ok(WordingView {
        title: words.title,
        prompt: words.prompt,
        answer: words.answer,
        key_points: words.key_points,
        probes: words.probes,
        seconds: words.seconds,
    })
}

/// Words a question anew or adds one.
pub fn save(
    aloud: &Aloud,
    pack: &str,
    question: Option<&str>,
    (section, group): (String, String),
    words: WordingView,
) -> Outcome<EditorView> {
    let words = Wording {
        title: words.title,
        prompt: words.prompt,
        answer: words.answer,
        key_points: words.key_points,
        probes: words.probes,
        seconds: words.seconds,
    };
    if let Some(id) = question {
        change(aloud, pack, "the edit", |personal| personal.edit(id, &words))?;
    } else {
        let place = Place { section, group };
        change(aloud, pack, "the new question", |personal| personal.add(&place, &words).map(drop))?;
    }
    editor(aloud, pack)
}

/// Moves a question.
pub fn shift(aloud: &Aloud, pack: &str, question: &str, steps: i32) -> Outcome<EditorView> {
    change(aloud, pack, "the move", |personal| personal.shift(question, steps))?;
    editor(aloud, pack)
}

/// Hides a question or shows it again; published packs are left as they are, and the library remembers.
pub fn hide(aloud: &Aloud, pack: &str, question: &str, hidden: bool) -> Outcome<EditorView> {
    let what = if hidden { "the hiding" } else { "the showing" };
    if aloud.shelf.own().contains_key(pack) {
        change(aloud, pack, what, |personal| personal.hide(question, hidden))?;
    } else {
        let held = aloud.shelf.pack(pack)?;
        let was = find(&held, question)?.hidden;
        if was != hidden {
            aloud.shelf.hide(pack, question, hidden)?;
            let change = Change::Hidden { question: question.to_owned(), was };
            aloud.own.remember(Step { pack: pack.to_owned(), what: what.to_owned(), change });
        }
    }
    editor(aloud, pack)
}

/// Takes the latest change to a pack back.
pub fn undo(aloud: &Aloud, pack: &str) -> Outcome<EditorView> {
    let step = {
        let mut steps = aloud.own.steps();
        let at = steps.iter().rposition(|step| step.pack == pack);
        at.map(|at| steps.remove(at))
    };
    let Some(step) = step else {
        return Err(Failure::coded(Code::Refused, "There is nothing to take back."));
    };
    match step.change {
        Change::Hidden { question, was } => aloud.shelf.hide(pack, &question, was)?,
        Change::Texts { before, after } => {
            let root = root(aloud, pack)?;
            if Personal::open(&root)?.as_ref() != Some(&after) {
                let say = "The pack was changed outside Aloud since then, so nothing was taken back.";
                return Err(Failure::coded(Code::Refused, say));
            }
            before.save(&root, Some(&after))?;
            aloud.shelf.read_packs();
        }
    }
    editor(aloud, pack)
}
