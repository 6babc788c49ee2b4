//! Tags in Markdown's raw HTML: where they are, and the text between them.

use std::ops::Range;

/// A tag, by its lower-case name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Such as `summary`.
    pub(super) name: String,
    /// Whether it closes.
    pub(super) closes: bool,
    /// Bytes from `<` to after `>`.
    pub(super) range: Range<usize>,
    /// What stands after the name.
    pub(super) attributes: String,
}

/// The tags in a piece of raw HTML that starts at `offset` of the source; comments hold none.
pub(super) fn tags(html: &str, offset: usize) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + end + 3);
            continue;
        }
        let closes = rest[1..].starts_with('/');
        let name_at = 1 + usize::from(closes);
        let name: String = rest[name_at..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let Some(end) = rest.find('>').filter(|_| !name.is_empty()) else {
            at = open + 1;
            continue;
        };
        found.push(Tag {
            range: offset + open..offset + open + end + 1,
            attributes: rest.get(name_at + name.len()..end).unwrap_or_default().to_owned(),
            name: name.to_ascii_lowercase(),
            closes,
        });
        at = open + end + 1;
    }
    found
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote));
    match quote {
        Some(quote) => rest[1..].split(quote).next(),
        None => rest.split_whitespace().next(),
    }
}

/// HTML as one piece of Markdown-like text: code keeps its backticks, breaks become line ends, other tags go.
pub(super) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    let mut comments = html;
    let without_comments;
    if html.contains("<!--") {
        let mut kept = String::with_capacity(html.len());
        while let Some((before, after)) = comments.split_once("<!--") {
            kept.push_str(before);
            comments = after.split_once("-->").map_or("", |(_, after)| after);
        }
        kept.push_str(comments);
        without_comments = kept;
    } else {
        without_comments = html.to_owned();
    }
    let html = without_comments.as_str();
    for tag in tags(html, 0) {
        out.push_str(&html[at..tag.range.start]);
        at = tag.range.end;
        match tag.name.as_str() {
            "code" | "kbd" | "tt" => out.push('`'),
            "br" | "hr" => out.push('\n'),
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "tr" | "table"
            | "details" | "summary" | "blockquote" => out.push_str("\n\n"),
            "li" if !tag.closes => out.push_str("\n- "),
            "pre" => out.push_str("\n```\n"),
            "td" | "th" if tag.closes => out.push(' '),
            _ => {}
        }
    }
    out.push_str(&html[at..]);
    entities(&out)
}

/// The handful of entities that people write by hand.
pub(super) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_place_and_comments_hold_none() {
        let found = tags("<!-- <summary> --><Summary class='x'>Why <b>a</b> < b?</summary>", 100);
        let names: Vec<_> = found.iter().map(|tag| (tag.name.as_str(), tag.closes)).collect();
        assert_eq!(names, [("summary", false), ("b", false), ("b", true), ("summary", true)]);
        assert_eq!(found[0].range.start, 118);
        assert_eq!(attribute(" href=\"#top\" id=x", "href"), Some("#top"));
    }

    #[test]
    fn text_keeps_code_and_drops_the_rest() {
        assert_eq!(text("<b>Why <code>a&lt;b</code>?</b><!-- no -->").trim(), "Why `a<b`?");
        assert_eq!(text("unclosed <!-- comment").trim(), "unclosed");
    }
}
