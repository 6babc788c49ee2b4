//! What a search found.

use serde::Serialize;
use specta::Type;

/// Something that was found.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Hit {
    /// Where it is and how to get there.
    pub place: HitPlace,
    /// The question's or session's title.
    pub title: String,
    /// Where that stands: section, mock, or take.
    pub under: String,
    /// The words around what was found.
    pub text: Vec<HitPiece>,
    /// When it was written, as in lists; empty for prompts.
    pub when: String,
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HitPlace {
    /// A question of a pack.
    Question { pack: String, question: String },
    /// A question that is in no pack any more, asked in this take.
    Take { take: String },
    /// A note of a take; at its moment in milliseconds, if it has one.
    Note { take: String, at_ms: Option<u32> },
    /// What was written after a session.
    Reflection { session: String },
    /// A point to carry forward to a question.
    Carry { pack: String, question: String },
}

/// A piece of text, found or around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct HitPiece {
    /// The words.
    pub text: String,
    /// They are what was looked for.
    pub found: bool,
}
