//! A line's words without what surrounds them: bullets, emoji, emphasis, ways back, and cut to what is compared or told.

use super::html;

/// Without bullets, emoji and emphasis in front.
pub(super) fn undecorated(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest;
        if let Some(after) = rest.strip_prefix(':').and_then(shortcode) {
            rest = after;
        }
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || "*_#•·●▪►▶➤→⇒✅❓❔⭐👉~|>-–—".contains(c) || is_pictograph(c)
        });
        if rest.len() == before.len() {
            return rest;
        }
    }
}

/// `star:` of `:star:`.
fn shortcode(after_colon: &str) -> Option<&str> {
    let (name, after) = after_colon.split_once(':')?;
    let fits = !name.is_empty()
        && name.len() < 40
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-' || b == b'+');
    fits.then_some(after)
}

/// Emoji, arrows, dingbats, and what modifies them.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c),
        0x2190..=0x21ff | 0x2300..=0x23ff | 0x25a0..=0x27bf | 0x2900..=0x297f | 0x2b00..=0x2bff
        | 0x1f000..=0x1faff | 0xfe0e..=0xfe0f | 0x200b..=0x200d | 0x20e3 | 0xe0020..=0xe007f)
}

/// Without decoration before and after.
pub(super) fn bare(text: &str) -> String {
    let text = undecorated(text);
    text.trim_end_matches(|c: char| c.is_whitespace() || "*_#~`".contains(c) || is_pictograph(c)).to_owned()
}

/// The words without what surrounds them: marks of difficulty, links to sources, arrows.
pub(super) fn tidy(text: &str) -> String {
    let mut text = html::entities(text.trim()).replace('\u{a0}', " ");
    loop {
        let before = text.len();
        let trimmed =
            text.trim_end_matches(|c: char| c.is_whitespace() || "*_#~".contains(c) || is_pictograph(c));
        text.truncate(trimmed.len());
        if text.ends_with([']', ')'])
            && let Some(open) = text.rfind(['[', '('])
        {
            let inner = text[open + 1..text.len() - 1].trim_matches(['[', ']', ' ']).to_lowercase();
            let note = ["src", "source", "ref", "link", "answer", "top", "back to top", "toc", "↑", ""];
            let numbered_source = inner.strip_prefix("src").is_some_and(|rest| rest.parse::<u8>().is_ok());
            let arrows = !inner.is_empty() && inner.chars().all(is_pictograph);
            if text[open..].starts_with('[') && (note.contains(&inner.as_str()) || numbered_source || arrows)
            {
                text.truncate(open);
            }
        }
        if text.len() == before {
            break;
        }
    }
    let rest = text.trim_start_matches(['[', ']', ')', ' ', '↑']);
    if rest.len() < text.len()
        && (text.starts_with("[↑")
            || text.starts_with("[⬆")
            || text.starts_with("[ ")
            || text.starts_with(']'))
    {
        text = rest.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and digits alone, to compare wording.
pub(crate) fn normal(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() { format!("{}…", head.trim_end()) } else { head }
}
