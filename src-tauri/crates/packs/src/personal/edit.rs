//! What a person does to their questions: add, word anew, move, hide.

use super::chapters::{Group, parse};
use super::render::{self, heading_text, line_text};
use super::{Personal, Trouble, fresh_id, slug};
use crate::question::{MODEL_ANSWER, USUAL_SECONDS};
use crate::read::{MAX_FILE_BYTES, MAX_FILES};
use aloud_practice::pack::{Depth, Kind, Layer, Pack, Probe, Question, Sealed};
use std::collections::BTreeSet;

/// Longer than this and a group's file is continued in another, long before reading refuses it.
pub(super) const FULL: usize = (MAX_FILE_BYTES / 4) as usize;
/// Beyond this many files no new ones are begun; groups are joined instead.
const MOST_FILES: usize = MAX_FILES * 3 / 4;

/// Where a question stands: titles of its section and group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The section's title; it is made if there is none.
    pub section: String,
    /// The group's title; it is made if there is none.
    pub group: String,
}

/// The words of a question, as they are edited: Markdown, except the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// For lists; taken from the prompt if it is empty.
    pub title: String,
    /// What the interviewer says.
    pub prompt: String,
    /// The model answer; may be empty. A question told in layers keeps them if this is their text joined.
    pub answer: String,
    /// What a strong answer says.
    pub key_points: Vec<String>,
    /// Follow-up questions.
    pub probes: Vec<String>,
    /// Time to answer, in seconds.
    pub seconds: u32,
}

impl Wording {
    /// The words of a question as they are.
    pub fn of(question: &Question) -> Self {
        Self {
            title: question.title.clone(),
            prompt: question.prompt.clone(),
            answer: joined(&question.sealed.answer),
            key_points: question.sealed.key_points.clone(),
            probes: question.sealed.probes.iter().map(|probe| probe.question.clone()).collect(),
            seconds: question.seconds.unwrap_or(USUAL_SECONDS),
        }
    }

    fn check(&self) -> Result<(), Trouble> {
        if self.prompt.trim().is_empty() {
            return Err(Trouble::new("The question has no words yet. Write what the interviewer says."));
        }
        if !(5..=240 * 60).contains(&self.seconds) {
            return Err(Trouble::new("The time to answer is between 5 seconds and four hours."));
        }
        if self.prompt.len() > FULL / 4 || self.answer.len() > FULL / 4 {
            return Err(Trouble::new("This is longer than a question can be. Shorten it."));
        }
        Ok(())
    }

    fn title(&self) -> String {
        let first = self
            .prompt
            .lines()
            .map(|line| line.trim_matches(['#', '>', '-', ' ']))
            .find(|line| !line.is_empty());
        heading_text(&self.title, &heading_text(first.unwrap_or_default(), "Question"))
    }

    /// Puts the words into a question, which keeps what they do not tell.
    fn apply(&self, question: &mut Question) {
        question.title = self.title();
        self.prompt.trim().clone_into(&mut question.prompt);
        question.seconds = Some(self.seconds);
        if joined(&question.sealed.answer) != self.answer.trim() {
            question.sealed.answer = layer(&self.answer);
        }
        question.sealed.key_points = kept(&self.key_points);
        let replies: Vec<Probe> = std::mem::take(&mut question.sealed.probes);
        question.sealed.probes = kept(&self.probes)
            .into_iter()
            .map(|asked| {
                let reply = replies.iter().find(|probe| probe.question == asked);
                Probe { reply: reply.map(|probe| probe.reply.clone()).unwrap_or_default(), question: asked }
            })
            .collect();
    }
}

