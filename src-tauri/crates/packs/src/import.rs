//! The tolerant importer: questions out of any Markdown that people keep them in.
//!
//! Promise: reading is pure (text in, values out), runs and fetches nothing, ends in bounded time whatever the text
//! holds, and says of everything that it left out where it stood and why. What comes out holds no raw HTML.

mod blocks;
mod body;
mod candidates;
mod choose;
mod clean;
mod files;
mod gather;
mod html;
mod lead;
mod likeness;
mod markdown;
mod seal;
mod single;
mod substance;
mod tidy;
mod words;

pub use files::{File, read};
pub use gather::{GatherError, Gathered, MAX_FILE, MAX_FILES, MAX_TOTAL, gather};
pub(crate) use seal::sealed;
use serde::Serialize;
pub(crate) use tidy::normal;

/// A question that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Its words, without number and mark; code keeps its backticks, nothing else is markup.
    pub text: String,
    /// What else belongs to it, as Markdown: code it asks about, options to choose from.
    pub more: String,
    /// The answer as Markdown; empty if there is none.
    pub answer: String,
    /// What the source lists as worth hearing, as Markdown.
    pub key_points: Vec<String>,
    /// Follow-up questions.
    pub probes: Vec<String>,
    /// Headings it stands under, outermost first, without the document's own title.
    pub path: Vec<String>,
    /// The file it comes from, as it was named to [`read`].
    pub file: String,
    /// Its line there, from 1.
    pub line: usize,
}

impl Found {
    /// Whether the source answers it.
    pub fn is_answered(&self) -> bool {
        !self.answer.is_empty() || !self.key_points.is_empty()
    }
}

/// Something that was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skip {
    /// The file, as it was named to [`read`].
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Why, in words that follow "Left out:".
    pub why: String,
}

impl Skip {
    pub(crate) fn new(line: usize, why: impl Into<String>) -> Self {
        Self { file: String::new(), line, why: why.into() }
    }
}

/// What was found in one document or many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Import {
    /// A title for what was read, if it gives one.
    pub title: Option<String>,
    /// The questions, in order.
    pub questions: Vec<Found>,
    /// What was left out, by file and line.
    pub skipped: Vec<Skip>,
    /// Items that lead to other pages and ask nothing.
    pub links: usize,
}

impl Import {
    /// How many questions are answered.
    pub fn with_answers(&self) -> usize {
        self.questions.iter().filter(|question| question.is_answered()).count()
    }

    /// How many different places the questions stand in.
    pub fn sections(&self) -> usize {
        self.questions.iter().map(|question| &question.path).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Why there is nothing to import, as a sentence; nothing if there is something.
    pub fn refusal(&self, name: &str) -> Option<String> {
        if !self.questions.is_empty() {
            return None;
        }
        Some(if self.links > 4 {
            format!(
                "There are no questions in {name}: it is a list of {} links to other pages. Import one of the pages it leads to, saved as Markdown.",
                self.links
            )
        } else {
            format!(
                "There are no questions in {name}. Questions are recognised as headings, list items, fold-outs, bold lines, table rows or lines that begin with “Q:”."
            )
        })
    }
}
