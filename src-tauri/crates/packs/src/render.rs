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
