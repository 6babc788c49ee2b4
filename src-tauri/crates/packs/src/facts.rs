//! The facts line under a heading: `` `id` · core · concept · 3 min · signals: Go depth ``.

use crate::document::{Block, Document, Shape};
use crate::problem::Problem;

/// A facts line, split but not yet understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The id.
    pub(crate) id: String,
    /// Line, from 1.
    pub(crate) line: usize,
    /// What stands after the id; each must be taken by somebody.
    rest: Vec<String>,
}

impl Facts {
    /// Reads the facts line that must be the first of `blocks`, which belong to the heading `title` on `line`.
    pub(crate) fn read(
        document: &Document,
        line: usize,
        title: &str,
        blocks: &[Block],
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let found =
            blocks.first().filter(|block| block.shape == Shape::Paragraph && block.text.starts_with('`'));
        let Some(block) = found else {
            let say = format!("“{title}” has no facts line. Write `its-id` in backticks under the heading.");
            problems.push(Problem::error(&document.file, line, say));
            return None;
        };
        let mut parts = block.text.split(" · ").map(str::trim);
        let id = parts.next().unwrap_or_default().trim_matches('`').to_owned();
        if !is_id(&id) {
            let say = format!(
                "“{id}” is not an id. Use lower-case words joined by hyphens, such as `closing-a-channel`."
            );
            problems.push(Problem::error(&document.file, block.line, say));
            return None;
        }
        Some(Self { id, line: block.line, rest: parts.map(str::to_owned).collect() })
    }

    /// Takes the first fact that `read` understands.
    pub(crate) fn take<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (at, value) = self.rest.iter().enumerate().find_map(|(at, fact)| Some((at, read(fact)?)))?;
        self.rest.remove(at);
        Some(value)
    }

    /// Takes the first fact that is one of these names.
    pub(crate) fn take_named<T: Copy>(&mut self, names: &[(&str, T)]) -> Option<T> {
        self.take(|fact| names.iter().find(|(name, _)| *name == fact).map(|(_, value)| *value))
    }

    /// Takes `key: value`.
    pub(crate) fn take_value(&mut self, key: &str) -> Option<String> {
        self.take(|fact| fact.strip_prefix(key)?.strip_prefix(": ").map(|value| value.trim().to_owned()))
    }

    /// Takes `N min` or `N s`, as seconds; at most four hours.
    pub(crate) fn take_seconds(&mut self) -> Option<u32> {
        self.take(|fact| {
            let (number, unit) = match fact.strip_suffix(" min") {
                Some(number) => (number, 60),
                None => (fact.strip_suffix(" s")?, 1),
            };
            let seconds = number.trim().parse::<u32>().ok()?.checked_mul(unit)?;
            (1..=240 * 60).contains(&seconds).then_some(seconds)
        })
    }

    /// Reports every fact that nobody took.
    pub(crate) fn finish(self, document: &Document, known: &str, problems: &mut Vec<Problem>) {
        for fact in self.rest {
            let say = format!("“{fact}” is not a fact that belongs here. Known here: {known}.");
            problems.push(Problem::error(&document.file, self.line, say));
        }
    }
}

/// Lower-case words joined by single hyphens, at most 64 characters.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= 64
        && !text.is_empty()
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// All ids in backticks in `text`.
pub(crate) fn ids_in(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words() {
        assert!(is_id("nil-and-closed-channels") && is_id("s3"));
        for bad in ["", "A", "a--b", "-a", "a_b", "ä", "../a"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
