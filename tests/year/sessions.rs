//! Days, and the sessions on them: what was planned, run and came back.

use super::Year;
use super::random::Random;
use aloud_practice::pack::{Mock, Pack, Question, Variant};
use aloud_practice::session::{Ended, Outcome, Phase, Plan, PlannedPrompt, PlannedStage, SessionKind, State};
use anyhow::{Context, Result};
use jiff::ToSpan as _;
use rusqlite::{Transaction, params};
use std::collections::BTreeMap;

/// What a mock left to do on the next day.
struct Weak<'a> {
    mock: &'a Mock,
    variant: &'a Variant,
    stage: usize,
    /// Counted down by a day; run at zero.
    in_days: i32,
    runs: i32,
}

pub(super) struct Writer<'a> {
    pub(super) year: &'a Year,
    pub(super) pack: &'a Pack,
    pub(super) device: String,
    pub(super) rows: &'a Transaction<'a>,
    pub(super) random: Random,
    pub(super) bank: Vec<&'a Question>,
    pub(super) difficulty: BTreeMap<String, f64>,
    pub(super) written: usize,
    /// The moment it is, in milliseconds.
    pub(super) now: i64,
    /// How much of the year is over, 0 to 1.
    pub(super) part: f64,
}

impl<'a> Writer<'a> {
    pub(super) fn new(year: &'a Year, pack: &'a Pack, device: String, rows: &'a Transaction<'a>) -> Self {
        let mut random = Random::new(year.seed);
        let bank: Vec<&Question> = pack.bank().map(|(_, _, question)| question).collect();
        let all = bank.iter().copied().chain(pack.prompts().map(|(_, _, _, prompt)| prompt));
        let difficulty = all.map(|question| (question.id.clone(), random.normal() * 0.35)).collect();
        Self { year, pack, device, rows, random, bank, difficulty, written: 0, now: 0, part: 0.0 }
    }

    /// Day by day.
    pub(super) fn live(&mut self) -> Result<()> {
        let mut weak: Vec<Weak<'a>> = Vec::new();
        let mut variants: BTreeMap<&str, usize> = BTreeMap::new();
        for offset in (0..self.year.days).rev() {
            self.part = 1.0 - f64::from(offset) / f64::from(self.year.days);
            let day = self.year.until.checked_sub(i64::from(offset).days())?;
            let evening = day.with().hour(17).minute(0).second(0).subsec_nanosecond(0).build()?;
            // The last day ends at the moment itself.
            let begin = if offset == 0 { self.year.until.checked_sub(16.hours())? } else { evening };
            self.now = begin.timestamp().as_millisecond();
            let wanted = self.year.takes - self.written;
            let share = wanted.div_ceil(offset as usize + 1);
            let idle = offset > 0 && wanted < self.year.takes && self.random.chance(0.1);
            let mut today = if idle { 0 } else { share.min(wanted) };
            let weekday = day.date().weekday().to_monday_zero_offset();
            for due in &mut weak {
                due.in_days -= 1;
            }
            while today > 0 {
                let before = self.written;
                if let Some(index) = weak.iter().position(|due| due.in_days <= 0) {
                    let mut due = weak.swap_remove(index);
                    self.rerun(&due, today)?;
                    due.runs += 1;
                    due.in_days = 1 + 2 * due.runs;
                    if due.runs < 4 {
                        weak.push(due);
                    }
                } else if today >= 8 && (weekday == 1 || weekday == 5) && !self.pack.mocks.is_empty() {
                    let mock = &self.pack.mocks[self.random.below(self.pack.mocks.len())];
                    let turn = variants.entry(&mock.id).or_default();
                    let variant = &mock.variants[*turn % mock.variants.len()];
                    *turn += 1;
                    let stage = self.mock(mock, variant, today)?;
                    if weak.len() < 3 {
                        weak.push(Weak { mock, variant, stage, in_days: 1, runs: 0 });
                    }
                } else {
                    self.drill(today)?;
                }
                today -= (self.written - before).min(today);
            }
        }
        Ok(())
    }

    fn drill(&mut self, most: usize) -> Result<()> {
        let count = (5 + self.random.below(8)).min(most);
        let begin = self.random.below(self.bank.len());
        let questions: Vec<&Question> =
            (0..count).map(|n| self.bank[(begin + n) % self.bank.len()]).collect();
        let plan = Plan::drill("A drill", questions);
        self.session(plan, "drill", String::new(), most).map(drop)
    }

