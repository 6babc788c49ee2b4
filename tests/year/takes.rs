//! Takes, and what was made of them: marks, facts of delivery, grades, notes, reflections.

use super::RATE;
use super::sessions::{Writer, place};
use aloud_practice::Level;
use aloud_practice::pack::Question;
use aloud_practice::session::{Ended, Mark, State};
use anyhow::{Context, Result};
use rusqlite::params;
use serde_json::json;
use std::collections::BTreeMap;

impl Writer<'_> {
    /// One recorded answer; its id, length and end.
    pub(super) fn take(&mut self, session: &str, state: &State) -> Result<(String, u64, Ended)> {
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

    pub(super) fn mark(&mut self, take: &str, moment_ms: u64, mark: Mark) -> Result<()> {
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

    pub(super) fn delivery(&mut self, take: &str, seconds: f64) -> Result<()> {
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
    pub(super) fn judge(&mut self, take: &str, question: &str, answered_ms: u64) -> Result<()> {
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

    pub(super) fn grade(
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

    pub(super) fn note(&mut self, take: &str, answered_ms: u64) -> Result<()> {
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

    pub(super) fn reflect(&mut self, session: &str) -> Result<()> {
        let id = self.id();
        let text = "The first minute was clear. After the follow-up I talked around the question instead of asking back.";
        let commitments = json!(["Next time I will draw before I talk."]).to_string();
        self.rows.prepare_cached(
            "INSERT INTO reflection (id, device, session, at_ms, text, commitments) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?.execute(params![id, self.device, session, self.now, text, commitments])?;
        Ok(())
    }
}
