//! Words by which questions and their surroundings are told apart, in the languages banks are mostly written in.
//!
//! Lists, not grammar: one word decides nothing, a whole family of headings or items does. Each list is a file in
//! `words/`, by language: commas between the words, all in lower case, `#` before a line about them, quotes around a word
//! whose space at the end counts.

use std::sync::LazyLock;

/// A list of words, read once.
type Words = LazyLock<Vec<&'static str>>;

/// Words a question begins with; matched as whole words.
pub(super) static OPENERS: Words = LazyLock::new(|| words(include_str!("words/openers.txt")));
/// Beginnings of a question where words are not separated by spaces.
pub(super) static OPENERS_UNSPACED: Words =
    LazyLock::new(|| words(include_str!("words/openers-unspaced.txt")));
/// What a question contains or ends with where words are not separated by spaces.
pub(super) static MARKS_UNSPACED: Words = LazyLock::new(|| words(include_str!("words/marks-unspaced.txt")));
/// Headings and items that are never questions.
pub(super) static FURNITURE: Words = LazyLock::new(|| words(include_str!("words/furniture.txt")));
/// Beginnings of headings that are about the document and not of it.
pub(super) static FURNITURE_BEGINNINGS: Words =
    LazyLock::new(|| words(include_str!("words/furniture-beginnings.txt")));
/// Parts of a heading over a table of contents.
pub(super) static CONTENTS: Words = LazyLock::new(|| words(include_str!("words/contents.txt")));
/// Parts of a title, file name or front matter by which a document says that it is a bank.
pub(super) static BANK: Words = LazyLock::new(|| words(include_str!("words/bank.txt")));
/// Headers of a table's column that holds questions.
pub(super) static QUESTION_COLUMN: Words = LazyLock::new(|| words(include_str!("words/question-column.txt")));
/// Headers of a table's column that holds answers.
pub(super) static ANSWER_COLUMN: Words = LazyLock::new(|| words(include_str!("words/answer-column.txt")));
/// Beginnings of headings under which an answer goes on: they end no question.
pub(super) static ANSWER_PARTS: Words = LazyLock::new(|| words(include_str!("words/answer-parts.txt")));
/// Words that announce a question; a longer one stands before its beginning.
pub(super) static ASKING: Words = LazyLock::new(|| words(include_str!("words/asking.txt")));
/// Words that announce an answer.
pub(super) static ANSWERING: Words = LazyLock::new(|| words(include_str!("words/answering.txt")));
/// Parts of a question that cannot be understood without the code after it.
pub(super) static CODE_AHEAD: Words = LazyLock::new(|| words(include_str!("words/code-ahead.txt")));

fn words(list: &'static str) -> Vec<&'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(','))
        .map(|word| word.trim().trim_matches('"'))
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_can_match_and_none_is_the_rest_of_a_lost_comma() {
        let lists = [
            ("openers", &OPENERS),
            ("openers-unspaced", &OPENERS_UNSPACED),
            ("marks-unspaced", &MARKS_UNSPACED),
            ("furniture", &FURNITURE),
            ("furniture-beginnings", &FURNITURE_BEGINNINGS),
            ("contents", &CONTENTS),
            ("bank", &BANK),
            ("question-column", &QUESTION_COLUMN),
            ("answer-column", &ANSWER_COLUMN),
            ("answer-parts", &ANSWER_PARTS),
            ("asking", &ASKING),
            ("answering", &ANSWERING),
            ("code-ahead", &CODE_AHEAD),
        ];
        for (name, list) in lists {
            assert!(list.len() > 10, "{name} is nearly empty");
            for word in list.iter() {
                assert_eq!(*word, word.to_lowercase(), "{name}: text is compared in lower case");
                assert!(!word.contains(['"', '#', '\n']) && word.chars().count() < 40, "{name}: {word:?}");
            }
        }
    }

    #[test]
    fn only_quotes_keep_a_space() {
        assert_eq!(words("# Lang\na b,  c,\n\"d \", e\n"), ["a b", "c", "d ", "e"]);
    }
}
