//! Taking an import into a personal pack: new questions are added, known ones brought up to date, none is lost or doubled.

use super::chapters::parse;
use super::edit::{Place, plain_question, whole_chapter};
use super::render::{self, escaped, heading_text};
use super::{Personal, Trouble, digest, fresh_id};
use crate::import::{Found, Import, Skip, normal};
use aloud_practice::pack::{Origin, Pack, Probe, Question};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
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
/// Two wordings of one question share at least this much of their words.
const SIMILAR: f32 = 0.6;
/// Less is enough where the neighbours are the same.
const SIMILAR_IN_PLACE: f32 = 0.3;

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
        let mut merged = Merged::default();
        let mut changes: BTreeMap<String, String> = BTreeMap::new();
        let mut fresh: Vec<(Place, Question)> = Vec::new();
        let total = import.questions.len() as u64;
        for (at, found) in import.questions.iter().enumerate() {
            if at % STEP == 0 && progress(at as u64, total).is_break() {
                return Err(Stopped::Cancelled);
            }
            if let Some(old) = matches.get(&at).map(|at| &known[*at]) {
                update(old, found, &pack, day, &mut changes, &mut merged);
            } else {
                let id = fresh_id(&found.text, &mut taken);
                if let Some(question) = written(found, &id, day, None) {
                    merged.added.push(id);
                    fresh.push((place(found, import), question));
                } else {
                    let why = "the question cannot be written as Markdown that is read back as it was";
                    merged.skipped.push(Skip { file: found.file.clone(), line: found.line, why: why.into() });
                }
            }
        }
        let matched: HashSet<usize> = matches.values().copied().collect();
        mark_gone(&known, &matched, source, files, &pack, day, &mut changes, &mut merged)?;
        self.write_changes(&changes);
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
                group_is_small = text.len() < super::edit::FULL;
            }
            self.texts.insert(path, text);
        }
        Ok(())
    }
}

/// Where a new question goes.
fn place(found: &Found, import: &Import) -> Place {
    let stem = found.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let whole = import.title.clone().unwrap_or_else(|| stem.to_owned());
    match found.path.split_first() {
        None => Place { section: whole.clone(), group: whole },
        Some((section, [])) => Place { section: section.clone(), group: section.clone() },
        Some((section, rest)) => Place { section: section.clone(), group: rest.join(" › ") },
    }
}

/// The question as it will be read back, with its origin; nothing if it cannot be written.
fn written(found: &Found, id: &str, day: &str, old: Option<&Question>) -> Option<Question> {
    let mut question = draft(found, id, &found.answer);
    if parse(&render::chapter(&question, None)).is_none_or(|back| back.id != id) {
        // As code any answer can be written.
        question = draft(found, id, "");
        question.prompt = escaped(&found.text);
        parse(&render::chapter(&question, None)).filter(|back| back.id == id)?;
    }
    let back = parse(&render::chapter(&question, None))?;
    let mut question = Question { id: id.to_owned(), ..back };
    question.origin = Some(Origin {
        file: found.file.clone(),
        line: found.line,
        imported: day.to_owned(),
        gone: None,
        words: digest(&normal(&found.text)),
        whole: digest(&format!("{}\0{}", normal(&found.text), normal(&found.more))),
        written: print_of(&question),
    });
    if let Some(old) = old {
        // What the person chose for the question stays chosen.
        question.depth = old.depth;
        question.kind = old.kind;
        question.seconds = old.seconds;
        question.optional = old.optional;
        question.hidden = old.hidden;
        question.signals.clone_from(&old.signals);
        question.sibling.clone_from(&old.sibling);
        question.see_also.clone_from(&old.see_also);
        question.sealed.red_flags.clone_from(&old.sealed.red_flags);
        question.sealed.sources.clone_from(&old.sealed.sources);
    }
    let chapter = render::chapter(&question, None);
    parse(&chapter).filter(|back| back.id == id).map(|_| question)
}

fn draft(found: &Found, id: &str, answer: &str) -> Question {
    let words = escaped(&found.text);
    let prompt = if found.more.is_empty() { words } else { format!("{words}\n\n{}", found.more) };
    let mut question = plain_question(id.to_owned(), heading_text(&found.text, "Question"), prompt, answer);
    question.sealed.key_points.clone_from(&found.key_points);
    let probe = |asked: &String| Probe { question: asked.replace("**", ""), reply: String::new() };
    question.sealed.probes = found.probes.iter().map(probe).collect();
    question
}

