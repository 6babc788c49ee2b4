//! What a pack holds, once it is read.
//!
//! Promise: a [`Question`] keeps what the candidate may see apart from what is [`Sealed`] until an attempt exists, and
//! nothing here can be serialised by accident. All prose is Markdown, as written.

use crate::level::Level;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A pack: a bank, mocks, a rubric and perhaps a checklist.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Unique among packs.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Who it is for.
    pub about: String,
    /// The level the role asks for.
    pub target: Level,
    /// Language of the prose, as BCP 47.
    pub language: String,
    /// The content's licence.
    pub licence: String,
    /// What answers are graded on.
    pub rubric: Rubric,
    /// The bank's sections, in order.
    pub sections: Vec<Section>,
    /// The mocks, in order.
    pub mocks: Vec<Mock>,
    /// The last days before the interview.
    pub checklist: Vec<ChecklistItem>,
    /// Ids of questions that are gone and must not come back.
    pub retired: Vec<String>,
    /// The person's own: it may be changed, and need not have everything a published pack has.
    pub personal: bool,
}

/// The rubric: how to use it, and its signals.
#[derive(Clone, Debug, Default)]
pub struct Rubric {
    /// How to use it; includes the bar for communication.
    pub about: String,
    /// In the order they are shown.
    pub signals: Vec<Signal>,
}

/// Something a listener judges.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub name: String,
    /// About people rather than technique.
    pub behavioural: bool,
    /// What each level looks like, all four.
    pub levels: BTreeMap<Level, String>,
}

/// A section of the bank.
#[derive(Clone, Debug)]
pub struct Section {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// A sentence or two.
    pub about: String,
    /// In order of growing depth.
    pub groups: Vec<Group>,
}

/// Questions that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// In order of growing depth.
    pub questions: Vec<Question>,
}

/// How deep a question goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Depth {
    /// Everybody is asked this.
    Core,
    /// Asked of seniors.
    Senior,
    /// Separates staff from senior.
    Staff,
}

/// What sort of answer a question wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Explain how something works.
    Concept,
    /// Find out what is wrong, or decide what to do.
    Scenario,
    /// Write code while talking.
    Implementation,
    /// Design a system.
    Design,
    /// Tell a story about work.
    Behavioural,
    /// Introductions, the candidate's own questions.
    Conversation,
}

/// What one may write into beside a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Pad {
    /// Code.
    Go,
    /// Notes and diagrams.
    Markdown,
}

impl Kind {
    /// The pad that opens beside a question of this kind.
    pub fn pad(self) -> Option<Pad> {
        match self {
            Self::Implementation => Some(Pad::Go),
            Self::Design => Some(Pad::Markdown),
            _ => None,
        }
    }
}

/// A question of the bank, or a prompt of a mock: the same thing in another place.
#[derive(Clone, Debug)]
pub struct Question {
    /// Stable id; takes and grades hang on it.
    pub id: String,
    /// Short, for lists; gives nothing away.
    pub title: String,
    /// What the interviewer says.
    pub prompt: String,
    /// Bank questions only.
    pub depth: Option<Depth>,
    /// What sort of answer it wants.
    pub kind: Kind,
    /// Budget in seconds; always there in the bank, optional in a mock's stage.
    pub seconds: Option<u32>,
    /// Asked only when there is time.
    pub optional: bool,
    /// Ids of the signals it exercises.
    pub signals: Vec<String>,
    /// Another question on the same skill.
    pub sibling: Option<String>,
    /// Questions worth reading next.
    pub see_also: Vec<String>,
    /// Not asked and not listed any more; its history stays.
    pub hidden: bool,
    /// Where it was imported from.
    pub origin: Option<Origin>,
    /// Everything the candidate must not see before an attempt.
    pub sealed: Sealed,
}

/// Where an imported question comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The file as it was named when importing.
    pub file: String,
    /// Its line there, from 1.
    pub line: usize,
    /// The day of the import that wrote it last, as `2026-11-22`.
    pub imported: String,
    /// The day since which the source does not hold it any more.
    pub gone: Option<String>,
    /// Digest of its words in the source.
    pub words: String,
    /// Digest of its words and what else belongs to the question there.
    pub whole: String,
    /// Digest of what the import wrote here; a difference means that the person has edited it.
    pub written: String,
}

/// What stays out of sight until an attempt exists.
#[derive(Clone, Debug, Default)]
pub struct Sealed {
    /// The model answer, in its layers.
    pub answer: Vec<Layer>,
    /// What a strong answer says.
    pub key_points: Vec<String>,
    /// What counts against it.
    pub red_flags: Vec<String>,
    /// Follow-ups; the question alone is shown once it is asked.
    pub probes: Vec<Probe>,
    /// Where it can be read up.
    pub sources: Vec<Source>,
}

