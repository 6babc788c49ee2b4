//! What comes back: history in, what is due out. Nothing of it is stored.

use crate::browse::{minutes_of, place, whole_minutes};
use crate::failure::Outcome;
use crate::figures::count;
use crate::settings;
use crate::state::Aloud;
use crate::views::lists::Due;
use aloud_library::{BriefGrade, BriefTake, BriefTakes, StoredSession};
use aloud_practice::Level;
use aloud_practice::day::practice_day;
use aloud_practice::pack::{Pack, Question};
use aloud_practice::rerun::{Attempt, Candidate, DayPlan, due_day, plan_day, question_gap, stage_gap};
use aloud_practice::score::{PromptScore, StageScore, Weakest, weakest};
use aloud_practice::session::{Ended, SessionKind, State};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

/// Everything that was done, in the shape the rules want.
pub struct History {
    /// Mocks and reruns, newest first.
    pub sessions: Arc<Vec<StoredSession>>,
    /// Every take with its grades.
    pub takes: Arc<BriefTakes>,
}

/// A session's scores and its weakest stage.
pub struct Scored {
    /// One per stage of the plan.
    pub stages: Vec<StageScore>,
    /// The weakest, if anything was graded.
    pub weakest: Option<Weakest>,
}

impl History {
    /// Reads all of it.
    pub fn read(aloud: &Aloud) -> Outcome<Self> {
        aloud
            .shelf
            .with(|library| Ok(Self { sessions: library.staged_sessions()?, takes: library.brief_takes()? }))
    }

    /// Reads one session and its takes.
    pub fn of_session(aloud: &Aloud, id: &str) -> Outcome<Self> {
        aloud.shelf.with(|library| {
            Ok(Self {
                sessions: Arc::new(library.session(id)?.into_iter().collect()),
                takes: Arc::new(library.brief_takes_in(id)?),
            })
        })
    }

    /// One take.
    pub fn take(&self, id: &str) -> Option<&BriefTake> {
        self.takes.get(id)
    }

    /// Scores a session.
    pub fn score(&self, state: &State, target: Level) -> Scored {
        let stages: Vec<StageScore> = state
            .plan
            .stages
            .iter()
            .enumerate()
            .map(|(stage, planned)| StageScore {
                stage: planned.id.clone(),
                prompts: (0..planned.prompts.len())
                    .filter_map(|prompt| self.prompt(state, stage, prompt))
                    .collect(),
            })
            .collect();
        let weakest = weakest(&stages, target);
        Scored { stages, weakest }
    }

    /// What came of a prompt: its last take with sound, else its last outcome; nothing when it never came up, or was there
    /// for spare time only and was not reached.
    fn prompt(&self, state: &State, stage: usize, prompt: usize) -> Option<PromptScore> {
        let outcomes =
            state.outcomes.iter().filter(|outcome| outcome.stage == stage && outcome.prompt == prompt);
        let spoken = |take: &Option<String>| {
            take.as_deref().and_then(|id| self.take(id)).is_some_and(BriefTake::spoken)
        };
        let outcomes: Vec<_> = outcomes.collect();
        let found = outcomes.iter().rfind(|outcome| spoken(&outcome.take)).or(outcomes.last())?;
        let planned = &state.plan.stages[stage].prompts[prompt];
        if planned.optional && found.ended == Ended::NotReached {
            return None;
        }
        let grade = found.take.as_deref().and_then(|take| self.take(take)?.counting());
        let heard = grade.and_then(|grade| {
            let (heard, all) = (grade.heard as usize, (grade.heard + grade.missed) as usize);
            (all > 0).then_some((heard, all))
        });
        let levels =
            grade.map(|grade| grade.levels.iter().map(|(signal, level)| (signal.to_string(), *level)));
        Some(PromptScore {
            question: planned.question.clone(),
            levels: levels.map(Iterator::collect).unwrap_or_default(),
            heard,
            ended: found.ended,
        })
    }

    /// The take of a prompt in a session that has sound.
    pub fn take_of(&self, state: &State, stage: usize, prompt: usize) -> Option<&BriefTake> {
        let here =
            state.outcomes.iter().rev().filter(|outcome| outcome.stage == stage && outcome.prompt == prompt);
        here.filter_map(|outcome| self.take(outcome.take.as_deref()?)).find(|take| take.spoken())
    }
}