/// Digest of what an import writes of a question: its words and answer, not what the person chooses for it.
fn print_of(question: &Question) -> String {
    let plain = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
    let mut all = vec![plain(&question.title), plain(&question.prompt)];
    for layer in &question.sealed.answer {
        all.push(plain(&layer.heading));
        all.push(plain(&layer.text));
    }
    all.push("\u{1}".into());
    all.extend(question.sealed.key_points.iter().map(|point| plain(point)));
    all.push("\u{1}".into());
    all.extend(
        question.sealed.probes.iter().map(|probe| plain(&format!("{} {}", probe.question, probe.reply))),
    );
    digest(&all.join("\0"))
}

fn update(
    old: &Known<'_>,
    found: &Found,
    pack: &Pack,
    day: &str,
    changes: &mut BTreeMap<String, String>,
    merged: &mut Merged,
) {
    let id = &old.question.id;
    let Some(new) = written(found, id, day, Some(old.question)) else {
        merged.unchanged += 1;
        return;
    };
    let Some(new_origin) = &new.origin else { return };
    let same = new_origin.written == old.origin.written;
    let edited = print_of(old.question) != old.origin.written;
    let moved =
        new_origin.file != old.origin.file || new_origin.line != old.origin.line || old.origin.gone.is_some();
    let mut put = |question: &Question| {
        if let Ok(text) = whole_chapter(question, Some(pack)) {
            changes.insert(id.clone(), text);
        }
    };
    if same {
        merged.unchanged += 1;
        if moved {
            // Only where it stands has changed.
            let origin = Origin {
                file: new_origin.file.clone(),
                line: new_origin.line,
                gone: None,
                ..old.origin.clone()
            };
            put(&Question { origin: Some(origin), ..old.question.clone() });
        }
    } else if edited {
        merged.kept.push(id.clone());
    } else {
        merged.updated.push(id.clone());
        put(&new);
    }
}

#[allow(clippy::too_many_arguments, reason = "what an import is, and what it changes")]
fn mark_gone(
    known: &[Known<'_>],
    matched: &HashSet<usize>,
    source: &str,
    files: &[String],
    pack: &Pack,
    day: &str,
    changes: &mut BTreeMap<String, String>,
    merged: &mut Merged,
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
        let origin = Origin { gone: Some(day.to_owned()), ..old.origin.clone() };
        let question = Question { origin: Some(origin), ..old.question.clone() };
        changes.insert(question.id.clone(), whole_chapter(&question, Some(pack))?);
        merged.gone.push(question.id);
    }
    Ok(())
}

/// Which found question is which known one.
struct Matching<'a> {
    known: &'a [Known<'a>],
    import: &'a Import,
    words: Vec<String>,
    whole: Vec<String>,
    /// By index of the found question.
    pairs: HashMap<usize, usize>,
    used: HashSet<usize>,
    /// Files that were renamed or moved: new name to old.
    renamed: HashMap<String, String>,
}

