//! Which question of an import is which of the pack: an id, and with it its history, follows its question through changed
//! words, changed places and renamed files.

use super::Known;
use super::similarity::LetterPairs;
use super::written::{whole_of, words_of};
use crate::import::Import;
use aloud_practice::pack::Origin;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Two wordings of one question are at least this similar.
const SIMILAR: f32 = 0.6;
/// Less is enough where the neighbours are the same.
const SIMILAR_IN_PLACE: f32 = 0.3;
/// A bank that was rewritten as a whole is not compared word by word for ever.
const MOST_COMPARED: usize = 2_000_000;

/// Which found question is which known one.
pub(super) struct Matching<'a> {
    known: &'a [Known<'a>],
    import: &'a Import,
    /// Digests of the found questions' words, and of all that belongs to them.
    words: Vec<String>,
    whole: Vec<String>,
    /// Known questions by the found ones.
    pairs: HashMap<usize, usize>,
    used: HashSet<usize>,
    /// Files that were renamed or moved: new name to old.
    renamed: HashMap<String, String>,
    /// Letter pairs of wordings that were compared, by index of the found and of the known question.
    new_pairs: HashMap<usize, LetterPairs>,
    old_pairs: HashMap<usize, LetterPairs>,
}

impl<'a> Matching<'a> {
    pub(super) fn new(known: &'a [Known<'a>], import: &'a Import) -> Self {
        let mut matching = Self {
            known,
            import,
            words: import.questions.iter().map(words_of).collect(),
            whole: import.questions.iter().map(whole_of).collect(),
            pairs: HashMap::new(),
            used: HashSet::new(),
            renamed: HashMap::new(),
            new_pairs: HashMap::new(),
            old_pairs: HashMap::new(),
        };
        matching.find_renamed();
        matching
    }

    /// Matches in turn what is the same, what stands in the same place, and what is most alike; gives known questions by
    /// the found ones.
    pub(super) fn run(mut self) -> HashMap<usize, usize> {
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

    /// Pairs what has the same key, in the order of their lines: the pack may have put equal ones into another.
    fn same<K: std::hash::Hash + Eq>(&mut self, new: impl Fn(&Self, usize) -> K, old: impl Fn(&Origin) -> K) {
        let mut known: Vec<usize> = (0..self.known.len()).filter(|at| !self.used.contains(at)).collect();
        known.sort_by_key(|at| self.known[*at].origin.line);
        let mut open: HashMap<K, VecDeque<usize>> = HashMap::new();
        for at in known {
            open.entry(old(self.known[at].origin)).or_default().push_back(at);
        }
        let mut found: Vec<usize> =
            (0..self.import.questions.len()).filter(|at| !self.pairs.contains_key(at)).collect();
        found.sort_by_key(|at| self.import.questions[*at].line);
        for at in found {
            let key = new(self, at);
            if let Some(known) = open.get_mut(&key).and_then(VecDeque::pop_front) {
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
                && self.similarity(at, known) >= SIMILAR_IN_PLACE
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
                if looked > MOST_COMPARED {
                    break;
                }
                let alike = self.similarity(at, *known);
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

    /// How alike a found and a known wording are, from 0 to 1.
    fn similarity(&mut self, found: usize, known: usize) -> f32 {
        let (import, all) = (self.import, self.known);
        let new =
            self.new_pairs.entry(found).or_insert_with(|| LetterPairs::of(&import.questions[found].text));
        let old = self.old_pairs.entry(known).or_insert_with(|| LetterPairs::of(&all[known].question.title));
        new.similarity(old)
    }
}
