//! A year of practice, made up: the same for the same seed, and shaped like what a person leaves behind.
//!
//! **What it makes.** [`Year::write`] fills a library folder with `takes` takes over `days` days up to a given moment, for
//! a pack. By default 20,000 over 365 days. There are
//!
//! - sessions: a mock on Tuesdays and Saturdays in alternating variants, a rerun of one of its stages with a sibling
//!   question the day after, drills of 5 to 12 bank questions in between, and days without any;
//! - takes that end by themselves, at the budget, or by an interruption (a few of them repaired after a crash), with
//!   marks, and delivery facts with their pauses;
//! - grades: first ones on most takes, reveals and second ones on four fifths of these, blind later ones on a
//!   twenty-fifth (2 to 9 days on), peers' on a fiftieth; 6 in 100 takes have none;
//! - notes on a third of the takes, some edited, some taken away; reflections with commitments on mocks and reruns.
//!
//! **How it behaves.** Each signal has a true level that rises from about 0.7 to 2.1 (Junior is 0) along a learning
//! curve, with a slump in the seventh month. Each question has a difficulty of its own. A grade is the true level of
//! the take plus noise, rounded: 0.4 levels of noise on a first, second or later one; first ones flatter by 0.35 at the
//! beginning and are 0.1 too strict at the end; peers are stricter by 0.3. So improvement, a noise band and
//! over-confidence that turns into its opposite are all there to be found.
//!
//! **How it is written.** Through the library's own tables in one transaction: the library is opened once to make them,
//! and rows are then inserted as the library would. No sound is written; [`Year::sound`] adds a silent file where a
//! screen needs one.

#![allow(dead_code, reason = "every test uses a part of it")]

mod random;

use aloud_library::Library;
use aloud_practice::Level;
use aloud_practice::pack::{Mock, Pack, Question, Variant};
use aloud_practice::session::{
    Ended, Mark, Outcome, Phase, Plan, PlannedPrompt, PlannedStage, SessionKind, State,
};
use anyhow::{Context, Result};
use jiff::{ToSpan as _, Zoned};
use random::Random;
use rig::window::Setup;
use rusqlite::{Connection, Transaction, params};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Samples a second of every take.
const RATE: u32 = 48_000;

/// What to make.
pub struct Year {
    /// How many takes.
    pub takes: usize,
    /// Over how many days.
    pub days: i32,
    /// The last of them; nothing happens after this moment.
    pub until: Zoned,
    /// Another seed makes another year.
    pub seed: u64,
}

impl Year {
    /// 20,000 takes in the twelve months before this moment.
    pub fn up_to(until: &Zoned) -> Self {
        Self { takes: 20_000, days: 365, until: until.clone(), seed: 6 }
    }

    /// Writes it into a library folder that has none yet.
    pub fn write(&self, folder: &Path, pack: &Pack) -> Result<()> {
        drop(Library::open(folder)?);
        let mut connection = Connection::open(folder.join("library.db"))?;
        let device: String = connection.query_row("SELECT id FROM device", [], |row| row.get(0))?;
        let transaction = connection.transaction()?;
        let mut writer = Writer::new(self, pack, device, &transaction);
        writer.live()?;
        drop(writer);
        transaction.commit()?;
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        connection.close().map_err(|(_, error)| error)?;
        Ok(())
    }

    /// A silent sound file of this length for a take.
    pub fn sound(folder: &Path, take: &str, seconds: u32) -> Result<()> {
        let bytes = 2 * RATE * seconds;
        let mut wav = Vec::with_capacity(44 + bytes as usize);
        wav.extend(b"RIFF");
        wav.extend((36 + bytes).to_le_bytes());
        wav.extend(b"WAVEfmt ");
        wav.extend(16u32.to_le_bytes());
        wav.extend([1, 0, 1, 0]);
        wav.extend(RATE.to_le_bytes());
        wav.extend((2 * RATE).to_le_bytes());
        wav.extend([2, 0, 16, 0]);
        wav.extend(b"data");
        wav.extend(bytes.to_le_bytes());
        wav.resize(44 + bytes as usize, 0);
        std::fs::write(folder.join("takes").join(format!("{take}.wav")), wav)?;
        Ok(())
    }
}

