//! What a person does to their questions: add, word anew, move, hide.

use super::chapters::parse;
use super::groups::FULL;
use super::render::{self, heading_text};
use super::{Personal, Trouble, fresh_id};
use crate::question::{MODEL_ANSWER, USUAL_SECONDS};
use aloud_practice::pack::{Depth, Kind, Layer, Pack, Probe, Question, Sealed};
use std::collections::BTreeMap;

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
fn layer(answer: &str) -> Vec<Layer> {
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
        self.write(&path, &question, &pack)?;
        Ok(id)
    }

    /// Words a question anew.
    pub fn edit(&mut self, id: &str, wording: &Wording) -> Result<(), Trouble> {
        wording.check()?;
        let pack = self.pack()?;
        let mut question = find(&pack, id)?.clone();
        wording.apply(&mut question);
        let path = self.path_of(id)?;
        self.write(&path, &question, &pack)
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
        self.write(&path, &question, &pack)
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
        })?;
        Ok(true)
    }

    /// Writes a question's chapter into a group's file, in place of the one it has there.
    fn write(&mut self, path: &str, question: &Question, pack: &Pack) -> Result<(), Trouble> {
        let mut group = self.split(path);
        group.put(&question.id, &whole_chapter(question, Some(pack))?);
        self.change(|texts| {
            texts.insert(path.to_owned(), group.join());
        })
    }

    /// Makes a change if the pack can be read after it; otherwise everything stays.
    fn change(&mut self, work: impl FnOnce(&mut BTreeMap<String, String>)) -> Result<(), Trouble> {
        let before = self.texts.clone();
        work(&mut self.texts);
        let done = self.pack().map(drop);
        if done.is_err() {
            self.texts = before;
        }
        done
    }
}

fn find<'a>(pack: &'a Pack, id: &str) -> Result<&'a Question, Trouble> {
    pack.bank().map(|(_, _, question)| question).find(|question| question.id == id).ok_or_else(Trouble::gone)
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