    fn mock(&mut self, mock: &Mock, variant: &Variant, most: usize) -> Result<usize> {
        let plan = Plan::mock(&mock.id, &mock.title, variant);
        let stages = plan.stages.len();
        self.session(plan, "mock", format!("{}/{}", mock.id, variant.id), most)?;
        Ok(self.random.below(stages))
    }

    fn rerun(&mut self, due: &Weak<'_>, most: usize) -> Result<()> {
        let whole = Plan::mock(&due.mock.id, &due.mock.title, due.variant);
        let stage = whole.stages.into_iter().nth(due.stage).context("the stage")?;
        let of = format!("{}/{}", due.mock.id, stage.id);
        let sibling = stage.prompts.first().and_then(|prompt| self.pack.sibling(&prompt.question));
        let sibling = sibling.map(|question| PlannedStage {
            id: "sibling".into(),
            title: "A sibling question".into(),
            budget_ms: 240_000,
            prompts: vec![PlannedPrompt { budget_ms: None, ..PlannedPrompt::of(question) }],
        });
        let title = format!("{} › {}", due.mock.title, stage.title);
        let kind = SessionKind::Rerun { of: of.clone() };
        let plan = Plan { kind, title, thinking_ms: 0, stages: [stage].into_iter().chain(sibling).collect() };
        self.session(plan, "rerun", of, most).map(drop)
    }

    /// A whole sitting, of at most so many takes.
    fn session(&mut self, plan: Plan, kind: &str, subject: String, most: usize) -> Result<String> {
        let id = self.id();
        self.rows.prepare_cached(
            "INSERT INTO session (id, device, at_ms, pack, kind, subject, title, plan) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?.execute(params![id, self.device, self.now, self.pack.id, kind, subject, plan.title, serde_json::to_string(&plan)?])?;
        let mut state = State::new(plan);
        self.state(&id, &state)?;
        let places: Vec<(usize, usize)> = state
            .plan
            .stages
            .iter()
            .enumerate()
            .flat_map(|(n, stage)| (0..stage.prompts.len()).map(move |m| (n, m)))
            .collect();
        let mut takes = Vec::new();
        for (stage, prompt) in places {
            (state.stage, state.prompt) = (stage, prompt);
            let optional = state.plan.stages[stage].prompts[prompt].optional;
            if takes.len() == most || (optional && self.random.chance(0.5)) {
                state.outcomes.push(Outcome {
                    stage,
                    prompt,
                    take: None,
                    answered_ms: 0,
                    ended: Ended::NotReached,
                });
                continue;
            }
            let (take, answered_ms, ended) = self.take(&id, &state)?;
            state.outcomes.push(Outcome { stage, prompt, take: Some(take.clone()), answered_ms, ended });
            state.phase = Phase::Between;
            self.state(&id, &state)?;
            takes.push((take, state.plan.stages[stage].prompts[prompt].question.clone(), answered_ms));
        }
        state.phase = Phase::Over { abandoned: false };
        self.state(&id, &state)?;
        for (take, question, answered_ms) in &takes {
            self.judge(take, question, *answered_ms)?;
        }
        if kind != "drill" && self.random.chance(0.7) {
            self.reflect(&id)?;
        }
        self.pass(60_000);
        Ok(id)
    }

    fn state(&mut self, session: &str, state: &State) -> Result<()> {
        let id = self.id();
        self.rows.prepare_cached(
            "INSERT INTO session_state (id, device, session, at_ms, state, over) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?.execute(params![id, self.device, session, self.now, serde_json::to_string(state)?, state.is_over()])?;
        Ok(())
    }

    pub(super) fn pass(&mut self, ms: i64) {
        self.now += ms;
    }

    /// The next id: a `UUIDv7` of this moment, later than the one before.
    pub(super) fn id(&mut self) -> String {
        self.now += 1;
        let random = self.random.bytes();
        uuid::Builder::from_unix_timestamp_millis(self.now.unsigned_abs(), &random).into_uuid().to_string()
    }
}

pub(super) fn place(pack: &Pack, id: &str) -> String {
    let bank = pack.bank().find(|(_, _, question)| question.id == id);
    let bank = bank.map(|(section, group, _)| format!("{} › {}", section.title, group.title));
    let mock = || {
        let found = pack.prompts().find(|(_, _, _, prompt)| prompt.id == id);
        found.map(|(mock, _, stage, _)| format!("{} › {}", mock.title, stage.title))
    };
    bank.or_else(mock).unwrap_or_default()
}
