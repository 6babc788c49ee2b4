//! What a pack must be as a whole: names that exist, ids that are unique, answers that fit their budget.

use crate::document::Shape;
use crate::facts::ids_in;
use crate::problem::{Problem, Severity};
use crate::read::{Folder, Reading};
use aloud_practice::pack::{Pack, Question};
use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// The signals of a personal question that names none, if its rubric has them.
pub(crate) const USUAL_SIGNALS: [&str; 2] = ["Communication", "Technical depth"];
/// How fast a model answer is spoken, in words a minute.
const WORDS_A_MINUTE: usize = 140;

/// What `aloud check` prints: counts, then everything that is wrong.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Summary {
    pub sections: usize,
    pub groups: usize,
    pub questions: usize,
    pub mocks: Vec<MockSummary>,
    pub signals: usize,
    pub levels: usize,
    pub checklist: usize,
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

/// One mock in a [`Summary`]. `prompts` counts those of its first variant.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct MockSummary {
    pub id: String,
    pub minutes: u32,
    pub stages: usize,
    pub prompts: usize,
    pub variants: usize,
}

/// Counts what was read.
pub fn summary(reading: &Reading) -> Summary {
    let of =
        |severity: Severity| reading.problems.iter().filter(|p| p.severity == severity).cloned().collect();
    let pack = reading.pack.as_ref();
    let sections = pack.map_or(&[][..], |pack| &pack.sections);
    let mocks = pack.map_or(&[][..], |pack| &pack.mocks).iter().map(|mock| MockSummary {
        id: mock.id.clone(),
        minutes: mock.seconds.div_ceil(60),
        stages: mock.variants.first().map_or(0, |variant| variant.stages.len()),
        prompts: mock.variants.first().map_or(0, |v| v.stages.iter().map(|stage| stage.prompts.len()).sum()),
        variants: mock.variants.len(),
    });
    let signals = pack.map_or(&[][..], |pack| &pack.rubric.signals);
    let levels: BTreeSet<_> = signals.iter().flat_map(|signal| signal.levels.keys()).collect();
    Summary {
        sections: sections.len(),
        groups: sections.iter().map(|section| section.groups.len()).sum(),
        questions: pack.map_or(0, |pack| pack.bank().count()),
        mocks: mocks.collect(),
        signals: signals.len(),
        levels: levels.len(),
        checklist: pack.map_or(0, |pack| pack.checklist.len()),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
    }
}

/// Checks the whole and turns the signal names on questions into ids.
pub(crate) fn whole(pack: &mut Pack, folder: &Folder, problems: &mut Vec<Problem>) {
    let places = Places::find(folder, problems);
    name_signals(pack, &places, problems);
    retired(pack, &places, problems);
    dangling(pack, &places, problems);
    if pack.personal {
        // What a person keeps for themselves needs nobody's advice.
        return;
    }
    for question in pack.bank().map(|(_, _, q)| q).chain(pack.prompts().map(|(_, _, _, prompt)| prompt)) {
        advise(question, &places, problems);
    }
    for (_, _, question) in pack.bank() {
        if question.sealed.sources.is_empty() {
            problems.push(
                places.warning(
                    &question.id,
                    "no source. Add one under Sources, so that a doubt can be settled.",
                ),
            );
        }
    }
    too_long_in_stage(pack, &places, problems);
}

/// What an id names. Ids are unique among their kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Names {
    Pack,
    Signal,
    Chapter,
    Question,
    Mock,
    Checklist,
}

impl Names {
    /// What the id under a heading of this depth in this file names; stages are named anew in every variant.
    fn of(file: &str, depth: u8) -> Option<Self> {
        match (file, depth) {
            ("README.md", _) => Some(Self::Pack),
            ("rubric.md", _) => Some(Self::Signal),
            ("checklist.md", _) => Some(Self::Checklist),
            (file, 1) if file.starts_with("bank/") => Some(Self::Chapter),
            (file, 2) if file.starts_with("bank/") => Some(Self::Question),
            (file, 1) if file.starts_with("mocks/") => Some(Self::Mock),
            (file, 3) if file.starts_with("mocks/") => Some(Self::Question),
            _ => None,
        }
    }
}

/// Where each id is given: file and line.
struct Places(HashMap<(Names, String), (String, usize)>);

impl Places {
    /// Finds every id, and reports those given twice.
    fn find(folder: &Folder, problems: &mut Vec<Problem>) -> Self {
        let mut places: HashMap<(Names, String), (String, usize)> = HashMap::new();
        for document in folder.documents() {
            for pair in document.blocks.windows(2) {
                let (Shape::Heading(depth), Shape::Paragraph) = (&pair[0].shape, &pair[1].shape) else {
                    continue;
                };
                let id = ids_in(&pair[1].text).into_iter().next().filter(|_| pair[1].text.starts_with('`'));
                let (Some(id), Some(names)) = (id, Names::of(&document.file, *depth)) else { continue };
                let here = (document.file.clone(), pair[1].line);
                if let Some((file, line)) = places.get(&(names, id.clone())) {
                    let say =
                        format!("the id `{id}` is already used in {file}:{line}. Give this one another.");
                    problems.push(Problem::error(&here.0, here.1, say));
                } else {
                    places.insert((names, id), here);
                }
            }
        }
        Self(places)
    }

    fn of(&self, id: &str) -> (&str, usize) {
        let question = self.0.get(&(Names::Question, id.to_owned()));
        let place = question.or_else(|| self.0.get(&(Names::Checklist, id.to_owned())));
        place.map_or(("README.md", 1), |(file, line)| (file.as_str(), *line))
    }

    fn error(&self, id: &str, say: impl Into<String>) -> Problem {
        let (file, line) = self.of(id);
        Problem::error(file, line, say)
    }