/// The moment all these tests live in.
pub const NOW: &str = "2026-11-22T19:00:00+01:00[Europe/Berlin]";

/// The shipped pack.
pub fn pack_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/senior-go-backend")
}

/// The window on a library at that moment, with the shipped pack.
pub fn window_on(library: &Path) -> Setup {
    Setup {
        binary: env!("CARGO_BIN_EXE_aloud").into(),
        library: library.to_owned(),
        usual: false,
        env: vec![("ALOUD_PACKS".into(), pack_folder().into()), ("ALOUD_NOW".into(), NOW.into())],
        size: (1280, 800),
    }
}

/// What a mock left to do on the next day.
struct Weak<'a> {
    mock: &'a Mock,
    variant: &'a Variant,
    stage: usize,
    /// Counted down by a day; run at zero.
    in_days: i32,
    runs: i32,
}

struct Writer<'a> {
    year: &'a Year,
    pack: &'a Pack,
    device: String,
    rows: &'a Transaction<'a>,
    random: Random,
    bank: Vec<&'a Question>,
    difficulty: BTreeMap<String, f64>,
    written: usize,
    /// The moment it is, in milliseconds.
    now: i64,
    /// How much of the year is over, 0 to 1.
    part: f64,
}

impl<'a> Writer<'a> {
    fn new(year: &'a Year, pack: &'a Pack, device: String, rows: &'a Transaction<'a>) -> Self {
        let mut random = Random::new(year.seed);
        let bank: Vec<&Question> = pack.bank().map(|(_, _, question)| question).collect();
        let all = bank.iter().copied().chain(pack.prompts().map(|(_, _, _, prompt)| prompt));
        let difficulty = all.map(|question| (question.id.clone(), random.normal() * 0.35)).collect();
        Self { year, pack, device, rows, random, bank, difficulty, written: 0, now: 0, part: 0.0 }
    }

    /// Day by day.
    fn live(&mut self) -> Result<()> {
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

    /// One recorded answer; its id, length and end.
    fn take(&mut self, session: &str, state: &State) -> Result<(String, u64, Ended)> {
        self.pass(2_000);
        let stage = &state.plan.stages[state.stage];
        let planned = &stage.prompts[state.prompt];
        let question = self.pack.question(&planned.question).context("the question")?;
        let budget_ms = planned.budget_ms.unwrap_or(stage.budget_ms / stage.prompts.len() as u64);
        let (answered_ms, ended) = match self.random.below(100) {
            0..=11 => (budget_ms, Ended::TimeUp),
            12..=13 => (budget_ms / 4, Ended::Interrupted),
            // Evenings are short: most answers take a fraction of their budget.
            _ => ((budget_ms as f64 * (0.25 + 0.6 * self.random.unit())) as u64, Ended::Finished),
        };
        let id = self.id();
        let place = place(self.pack, &question.id);
        self.rows.prepare_cached(
            "INSERT INTO take (id, device, session, at_ms, pack, question, stage, title, place, prompt, budget_ms, sample_rate) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?.execute(params![
            id, self.device, session, self.now, self.pack.id, question.id, stage.id, question.title, place, question.prompt,
            budget_ms as i64, RATE
        ])?;
        self.written += 1;
        if !question.sealed.probes.is_empty() && self.random.chance(0.4) {
            self.mark(&id, answered_ms / 2, Mark::Probe { index: 0 })?;
        }
        if ended == Ended::TimeUp {
            self.mark(&id, answered_ms.saturating_sub(60_000), Mark::OneMinute)?;
            self.mark(&id, answered_ms, Mark::TimeUp)?;
        }
        // Time passes more quickly than sound would, so that fifty answers fit into an evening.
        self.pass(20_000);
        let end = match ended {
            Ended::TimeUp => "time_up",
            Ended::Interrupted => "interrupted",
            _ => "finished",
        };
        let repaired = ended == Ended::Interrupted && self.random.chance(0.3);
        let row = self.id();
        self.rows.prepare_cached(
            "INSERT INTO take_end (id, device, take, at_ms, ended, frames, lost_frames, repaired) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?.execute(params![row, self.device, id, self.now, end, (answered_ms * u64::from(RATE) / 1_000) as i64, 0, repaired])?;
        if !repaired {
            self.delivery(&id, answered_ms as f64 / 1_000.0)?;
        }
        Ok((id, answered_ms, ended))
    }

    fn mark(&mut self, take: &str, moment_ms: u64, mark: Mark) -> Result<()> {
        let id = self.id();
        self.rows
            .prepare_cached(
                "INSERT INTO mark (id, device, take, at_ms, moment_ms, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                id,
                self.device,
                take,
                self.now,
                moment_ms as i64,
                serde_json::to_string(&mark)?
            ])?;
        Ok(())
    }

