//! A question of the bank or a prompt of a mock.

use crate::document::{Block, Document, Item, Shape};
use crate::facts::{Facts, ids_in};
use crate::problem::Problem;
use aloud_practice::pack::{Depth, Kind, Layer, Origin, Probe, Question, Sealed, Source};

/// Where a question stands decides what it needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the bank: level, budget, layers by kind, sources, a sibling.
    Bank,
    /// In a mock: one model answer, the stage's budget.
    Mock,
    /// In the bank of a personal pack: nothing is needed but an id.
    Personal,
}

const KEY_POINTS: &str = "Key points";
const RED_FLAGS: &str = "Red flags";
const PROBES: &str = "Probes";
const SOURCES: &str = "Sources";
const RELATED: &str = "Related";
const ORIGIN: &str = "Origin";
/// The one layer of an answer that is not told in layers.
pub(crate) const MODEL_ANSWER: &str = "Model answer";
/// Budget of a personal question that names none, in seconds.
pub(crate) const USUAL_SECONDS: u32 = 180;

/// The levels by their names in a facts line.
pub(crate) const DEPTHS: [(&str, Depth); 3] =
    [("core", Depth::Core), ("senior", Depth::Senior), ("staff", Depth::Staff)];
/// The kinds by their names in a facts line.
pub(crate) const KINDS: [(&str, Kind); 6] = [
    ("concept", Kind::Concept),
    ("scenario", Kind::Scenario),
    ("implementation", Kind::Implementation),
    ("design", Kind::Design),
    ("behavioural", Kind::Behavioural),
    ("conversation", Kind::Conversation),
];

/// Nobody listens for more than this, but a personal pack may hold it.
const MOST_ITEMS: usize = 500;

/// A sub-heading and what stands under it.
struct Part<'a> {
    heading: &'a Block,
    body: &'a [Block],
}

/// The sub-headings of a model answer, by kind and place.
pub(crate) fn layers_of(kind: Kind, place: Place) -> &'static [&'static str] {
    match (place, kind) {
        (Place::Mock, Kind::Implementation) => &[MODEL_ANSWER, "Code"],
        (Place::Mock, _) | (_, Kind::Conversation) => &[MODEL_ANSWER],
        (Place::Bank | Place::Personal, Kind::Concept | Kind::Scenario) => {
            &["Definition", "Mechanism", "Trade-off"]
        }
        (Place::Bank | Place::Personal, Kind::Implementation) => {
            &["Definition", "Mechanism", "Code", "Trade-off"]
        }
        (Place::Bank | Place::Personal, Kind::Design) => {
            &["Requirements", "Estimates", "API", "Diagram", "Deep dive", "Bottlenecks"]
        }
        (Place::Bank | Place::Personal, Kind::Behavioural) => {
            &["Situation", "Task", "Action", "Result", "Senior or staff"]
        }
    }
}

/// Reads the question under `heading`; `body` is everything up to the next heading of the same depth or less.
/// Signals are left as names; the caller turns them into ids.
pub(crate) fn question(
    document: &Document,
    heading: &Block,
    body: &[Block],
    place: Place,
    problems: &mut Vec<Problem>,
) -> Option<Question> {
    let mut facts = Facts::read(document, heading.line, &heading.text, body, problems)?;
    let (id, line) = (facts.id.clone(), facts.line);
    let mut fail = |line: usize, say: String| problems.push(Problem::error(&document.file, line, say));

    let depth = facts.take_named(&DEPTHS);
    let kind = facts.take_named(&KINDS);
    let seconds = facts.take_seconds();
    let lenient = place == Place::Personal;
    let hidden = lenient && facts.take(|fact| (fact == "hidden").then_some(())).is_some();
    let depth = depth.or(lenient.then_some(Depth::Core));
    let kind = kind.or(lenient.then_some(Kind::Concept));
    let seconds = seconds.or(lenient.then_some(USUAL_SECONDS));
    let optional = facts.take(|fact| (fact == "optional").then_some(())).is_some();
    let signals: Vec<String> = facts
        .take_value("signals")
        .map(|names| names.split(", ").map(|name| name.trim().to_owned()).collect())
        .unwrap_or_default();
    if kind.is_none() {
        fail(line, "the kind is missing. Write one of: concept, scenario, implementation, design, behavioural, conversation.".into());
    }
    if place == Place::Bank && depth.is_none() {
        fail(line, "the level is missing. Write one of: core, senior, staff.".into());
    }
    if place == Place::Bank && seconds.is_none() {
        fail(line, "the time budget is missing. Write it as `3 min`.".into());
    }
    if signals.is_empty() && !lenient {
        fail(line, "the signals are missing. Write `signals:` and names from the rubric.".into());
    }
    let prompt = match body.get(1) {
        Some(block) if block.shape == Shape::Quote => block.text.clone(),
        _ if lenient => String::new(),
        _ => {
            fail(line, "the prompt is missing. Write what the interviewer says as a block quote (`> …`) under the facts line.".into());
            String::new()
        }
    };
    let known = if lenient {
        "a level, a kind, `N min`, `signals: …`, `optional`, `hidden`"
    } else {
        "a level, a kind, `N min`, `signals: …`, `optional`"
    };
    facts.finish(document, known, problems);

    let after = 1 + usize::from(body.get(1).is_some_and(|block| block.shape == Shape::Quote));
    let rest = body.get(if lenient { after } else { 2 }..).unwrap_or_default();
    let (parts, stray) = parts(document, heading, rest, lenient, problems);
    let prompt = if prompt.trim().is_empty() && lenient { heading.text.clone() } else { prompt };
    let kind = kind?;
    let mut reader = PartReader { document, parts: &parts, line, lenient, problems };
    let mut sealed = reader.sealed(layers_of(kind, place), place);
    if !stray.is_empty() {
        sealed.answer.insert(0, Layer { heading: MODEL_ANSWER.into(), text: document.slice(stray) });
    }
    let (sibling, see_also) = reader.related(place);
    let origin = reader.origin();
    reader.unknown(layers_of(kind, place));
    Some(Question {
        id,
        title: heading.text.clone(),
        prompt,
        depth,
        kind,
        seconds,
        optional,
        signals,
        sibling,
        see_also,
        hidden,
        origin,
        sealed,
    })
}

