//! What stands before a question's words: a number, or a mark such as `Q:`.

use super::tidy::undecorated;
use super::words::{ANSWERING, ASKING};

/// What was read before the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lead {
    /// Says in so many words that a question follows: `Q:`, `Question 3.`, `Вопрос:`.
    pub(super) asks: bool,
    /// Its number, with sub-numbers.
    pub(super) number: Vec<u32>,
}

impl Lead {
    /// Whether there is a number.
    pub(super) fn is_numbered(&self) -> bool {
        !self.number.is_empty()
    }
}

/// Reads the lead of `text` and returns the words after it.
pub(super) fn lead(text: &str) -> (Lead, &str) {
    let mut rest = undecorated(text);
    let mut lead = Lead::default();
    if let Some((number, after)) = asking(rest) {
        lead.asks = true;
        lead.number = number;
        rest = undecorated(after);
        if lead.number.is_empty()
            && let Some((number, after)) = numbered(rest)
        {
            lead.number = number;
            rest = undecorated(after);
        }
    } else if let Some((number, after)) = numbered(rest) {
        lead.number = number;
        rest = undecorated(after);
        if let Some((_, after)) = asking(rest) {
            lead.asks = true;
            rest = undecorated(after);
        }
    }
    if rest.is_empty() { (Lead::default(), text.trim()) } else { (lead, rest) }
}

/// What follows `A:`, `Answer:`, `Ответ:` at the start of a text.
pub(super) fn answering(text: &str) -> Option<&str> {
    let rest = undecorated(text);
    let lower = rest.to_lowercase();
    let mut best: Option<&str> = None;
    for word in ANSWERING.iter() {
        let Some(after) = lower.strip_prefix(word) else { continue };
        // Lower-casing may change lengths in rare scripts; then the word is not one of ours.
        let Some(after) = rest.get(rest.len().checked_sub(after.len())?..) else { continue };
        let after =
            after.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['*', '_', ' ']);
        if let Some(told) = after.strip_prefix([':', '：', '．', '、', '-', '–', '—', ')', '】', '.'])
        {
            let told = told.trim_start_matches(['*', '_', ' ', '-', '>']);
            best = Some(best.map_or(told, |best| if told.len() < best.len() { told } else { best }));
        } else if after.is_empty() && word.chars().count() > 1 {
            best = Some("");
        }
    }
    best
}

fn asking(text: &str) -> Option<(Vec<u32>, &str)> {
    let lower = text.to_lowercase();
    for word in ASKING.iter() {
        let Some(after) = lower.strip_prefix(word) else { continue };
        let Some(after) = text.get(text.len().checked_sub(after.len())?..) else { continue };
        let mut after = after.trim_start_matches([' ', '#', '_']);
        if let Some(rest) =
            after.strip_prefix(['.', '-']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            after = rest;
        }
        if let Some(rest) = after.strip_prefix("No.").or_else(|| after.strip_prefix("№")) {
            after = rest.trim_start();
        }
        let (number, after) = digits(after);
        let bare = after.trim_start_matches(['*', '_', ' ']);
        let delimiter =
            bare.strip_prefix([':', '：', '.', ')', '、', '．', '-', '–', '—', '】', ']', '|', '?']);
        match delimiter {
            Some(rest)
                if !number.is_empty()
                    || bare.starts_with([':', '：', '、', '】', '.', ')', '-', '–', '—']) =>
            {
                // "question-like" and "Q&A" are words, not marks.
                let glued = number.is_empty() && bare.starts_with(['-', '.']) && !rest.starts_with(' ');
                return (!glued).then_some((number, rest));
            }
            None if !number.is_empty() && after.starts_with([' ', '*', '\u{3000}']) => {
                return Some((number, after));
            }
            _ => {}
        }
    }
    None
}

