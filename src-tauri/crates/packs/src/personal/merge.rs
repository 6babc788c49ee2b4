//! Taking an import into a personal pack: new questions are added, known ones brought up to date, none is lost or doubled.

mod matching;
mod similarity;
mod written;

use self::matching::Matching;
use self::written::{place, print_of, written};
use super::edit::{Place, whole_chapter};
use super::{Personal, Trouble, fresh_id, render};
use crate::import::{Found, Import, Skip};
use aloud_practice::pack::{Origin, Pack, Question};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;

/// What an import changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// Ids of new questions.
    pub added: Vec<String>,
    /// Ids of questions whose words or answer were brought up to date.
    pub updated: Vec<String>,
    /// Ids of questions that the person has edited since; theirs was kept.
    pub kept: Vec<String>,
    /// How many were there already, word for word.
    pub unchanged: usize,
    /// Ids of questions that the source does not hold any more; they stay, marked.
    pub gone: Vec<String>,
    /// What could not be written, and why.
    pub skipped: Vec<Skip>,
}

/// Why taking an import in did not happen; the pack is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// Asked to stop.
    #[error("The import was cancelled. Nothing has changed.")]
    Cancelled,
    /// It cannot be done.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

/// How often progress is told, in questions.
const STEP: usize = 64;
/// A question of the pack that came from an import.
struct Known<'a> {
    question: &'a Question,
    origin: &'a Origin,
}

impl Personal {
    /// Takes `import` in; `source` is the file or folder as the person named it, `files` everything that was read there.
    /// `day` is today, as `2026-11-22`. `progress` is told how many questions are done of how many.
    pub fn take_in(
        &mut self,
        import: &Import,
        source: &str,
        files: &[String],
        day: &str,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Merged, Stopped> {
        let before = self.texts.clone();
        let done = self.merge(import, source, files, day, progress);
        if done.is_err() {
            self.texts = before;
        }
        done
    }

    fn merge(
        &mut self,
        import: &Import,
        source: &str,
        files: &[String],
        day: &str,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Merged, Stopped> {
        let pack = self.pack()?;
        let mut taken = Self::ids(&pack);
        let known: Vec<Known<'_>> = pack
            .bank()
            .filter_map(|(_, _, question)| Some(Known { question, origin: question.origin.as_ref()? }))
            .collect();
        let matches = Matching::new(&known, import).run();
        let mut changes = Changes { pack: &pack, day, texts: BTreeMap::new(), merged: Merged::default() };
        let mut fresh: Vec<(Place, Question)> = Vec::new();
        let total = import.questions.len() as u64;
        for (at, found) in import.questions.iter().enumerate() {
            if at % STEP == 0 && progress(at as u64, total).is_break() {
                return Err(Stopped::Cancelled);
            }
            if let Some(old) = matches.get(&at).map(|at| &known[*at]) {
                changes.update(old, found);
            } else {
                let id = fresh_id(&found.text, &mut taken);
                if let Some(question) = written(found, &id, day, None) {
                    changes.merged.added.push(id);
                    fresh.push((place(found, import), question));
                } else {
                    let why = "the question cannot be written as Markdown that is read back as it was";
                    let skip = Skip { file: found.file.clone(), line: found.line, why: why.into() };
                    changes.merged.skipped.push(skip);
                }
            }
        }
        let matched: HashSet<usize> = matches.values().copied().collect();
        changes.mark_gone(&known, &matched, source, files)?;
        let Changes { texts, merged, .. } = changes;
        self.write_changes(&texts);
        self.write_fresh(fresh, &mut taken)?;
        if progress(total, total).is_break() {
            return Err(Stopped::Cancelled);
        }
        self.pack()?;
        Ok(merged)
    }

    fn write_changes(&mut self, changes: &BTreeMap<String, String>) {
        for path in self.group_paths() {
            let mut group = self.split(&path);
            let mut changed = false;
            for chapter in &mut group.chapters {
                if let Some(text) = changes.get(&chapter.id) {
                    chapter.text = format!("{}\n\n", text.trim_end());
                    changed = true;
                }
            }
            if changed {
                group.settle();
                self.texts.insert(path, group.join());
            }
        }
    }

    fn write_fresh(
        &mut self,
        fresh: Vec<(Place, Question)>,
        taken: &mut BTreeSet<String>,
    ) -> Result<(), Trouble> {
        // Consecutive questions of one place are written together.
        let mut at = 0;
        while at < fresh.len() {
            let place = &fresh[at].0;
            let path = self.group(place, taken)?;
            let mut text = self.texts.get(&path).cloned().unwrap_or_default();
            let mut group_is_small = true;
            while at < fresh.len() && fresh[at].0 == *place && group_is_small {
                let chapter = render::chapter(&fresh[at].1, None);
                if !text.ends_with("\n\n") {
                    text.truncate(text.trim_end().len());
                    text.push_str("\n\n");
                }
                text.push_str(chapter.trim_end());
                text.push('\n');
                at += 1;
                group_is_small = text.len() < super::groups::FULL;
            }
            self.texts.insert(path, text);
        }
        Ok(())
    }
}

/// What an import does to questions that are known: new texts by id, and what is told of them.
struct Changes<'a> {
    pack: &'a Pack,
    day: &'a str,
    texts: BTreeMap<String, String>,
    merged: Merged,
}

impl Changes<'_> {
    /// Brings a known question up to date with what was found of it, unless the person has edited it.
    fn update(&mut self, old: &Known<'_>, found: &Found) {
        let id = &old.question.id;
        let Some(new) = written(found, id, self.day, Some(old.question)) else {
            self.merged.unchanged += 1;
            return;
        };
        let Some(new_origin) = &new.origin else { return };
        let same = new_origin.written == old.origin.written;
        let edited = print_of(old.question) != old.origin.written;
        let moved = new_origin.file != old.origin.file
            || new_origin.line != old.origin.line
            || old.origin.gone.is_some();
        if same {
            self.merged.unchanged += 1;
            if moved {
                // Only where it stands has changed.
                let origin = Origin {
                    file: new_origin.file.clone(),
                    line: new_origin.line,
                    gone: None,
                    ..old.origin.clone()
                };
                self.put(&Question { origin: Some(origin), ..old.question.clone() });
            }
        } else if edited {
            self.merged.kept.push(id.clone());
        } else {
            self.merged.updated.push(id.clone());
            self.put(&new);
        }
    }

    fn put(&mut self, question: &Question) {
        if let Ok(text) = whole_chapter(question, Some(self.pack)) {
            self.texts.insert(question.id.clone(), text);
        }
    }

    /// Marks what came from `source` and stands in it no more.
    fn mark_gone(
        &mut self,
        known: &[Known<'_>],
        matched: &HashSet<usize>,
        source: &str,
        files: &[String],
    ) -> Result<(), Trouble> {
        let files: HashSet<&str> = files.iter().map(String::as_str).collect();
        let inside = format!("{}/", source.trim_end_matches('/'));
        for (at, old) in known.iter().enumerate() {
            let ours = files.contains(old.origin.file.as_str())
                || old.origin.file.starts_with(&inside)
                || old.origin.file == source;
            if !ours || matched.contains(&at) || old.origin.gone.is_some() {
                continue;
            }
            let origin = Origin { gone: Some(self.day.to_owned()), ..old.origin.clone() };
            let question = Question { origin: Some(origin), ..old.question.clone() };
            self.texts.insert(question.id.clone(), whole_chapter(&question, Some(self.pack))?);
            self.merged.gone.push(question.id);
        }
        Ok(())
    }
}