/// Something that comes back.
pub struct Item {
    /// The pack.
    pub pack: String,
    /// A question's id or `mock/stage`.
    pub of: String,
    /// The session that says why.
    pub session: String,
    /// Why, as a sentence.
    pub reason: String,
    /// The take to grade blind, if there is one from an earlier day.
    pub blind_take: Option<String>,
}

/// Everything that comes back, with its day.
pub fn candidates(aloud: &Aloud, history: &History) -> Vec<Candidate<Item>> {
    let interview = interview_date(aloud);
    let mut found = Vec::new();
    for pack in aloud.shelf.packs() {
        found.extend(stages(aloud, history, &pack, interview));
        found.extend(questions(aloud, history, &pack, interview));
    }
    found
}

/// The day of the interview, if one is set.
pub fn interview_date(aloud: &Aloud) -> Option<Date> {
    settings::current(&aloud.shelf).interview_date.and_then(|date| date.parse().ok())
}

/// Today's plan.
pub fn plan(aloud: &Aloud, history: &History) -> DayPlan<Item> {
    let minutes = settings::current(&aloud.shelf).minutes_a_day;
    plan_day(candidates(aloud, history), practice_day(&aloud.wall.here()), minutes)
}

/// A stage that was the weakest of a mock, and what was done about it since.
struct WeakStage<'a> {
    of: String,
    mock: &'a StoredSession,
    weak: Weakest,
    /// Reruns since then, newest first.
    since: Vec<&'a StoredSession>,
}

/// Weakest stages of mocks: due the day after, then at widening gaps counted from the latest rerun.
fn stages(aloud: &Aloud, history: &History, pack: &Pack, interview: Option<Date>) -> Vec<Candidate<Item>> {
    let weak = weak_stages(history, pack);
    weak.iter().filter_map(|weak| stage(aloud, history, pack, interview, weak)).collect()
}

/// Each stage as its newest mock named it.
fn weak_stages<'a>(history: &'a History, pack: &Pack) -> Vec<WeakStage<'a>> {
    let mut reruns: HashMap<&str, Vec<&StoredSession>> = HashMap::new();
    let mut found: Vec<WeakStage<'a>> = Vec::new();
    for session in history.sessions.iter().filter(|session| session.pack == pack.id) {
        let spoken = session.state.outcomes.iter().any(|outcome| outcome.take.is_some());
        match &session.kind {
            SessionKind::Rerun { of } if spoken => reruns.entry(of).or_default().push(session),
            SessionKind::Mock { mock, .. } => {
                let Some(weak) = history.score(&session.state, pack.target).weakest else { continue };
                let of = format!("{mock}/{}", session.state.plan.stages[weak.stage].id);
                // Sessions come newest first: reruns seen so far came after this mock.
                if found.iter().all(|known| known.of != of) {
                    let since = reruns.get(of.as_str()).cloned().unwrap_or_default();
                    found.push(WeakStage { of, mock: session, weak, since });
                }
            }
            _ => {}
        }
    }
    found
}

fn stage(
    aloud: &Aloud,
    history: &History,
    pack: &Pack,
    interview: Option<Date>,
    WeakStage { of, mock, weak, since }: &WeakStage<'_>,
) -> Option<Candidate<Item>> {
    let today = practice_day(&aloud.wall.here());
    let last = since.first().unwrap_or(mock);
    let due = due_day(practice_day(&aloud.wall.at(last.at)), stage_gap(since.len() + 1), interview)?;
    // A rerun has the stage in front.
    let stage = if since.is_empty() { weak.stage } else { 0 };
    let blind = history.take_of(&last.state, stage, weak.prompt).filter(|take| {
        let on_today = |at| practice_day(&aloud.wall.at(at)) == today;
        let graded_today = take.grades.iter().any(|grade| on_today(grade.at));
        take.graded() && !take.deleted && !on_today(take.at) && !graded_today
    });
    let whose = aloud.wall.tell_possessive(mock.at);
    let why = weak.sentence(pack.target, |id| pack.signal_name(id));
    let item = Item {
        pack: pack.id.clone(),
        of: of.clone(),
        session: last.id.clone(),
        reason: format!("Your weakest stage of {whose} {}: {why}", mock.title),
        blind_take: blind.map(|take| take.id.clone()),
    };
    let budget_s = mock.state.plan.stages[weak.stage].budget_ms / 1_000;
    let minutes = whole_minutes(u32::try_from(budget_s).unwrap_or(u32::MAX));
    let more = sibling(pack, of).map_or(0, |(_, minutes)| minutes);
    Some(Candidate { what: item, stage: true, due, minutes: minutes + more })
}