/// One layer of a model answer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its heading, such as "Mechanism".
    pub heading: String,
    /// Markdown.
    pub text: String,
}

/// A follow-up.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What the interviewer asks.
    pub question: String,
    /// What a good reply contains.
    pub reply: String,
}

/// Where a claim can be read up.
#[derive(Clone, Debug)]
pub struct Source {
    /// Title of the page or book.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// A full simulated interview, in variants.
#[derive(Clone, Debug)]
pub struct Mock {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// How it is run.
    pub about: String,
    /// Whole length in seconds.
    pub seconds: u32,
    /// Same stages, other problems.
    pub variants: Vec<Variant>,
}

/// One set of problems for a mock.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Stable id.
    pub id: String,
    /// As shown.
    pub title: String,
    /// A sentence.
    pub about: String,
    /// In order.
    pub stages: Vec<Stage>,
}

/// A part of a mock with its own clock.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The same in every variant of the mock.
    pub id: String,
    /// As shown.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Time budget in seconds.
    pub seconds: u32,
    /// In the order they are asked.
    pub prompts: Vec<Question>,
}

/// A line of the last-days checklist.
#[derive(Clone, Debug)]
pub struct ChecklistItem {
    /// Stable id.
    pub id: String,
    /// The line.
    pub title: String,
    /// How to tell that it is done.
    pub about: String,
    /// Ids of questions that are its evidence.
    pub questions: Vec<String>,
    /// `mock/stage` pairs that are its evidence.
    pub stages: Vec<String>,
}

impl Pack {
    /// Every question of the bank with its section and group, in order.
    pub fn bank(&self) -> impl Iterator<Item = (&Section, &Group, &Question)> {
        self.sections.iter().flat_map(|section| {
            section
                .groups
                .iter()
                .flat_map(move |group| group.questions.iter().map(move |question| (section, group, question)))
        })
    }

    /// The bank without what is hidden.
    pub fn shown(&self) -> impl Iterator<Item = (&Section, &Group, &Question)> {
        self.bank().filter(|(_, _, question)| !question.hidden)
    }

    /// Every prompt of every mock, with its place.
    pub fn prompts(&self) -> impl Iterator<Item = (&Mock, &Variant, &Stage, &Question)> {
        self.mocks.iter().flat_map(|mock| {
            mock.variants.iter().flat_map(move |variant| {
                variant.stages.iter().flat_map(move |stage| {
                    stage.prompts.iter().map(move |prompt| (mock, variant, stage, prompt))
                })
            })
        })
    }

    /// The question or prompt with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        let in_bank = self.bank().map(|(_, _, question)| question).find(|question| question.id == id);
        in_bank.or_else(|| self.prompts().map(|(_, _, _, prompt)| prompt).find(|prompt| prompt.id == id))
    }

    /// The signal with this id.
    pub fn signal(&self, id: &str) -> Option<&Signal> {
        self.rubric.signals.iter().find(|signal| signal.id == id)
    }

    /// A signal's name, or the id that is left of one the rubric no longer has.
    pub fn signal_name(&self, id: &str) -> String {
        self.signal(id).map_or(id, |signal| &signal.name).to_owned()
    }

    /// A stage and its mock by `mock/stage`, as the first variant that has the stage tells it.
    pub fn stage(&self, of: &str) -> Option<(&Mock, &Stage)> {
        let (mock, stage) = of.split_once('/')?;
        let mock = self.mock(mock)?;
        let mut stages = mock.variants.iter().flat_map(|variant| &variant.stages);
        stages.find(|found| found.id == stage).map(|found| (mock, found))
    }

    /// The mock with this id.
    pub fn mock(&self, id: &str) -> Option<&Mock> {
        self.mocks.iter().find(|mock| mock.id == id)
    }

    /// The question that tests the same skill as `id`: the one it names, else the prompt at the same place in the next variant.
    pub fn sibling(&self, id: &str) -> Option<&Question> {
        if let Some(named) = self.question(id)?.sibling.as_deref() {
            return self.question(named);
        }
        let (mock, variant, stage, _) = self.prompts().find(|(_, _, _, prompt)| prompt.id == id)?;
        let index = stage.prompts.iter().position(|prompt| prompt.id == id)?;
        let at = mock.variants.iter().position(|other| other.id == variant.id)?;
        let next = &mock.variants[(at + 1) % mock.variants.len()];
        let same = next.stages.iter().find(|other| other.id == stage.id)?;
        same.prompts.get(index).or(same.prompts.first()).filter(|prompt| prompt.id != id)
    }
}