fn parts<'a>(
    document: &Document,
    question: &Block,
    body: &'a [Block],
    lenient: bool,
    problems: &mut Vec<Problem>,
) -> (Vec<Part<'a>>, &'a [Block]) {
    let is_heading = |block: &Block| matches!(block.shape, Shape::Heading(_));
    let first = body.iter().position(is_heading).unwrap_or(body.len());
    if let Some(stray) = body[..first].first().filter(|_| !lenient) {
        let say = format!(
            "this text belongs to no sub-heading of “{}”. Put it under one, or into the prompt.",
            question.text
        );
        problems.push(Problem::error(&document.file, stray.line, say));
    }
    let mut found: Vec<Part<'a>> = Vec::new();
    let mut at = first;
    while at < body.len() {
        let end = body[at + 1..].iter().position(is_heading).map_or(body.len(), |next| at + 1 + next);
        found.push(Part { heading: &body[at], body: &body[at + 1..end] });
        at = end;
    }
    (found, if lenient { &body[..first] } else { &[] })
}

struct PartReader<'a> {
    document: &'a Document,
    parts: &'a [Part<'a>],
    line: usize,
    lenient: bool,
    problems: &'a mut Vec<Problem>,
}

impl<'a> PartReader<'a> {
    fn fail(&mut self, line: usize, say: impl Into<String>) {
        self.problems.push(Problem::error(&self.document.file, line, say));
    }

    fn part(&self, name: &str) -> Option<&'a Part<'a>> {
        self.parts.iter().find(|part| part.heading.text == name)
    }

    fn items(&mut self, name: &str, least: usize, most: usize) -> Vec<Item> {
        let (least, most) = if self.lenient { (0, MOST_ITEMS) } else { (least, most) };
        let Some(part) = self.part(name) else {
            if least > 0 {
                self.fail(self.line, format!("“{name}” is missing. Add it as a sub-heading with a list."));
            }
            return Vec::new();
        };
        let mut items = Vec::new();
        for block in part.body {
            match &block.shape {
                Shape::List(found) => items.extend(found.iter().cloned()),
                _ => self.fail(block.line, format!("“{name}” holds a list and nothing else.")),
            }
        }
        if !(least..=most).contains(&items.len()) {
            let count = items.len();
            self.fail(part.heading.line, format!("“{name}” has {count} items. Write {least} to {most}."));
        }
        items
    }

    fn sealed(&mut self, layers: &[&str], place: Place) -> Sealed {
        let mut answer = Vec::new();
        let own = self.lenient && !layers.contains(&MODEL_ANSWER);
        for name in own.then_some(&MODEL_ANSWER).into_iter().chain(layers) {
            match self.part(name) {
                Some(part) if !part.body.is_empty() => {
                    let text = self.document.slice(part.body);
                    answer.push(Layer { heading: (*name).to_owned(), text });
                }
                _ if self.lenient => {}
                _ => {
                    self.fail(self.line, format!("“{name}” is missing or empty. The model answer needs it."));
                }
            }
        }
        let text = |items: Vec<Item>| items.into_iter().map(|item| item.text).collect();
        let key_points = text(self.items(KEY_POINTS, 4, 7));
        let red_flags = text(self.items(RED_FLAGS, 1, 3));
        let probes = self.items(PROBES, 0, 3);
        let probes = probes.iter().filter_map(|item| self.probe(item)).collect();
        let sources = if place != Place::Mock || self.part(SOURCES).is_some() {
            let items = self.items(SOURCES, 0, 12);
            items.iter().filter_map(|item| self.source(item)).collect()
        } else {
            Vec::new()
        };
        Sealed { answer, key_points, red_flags, probes, sources }
    }

