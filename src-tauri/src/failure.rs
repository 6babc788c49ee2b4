//! How an error crosses to the window: a sentence, and a code only where the window acts on it.

use serde::Serialize;
use specta::Type;
use std::fmt::Display;

/// What the window may act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No microphone is open or none can be found: offer "Ready?".
    NoMicrophone,
    /// The thing asked for is gone: go back to the list.
    NotFound,
    /// A rule of practising forbids it now: show the sentence beside the action.
    Refused,
    /// The library cannot be opened: show the full-page explanation.
    Library,
}

/// What went wrong, for a person.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Failure {
    /// Set only where the window acts on it.
    pub code: Option<Code>,
    /// What happened and what to do next.
    pub message: String,
}

impl Failure {
    /// A failure the window only shows.
    pub fn new(message: impl Display) -> Self {
        Self { code: None, message: message.to_string() }
    }

    /// A failure the window acts on.
    pub fn coded(code: Code, message: impl Display) -> Self {
        Self { code: Some(code), message: message.to_string() }
    }

    /// Something asked for by id is not there.
    pub fn not_found(what: &str) -> Self {
        Self::coded(Code::NotFound, format!("This {what} is not there any more. Go back and choose another."))
    }
}

impl From<aloud_practice::grade::Refusal> for Failure {
    fn from(refusal: aloud_practice::grade::Refusal) -> Self {
        Self::coded(Code::Refused, refusal.sentence())
    }
}

/// What a command returns.
pub type Outcome<T> = Result<T, Failure>;
