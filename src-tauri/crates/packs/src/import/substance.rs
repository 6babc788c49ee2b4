//! Whether a stretch of a document says anything: words, or only furniture and links.

use super::tidy::bare;

/// Whether there are words that are not HTML, rules or ways back to the top.
pub(super) fn has_words(source: &str) -> bool {
    let mut in_comment = false;
    source.lines().any(|line| {
        let mut rest = line;
        let mut plain = String::new();
        while !rest.is_empty() {
            if in_comment {
                let Some((_, after)) = rest.split_once("-->") else { return false };
                in_comment = false;
                rest = after;
            } else if let Some((before, after)) = rest.split_once('<') {
                plain.push_str(before);
                if let Some(comment) = after.strip_prefix("!--") {
                    in_comment = true;
                    rest = comment;
                } else if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                    rest = after.split_once('>').map_or("", |(_, after)| after);
                } else {
                    plain.push('<');
                    rest = after;
                }
            } else {
                plain.push_str(rest);
                rest = "";
            }
        }
        plain.chars().any(|c| c.is_alphanumeric() || c == '{' || c == '$') && !is_way_back(&plain)
    })
}

/// Whether every line is a link or an address, perhaps with a bullet.
pub(super) fn has_only_links(source: &str) -> bool {
    source.lines().filter(|line| line.chars().any(char::is_alphanumeric)).all(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"[<".contains(c));
        line.starts_with('[') && line.contains("](") || line.starts_with("http") || line.starts_with("<http")
    })
}

/// `[⬆ Back to top](#contents)` and its like: one link to a place in the same file, and nothing else.
pub(super) fn is_way_back(line: &str) -> bool {
    let Some((before, rest)) = line.split_once("](#") else {
        let lower = bare(line).to_lowercase();
        return ["back to top", "go to top", "⬆ back to top", "to top"].contains(&lower.as_str());
    };
    let Some((_, after)) = rest.split_once(')') else { return false };
    let Some((before, text)) = before.split_once('[') else { return false };
    let silent = |text: &str| !text.chars().any(char::is_alphanumeric);
    silent(before) && silent(after) && text.len() < 80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_is_no_answer() {
        assert!(!has_words(
            "\n<br/>\n\n---\n**[⬆ Back to Top](#table-of-contents)**\n<!-- tags: (css) -->\n"
        ));
        assert!(has_words("\n`{}`\n"));
        assert!(has_words("[[Answer]](https://example.org)"));
    }
}
