//! Readiness as the window shows it: the checklist's evidence from history, and the plan until the interview.

use crate::browse::{minutes_of, whole_minutes};
use crate::failure::Outcome;
use crate::progress::{choice, chosen, judged};
use crate::schedule::{self, History};
use crate::settings;
use crate::state::Aloud;
use crate::views::progress::PackChoice;
use crate::views::readiness::{EvidenceView, LineView, PlanDayView, ReadinessView, StepView};
use aloud_packs::render;
use aloud_practice::Level;
use aloud_practice::day::{days_between, practice_day};
use aloud_practice::pack::{ChecklistItem, Pack};
use aloud_practice::progress::JudgedTake;
use aloud_practice::readiness::{Evidence, Line, MOST_DAYS, Plan, Returning, Standing, plan};
use jiff::civil::Date;
use std::collections::HashMap;

/// Evidence and the take behind its latest grade.
struct Found {
    evidence: Evidence,
    take: Option<String>,
}

/// The checklist of a pack (the one practised last, when none is named) and the plan.
pub fn readiness(aloud: &Aloud, pack: Option<&str>) -> Outcome<ReadinessView> {
    let history = History::read(aloud)?;
    let settings = settings::current(&aloud.shelf);
    let today = practice_day(&aloud.wall.here());
    let interview = schedule::interview_date(aloud);
    let mut with_list = aloud.shelf.packs();
    with_list.retain(|pack| !pack.checklist.is_empty());
    let packs: Vec<PackChoice> = with_list.iter().map(|pack| choice(pack)).collect();
    let chosen = chosen(aloud, pack, &history.takes).filter(|pack| !pack.checklist.is_empty());
    let chosen = chosen.or_else(|| with_list.first().cloned());
    let pack = chosen.as_deref();
    let mut view = ReadinessView {
        packs,
        pack: pack.map(|pack| pack.id.clone()),
        target: pack.map_or(Level::Senior, |pack| pack.target),
        overview: "No pack has a checklist. A pack gets one from a file checklist.md.".into(),
        lines: Vec::new(),
        interview: interview.map(|day| day.to_string()),
        minutes_a_day: settings.minutes_a_day,
        plan_sentence: String::new(),
        days: Vec::new(),
    };
    let Some(pack) = pack else { return Ok(view) };
    let judged = judged(aloud, pack, &history.takes);
    let latest = Latest::of(&judged);
    let found: Vec<Vec<Found>> = pack.checklist.iter().map(|item| evidence(pack, item, &latest)).collect();
    let lines: Vec<Line> = pack
        .checklist
        .iter()
        .zip(&found)
        .map(|(item, found)| Line {
            title: item.title.clone(),
            evidence: found.iter().map(|found| found.evidence.clone()).collect(),
        })
        .collect();
    let standings: Vec<Standing> = lines.iter().map(|line| line.standing(pack.target, today)).collect();
    view.overview = whole(&standings);
    view.lines = pack
        .checklist
        .iter()
        .zip(&found)
        .zip(&standings)
        .map(|((item, found), standing)| LineView {
            title: item.title.clone(),
            about_html: render::html(&item.about),
            ready: standing.is_ready(),
            standing: standing_sentence(standing),
            evidence: found.iter().map(|found| evidence_view(pack, found, today)).collect(),
        })
        .collect();
    match interview {
        None => {
            view.plan_sentence =
                "Set the day of your interview in Settings, and the days until then are planned here.".into();
        }
        Some(day) => {
            let returning = returning(aloud, pack, &history);
            let plan = plan(&lines, &returning, pack.target, today, day, settings.minutes_a_day);
            view.plan_sentence = plan_sentence(&plan, today, day, settings.minutes_a_day);
            view.days = plan.days.iter().map(|day| day_view(pack, day, today)).collect();
        }
    }
    Ok(view)
}

/// What is known of each question and stage: tried at all, and its latest graded sitting.
#[derive(Default)]
struct Latest<'a> {
    of: HashMap<&'a str, Sitting<'a>>,
}

struct Sitting<'a> {
    graded: Option<(Level, Date, &'a str, &'a str)>,
}

impl<'a> Latest<'a> {
    fn of(judged: &'a [JudgedTake]) -> Self {
        let mut latest = Self::default();
        for take in judged {
            let lowest = take.counting().and_then(|grade| grade.levels.iter().map(|(_, level)| *level).min());
            for (of, is_stage) in [(Some(&*take.question), false), (take.stage.as_deref(), true)] {
                let Some(of) = of else { continue };
                let known = latest.of.entry(of).or_insert(Sitting { graded: None });
                let Some(level) = lowest else { continue };
                // A stage is as good as the weakest answer of its latest sitting.
                if let Some((before, _, _, session)) = known.graded
                    && is_stage
                    && *session == *take.session
                    && before <= level
                {
                    continue;
                }
                known.graded = Some((level, take.day, &take.take, &take.session));
            }
        }
        latest
    }

    fn found(&self, of: &str, minutes: u32) -> Found {
        let known = self.of.get(of);
        let graded = known.and_then(|known| known.graded);
        Found {
            evidence: Evidence {
                of: of.to_owned(),
                minutes,
                tried: known.is_some(),
                latest: graded.map(|(level, day, ..)| (level, day)),
            },
            take: graded.map(|(_, _, take, _)| take.to_owned()),
        }
    }
}

fn evidence(pack: &Pack, item: &ChecklistItem, latest: &Latest<'_>) -> Vec<Found> {
    let questions = item.questions.iter().map(|id| latest.found(id, pack.question(id).map_or(0, minutes_of)));
    let stages = item.stages.iter().map(|of| {
        let seconds = pack.stage(of).map(|(_, stage)| stage.seconds);
        latest.found(of, seconds.map_or(10, whole_minutes))
    });
    questions.chain(stages).collect()
}