/// A number with a delimiter: `1.`, `1)`, `(1)`, `1.2`, `3、`, `第3题`.
fn numbered(text: &str) -> Option<(Vec<u32>, &str)> {
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = digits(rest);
        let rest = rest.trim_start().strip_prefix(['题', '題', '问', '問'])?;
        return (!number.is_empty())
            .then_some((number, rest.trim_start_matches([':', '：', '、', '.', ' '])));
    }
    if let Some(inner) = text.strip_prefix(['(', '（', '[', '【']) {
        let (number, rest) = digits(inner);
        let rest = rest.strip_prefix([')', '）', ']', '】'])?;
        return (!number.is_empty()).then_some((number, rest));
    }
    let (number, rest) = digits(text);
    if number.is_empty() {
        return None;
    }
    let spaced = rest.trim_start();
    if let Some(after) = spaced.strip_prefix(['.', ')', '）', '、', '．', '。', ':', '：', ']', '】']) {
        // "1.5 GB" would have been read as a sub-number; a digit right after is a version or a time.
        let fits = !after.starts_with(|c: char| c.is_ascii_digit());
        return fits.then_some((number, after));
    }
    if let Some(after) = spaced.strip_prefix(['-', '–', '—', '\u{20e3}', '|', '/']) {
        return after.starts_with([' ', '*']).then_some((number, after));
    }
    // "1.1 Words" and "1 Words": a number alone needs more evidence than one line can give.
    let dotted = number.len() > 1 && rest.starts_with(|c: char| c == ' ' || c == '\t' || !c.is_ascii());
    (dotted && number.len() < 5).then_some((number, rest))
}

/// A number that stands before words without a delimiter: `3 函数`. Only a whole run of them means something.
pub(super) fn loose_number(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = digits(undecorated(text));
    let fits =
        number.len() == 1 && rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphabetic);
    fits.then(|| (number[0], rest.trim_start()))
}

/// Whether numbers are those of a run: there are a few, and most follow the one before or begin again at 1.
pub(super) fn counts_on(numbers: &[u32]) -> bool {
    let runs = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1 || pair[1] == 1).count();
    numbers.len() > 3 && runs * 5 >= (numbers.len() - 1) * 4
}

/// Digits with sub-numbers, at most four digits each.
fn digits(text: &str) -> (Vec<u32>, &str) {
    let mut numbers = Vec::new();
    let mut rest = text;
    loop {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 4 || numbers.len() > 4 {
            let rest = if numbers.is_empty() { text } else { rest };
            return (numbers, rest);
        }
        let Ok(number) = rest[..length].parse() else { return (numbers, rest) };
        numbers.push(number);
        rest = &rest[length..];
        // "1.2" and "1-2" go on; "1." and "1 - x" do not.
        match rest.as_bytes() {
            [b'.' | b'-', next, ..] if next.is_ascii_digit() => rest = &rest[1..],
            _ => return (numbers, rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_marks_are_told_from_words() {
        for (text, asks, number, rest) in [
            ("1. What?", false, vec![1], "What?"),
            ("Q12: What?", true, vec![12], "What?"),
            ("Q1 What?", true, vec![1], "What?"),
            ("Q. What?", true, vec![], "What?"),
            ("Question 3 – What?", true, vec![3], "What?"),
            ("3. Question: What?", true, vec![3], "What?"),
            ("Вопрос 2. Что?", true, vec![2], "Что?"),
            ("问：是什么", true, vec![], "是什么"),
            ("1、什么？", false, vec![1], "什么？"),
            ("(7) What?", false, vec![7], "What?"),
            ("4.What?", false, vec![4], "What?"),
            ("1.10 什么", false, vec![1, 10], "什么"),
            ("1-1. 무엇", false, vec![1, 1], "무엇"),
            ("🔹 2) Why", false, vec![2], "Why"),
            ("1️⃣ Why", false, vec![], "1️⃣ Why"),
            ("Questions about Go", false, vec![], "Questions about Go"),
            ("Quick sort", false, vec![], "Quick sort"),
            ("2019.12.01 news", false, vec![2019, 12, 1], "news"),
            ("3 ways out", false, vec![], "3 ways out"),
        ] {
            let (lead, words) = lead(text);
            let seen = (lead.asks, lead.number, words);
            if text.starts_with("1️⃣") {
                assert!(seen.2.ends_with("Why"), "{text}: {seen:?}");
            } else {
                assert_eq!(seen, (asks, number, rest), "{text}");
            }
        }
    }

    #[test]
    fn answers_announce_themselves() {
        assert_eq!(answering("A: yes"), Some("yes"));
        assert_eq!(answering("**Answer:** yes"), Some("yes"));
        assert_eq!(answering("Answer"), Some(""));
        assert_eq!(answering("Answer: D"), Some("D"));
        assert_eq!(answering("答：是"), Some("是"));
        assert_eq!(answering("Ответ: да"), Some("да"));
        assert_eq!(answering("A channel is"), None);
        assert_eq!(answering("Answers vary"), None);
    }
}