impl<'a> Matching<'a> {
    fn new(known: &'a [Known<'a>], import: &'a Import) -> Self {
        let words: Vec<String> = import.questions.iter().map(|found| digest(&normal(&found.text))).collect();
        let whole = import
            .questions
            .iter()
            .map(|found| digest(&format!("{}\0{}", normal(&found.text), normal(&found.more))));
        let whole = whole.collect();
        let mut matching = Self {
            known,
            import,
            words,
            whole,
            pairs: HashMap::new(),
            used: HashSet::new(),
            renamed: HashMap::new(),
        };
        matching.find_renamed();
        matching
    }

    fn run(mut self) -> HashMap<usize, usize> {
        self.same(
            |matching, at| (matching.file(at), matching.whole[at].clone()),
            |old| (old.file.clone(), old.whole.clone()),
        );
        self.same(
            |matching, at| (matching.file(at), matching.words[at].clone()),
            |old| (old.file.clone(), old.words.clone()),
        );
        self.in_place();
        self.similar();
        self.pairs
    }

    /// The name under which a found question's file is known.
    fn file(&self, at: usize) -> String {
        let file = &self.import.questions[at].file;
        self.renamed.get(file).unwrap_or(file).clone()
    }

    /// A file that is new here but holds mostly what one of the same name held is that one, moved.
    fn find_renamed(&mut self) {
        let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut old: HashMap<&str, HashSet<&str>> = HashMap::new();
        for known in self.known {
            old.entry(&known.origin.file).or_default().insert(&known.origin.words);
        }
        let mut new: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (at, found) in self.import.questions.iter().enumerate() {
            new.entry(&found.file).or_default().push(&self.words[at]);
        }
        let mut by_base: HashMap<String, Vec<&str>> = HashMap::new();
        for file in old.keys().filter(|file| !new.contains_key(*file)) {
            by_base.entry(base(file)).or_default().push(file);
        }
        for (file, words) in new.iter().filter(|(file, _)| !old.contains_key(*file)) {
            let candidates = by_base.get(&base(file)).map(Vec::as_slice).unwrap_or_default();
            let shared = |file: &str| {
                words.iter().filter(|word| old.get(file).is_some_and(|old| old.contains(*word))).count()
            };
            let best = candidates.iter().copied().max_by_key(|file| (shared(file), *file));
            if let Some(best) = best.filter(|best| shared(best) * 2 >= words.len()) {
                self.renamed.insert((*file).to_owned(), best.to_owned());
            }
        }
    }

    fn pair(&mut self, found: usize, known: usize) {
        self.pairs.insert(found, known);
        self.used.insert(known);
    }

    /// Pairs what has the same key, in order.
    fn same<K: std::hash::Hash + Eq>(&mut self, new: impl Fn(&Self, usize) -> K, old: impl Fn(&Origin) -> K) {
        let mut open: HashMap<K, std::collections::VecDeque<usize>> = HashMap::new();
        for (at, known) in self.known.iter().enumerate().filter(|(at, _)| !self.used.contains(at)) {
            open.entry(old(known.origin)).or_default().push_back(at);
        }
        for at in 0..self.import.questions.len() {
            if self.pairs.contains_key(&at) {
                continue;
            }
            let key = new(self, at);
            if let Some(known) = open.get_mut(&key).and_then(std::collections::VecDeque::pop_front) {
                self.pair(at, known);
            }
        }
    }

    /// Between the same neighbours stands the same question, if its words are not all new.
    fn in_place(&mut self) {
        let mut order: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, known) in self.known.iter().enumerate() {
            order.entry(known.origin.file.clone()).or_default().push(at);
        }
        let mut rank: HashMap<usize, (usize, usize)> = HashMap::new();
        for members in order.values_mut() {
            members.sort_by_key(|at| self.known[*at].origin.line);
            for (place, at) in members.iter().enumerate() {
                let next = members.get(place + 1).copied().unwrap_or(usize::MAX);
                let before = place.checked_sub(1).map_or(usize::MAX, |place| members[place]);
                rank.insert(*at, (before, next));
            }
        }
        for at in 0..self.import.questions.len() {
            if self.pairs.contains_key(&at) {
                continue;
            }
            let file = self.file(at);
            let neighbour = |other: Option<usize>| {
                let other =
                    other.filter(|other| *other < self.import.questions.len() && self.file(*other) == file);
                other.map_or(Some(usize::MAX), |other| self.pairs.get(&other).copied())
            };
            let (Some(before), Some(after)) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1))) else {
                continue;
            };
            if before == usize::MAX && after == usize::MAX {
                continue;
            }
            let between = order.get(&file).into_iter().flatten().copied().find(|known| {
                !self.used.contains(known)
                    && rank.get(known).is_some_and(|(b, n)| *b == before && *n == after)
            });
            if let Some(known) = between
                && self.likeness(at, known) >= SIMILAR_IN_PLACE
            {
                self.pair(at, known);
            }
        }
    }

    /// The most alike that are left, file by file.
    fn similar(&mut self) {
        let mut left: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, known) in self.known.iter().enumerate().filter(|(at, _)| !self.used.contains(at)) {
            left.entry(known.origin.file.clone()).or_default().push(at);
        }
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        let mut looked = 0usize;
        for at in 0..self.import.questions.len() {
            if self.pairs.contains_key(&at) {
                continue;
            }
            for known in left.get(&self.file(at)).into_iter().flatten() {
                looked += 1;
                // A bank that was rewritten as a whole is not compared word by word for ever.
                if looked > 2_000_000 {
                    break;
                }
                let alike = self.likeness(at, *known);
                if alike >= SIMILAR {
                    pairs.push((alike, at, *known));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, at, known) in pairs {
            if !self.pairs.contains_key(&at) && !self.used.contains(&known) {
                self.pair(at, known);
            }
        }
    }

    /// The share of pairs of neighbouring letters that two wordings have in common (Sørensen–Dice).
    fn likeness(&self, found: usize, known: usize) -> f32 {
        let pairs = |text: &str| {
            let letters: Vec<char> = normal(text).chars().take(300).collect();
            let mut counts: HashMap<(char, char), u32> = HashMap::new();
            for pair in letters.windows(2) {
                *counts.entry((pair[0], pair[1])).or_default() += 1;
            }
            counts
        };
        let a = pairs(&self.import.questions[found].text);
        let b = pairs(&self.known[known].question.title);
        let common: u32 = a.iter().map(|(pair, count)| count.min(b.get(pair).unwrap_or(&0))).sum();
        let all: u32 = a.values().sum::<u32>() + b.values().sum::<u32>();
        if all == 0 { 0.0 } else { 2.0 * common as f32 / all as f32 }
    }
}