/// The title of a question or of a stage with its mock.
fn title(pack: &Pack, of: &str) -> String {
    let of_stage = pack.stage(of).map(|(mock, stage)| format!("{} › {}", mock.title, stage.title));
    of_stage.or_else(|| Some(pack.question(of)?.title.clone())).unwrap_or_else(|| of.to_owned())
}

fn evidence_view(pack: &Pack, found: &Found, today: Date) -> EvidenceView {
    let evidence = &found.evidence;
    EvidenceView {
        of: evidence.of.clone(),
        stage: evidence.of.contains('/'),
        title: title(pack, &evidence.of),
        shows: evidence.shows(pack.target, today),
        latest: evidence.latest.map(|(level, day)| format!("{level}, {}", age(day, today))),
        take: found.take.clone(),
        minutes: evidence.minutes,
    }
}

fn age(day: Date, today: Date) -> String {
    match days_between(day, today) {
        ..=0 => "today".into(),
        1 => "yesterday".into(),
        days => format!("{days} days ago"),
    }
}

/// What is due to come back in this pack.
fn returning(aloud: &Aloud, pack: &Pack, history: &History) -> Vec<Returning> {
    let candidates = schedule::candidates(aloud, history);
    let mine = candidates.into_iter().filter(|candidate| candidate.what.pack == pack.id);
    mine.map(|candidate| Returning {
        of: candidate.what.of,
        due: candidate.due,
        minutes: candidate.minutes,
        reason: candidate.what.reason,
    })
    .collect()
}

fn whole(standings: &[Standing]) -> String {
    let ready = standings.iter().filter(|standing| standing.is_ready()).count();
    let sum = |of: fn(&Standing) -> usize| standings.iter().map(of).sum::<usize>();
    let all = standings.len();
    if ready == all {
        return "Every line rests on recent takes at the target. Keep them fresh, and rest before the day."
            .into();
    }
    if sum(|standing| standing.untested) == sum(|standing| standing.all) {
        return "Nothing on this list has been tried yet. Each line says what it rests on; start with any of it.".into();
    }
    let mut parts = Vec::new();
    for (count, what) in [
        (sum(|standing| standing.untested), "untested"),
        (sum(|standing| standing.ungraded), "not graded"),
        (sum(|standing| standing.below), "below the target"),
        (sum(|standing| standing.old), "at the target, but old"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    format!("{ready} of {all} lines are ready. Of what the others rest on: {}.", parts.join(", "))
}

fn standing_sentence(standing: &Standing) -> String {
    let mut parts = vec![format!("{} of {} ready", standing.ready, standing.all)];
    for (count, what) in [
        (standing.below, "below"),
        (standing.old, "old"),
        (standing.ungraded, "not graded"),
        (standing.untested, "untested"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

fn plan_sentence(plan: &Plan, today: Date, interview: Date, minutes: u32) -> String {
    let left = days_between(today, interview);
    match left {
        ..=-1 => "The day of the interview is past. Set the next one in Settings.".into(),
        0 => "The interview is today. Nothing is planned; trust what you have.".into(),
        1 => "The interview is tomorrow. Rest is worth more now than another run.".into(),
        _ if plan.days.is_empty() => {
            format!("{left} days are left, and nothing needs to be planned: what is due shows up on Today.")
        }
        _ => {
            let until = if left - 1 > MOST_DAYS {
                format!("for the next {MOST_DAYS} of {left} days")
            } else {
                format!("for the {left} days that are left, the last one free")
            };
            let out = match plan.left_out {
                0 => String::new(),
                1 => " One thing on the checklist does not fit.".into(),
                many => {
                    format!(" {many} things on the checklist do not fit; more minutes a day would make room.")
                }
            };
            format!("A plan {until}, within {minutes} minutes a day.{out}")
        }
    }
}

fn day_view(pack: &Pack, day: &aloud_practice::readiness::Day, today: Date) -> PlanDayView {
    let when = match days_between(today, day.day) {
        0 => "Today".into(),
        1 => "Tomorrow".into(),
        _ => day.day.strftime("%A %-d %B").to_string(),
    };
    PlanDayView {
        day: day.day.to_string(),
        when,
        minutes: day.minutes(),
        steps: day
            .steps
            .iter()
            .map(|step| StepView {
                of: step.of.clone(),
                stage: step.of.contains('/'),
                title: title(pack, &step.of),
                minutes: step.minutes,
                rerun: step.rerun,
                reason: step.reason.clone(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(all: usize, ready: usize, below: usize, untested: usize) -> Standing {
        Standing { all, ready, below, untested, ..Standing::default() }
    }

    #[test]
    fn the_whole_is_told_for_nothing_some_and_all() {
        assert!(
            whole(&[standing(3, 0, 0, 3), standing(2, 0, 0, 2)])
                .starts_with("Nothing on this list has been tried")
        );
        assert_eq!(
            whole(&[standing(3, 3, 0, 0), standing(4, 1, 1, 2)]),
            "1 of 2 lines are ready. Of what the others rest on: 2 untested, 1 below the target."
        );
        assert!(whole(&[standing(3, 3, 0, 0)]).starts_with("Every line rests on recent takes"));
        assert_eq!(standing_sentence(&standing(4, 1, 1, 2)), "1 of 4 ready, 1 below, 2 untested");
    }

    #[test]
    fn the_last_days_promise_nothing() {
        let today = jiff::civil::date(2026, 11, 22);
        let says =
            |days: i32| plan_sentence(&Plan::default(), today, aloud_practice::day::later(today, days), 30);
        assert!(says(1).contains("Rest is worth more"));
        assert!(says(0).contains("is today"));
        assert!(says(-1).contains("is past"));
    }
}
