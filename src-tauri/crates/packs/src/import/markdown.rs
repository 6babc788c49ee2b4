//! Pieces of Markdown taken apart and put right: indentation, raw HTML, fences, items.

use super::blocks::options;
use super::html;
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;

/// The text of each top-level item, without markers.
pub(super) fn items(raw: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(raw, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => {
                if depth == 1 {
                    let item = raw[range].trim();
                    let marker = item.find([' ', '\t', '\n']).unwrap_or(item.len());
                    found.push(dedent(item[marker..].trim()).trim().to_owned());
                }
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found.retain(|item| !item.is_empty());
    found
}

/// Removes the indentation that all lines but the first share.
pub(super) fn dedent(source: &str) -> String {
    let expand = |line: &str| {
        let body = line.trim_start_matches([' ', '\t']);
        let columns: usize =
            line[..line.len() - body.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        (columns, body.to_owned())
    };
    let lines: Vec<(usize, String)> = source.lines().map(expand).collect();
    let least = lines
        .iter()
        .skip(1)
        .filter(|(_, body)| !body.is_empty())
        .map(|(columns, _)| *columns)
        .min()
        .unwrap_or(0);
    let mut out = String::with_capacity(source.len());
    for (columns, body) in &lines {
        out.extend(std::iter::repeat_n(' ', columns.saturating_sub(least)));
        out.push_str(body);
        out.push('\n');
    }
    out
}

/// Markdown with its raw HTML turned into text.
pub(super) fn without_html(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    let mut replace = |range: Range<usize>, out: &mut String| {
        if range.start >= at {
            out.push_str(&source[at..range.start]);
            out.push_str(&html::text(&source[range.clone()]));
            at = range.end;
        }
    };
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                replace(range, &mut out);
                // What stood under a block of HTML must not become its paragraph.
                out.push('\n');
            }
            Event::InlineHtml(_) => replace(range, &mut out),
            _ => {}
        }
    }
    out.push_str(&source[at..]);
    out
}

/// A fenced block with the fence that ends it, which at the end of a document may be missing.
pub(super) fn close_fence(raw: &str) -> String {
    let sign = if raw.trim_start().starts_with('~') { '~' } else { '`' };
    let run: String = raw.trim_start().chars().take_while(|c| *c == sign).collect();
    let body = dedent(&format!("\n{raw}"));
    let body = body.trim();
    let closed =
        body.lines().count() > 1 && body.lines().last().is_some_and(|last| last.trim().starts_with(&run));
    if closed { body.to_owned() } else { format!("{body}\n{run}") }
}
