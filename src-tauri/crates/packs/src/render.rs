//! Markdown as HTML that is safe to show.
//!
//! Promise: raw HTML shows as text, images become their description, links keep only `https` and `mailto` addresses and
//! are marked so that the window asks before opening one. ammonia stands behind it as a second belt.

use ammonia::Builder;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let tags = [
        "p",
        "br",
        "em",
        "strong",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "a",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "del",
    ];
    builder
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .add_allowed_classes("code", ["language-go", "language-sql", "language-mermaid", "language-text"])
        .url_schemes(HashSet::from(["https", "mailto"]))
        .link_rel(Some("noopener noreferrer"));
    builder
});

/// Renders Markdown as safe HTML.
pub fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    let mut leads_out = Vec::new();
    let events = Parser::new_ext(markdown, options).filter(|event| keep_link(event, &mut leads_out));
    html::push_html(&mut out, events.map(tame));
    SANITISER.clean(&out).to_string()
}

/// Renders a line: like [`html`], without the paragraph around it.
pub fn inline(markdown: &str) -> String {
    let out = html(markdown);
    let trimmed = out.trim();
    match trimmed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => trimmed.to_owned(),
    }
}

/// The words alone, as a search reads them.
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                out.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Text as Markdown that means nothing but itself, in one line.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '!' | '#' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    // What begins a list, a rule or a heading at the start of a line.
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    if out.starts_with(['-', '+', '=', ':']) {
        out.insert(0, '\\');
    } else if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

/// Markdown of a stranger as Markdown that every reader shows alike and that loads nothing: its words, lists, emphasis
/// and code; no HTML, no image, and of a link only its words.
pub fn portable(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut depth = 0usize;
    let mut code: Option<String> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                let text = code.take().unwrap_or_default();
                let fence = "`".repeat(longest_run(&text).max(2) + 1);
                gap(&mut out, "\n\n");
                out.extend([fence.as_str(), "\n", text.trim_end_matches('\n'), "\n", fence.as_str()]);
            }
            Event::Text(text) if let Some(code) = &mut code => code.push_str(&text),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_))
                if !out.ends_with("- ") =>
            {
                gap(&mut out, "\n\n");
            }
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth = depth.saturating_sub(1),
            Event::Start(Tag::Item) => {
                gap(&mut out, "\n");
                out.push_str(&"  ".repeat(depth.saturating_sub(1)));
                out.push_str("- ");
            }
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => out.push('*'),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => out.push_str("**"),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                let (before, after) =
                    (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
                let said = escaped(&text);
                if before && !out.ends_with(char::is_whitespace) {
                    out.push(' ');
                }
                out.push_str(&said);
                if after && !said.is_empty() {
                    out.push(' ');
                }
            }
            Event::Code(text) => {
                let fence = "`".repeat(longest_run(&text) + 1);
                let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
                out.extend([fence.as_str(), pad, &*text, pad, fence.as_str()]);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Parts what stands there from what comes.
fn gap(out: &mut String, with: &str) {
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push_str(with);
    }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Links inside a pack lead from file to file on a forge; here there is nothing to follow, so only their words are kept.
fn keep_link(event: &Event<'_>, leads_out: &mut Vec<bool>) -> bool {
    match event {
        Event::Start(Tag::Link { dest_url, .. }) => {
            leads_out.push(dest_url.contains(':'));
            dest_url.contains(':')
        }
        Event::End(TagEnd::Link) => leads_out.pop().unwrap_or(true),
        _ => true,
    }
}

/// Turns what could act into what can only be read.
fn tame(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Image { .. }) => Event::Text(CowStr::Borrowed("[image: ")),
        Event::End(TagEnd::Image) => Event::Text(CowStr::Borrowed("]")),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_reads_words_without_their_dress() {
        let text = "What does `sync.Pool` *promise*?\n\n- It keeps\n- or **drops** [things](https://go.dev)";
        assert_eq!(plain(text), "What does sync.Pool promise? It keeps or drops things");
    }

    #[test]
    fn raw_html_shows_as_text_and_nothing_can_act() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "[x](data:text/html,<script>1</script>)",
            "![x](https://example.org/pixel.png)",
            "<svg><script>1</script></svg>",
            "<iframe src=https://example.org></iframe>",
            "<a href=\"java\nscript:alert(1)\">x</a>",
            "<style>*{}</style>",
        ] {
            let out = html(hostile);
            let tags = out.split('<').skip(1).filter_map(|rest| rest.split('>').next());
            for tag in tags {
                let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
                assert!(["p", "a", "br", "code"].contains(&name), "{hostile} gave {out}");
                assert!(
                    !tag.contains("script:") && !tag.contains("data:") && !tag.contains("on"),
                    "{hostile} gave {out}"
                );
            }
        }
        assert!(html("<b>bold</b>").contains("&lt;b&gt;"), "raw HTML is shown, not swallowed");
    }

    /// Breaks when a report's Markdown could load or run something wherever it is shown.
    #[test]
    fn portable_markdown_loads_nothing() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "![x](https://example.org/pixel.png)",
            "[x](javascript:alert(1))",
            "[![x](https://example.org/a.png)][y]\n\n[y]: https://example.org",
            "<svg/onload=alert(1)>",
            "```\n</code><script>1</script>\n```",
            "`<img src=x>` and &lt;img src=x&gt;",
            "text ``` \n<iframe src=https://example.org></iframe>",
        ] {
            for out in [portable(hostile), escaped(hostile)] {
                let shown = Parser::new(&out).filter(|event| {
                    matches!(
                        event,
                        Event::Html(_)
                            | Event::InlineHtml(_)
                            | Event::Start(Tag::Image { .. } | Tag::Link { .. })
                    )
                });
                assert_eq!(shown.count(), 0, "{hostile} gave {out}");
            }
        }
    }

    #[test]
    fn portable_markdown_keeps_what_is_said() {
        let text = "Why is `a_b` *slow*?\n\n- one < two\n- two\n\n```go\nx := `raw`\n```\n\nSee [the docs](https://go.dev).";
        assert_eq!(
            portable(text),
            "Why is `a_b` *slow*?\n- one &lt; two\n- two\n\n```\nx := `raw`\n```\n\nSee the docs."
        );
        assert_eq!(escaped("1. # not a *heading*\nand on"), "1\\. \\# not a \\*heading\\* and on");
    }

    #[test]
    fn prose_and_code_survive() {
        let out = html("A **closed** `chan`:\n\n```go\nclose(c)\n```\n\n- one\n");
        assert!(
            out.contains("<strong>closed</strong>") && out.contains("<code class=\"language-go\">"),
            "{out}"
        );
        assert_eq!(inline("a *b*"), "a <em>b</em>");
        assert_eq!(inline("the [bank](bank/) and [Go](https://go.dev)").matches("<a ").count(), 1);
    }
}