    fn warning(&self, id: &str, say: impl Into<String>) -> Problem {
        let (file, line) = self.of(id);
        Problem::warning(file, line, say)
    }
}

fn name_signals(pack: &mut Pack, places: &Places, problems: &mut Vec<Problem>) {
    let ids: HashMap<String, String> =
        pack.rubric.signals.iter().map(|signal| (signal.name.clone(), signal.id.clone())).collect();
    let known = pack.rubric.signals.iter().map(|signal| signal.name.as_str()).collect::<Vec<_>>().join(", ");
    let usual: Vec<String> = USUAL_SIGNALS.iter().filter_map(|name| ids.get(*name)).cloned().collect();
    let usual = if usual.is_empty() {
        pack.rubric.signals.iter().take(2).map(|signal| signal.id.clone()).collect()
    } else {
        usual
    };
    let personal = pack.personal;
    for question in questions_mut(pack) {
        if personal && question.signals.is_empty() {
            question.signals.clone_from(&usual);
            continue;
        }
        for name in &mut question.signals {
            if let Some(id) = ids.get(name) {
                name.clone_from(id);
            } else {
                let say = format!("“{name}” is not a signal of the rubric. Known here: {known}.");
                problems.push(places.error(&question.id, say));
            }
        }
    }
}

fn retired(pack: &Pack, places: &Places, problems: &mut Vec<Problem>) {
    for id in pack.retired.iter().filter(|id| places.0.contains_key(&(Names::Question, (*id).clone()))) {
        problems.push(
            places.error(id, format!("the id `{id}` is retired and must not come back. Choose another.")),
        );
    }
}

fn dangling(pack: &Pack, places: &Places, problems: &mut Vec<Problem>) {
    let questions: BTreeSet<&str> = pack
        .bank()
        .map(|(_, _, question)| question.id.as_str())
        .chain(pack.prompts().map(|(_, _, _, prompt)| prompt.id.as_str()))
        .collect();
    let stages: BTreeSet<String> =
        pack.prompts().map(|(mock, _, stage, _)| format!("{}/{}", mock.id, stage.id)).collect();
    let mut miss = |from: &str, to: &str, known: bool| {
        if !known {
            problems.push(places.error(from, format!("`{to}` does not exist in this pack.")));
        } else if from == to {
            problems.push(places.error(from, format!("`{to}` points at itself. Name another question.")));
        }
    };
    for question in pack.bank().map(|(_, _, q)| q).chain(pack.prompts().map(|(_, _, _, prompt)| prompt)) {
        for to in question.sibling.iter().chain(&question.see_also) {
            miss(&question.id, to, questions.contains(to.as_str()));
        }
    }
    for item in &pack.checklist {
        item.questions.iter().for_each(|to| miss(&item.id, to, questions.contains(to.as_str())));
        item.stages.iter().for_each(|to| miss(&item.id, to, stages.contains(to)));
    }
}

fn advise(question: &Question, places: &Places, problems: &mut Vec<Problem>) {
    if question.sealed.probes.is_empty() {
        problems.push(
            places
                .warning(&question.id, "no probe. Add one under Probes: what would an interviewer ask next?"),
        );
    }
    if let Some(seconds) = question.seconds {
        let words = spoken_words(question);
        let most = words_in(seconds);
        if words > most {
            let say = format!(
                "the model answer has {words} words; its budget holds {most} at {WORDS_A_MINUTE} a minute. Shorten it, or give it more time."
            );
            problems.push(places.warning(&question.id, say));
        }
    }
}

/// A stage whose prompts have no budgets of their own must hold all their answers.
fn too_long_in_stage(pack: &Pack, places: &Places, problems: &mut Vec<Problem>) {
    for mock in &pack.mocks {
        for variant in &mock.variants {
            for stage in &variant.stages {
                let words: usize =
                    stage.prompts.iter().filter(|prompt| !prompt.optional).map(spoken_words).sum();
                let most = words_in(stage.seconds);
                if words > most {
                    let say = format!(
                        "the model answers of stage “{}” have {words} words; its budget holds {most}. Shorten them.",
                        stage.title
                    );
                    problems.push(places.warning(&stage.prompts[0].id, say));
                }
            }
        }
    }
}

fn words_in(seconds: u32) -> usize {
    seconds as usize * WORDS_A_MINUTE / 60
}

/// Words of the model answer that are said aloud: without code, diagrams and Markdown's own signs.
fn spoken_words(question: &Question) -> usize {
    let spoken =
        question.sealed.answer.iter().filter(|layer| layer.heading != "Code" && layer.heading != "Diagram");
    spoken.map(|layer| words(&layer.text)).sum()
}

fn words(markdown: &str) -> usize {
    let mut in_block = 0usize;
    let mut count = 0;
    for event in pulldown_cmark::Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_block += 1,
            Event::End(TagEnd::CodeBlock) => in_block -= 1,
            Event::Text(text) if in_block == 0 => {
                count += text.split_whitespace().filter(|word| has_letter(word)).count();
            }
            Event::Code(_) => count += 1,
            _ => {}
        }
    }
    count
}

fn has_letter(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn questions_mut(pack: &mut Pack) -> impl Iterator<Item = &mut Question> {
    let bank =
        pack.sections.iter_mut().flat_map(|s| s.groups.iter_mut()).flat_map(|g| g.questions.iter_mut());
    let prompts = pack
        .mocks
        .iter_mut()
        .flat_map(|mock| mock.variants.iter_mut())
        .flat_map(|variant| variant.stages.iter_mut())
        .flat_map(|stage| stage.prompts.iter_mut());
    bank.chain(prompts)
}
