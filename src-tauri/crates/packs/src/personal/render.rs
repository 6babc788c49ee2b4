//! A question as the Markdown of its chapter.

use crate::import::sealed;
use crate::question::{DEPTHS, KINDS, USUAL_SECONDS};
use aloud_practice::pack::{Depth, Origin, Pack, Question};
use std::fmt::Write as _;

/// Titles in lists are not longer than this many characters.
const TITLE: usize = 140;

/// A question as a chapter of a group's file; signals are ids of the pack's rubric.
pub(super) fn chapter(question: &Question, pack: Option<&Pack>) -> String {
    let mut out = format!("## {}\n\n{}\n", heading_text(&question.title, "Question"), facts(question, pack));
    let _ = write!(out, "\n{}\n", quote(&question.prompt));
    for layer in &question.sealed.answer {
        part(&mut out, &layer.heading, &sealed(&layer.text));
    }
    part(&mut out, "Key points", &list(question.sealed.key_points.iter().map(String::as_str)));
    part(&mut out, "Red flags", &list(question.sealed.red_flags.iter().map(String::as_str)));
    let probes = question.sealed.probes.iter().map(|probe| {
        let asked = line_text(&probe.question, "").replace("**", "");
        if probe.reply.trim().is_empty() { asked } else { format!("**{asked}** {}", probe.reply.trim()) }
    });
    let probes: Vec<String> = probes.filter(|probe| !probe.is_empty()).collect();
    part(&mut out, "Probes", &list(probes.iter().map(String::as_str)));
    let sources = question.sealed.sources.iter().map(|source| format!("[{}]({})", source.title, source.url));
    part(&mut out, "Sources", &list(sources.collect::<Vec<_>>().iter().map(String::as_str)));
    let mut related = Vec::new();
    related.extend(question.sibling.iter().map(|id| format!("sibling: `{id}`")));
    if !question.see_also.is_empty() {
        let ids: Vec<String> = question.see_also.iter().map(|id| format!("`{id}`")).collect();
        related.push(format!("see also: {}", ids.join(", ")));
    }
    part(&mut out, "Related", &list(related.iter().map(String::as_str)));
    if let Some(origin) = &question.origin {
        part(&mut out, "Origin", &list(origin_lines(origin).iter().map(String::as_str)));
    }
    out
}

fn facts(question: &Question, pack: Option<&Pack>) -> String {
    let depth = name_of(question.depth.unwrap_or(Depth::Core), &DEPTHS);
    let kind = name_of(question.kind, &KINDS);
    let seconds = question.seconds.unwrap_or(USUAL_SECONDS);
    let time =
        if seconds.is_multiple_of(60) { format!("{} min", seconds / 60) } else { format!("{seconds} s") };
    let mut facts = format!("`{}` · {depth} · {kind} · {time}", question.id);
    let names: Vec<&str> = question
        .signals
        .iter()
        .filter_map(|id| pack.and_then(|pack| pack.signal(id)).map(|signal| signal.name.as_str()))
        .collect();
    if !names.is_empty() {
        let _ = write!(facts, " · signals: {}", names.join(", "));
    }
    if question.optional {
        facts.push_str(" · optional");
    }
    if question.hidden {
        facts.push_str(" · hidden");
    }
    facts
}

/// The name of a value in a facts line.
fn name_of<T: Copy + PartialEq>(value: T, names: &[(&'static str, T)]) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| name)
}

fn origin_lines(origin: &Origin) -> Vec<String> {
    let file: String =
        origin.file.chars().map(|c| if c.is_control() || c == '`' { '_' } else { c }).collect();
    let mut lines = vec![
        format!("from: `{file}`, line {}", origin.line),
        format!("imported: `{}`", origin.imported),
        format!("digests: `{}`, `{}`, `{}`", origin.words, origin.whole, origin.written),
    ];
    lines.extend(origin.gone.iter().map(|day| format!("gone: `{day}`")));
    lines
}

fn part(out: &mut String, heading: &str, body: &str) {
    if !body.trim().is_empty() {
        let _ = write!(out, "\n### {heading}\n\n{}\n", body.trim_end());
    }
}

/// Bullets; lines of an item are indented, so that none of them can begin anything else.
fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for item in items {
        let item = sealed(item);
        // An empty line would end the item for readers that look at lines.
        let lines: Vec<&str> = item.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        for (at, line) in lines.iter().enumerate() {
            let lead = if at == 0 { "- " } else { "  " };
            let _ = writeln!(out, "{lead}{line}");
        }
    }
    out
}

/// What the interviewer says, as a block quote.
fn quote(prompt: &str) -> String {
    let prompt = sealed(prompt);
    let mut lines: Vec<String> =
        prompt.trim().lines().map(|line| format!("> {}", line.trim_end()).trim_end().to_owned()).collect();
    if lines.is_empty() {
        lines.push("> …".into());
    }
    lines.join("\n")
}

/// Text that stands on a heading's line.
pub(super) fn heading_text(text: &str, otherwise: &str) -> String {
    let line = line_text(text, otherwise);
    let line = line.trim_matches(['#', ' ']);
    if line.is_empty() {
        return otherwise.to_owned();
    }
    if line.chars().count() <= TITLE {
        return line.to_owned();
    }
    let head: String = line.chars().take(TITLE).collect();
    let cut = head.rfind(' ').filter(|at| *at > TITLE / 2).unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end())
}

/// Text on one line, without what cannot stand there.
pub(super) fn line_text(text: &str, otherwise: &str) -> String {
    let line = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if line.is_empty() { otherwise.to_owned() } else { line }
}

/// Plain words with code in backticks as Markdown that shows them as they are.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut in_code = false;
    let closes = text.matches('`').count().is_multiple_of(2);
    for c in text.chars() {
        if c == '`' {
            if closes {
                in_code = !in_code;
            } else {
                out.push('\\');
            }
        } else if !in_code && "\\*_<>[]#~|&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    // A line must not begin like a list, a rule or an underline.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    } else if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}
