//! How much a line looks like a question, by itself.

use super::tidy::bare;
use super::words::{BANK, FURNITURE, FURNITURE_BEGINNINGS, MARKS_UNSPACED, OPENERS, OPENERS_UNSPACED};
use std::collections::HashSet;
use std::sync::LazyLock;

static SINGLE_OPENERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| OPENERS.iter().copied().filter(|opener| !opener.contains(' ')).collect());
static LONG_OPENERS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| OPENERS.iter().copied().filter(|opener| opener.contains(' ')).collect());
static FURNITURE_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| FURNITURE.iter().copied().collect());

/// Longer than this is prose.
const LONGEST: usize = 900;

/// Question marks of the scripts banks are written in.
pub(super) const MARKS: [char; 7] = ['?', '？', '؟', '⁇', '⁈', '՞', '︖'];

/// From 0, no question, to 1, certainly one; `text` is without number and mark.
pub(super) fn likeness(text: &str) -> f32 {
    let bare = bare(text);
    if bare.chars().filter(|c| c.is_alphabetic()).take(2).count() < 2 || is_furniture(&bare) {
        return 0.0;
    }
    let prose = text.len() > LONGEST;
    let outside = outside_code(text);
    if outside.contains('¿') || outside.contains(MARKS) && !only_in_addresses(&outside) {
        return if prose { 0.5 } else { 1.0 };
    }
    if prose || bare.starts_with("http://") || bare.starts_with("https://") {
        return 0.0;
    }
    let lower = bare.to_lowercase();
    let first = first_word(&lower);
    let opens = SINGLE_OPENERS.contains(first)
        || LONG_OPENERS.iter().any(|opener| {
            lower.strip_prefix(*opener).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
    let unspaced = OPENERS_UNSPACED.iter().any(|opener| lower.starts_with(*opener))
        || MARKS_UNSPACED.iter().any(|mark| lower.contains(*mark));
    if opens || unspaced {
        return if outside.trim_end().ends_with([':', '：']) { 0.6 } else { 0.9 };
    }
    let contrast = [" vs ", " vs. ", " versus ", "difference between", "разниц", "отлич", " ли "];
    if contrast.iter().any(|word| lower.contains(word)) { 0.7 } else { 0.0 }
}

/// A line that belongs to a document's furniture in any bank: "Table of contents", "License", "Answer".
pub(super) fn is_furniture(bare: &str) -> bool {
    let lower = bare.to_lowercase();
    let trimmed =
        lower.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == '：' || c == '？' || c == '！');
    let trimmed = trimmed.trim();
    FURNITURE_SET.contains(trimmed) || FURNITURE_BEGINNINGS.iter().any(|begin| lower.starts_with(*begin))
}

/// Whether a title, a path or front matter says that the document is a bank.
pub(super) fn names_a_bank(title: &str) -> bool {
    let lower = title.to_lowercase();
    BANK.iter().any(|word| lower.contains(*word))
}

/// The text without its code, whose question marks ask nothing.
fn outside_code(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Whether every question mark is part of an address.
fn only_in_addresses(text: &str) -> bool {
    text.split_whitespace()
        .filter(|word| word.contains(MARKS))
        .all(|word| word.contains("://") && !word.trim_end_matches([')', ']']).ends_with(MARKS))
}

fn first_word(lower: &str) -> &str {
    let rest = lower.trim_start_matches(['"', '\'', '“', '«', '(', '[', '`', '¿', '„', '「']);
    let end = rest
        .find(|c: char| {
            !(c.is_alphanumeric() || c == '\'' || c == '’' || ('\u{300}'..='\u{36f}').contains(&c))
        })
        .unwrap_or(rest.len());
    let word = &rest[..end];
    // Words such as "qu'est-ce" and "what're".
    if SINGLE_OPENERS.contains(word) { word } else { word.split(['\'', '’']).next().unwrap_or(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_of_many_languages_look_like_questions() {
        for text in [
            "What is a closure?",
            "Explain closures",
            "Tell me about a time you failed.",
            "Difference between `let` and `var`",
            "ArrayList vs LinkedList",
            "Что такое ООП",
            "Назовите основные принципы",
            "什么是闭包",
            "说说你对闭包的理解",
            "クロージャとは",
            "클로저란 무엇인가",
            "¿Qué es una API",
            "Explique o conceito de herança",
            "ما هو المتغير؟",
            "Closure là gì",
        ] {
            assert!(likeness(text) >= 0.6, "{text}");
        }
    }

    #[test]
    fn furniture_and_prose_do_not() {
        for text in [
            "Table of contents",
            "License",
            "Java Core",
            "How to contribute?",
            "Answer",
            "https://example.org/?q=1",
            "see https://example.org/?q=1 for more",
            "a `?` b operators",
            "目录",
            "⬆ Back to top",
            "🙂",
        ] {
            assert!(likeness(text) < 0.5, "{text}: {}", likeness(text));
        }
    }
}