    fn probe(&mut self, item: &Item) -> Option<Probe> {
        let split = item.text.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        match split {
            Some((question, reply)) if !reply.trim().is_empty() => {
                Some(Probe { question: question.trim().to_owned(), reply: reply.trim().to_owned() })
            }
            _ if self.lenient => {
                let question = item.text.trim().trim_matches('*').trim().to_owned();
                Some(Probe { question, reply: String::new() })
            }
            _ => {
                self.fail(item.line, "a probe is written `- **Question?** What a good reply contains.`");
                None
            }
        }
    }

    fn source(&mut self, item: &Item) -> Option<Source> {
        let split = item.text.strip_prefix('[').and_then(|rest| rest.rsplit_once("]("));
        let link = split.and_then(|(title, rest)| Some((title, rest.split_once(')')?.0)));
        match link {
            Some((title, url)) if url.starts_with("https://") || url.starts_with("http://") => {
                Some(Source { title: title.to_owned(), url: url.to_owned() })
            }
            _ => {
                self.fail(item.line, "a source is a link: `- [Title](https://…)`.");
                None
            }
        }
    }

    fn related(&mut self, place: Place) -> (Option<String>, Vec<String>) {
        let mut sibling = None;
        let mut see_also = Vec::new();
        let least = usize::from(place == Place::Bank);
        for item in self.items(RELATED, least, 2) {
            let ids = ids_in(&item.text);
            if item.text.starts_with("sibling:") && ids.len() == 1 && sibling.is_none() {
                sibling = ids.into_iter().next();
            } else if item.text.starts_with("see also:") && !ids.is_empty() {
                see_also.extend(ids);
            } else {
                self.fail(
                    item.line,
                    "Related holds `- sibling: `one-id`` and `- see also: `some-id`, `another-id``.",
                );
            }
        }
        if place == Place::Bank && sibling.is_none() {
            self.fail(self.line, "the sibling is missing. Under Related write `- sibling: `an-id``: another question on the same skill.");
        }
        (sibling, see_also)
    }

    fn origin(&mut self) -> Option<Origin> {
        let part = self.part(ORIGIN).filter(|_| self.lenient)?;
        let line = part.heading.line;
        let mut origin = Origin::default();
        for item in self.items(ORIGIN, 0, MOST_ITEMS) {
            let codes = ids_in(&item.text);
            match (item.text.split(':').next().unwrap_or_default(), codes.as_slice()) {
                ("from", [file]) => {
                    origin.file.clone_from(file);
                    origin.line =
                        item.text.rsplit(' ').next().and_then(|line| line.parse().ok()).unwrap_or(1);
                }
                ("imported", [day]) => origin.imported.clone_from(day),
                ("gone", [day]) => origin.gone = Some(day.clone()),
                ("digests", [words, whole, written]) => {
                    origin.words.clone_from(words);
                    origin.whole.clone_from(whole);
                    origin.written.clone_from(written);
                }
                _ => self.fail(
                    item.line,
                    "Origin is written by the import. Delete the part to make the question wholly yours.",
                ),
            }
        }
        if origin.file.is_empty() {
            self.fail(line, "Origin names no file. Delete the part to make the question wholly yours.");
            return None;
        }
        Some(origin)
    }

    /// Reports sub-headings that are not part of the format, doubled, or out of order.
    fn unknown(&mut self, layers: &[&str]) {
        let own = (self.lenient && !layers.contains(&MODEL_ANSWER)).then_some(MODEL_ANSWER);
        let origin = self.lenient.then_some(ORIGIN);
        let order: Vec<&str> = own
            .into_iter()
            .chain(layers.iter().copied())
            .chain([KEY_POINTS, RED_FLAGS, PROBES, SOURCES, RELATED])
            .chain(origin)
            .collect();
        let mut last = 0;
        for part in self.parts {
            let name = part.heading.text.as_str();
            match order.iter().position(|known| *known == name) {
                None => self.fail(
                    part.heading.line,
                    format!(
                        "“{name}” is not a sub-heading that belongs here. In order: {}.",
                        order.join(", ")
                    ),
                ),
                Some(at) if at < last => {
                    self.fail(
                        part.heading.line,
                        format!("“{name}” is doubled or out of order. In order: {}.", order.join(", ")),
                    );
                }
                Some(at) => last = at + 1,
            }
        }
    }
}
