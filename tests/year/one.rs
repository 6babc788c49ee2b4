//! The other end of the scale: one answer.

use super::NOW;
use aloud_library::{Library, NewSession, NewTake, TakeEnd};
use aloud_practice::pack::Pack;
use aloud_practice::session::{Ended, Plan, State};
use anyhow::{Context as _, Result};
use jiff::{Timestamp, Zoned};
use std::path::Path;

/// A library with one spoken answer of this many seconds to the minimal pack's second question; its take.
pub fn one_answer(folder: &Path, pack: &Pack, seconds: u32) -> Result<(Library, String)> {
    let mut library = Library::open(folder)?;
    let question = pack.question("second-question").context("the question")?;
    let plan = Plan::drill("A drill <b>of mine</b>", [question]);
    let at: Timestamp = NOW.parse::<Zoned>()?.timestamp();
    let session =
        library.begin_session(&NewSession { pack: &pack.id, plan: &plan }, &State::new(plan.clone()), at)?;
    let take = uuid::Uuid::now_v7().to_string();
    let new = NewTake {
        id: &take,
        session: &session,
        pack: &pack.id,
        question: &question.id,
        stage: &question.id,
        title: &question.title,
        place: "First > Group",
        prompt: &question.prompt,
        budget_ms: 180_000,
        sample_rate: 48_000,
    };
    library.begin_take(&new, at)?;
    let end = TakeEnd {
        ended: Ended::Finished,
        frames: u64::from(seconds) * 48_000,
        lost_frames: 0,
        repaired: false,
    };
    library.end_take(&take, end, at)?;
    Ok((library, take))
}
