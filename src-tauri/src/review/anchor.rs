//! Anchors in the window: what the person holds up as a level of a signal, to be heard before grading it.

use super::{signals, stored};
use crate::failure::{Code, Failure, Outcome};
use crate::state::Aloud;
use crate::views::compare::AnchorView;
use crate::views::takes::Stretch;
use aloud_library::{Anchor, StoredTake};
use aloud_practice::Level;
use aloud_practice::pack::Signal;

/// A stretch is at least this long, in seconds: less cannot be recognised.
const SHORTEST_S: f64 = 0.5;

/// The anchors of these signals, newest first; those of takes that were deleted are left out.
pub(super) fn of(aloud: &Aloud, pack: &str, signals: &[Signal]) -> Outcome<Vec<AnchorView>> {
    let mut views = Vec::new();
    for signal in signals {
        for anchor in aloud.shelf.with(|library| library.anchors_for(pack, &signal.id))? {
            let take = aloud.shelf.with(|library| library.take(&anchor.take))?;
            if let Some(take) = take.filter(StoredTake::is_listed) {
                views.push(view(aloud, &anchor, &take)?);
            }
        }
    }
    Ok(views)
}

fn view(aloud: &Aloud, anchor: &Anchor, take: &StoredTake) -> Outcome<AnchorView> {
    let seconds = |ms: u64| ms as f64 / 1_000.0;
    Ok(AnchorView {
        id: anchor.id.clone(),
        take: take.id.clone(),
        title: take.title.clone(),
        when: aloud.wall.tell(take.at),
        signal: anchor.signal.clone(),
        level: anchor.level,
        stretch: anchor
            .stretch
            .as_ref()
            .map(|stretch| Stretch { from_s: seconds(stretch.start), to_s: seconds(stretch.end) }),
        seconds: take.seconds(),
        has_sound: super::has_sound(aloud, &take.id)?,
    })
}

/// Holds a take, or a stretch of it, up as a level of one of its question's signals.
pub fn pin(
    aloud: &Aloud,
    take: &str,
    signal: &str,
    level: Level,
    stretch: Option<Stretch>,
) -> Outcome<AnchorView> {
    let take = stored(aloud, take)?;
    if !take.progress.first {
        let say = "Grade this take first. Then you know what it is an example of.";
        return Err(Failure::coded(Code::Refused, say));
    }
    let question = aloud.shelf.question(&take.pack, &take.question);
    let known = question.map(|question| signals(aloud, &take.pack, &question)).unwrap_or_default();
    if !known.iter().any(|found| found.id == signal) {
        return Err(Failure::not_found("signal"));
    }
    let stretch = stretch.map(|stretch| within(stretch, take.seconds())).transpose()?;
    let anchor =
        aloud.shelf.with(|library| library.pin_anchor(&take.id, signal, level, stretch, aloud.wall.now()))?;
    view(aloud, &anchor, &take)
}

/// The stretch in milliseconds, held within the take.
fn within(stretch: Stretch, seconds: f64) -> Outcome<std::ops::Range<u64>> {
    let (from, to) = (stretch.from_s.clamp(0.0, seconds), stretch.to_s.clamp(0.0, seconds));
    if to - from < SHORTEST_S {
        return Err(Failure::coded(Code::Refused, "Mark a stretch of at least half a second."));
    }
    let ms = |seconds: f64| (seconds * 1_000.0).round() as u64;
    Ok(ms(from)..ms(to))
}

/// Takes an anchor away.
pub fn remove(aloud: &Aloud, anchor: &str) -> Outcome<()> {
    aloud.shelf.with(|library| library.set_anchor_gone(anchor, true, aloud.wall.now())).map(drop)
}

/// Brings an anchor back.
pub fn restore(aloud: &Aloud, anchor: &str) -> Outcome<AnchorView> {
    let anchor = aloud.shelf.with(|library| library.set_anchor_gone(anchor, false, aloud.wall.now()))?;
    view(aloud, &anchor, &stored(aloud, &anchor.take)?)
}
