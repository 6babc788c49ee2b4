//! A report as one HTML file that needs nothing else: its style is inside, its policy lets nothing in, and it prints.

use super::{GradeReport, Report, SessionReport, TakeReport, level, signals};
use crate::figures::{length, moment};
use aloud_packs::render;
use aloud_practice::Level;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("report.css");
/// Only the style in the file, and sound that lies beside it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self' file:";

/// The whole report.
pub fn page(report: &Report) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                title { (report.title) }
                // Ours, so that it may stand unescaped.
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    header {
                        h1 { (report.title) }
                        p.soft { (report.about) "." }
                    }
                    (list("How it went", &report.summary))
                    (list("What to do next", &report.next))
                    @for session in &report.sessions { (one(session, report.target)) }
                    footer.soft { "Written by Aloud on " (report.written) "." }
                }
            }
        }
    };
    page.into_string()
}

fn list(heading: &str, items: &[String]) -> Markup {
    html! {
        @if !items.is_empty() {
            section {
                h2 { (heading) }
                ul { @for item in items { li { (item) } } }
            }
        }
    }
}

fn one(session: &SessionReport, target: Level) -> Markup {
    html! {
        section.session {
            h2 { (session.title) }
            p.soft { (session.when) }
            @if !session.stages.is_empty() { (stages(session, target)) }
            @for take in &session.takes { (answer(take, target)) }
            @if !session.reflection.is_empty() {
                h3 { "What could be better" }
                p.typed { (session.reflection) }
            }
            @if !session.commitments.is_empty() {
                h3 { "Promised for next time" }
                ul { @for one in &session.commitments { li { (one) } } }
            }
        }
    }
}

fn stages(session: &SessionReport, target: Level) -> Markup {
    let names = signals(session.stages.iter().map(|stage| &stage.levels));
    html! {
        div.wide {
            table {
                caption { "Stages against the target, " (target) ": the lowest level of each signal. ▾ is below it." }
                thead {
                    tr {
                        th scope="col" { "Stage" }
                        th scope="col" { "Spoken" }
                        th scope="col" { "Key points" }
                        @for name in &names { th scope="col" { (name) } }
                    }
                }
                tbody {
                    @for stage in &session.stages {
                        tr {
                            th scope="row" { (stage.title) @if stage.weakest { " " em { "the weakest" } } }
                            td { (length(stage.spoken_s)) " of " (length(f64::from(stage.budget_s))) }
                            td { @match stage.heard { Some((heard, all)) => { (heard) " of " (all) } None => { "–" } } }
                            @for name in &names { (told(level(&stage.levels, name), target)) }
                        }
                    }
                }
            }
        }
    }
}

fn told(level: Option<Level>, target: Level) -> Markup {
    html! {
        @match level {
            None => td { "–" },
            Some(level) if level < target => td.below { (level) " ▾" },
            Some(level) => td { (level) },
        }
    }
}

fn answer(take: &TakeReport, target: Level) -> Markup {
    html! {
        article {
            h3 { (take.title) }
            p.soft {
                (take.place) " · " (take.when) " · " (length(take.seconds)) " of " (length(take.budget_s))
                @if !take.ended.is_empty() { ", " (take.ended) }
            }
            // Cleaned of everything that could act or load.
            blockquote { (PreEscaped(render::html(&take.prompt))) }
            @for probe in &take.probes { blockquote.probe { (PreEscaped(render::html(probe))) } }
            @if let Some(sound) = &take.sound {
                audio controls preload="none" src=(sound) {}
                p.print.soft { "The recording: " (sound) }
            }
            @if take.grades.is_empty() { p.soft { "Not graded yet." } } @else { (grades(&take.grades, target)) }
            @for grade in &take.grades { (ticks(grade)) }
            @if !take.notes.is_empty() {
                h4 { "Notes" }
                ul.notes {
                    @for note in &take.notes {
                        li {
                            @if let Some(at) = note.at_s { span.moment { (moment(at)) } " " }
                            span.typed { (note.text) }
                        }
                    }
                }
            }
            @if !take.delivery.is_empty() { (facts(take)) }
        }
    }
}

fn grades(grades: &[GradeReport], target: Level) -> Markup {
    let names = signals(grades.iter().map(|grade| &grade.levels));
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        th scope="col" { "Signal" }
                        @for grade in grades { th scope="col" { (grade.name()) br; span.soft { (grade.when) } } }
                    }
                }
                tbody {
                    @for name in &names {
                        tr {
                            th scope="row" { (name) }
                            @for grade in grades { (told(level(&grade.levels, name), target)) }
                        }
                    }
                }
            }
        }
    }
}

fn ticks(grade: &GradeReport) -> Markup {
    let lists = [("Said", &grade.heard), ("Missed", &grade.missed), ("Red flags", &grade.flags)];
    html! {
        @for (name, texts) in lists {
            @if !texts.is_empty() {
                h4 { (name) span.soft { ", " (grade.name().to_lowercase()) } }
                ul { @for text in texts { li { (PreEscaped(render::inline(text))) } } }
            }
        }
    }
}

fn facts(take: &TakeReport) -> Markup {
    let typical = take.delivery.iter().any(|fact| fact.typical.is_some());
    html! {
        table.facts {
            caption { "How it sounded" }
            thead {
                tr {
                    th scope="col" { "Fact" }
                    th scope="col" { "This answer" }
                    @if typical { th scope="col" { "Typical" } }
                }
            }
            tbody {
                @for fact in &take.delivery {
                    tr {
                        th scope="row" { (fact.name) }
                        td { (fact.this) }
                        @if typical { td { (fact.typical.as_deref().unwrap_or("–")) } }
                    }
                }
            }
        }
    }
}