/// Bank questions that were graded in drills.
fn questions(aloud: &Aloud, history: &History, pack: &Pack, interview: Option<Date>) -> Vec<Candidate<Item>> {
    let mut found = Vec::new();
    let mut takes: HashMap<&str, Vec<(&BriefTake, Level)>> = HashMap::new();
    for take in history.takes.iter().filter(|take| *take.pack == *pack.id) {
        if let Some(level) = take.counting().and_then(BriefGrade::lowest) {
            takes.entry(&take.question).or_default().push((take, level));
        }
    }
    for (_, _, question) in pack.shown() {
        let Some(graded) = takes.remove(question.id.as_str()) else { continue };
        let attempts: Vec<Attempt> = graded
            .iter()
            .map(|(take, level)| Attempt { day: practice_day(&aloud.wall.at(take.at)), level: *level })
            .collect();
        let (Some((last, level)), Some(gap)) = (graded.last(), question_gap(&attempts, pack.target)) else {
            continue;
        };
        let day = practice_day(&aloud.wall.at(last.at));
        let Some(due) = due_day(day, gap, interview) else { continue };
        let when = aloud.wall.tell_day(last.at);
        let reason = if *level < pack.target {
            format!("{level} {when}, target {}.", pack.target)
        } else {
            format!("{level} {when}. Does it still come as easily?")
        };
        let item = Item {
            pack: pack.id.clone(),
            of: question.id.clone(),
            session: last.session.to_string(),
            reason,
            blind_take: None,
        };
        let minutes = minutes_of(question);
        let more = sibling(pack, &question.id).map_or(0, |(_, minutes)| minutes);
        found.push(Candidate { what: item, stage: false, due, minutes: minutes + more });
    }
    found
}

/// The question that tests the same skill as a stage or a question, and how many minutes it gets.
pub fn sibling<'a>(pack: &'a Pack, of: &str) -> Option<(&'a Question, u32)> {
    let Some((_, stage)) = pack.stage(of) else {
        let found = pack.sibling(of)?;
        return Some((found, minutes_of(found)));
    };
    let found = pack.sibling(&stage.prompts.first()?.id)?;
    let share = stage.seconds / count(stage.prompts.len()).max(1);
    Some((found, whole_minutes(found.seconds.unwrap_or(share))))
}

/// What Today shows of an item.
pub fn due(aloud: &Aloud, candidate: &Candidate<Item>) -> Option<Due> {
    let item = &candidate.what;
    let pack = &*aloud.shelf.pack(&item.pack).ok()?;
    let commitments = aloud.shelf.with(|library| library.reflection(&item.session)).ok().flatten();
    let (title, where_) = match pack.stage(&item.of) {
        Some((mock, stage)) => (stage.title.clone(), mock.title.clone()),
        None => (pack.question(&item.of)?.title.clone(), place(pack, &item.of)),
    };
    let heard = |take: &String| aloud.shelf.with(|library| Ok(library.has_sound(take))).unwrap_or(false);
    let carried = aloud.shelf.with(|library| library.carried(&item.pack, &item.of)).unwrap_or_default();
    let sibling_minutes = sibling(pack, &item.of).map(|(_, minutes)| minutes);
    Some(Due {
        pack: item.pack.clone(),
        of: item.of.clone(),
        title,
        place: where_,
        stage: candidate.stage,
        reason: item.reason.clone(),
        minutes: candidate.minutes - sibling_minutes.unwrap_or(0),
        sibling_minutes,
        commitments: commitments
            .map(|reflection| reflection.commitments)
            .unwrap_or_default()
            .into_iter()
            .chain(carried.into_iter().map(|point| point.text))
            .collect(),
        blind_take: item.blind_take.clone().filter(heard),
    })
}
