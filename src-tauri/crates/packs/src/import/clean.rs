//! A file's bytes as text that can be parsed in bounded time, line for line where it was.
//!
//! Promise: line numbers stay those of the file; no line is longer than [`MAX_LINE`], none is nested deeper than
//! [`MAX_NESTING`]; what had to be left out is said.

use super::Skip;

/// No line of prose is longer than this; what is longer is data, and Markdown parsers are slow on it.
pub(super) const MAX_LINE: usize = 64 * 1024;
/// Nobody nests lists or quotes deeper; parsers and renderers work harder with every level.
const MAX_NESTING: usize = 24;
/// The deepest indentation that is kept, in columns.
const MAX_INDENT: usize = 120;

/// Text made parsable.
#[derive(Debug, Default)]
pub(super) struct Cleaned {
    /// The text, with `\n` at line ends.
    pub(super) text: String,
    /// The title that the front matter gives.
    pub(super) title: Option<String>,
}

/// Makes `bytes` parsable; invalid UTF-8 is replaced and said.
pub(super) fn clean(bytes: &[u8], skipped: &mut Vec<Skip>) -> Cleaned {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let source = String::from_utf8_lossy(bytes);
    if let std::borrow::Cow::Owned(_) = source {
        let line = bytes[..valid_up_to(bytes)].split(|byte| *byte == b'\n').count();
        skipped.push(Skip::new(line, "bytes that are not UTF-8 text were replaced by a placeholder"));
    }
    let (front_lines, title) = front_matter(&source);
    let mut text = String::with_capacity(source.len() + 1);
    let mut fence: Option<(char, usize)> = None;
    for (at, line) in lines(&source).enumerate() {
        if at >= front_lines {
            push_line(line, at + 1, &mut fence, &mut text, skipped);
        }
        text.push('\n');
    }
    Cleaned { text, title }
}

fn valid_up_to(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).err().map_or(bytes.len(), |error| error.valid_up_to())
}

/// Lines by `\n`, `\r\n` or a lone `\r`.
fn lines(source: &str) -> impl Iterator<Item = &str> {
    source.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

fn push_line(
    line: &str,
    number: usize,
    fence: &mut Option<(char, usize)>,
    text: &mut String,
    skipped: &mut Vec<Skip>,
) {
    if line.len() > MAX_LINE {
        skipped.push(Skip::new(number, format!("the line is longer than {} KB", MAX_LINE / 1024)));
        return;
    }
    let body = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - body.len();
    if nesting(body) > MAX_NESTING {
        skipped.push(Skip::new(number, format!("the line is nested deeper than {MAX_NESTING} levels")));
        return;
    }
    let fenced = fence.is_some();
    follow_fence(body, fence);
    let indent = &line[..indent];
    if indent.len() > MAX_INDENT {
        text.extend(indent.chars().take(MAX_INDENT));
    } else {
        text.push_str(indent);
    }
    // Forges used to read `##Title` as a heading, and many banks were written then.
    let hashes = body.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &body[hashes..];
    let glued = (2..=6).contains(&hashes) && rest.chars().next().is_some_and(|c| !c.is_whitespace());
    if glued && !fenced && fence.is_none() {
        text.push_str(&body[..hashes]);
        text.push(' ');
        text.push_str(&rest.replace('\0', "\u{fffd}"));
    } else if body.contains('\0') {
        text.push_str(&body.replace('\0', "\u{fffd}"));
    } else {
        text.push_str(body);
    }
}

/// How many quote and list markers a line begins with.
fn nesting(body: &str) -> usize {
    let mut rest = body;
    let mut levels = 0;
    loop {
        let next = match rest.as_bytes() {
            [b'>', ..] => &rest[1..],
            [b'-' | b'*' | b'+', b' ' | b'\t', ..] => &rest[2..],
            [b'0'..=b'9', b'.' | b')', b' ', ..] => &rest[3..],
            _ => return levels,
        };
        levels += 1;
        rest = next.trim_start_matches([' ', '\t']);
    }
}

fn follow_fence(body: &str, fence: &mut Option<(char, usize)>) {
    let Some(sign) = body.chars().next().filter(|sign| ['`', '~'].contains(sign)) else { return };
    let run = body.chars().take_while(|c| *c == sign).count();
    if run < 3 {
        return;
    }
    match *fence {
        None if sign == '~' || !body[run..].contains('`') => *fence = Some((sign, run)),
        Some((open, length)) if open == sign && run >= length && body[run..].trim().is_empty() => {
            *fence = None;
        }
        _ => {}
    }
}

/// How many lines the front matter takes, and the title it gives.
fn front_matter(source: &str) -> (usize, Option<String>) {
    let mut all = lines(source).enumerate();
    let Some((_, first)) = all.next() else { return (0, None) };
    let end = match first.trim_end() {
        "---" => ["---", "..."],
        "+++" => ["+++", "+++"],
        _ => return (0, None),
    };
    let mut title = None;
    // Front matter that never ends is a rule and what follows it; so is one with prose in it.
    for (at, line) in all.take(200) {
        if end.contains(&line.trim_end()) {
            return (at + 1, title);
        }
        let value = line.strip_prefix("title").and_then(|rest| rest.trim_start().strip_prefix([':', '=']));
        if let Some(value) = value {
            title = Some(value.trim().trim_matches(['"', '\'']).to_owned()).filter(|title| !title.is_empty());
        }
        let key = line.split([':', '=']).next().unwrap_or_default();
        let entry = line.contains([':', '=']) && !key.trim().contains(' ');
        let list = line.trim_start().starts_with(['-', '#', '[', ']', '"', '\'', '>', '|', '}', '{']);
        if !(entry || list || line.trim().is_empty() || line.starts_with([' ', '\t']))
            || line.starts_with("# ")
        {
            return (0, None);
        }
    }
    (0, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> (String, Vec<Skip>) {
        let mut skipped = Vec::new();
        (clean(text.as_bytes(), &mut skipped).text, skipped)
    }

    #[test]
    fn line_numbers_survive_front_matter_marks_and_line_ends() {
        let source = "\u{feff}---\r\ntitle: \"Ten questions\"\r\ntags: [a]\r\n---\r\n\r\n###Why?\r\n";
        let mut skipped = Vec::new();
        let found = clean(source.as_bytes(), &mut skipped);
        assert_eq!(found.title.as_deref(), Some("Ten questions"));
        assert_eq!(found.text.lines().nth(5), Some("### Why?"));
        assert_eq!(
            cleaned("---\n\nA rule above prose.\n\n---\n").0.lines().nth(2),
            Some("A rule above prose.")
        );
    }

    #[test]
    fn glued_hashes_in_code_stay_as_they_are() {
        let source = "```\n##define\n```\n##Title\n#!/bin/sh\n";
        assert_eq!(cleaned(source).0, "```\n##define\n```\n## Title\n#!/bin/sh\n\n");
    }

    #[test]
    fn what_would_stall_a_parser_is_left_out_and_said() {
        let (text, skipped) = cleaned(&format!("{}\n{}x\nfine\n", ">".repeat(5000), "x".repeat(MAX_LINE)));
        assert_eq!(text.trim(), "fine");
        assert_eq!(skipped.iter().map(|skip| skip.line).collect::<Vec<_>>(), [1, 2]);
        let mut skipped = Vec::new();
        clean(b"one\ntwo \xff\n", &mut skipped);
        assert_eq!(skipped[0].line, 2);
    }
}
