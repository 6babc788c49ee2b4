//! Markdown made safe to be written above other Markdown.

use super::blocks::options;
use super::tidy::is_pictograph;
use pulldown_cmark::{Event, Parser, Tag};

/// Longer answers are books; a pack's file has to stay readable.
const MAX_ANSWER: usize = 100 * 1024;

/// Markdown that ends where it ends: nothing in it may swallow what is written after it, and no heading stands in it.
pub(crate) fn sealed(markdown: &str) -> String {
    let mut text = markdown.trim().to_owned();
    if text.len() > MAX_ANSWER {
        let mut end = MAX_ANSWER;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push_str(" …");
    }
    if is_sealed(&text) {
        return text;
    }
    let text = without_headings(&text);
    if is_sealed(&text) {
        return text;
    }
    // As code it can do nothing.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1;
    let fence = "`".repeat(longest);
    format!("{fence}\n{text}\n{fence}")
}

/// Whether Markdown holds no heading and a heading after it is one.
fn is_sealed(markdown: &str) -> bool {
    let probe = format!("{markdown}\n\n# end\n");
    let mut depth = 0usize;
    let mut headings = 0;
    let mut last = false;
    for (event, range) in Parser::new_ext(&probe, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if let Tag::Heading { .. } = tag {
                    headings += 1;
                    last = depth == 0 && range.start > markdown.len();
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    last && headings == 1
}

/// Headings at the top level as bold lines; deeper ones lose their marker.
fn without_headings(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut at = 0;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        if let Event::Start(Tag::Heading { .. }) = event
            && range.start >= at
        {
            let raw = markdown[range.clone()].trim();
            let words = raw
                .lines()
                .filter(|line| !line.trim().chars().all(|c| c == '=' || c == '-'))
                .collect::<Vec<_>>()
                .join(" ");
            let words = words.trim_matches(['#', ' ']).replace('*', "");
            out.push_str(&markdown[at..range.start]);
            if words.chars().any(|c| !is_pictograph(c) && !c.is_whitespace()) {
                out.push_str("**");
                out.push_str(words.trim());
                out.push_str("**\n");
            }
            at = range.end;
        }
    }
    out.push_str(&markdown[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_after_an_answer_is_swallowed_by_it() {
        for hostile in [
            "```\nopen",
            "<!-- open",
            "a\n===",
            "# heading\n\ntext",
            "> # quoted",
            "- # listed",
            "text\n\n    # code",
        ] {
            assert!(is_sealed(&sealed(hostile)), "{hostile:?} gave {:?}", sealed(hostile));
        }
    }
}
