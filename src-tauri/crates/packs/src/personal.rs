//! Personal packs: a person's own questions in the ordinary format, and everything one can do to them.
//!
//! Promise: an edit changes the text of the question it is about and leaves every other byte as it was; ids are never
//! given twice, so history stays with its question; what is written is read back without errors, or nothing is written.

mod chapters;
mod edit;
mod groups;
mod merge;
mod render;
mod starter;
mod store;

pub use edit::{Place, Wording};
pub use merge::{Merged, Stopped};
pub use store::StoreError;

use crate::facts::is_id;
use crate::problem::Severity;
use crate::read::{Reading, read_texts};
use aloud_practice::pack::Pack;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A personal pack as its texts, by their path inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    texts: BTreeMap<String, String>,
}

/// Why something cannot be done to a personal pack, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

impl Trouble {
    fn new(say: impl Into<String>) -> Self {
        Self(say.into())
    }

    fn gone() -> Self {
        Self::new("This question is not in the pack any more. Go back and choose another.")
    }
}

impl Personal {
    /// A new pack without questions.
    pub fn new(id: &str, title: &str, language: &str) -> Self {
        Self { texts: starter::texts(id, title, language) }
    }

    /// Its texts, by their path inside the pack.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// Reads it as the app would.
    pub fn read(&self) -> Reading {
        read_texts(&self.texts)
    }

    /// Reads it, or says what is wrong with it.
    pub fn pack(&self) -> Result<Pack, Trouble> {
        let reading = self.read();
        if let Some(problem) = reading.problems.iter().find(|problem| problem.severity == Severity::Error) {
            return Err(Trouble::new(format!("The pack cannot be read: {problem}")));
        }
        reading.pack.ok_or_else(|| Trouble::new("The pack cannot be read. Its README.md is missing."))
    }

    /// Every id that is or was in use.
    fn ids(pack: &Pack) -> BTreeSet<String> {
        let chapters = pack.sections.iter().flat_map(|section| {
            std::iter::once(&section.id).chain(section.groups.iter().map(|group| &group.id))
        });
        let asked = pack.bank().map(|(_, _, question)| &question.id);
        let prompts = pack.prompts().map(|(_, _, _, prompt)| &prompt.id);
        chapters.chain(asked).chain(prompts).chain(&pack.retired).cloned().collect()
    }
}

/// An id made of the words of `text` that `taken` does not hold yet; it is added there.
pub fn fresh_id(text: &str, taken: &mut BTreeSet<String>) -> String {
    let slug = slug(text);
    let slug = if slug.is_empty() { format!("q-{}", &digest(text)[..8]) } else { slug };
    if is_id(&slug) && taken.insert(slug.clone()) {
        return slug;
    }
    for round in 0u32.. {
        let id = format!("{slug}-{}", &digest(&format!("{text}\0{round}"))[..6]);
        if taken.insert(id.clone()) {
            return id;
        }
    }
    slug
}

/// Lower-case words of ASCII letters and digits joined by hyphens, at most 48 characters; empty if there are none.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    // A few letters of a name in a text of another script say nothing.
    if lower.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count() * 2
        > lower.chars().filter(|c| c.is_alphabetic()).count()
    {
        return slug;
    }
    for word in words {
        if slug.len() + word.len() + 1 > 48 {
            if slug.is_empty() {
                slug.push_str(&word[..48]);
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// SHA-256 of a text as sixteen hexadecimal digits, enough to tell a person's questions apart.
fn digest(text: &str) -> String {
    let mut out = String::with_capacity(16);
    for byte in Sha256::digest(text.as_bytes()).iter().take(8) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_readable_and_never_given_twice() {
        let mut taken = BTreeSet::new();
        assert_eq!(fresh_id("What's the `output`?", &mut taken), "what-s-the-output");
        let second = fresh_id("What's the `output`?", &mut taken);
        assert!(second.starts_with("what-s-the-output-") && is_id(&second), "{second}");
        let chinese = fresh_id("什么是闭包？", &mut taken);
        assert!(chinese.starts_with("q-") && is_id(&chinese), "{chinese}");
        assert!(is_id(&fresh_id(&"x".repeat(500), &mut taken)));
        assert!(is_id(&fresh_id("", &mut taken)));
    }
}
