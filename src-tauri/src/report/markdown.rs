//! A report as Markdown that reads well as plain text, and alike on every forge.

use super::{GradeReport, Report, SessionReport, TakeReport, level, signals};
use crate::figures::{length, moment};
use aloud_packs::render::{escaped, portable};
use std::fmt::Write as _;

/// The whole report.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n\n{}.\n", escaped(&report.title), escaped(&report.about));
    list(&mut out, "How it went", &report.summary);
    list(&mut out, "What to do next", &report.next);
    for session in &report.sessions {
        one(&mut out, session, report);
    }
    line(&mut out, &format!("---\n\nWritten by Aloud on {}.", escaped(&report.written)));
    out
}

/// A paragraph with an empty line before it.
fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\n{text}\n");
}

fn list(out: &mut String, heading: &str, items: &[String]) {
    if !items.is_empty() {
        line(out, &format!("## {heading}"));
        out.push('\n');
        for item in items {
            // As above.
            let _ = writeln!(out, "- {}", escaped(item));
        }
    }
}

fn one(out: &mut String, session: &SessionReport, report: &Report) {
    line(out, &format!("## {}, {}", escaped(&session.title), escaped(&session.when)));
    if !session.stages.is_empty() {
        let names = signals(session.stages.iter().map(|stage| &stage.levels));
        let head: Vec<String> = names.iter().map(|name| format!(" {} |", escaped(name))).collect();
        let head = head.concat();
        let rule = " --- |".repeat(names.len() + 3);
        line(out, &format!("| Stage | Spoken | Key points |{head}\n|{rule}"));
        // The table's rows follow its head without an empty line.
        out.truncate(out.trim_end().len());
        out.push('\n');
        for stage in &session.stages {
            let heard = stage.heard.map_or("–".into(), |(heard, all)| format!("{heard} of {all}"));
            let levels: String = names
                .iter()
                .map(|name| {
                    let found = level(&stage.levels, name);
                    found.map_or(" – |".into(), |level| {
                        format!(" {level}{} |", if level < report.target { " ▾" } else { "" })
                    })
                })
                .collect();
            let weakest = if stage.weakest { " (the weakest)" } else { "" };
            let spoken = format!("{} of {}", length(stage.spoken_s), length(f64::from(stage.budget_s)));
            let _ = writeln!(out, "| {}{weakest} | {spoken} | {heard} |{levels}", escaped(&stage.title));
        }
        line(out, &format!("▾ is below {}, the target.", report.target));
    }
    session.takes.iter().for_each(|take| answer(out, take));
    if !session.reflection.is_empty() {
        line(out, "### What could be better");
        line(out, &escaped(&session.reflection));
    }
    if !session.commitments.is_empty() {
        line(out, "### Promised for next time");
        out.push('\n');
        session.commitments.iter().for_each(|one| {
            let _ = writeln!(out, "- {}", escaped(one));
        });
    }
}

fn answer(out: &mut String, take: &TakeReport) {
    line(out, &format!("### {}", escaped(&take.title)));
    line(
        out,
        &format!(
            "{}. {}, {} of {}, {}.",
            escaped(&take.place),
            escaped(&take.when),
            length(take.seconds),
            length(take.budget_s),
            take.ended
        ),
    );
    line(out, &quoted(&portable(&take.prompt)));
    for probe in &take.probes {
        line(out, &quoted(&format!("Then: {}", portable(probe))));
    }
    if let Some(sound) = &take.sound {
        line(out, &format!("[The recording]({sound})"));
    }
    for grade in &take.grades {
        judged(out, grade);
    }
    if !take.notes.is_empty() {
        line(out, "Notes:");
        out.push('\n');
        for note in &take.notes {
            let at = note.at_s.map(|at| format!("{}: ", moment(at))).unwrap_or_default();
            let _ = writeln!(out, "- {at}{}", escaped(&note.text));
        }
    }
    if !take.delivery.is_empty() {
        let facts = take.delivery.iter().map(|fact| {
            let typical =
                fact.typical.as_ref().map(|typical| format!(" (typical {typical})")).unwrap_or_default();
            format!("{} {}{typical}", fact.name, fact.this)
        });
        line(out, &format!("How it sounded: {}.", facts.collect::<Vec<_>>().join("; ")));
    }
}

fn judged(out: &mut String, grade: &GradeReport) {
    let levels: Vec<String> =
        grade.levels.iter().map(|(signal, level)| format!("{} {level}", escaped(signal))).collect();
    line(out, &format!("**{}** ({}): {}.", escaped(&grade.name()), escaped(&grade.when), levels.join(", ")));
    for (name, texts) in [("Said", &grade.heard), ("Missed", &grade.missed), ("Red flags", &grade.flags)] {
        if !texts.is_empty() {
            line(out, &format!("{name}:"));
            out.push('\n');
            for text in texts {
                // As above.
                let _ = writeln!(out, "- {}", portable(text).replace('\n', " "));
            }
        }
    }
}

fn quoted(markdown: &str) -> String {
    markdown.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