fn kept(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// One layer of answer, or none.
pub(super) fn layer(answer: &str) -> Vec<Layer> {
    let text = answer.trim();
    if text.is_empty() {
        Vec::new()
    } else {
        vec![Layer { heading: MODEL_ANSWER.into(), text: text.to_owned() }]
    }
}

fn joined(layers: &[Layer]) -> String {
    match layers {
        [one] => one.text.trim().to_owned(),
        many => many
            .iter()
            .map(|layer| format!("**{}**\n\n{}", layer.heading, layer.text.trim()))
            .collect::<Vec<_>>()
            .join("\n\n"),
    }
}

/// A question with words and nothing else.
pub(super) fn plain_question(id: String, title: String, prompt: String, answer: &str) -> Question {
    Question {
        id,
        title,
        prompt,
        depth: Some(Depth::Core),
        kind: Kind::Concept,
        seconds: Some(USUAL_SECONDS),
        optional: false,
        signals: Vec::new(),
        sibling: None,
        see_also: Vec::new(),
        hidden: false,
        origin: None,
        sealed: Sealed { answer: layer(answer), ..Sealed::default() },
    }
}

impl Personal {
    /// Adds a question at the end of a group and returns its id.
    pub fn add(&mut self, place: &Place, wording: &Wording) -> Result<String, Trouble> {
        wording.check()?;
        let pack = self.pack()?;
        let mut taken = Self::ids(&pack);
        let id = fresh_id(&wording.title(), &mut taken);
        let mut question = plain_question(id.clone(), String::new(), String::new(), "");
        wording.apply(&mut question);
        let path = self.group(place, &mut taken)?;
        self.change(|texts| {
            let text = whole_chapter(&question, Some(&pack))?;
            put(texts, &path, &id, &text);
            Ok(())
        })?;
        Ok(id)
    }

    /// Words a question anew.
    pub fn edit(&mut self, id: &str, wording: &Wording) -> Result<(), Trouble> {
        wording.check()?;
        let pack = self.pack()?;
        let mut question = find(&pack, id)?.clone();
        wording.apply(&mut question);
        let path = self.path_of(id)?;
        self.change(|texts| {
            let text = whole_chapter(&question, Some(&pack))?;
            put(texts, &path, id, &text);
            Ok(())
        })
    }

    /// Hides a question or shows it again.
    pub fn hide(&mut self, id: &str, hidden: bool) -> Result<(), Trouble> {
        let pack = self.pack()?;
        let mut question = find(&pack, id)?.clone();
        if question.hidden == hidden {
            return Ok(());
        }
        question.hidden = hidden;
        let path = self.path_of(id)?;
        self.change(|texts| {
            let text = whole_chapter(&question, Some(&pack))?;
            put(texts, &path, id, &text);
            Ok(())
        })
    }

    /// Moves a question by `steps` among the questions of the bank, over the borders of groups. Returns whether it moved.
    pub fn shift(&mut self, id: &str, steps: i32) -> Result<bool, Trouble> {
        let mut moved = false;
        for _ in 0..steps.unsigned_abs() {
            if !self.step(id, steps > 0)? {
                break;
            }
            moved = true;
        }
        Ok(moved)
    }

    fn step(&mut self, id: &str, down: bool) -> Result<bool, Trouble> {
        let path = self.path_of(id)?;
        let mut group = self.split(&path);
        let Some(at) = group.chapters.iter().position(|chapter| chapter.id == id) else {
            return Err(Trouble::gone());
        };
        let other = if down { at + 1 } else { at.wrapping_sub(1) };
        if other < group.chapters.len() {
            group.chapters.swap(at, other);
            group.settle();
            self.change(|texts| {
                texts.insert(path, group.join());
                Ok(())
            })?;
            return Ok(true);
        }
        // Over the border into the group before or after.
        let files: Vec<String> = self.group_paths();
        let Some(here) = files.iter().position(|file| *file == path) else { return Ok(false) };
        let next =
            if down { files.get(here + 1) } else { here.checked_sub(1).and_then(|before| files.get(before)) };
        let Some(next) = next.cloned() else { return Ok(false) };
        let chapter = group.chapters.remove(at);
        group.settle();
        let mut target = self.split(&next);
        let place = if down { 0 } else { target.chapters.len() };
        target.insert(place, chapter);
        self.change(|texts| {
            texts.insert(path, group.join());
            texts.insert(next, target.join());
            Ok(())
        })?;
        Ok(true)
    }

    /// Makes a change if the pack can be read after it; otherwise everything stays.
    pub(super) fn change(
        &mut self,
        work: impl FnOnce(&mut std::collections::BTreeMap<String, String>) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let before = self.texts.clone();
        let done = work(&mut self.texts).and_then(|()| self.pack().map(drop));
        if done.is_err() {
            self.texts = before;
        }
        done
    }

    pub(super) fn split(&self, path: &str) -> Group {
        Group::split(self.texts.get(path).map_or("", String::as_str))
    }

    /// Files of groups, in order.
    pub(super) fn group_paths(&self) -> Vec<String> {
        self.texts
            .keys()
            .filter(|path| path.starts_with("bank/") && !path.ends_with("/README.md"))
            .cloned()
            .collect()
    }

    fn path_of(&self, id: &str) -> Result<String, Trouble> {
        let holds = |path: &String| self.split(path).chapters.iter().any(|chapter| chapter.id == id);
        self.group_paths().into_iter().find(holds).ok_or_else(Trouble::gone)
    }

    /// The file of a group, made if there is none.
    pub(super) fn group(&mut self, place: &Place, taken: &mut BTreeSet<String>) -> Result<String, Trouble> {
        let section = self.section(&line_text(&place.section, "Questions"), taken);
        let title = heading_text(&place.group, "Questions");
        let files: Vec<String> =
            self.group_paths().into_iter().filter(|path| path.starts_with(&section)).collect();
        let titled = |path: &&String| {
            let first = self.texts.get(*path).and_then(|text| text.lines().next()).unwrap_or_default();
            let found = first.trim_matches(['#', ' ']);
            found == title || found.strip_prefix(title.as_str()).is_some_and(|rest| rest.starts_with(" ("))
        };
        let found = files.iter().rfind(titled);
        if let Some(found) = found.filter(|path| self.texts.get(*path).is_some_and(|text| text.len() < FULL))
        {
            return Ok(found.clone());
        }
        if self.texts.len() >= MOST_FILES
            && let Some(last) =
                files.last().filter(|path| self.texts.get(*path).is_some_and(|text| text.len() < FULL))
        {
            return Ok(last.clone());
        }
        if self.texts.len() >= MAX_FILES {
            return Err(Trouble::new(
                "The pack has as many files as a pack can have. Import into a new one.",
            ));
        }
        let title = match found {
            Some(_) => format!("{title} ({})", files.iter().filter(titled).count() + 1),
            None => title,
        };
        let id = fresh_id(&title, taken);
        let path = format!("{section}{:03}-{}.md", next_number(&files, &section), slug_or(&title, "group"));
        self.texts.insert(path.clone(), format!("# {title}\n\n`{id}`\n"));
        Ok(path)
    }

    /// The folder of a section with its slash, made if there is none.
    fn section(&mut self, title: &str, taken: &mut BTreeSet<String>) -> String {
        let title = heading_text(title, "Questions");
        let fronts: Vec<String> = self
            .texts
            .keys()
            .filter(|path| path.starts_with("bank/") && path.ends_with("/README.md"))
            .cloned()
            .collect();
        for front in &fronts {
            let first = self.texts.get(front).and_then(|text| text.lines().next()).unwrap_or_default();
            if first.trim_matches(['#', ' ']) == title {
                return front.trim_end_matches("README.md").to_owned();
            }
        }
        let id = fresh_id(&title, taken);
        let path = format!("bank/{:03}-{}/", next_number(&fronts, "bank/"), slug_or(&title, "section"));
        self.texts.insert(format!("{path}README.md"), format!("# {title}\n\n`{id}`\n"));
        path
    }
}

fn slug_or(title: &str, otherwise: &str) -> String {
    let slug = slug(title);
    let end = slug.char_indices().nth(40).map_or(slug.len(), |(at, _)| at);
    let slug = slug[..end].trim_matches('-');
    if slug.is_empty() { otherwise.to_owned() } else { slug.to_owned() }
}

/// One more than the highest number that names begin with after `prefix`.
fn next_number(paths: &[String], prefix: &str) -> usize {
    let numbers = paths.iter().filter_map(|path| {
        let name = path.strip_prefix(prefix)?;
        name.split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok()
    });
    numbers.max().unwrap_or(0) + 1
}

fn find<'a>(pack: &'a Pack, id: &str) -> Result<&'a Question, Trouble> {
    pack.bank().map(|(_, _, question)| question).find(|question| question.id == id).ok_or_else(Trouble::gone)
}

pub(super) fn put(texts: &mut std::collections::BTreeMap<String, String>, path: &str, id: &str, text: &str) {
    let mut group = Group::split(texts.get(path).map_or("", String::as_str));
    group.put(id, text);
    texts.insert(path.to_owned(), group.join());
}

/// A question's chapter, if it reads back as that one question.
pub(super) fn whole_chapter(question: &Question, pack: Option<&Pack>) -> Result<String, Trouble> {
    let text = render::chapter(question, pack);
    let back = parse(&text).is_some_and(|back| back.id == question.id);
    if back {
        return Ok(text);
    }
    Err(Trouble::new(
        "This question cannot be written as Markdown. Look for a code block or a comment that is not closed.",
    ))
}
