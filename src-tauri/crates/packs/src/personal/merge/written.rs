//! A found question as it is written into the pack, with the digests by which it is known again.

use crate::import::{Found, Import, normal};
use crate::personal::chapters::parse;
use crate::personal::digest;
use crate::personal::edit::{Place, plain_question};
use crate::personal::render::{self, escaped, heading_text};
use aloud_practice::pack::{Origin, Probe, Question};

/// Where a new question goes.
pub(super) fn place(found: &Found, import: &Import) -> Place {
    let stem = found.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let whole = import.title.clone().unwrap_or_else(|| stem.to_owned());
    match found.path.split_first() {
        None => Place { section: whole.clone(), group: whole },
        Some((section, [])) => Place { section: section.clone(), group: section.clone() },
        Some((section, rest)) => Place { section: section.clone(), group: rest.join(" › ") },
    }
}

/// The question as it will be read back, with its origin; nothing if it cannot be written.
pub(super) fn written(found: &Found, id: &str, day: &str, old: Option<&Question>) -> Option<Question> {
    let mut question = read_back(&draft(found, id, &found.answer), id).or_else(|| {
        // Better its words alone than nothing.
        let mut bare = draft(found, id, "");
        bare.prompt = escaped(&found.text);
        read_back(&bare, id)
    })?;
    question.origin = Some(Origin {
        file: found.file.clone(),
        line: found.line,
        imported: day.to_owned(),
        gone: None,
        words: words_of(found),
        whole: whole_of(found),
        written: print_of(&question),
    });
    if let Some(old) = old {
        // What the person chose for the question stays chosen.
        question.depth = old.depth;
        question.kind = old.kind;
        question.seconds = old.seconds;
        question.optional = old.optional;
        question.hidden = old.hidden;
        question.signals.clone_from(&old.signals);
        question.sibling.clone_from(&old.sibling);
        question.see_also.clone_from(&old.see_also);
        question.sealed.red_flags.clone_from(&old.sealed.red_flags);
        question.sealed.sources.clone_from(&old.sealed.sources);
    }
    read_back(&question, id).map(|_| question)
}

/// What is read of a question once it is written; nothing if it is not the same one.
fn read_back(question: &Question, id: &str) -> Option<Question> {
    parse(&render::chapter(question, None)).filter(|back| back.id == id)
}

fn draft(found: &Found, id: &str, answer: &str) -> Question {
    let words = escaped(&found.text);
    let prompt = if found.more.is_empty() { words } else { format!("{words}\n\n{}", found.more) };
    let mut question = plain_question(id.to_owned(), heading_text(&found.text, "Question"), prompt, answer);
    question.sealed.key_points.clone_from(&found.key_points);
    let probe = |asked: &String| Probe { question: asked.replace("**", ""), reply: String::new() };
    question.sealed.probes = found.probes.iter().map(probe).collect();
    question
}

/// Digest of a found question's words.
pub(super) fn words_of(found: &Found) -> String {
    digest(&normal(&found.text))
}

/// Digest of a found question's words and of what else belongs to it.
pub(super) fn whole_of(found: &Found) -> String {
    digest(&format!("{}\0{}", normal(&found.text), normal(&found.more)))
}

/// Digest of what an import writes of a question: its words and answer, not what the person chooses for it.
pub(super) fn print_of(question: &Question) -> String {
    let plain = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
    let mut all = vec![plain(&question.title), plain(&question.prompt)];
    for layer in &question.sealed.answer {
        all.push(plain(&layer.heading));
        all.push(plain(&layer.text));
    }
    all.push("\u{1}".into());
    all.extend(question.sealed.key_points.iter().map(|point| plain(point)));
    all.push("\u{1}".into());
    all.extend(
        question.sealed.probes.iter().map(|probe| plain(&format!("{} {}", probe.question, probe.reply))),
    );
    digest(&all.join("\0"))
}