    fn delivery(&mut self, take: &str, seconds: f64) -> Result<()> {
        let first = (1.8 - self.part + 0.4 * self.random.normal()).max(0.2);
        let rate = 4.1 + 0.5 * self.part + 0.3 * self.random.normal();
        let pauses: Vec<_> = (0..(seconds / 6.0) as usize)
            .map(|n| {
                let start = first + 5.0 + 6.0 * n as f64;
                json!({ "start_s": start, "end_s": start + 0.3 + 1.1 * self.random.unit() * (1.3 - self.part) })
            })
            .collect();
        let longest =
            pauses.iter().filter_map(|pause| Some(pause["end_s"].as_f64()? - pause["start_s"].as_f64()?));
        let longest = longest.fold(0.0, f64::max);
        let share = (0.72 + 0.1 * self.part + 0.04 * self.random.normal()).clamp(0.2, 0.98);
        let facts = json!({
            "method": aloud_audio::METHOD,
            "pause_ms": 250,
            "duration_s": seconds,
            "first_word_s": first,
            "speech_share": share,
            "pauses": pauses,
            "longest_pause_s": longest,
            "syllables": (rate * share * seconds) as u32,
            "articulation_rate": rate,
            "loudness_lufs": -26.0 + self.random.normal(),
            "peak_dbfs": -6.0,
            "clipped_runs": 0,
            "noise_floor_dbfs": -62.0,
            "snr_db": 34.0,
            "warnings": [],
        });
        let id = self.id();
        self.rows.prepare_cached(
            "INSERT INTO delivery (id, device, take, at_ms, method, facts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?.execute(params![id, self.device, take, self.now, aloud_audio::METHOD, facts.to_string()])?;
        Ok(())
    }

    /// Grades, reveal and notes of a take.
    fn judge(&mut self, take: &str, question: &str, answered_ms: u64) -> Result<()> {
        let question = self.pack.question(question).context("the question")?;
        if self.random.chance(0.33) {
            self.note(take, answered_ms)?;
        }
        if self.random.chance(0.06) {
            return Ok(());
        }
        let mut signals = question.signals.clone();
        if self.pack.signal("communication").is_some() && !signals.iter().any(|id| id == "communication") {
            signals.push("communication".into());
        }
        let form =
            0.25 * self.random.normal() - self.difficulty.get(&question.id).copied().unwrap_or_default();
        let truth: Vec<(String, f64)> =
            signals.into_iter().enumerate().map(|(n, signal)| (signal, self.skill(n) + form)).collect();
        let now = self.now;
        self.grade(take, "first", None, &truth, 0.35 - 0.45 * self.part, None)?;
        if self.random.chance(0.8) {
            self.pass(3_000);
            let id = self.id();
            self.rows
                .prepare_cached("INSERT INTO reveal (id, device, take, at_ms) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, self.device, take, self.now])?;
            self.grade(take, "second", None, &truth, 0.0, Some(question))?;
        }
        if self.random.chance(0.02) {
            self.grade(take, "peer", Some("Ada"), &truth, -0.3, None)?;
        }
        let later = now + 86_400_000 * (2 + self.random.below(8) as i64);
        if self.random.chance(0.04) && later < self.year.until.timestamp().as_millisecond() {
            let here = std::mem::replace(&mut self.now, later);
            self.grade(take, "later", None, &truth, 0.0, None)?;
            self.now = here;
        }
        Ok(())
    }

    /// The true level of the n-th signal of a question at this time of the year.
    fn skill(&self, nth: usize) -> f64 {
        let slump = if (0.5..0.58).contains(&self.part) { 0.3 } else { 0.0 };
        0.7 + 1.4 * (1.0 - (-3.0 * self.part).exp()) - slump - 0.15 * nth as f64
    }

    fn grade(
        &mut self,
        take: &str,
        kind: &str,
        by: Option<&str>,
        truth: &[(String, f64)],
        bias: f64,
        seen: Option<&Question>,
    ) -> Result<()> {
        let mut levels: BTreeMap<&str, Level> = BTreeMap::new();
        for (signal, level) in truth {
            let told = (level + bias + 0.4 * self.random.normal()).round().clamp(0.0, 3.0);
            levels.insert(signal, Level::ALL[told as usize]);
        }
        let points = seen.map_or(&[][..], |question| &question.sealed.key_points);
        let mut heard = Vec::new();
        let mut missed = Vec::new();
        for point in points {
            let list = if self.random.chance(0.4 + 0.4 * self.part) { &mut heard } else { &mut missed };
            list.push(point);
        }
        let id = self.id();
        self.rows
            .prepare_cached(
                "INSERT INTO grade (id, device, take, at_ms, kind, grader, levels, heard, missed, flags) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '[]')",
            )?
            .execute(params![
                id,
                self.device,
                take,
                self.now,
                kind,
                by,
                serde_json::to_string(&levels)?,
                serde_json::to_string(&heard)?,
                serde_json::to_string(&missed)?
            ])?;
        Ok(())
    }

    fn note(&mut self, take: &str, answered_ms: u64) -> Result<()> {
        const WORDS: [&str; 4] = [
            "Said what happens, not why.",
            "Number first, then the reason.",
            "Lost the thread here; name the trade-off before the example.",
            "Good: brought up the failure unasked.",
        ];
        let note = self.id();
        let moment = (!self.random.chance(0.2)).then(|| (answered_ms as f64 * self.random.unit()) as i64);
        let wordings = 1 + usize::from(self.random.chance(0.1));
        let gone = self.random.chance(0.05);
        for wording in 0..wordings {
            let text = WORDS[self.random.below(WORDS.len())];
            let id = self.id();
            self.rows.prepare_cached(
                "INSERT INTO note_text (id, device, note, take, at_ms, moment_ms, text, gone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?.execute(params![id, self.device, note, take, self.now, moment, text, gone && wording + 1 == wordings])?;
        }
        Ok(())
    }

    fn reflect(&mut self, session: &str) -> Result<()> {
        let id = self.id();
        let text = "The first minute was clear. After the follow-up I talked around the question instead of asking back.";
        let commitments = json!(["Next time I will draw before I talk."]).to_string();
        self.rows.prepare_cached(
            "INSERT INTO reflection (id, device, session, at_ms, text, commitments) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?.execute(params![id, self.device, session, self.now, text, commitments])?;
        Ok(())
    }

    fn pass(&mut self, ms: i64) {
        self.now += ms;
    }

    /// The next id: a `UUIDv7` of this moment, later than the one before.
    fn id(&mut self) -> String {
        self.now += 1;
        let random = self.random.bytes();
        uuid::Builder::from_unix_timestamp_millis(self.now.unsigned_abs(), &random).into_uuid().to_string()
    }
}

fn place(pack: &Pack, id: &str) -> String {
    let bank = pack.bank().find(|(_, _, question)| question.id == id);
    let bank = bank.map(|(section, group, _)| format!("{} › {}", section.title, group.title));
    let mock = || {
        let found = pack.prompts().find(|(_, _, _, prompt)| prompt.id == id);
        found.map(|(mock, _, stage, _)| format!("{} › {}", mock.title, stage.title))
    };
    bank.or_else(mock).unwrap_or_default()
}
