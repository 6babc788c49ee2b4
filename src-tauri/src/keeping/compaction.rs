//! Compacting takes: FLAC in the place of WAV, once it is proven that nothing is lost.
//!
//! Off unless the person asks for it: an app that promises to lose nothing does not rewrite files unasked. Never touches
//! the take that is recorded, reviewed or kept for ever, and stops while an answer is recorded.

use super::view;
use crate::failure::{Code, Failure, Outcome};
use crate::figures::{plural, size};
use crate::shelf::Shelf;
use crate::state::Aloud;
use crate::views::keeping::{LibraryView, WorkKind, WorkView};
use crate::wall::Wall;
use crate::work::Progress;
use aloud_audio::AudioError;
use aloud_library::StoredTake;
use jiff::SignedDuration;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const KEY: &str = "compact_after_days";
/// Ages that can be chosen, in days.
const AGES: std::ops::RangeInclusive<u32> = 1..=3_650;

/// Takes older than so many days are compacted by themselves.
pub(super) fn chosen(shelf: &Shelf) -> Option<u32> {
    shelf.with(|library| library.setting(KEY)).ok().flatten().flatten()
}

/// Chooses it, or chooses never.
pub fn set_compaction(aloud: &Aloud, days: Option<u32>) -> Outcome<LibraryView> {
    if days.is_some_and(|days| !AGES.contains(&days)) {
        return Err(Failure::coded(Code::Refused, "Choose between one day and ten years."));
    }
    aloud.shelf.with(|library| library.set_setting(KEY, &days))?;
    Ok(view(aloud))
}

/// Compacts all takes that are older than so many days.
pub fn start_compaction(aloud: &Aloud, older_than_days: u32) -> Outcome<WorkView> {
    let busy = aloud.conductor.recording();
    if busy.load(Ordering::Acquire) {
        return Err(Failure::coded(Code::Refused, "An answer is being recorded. Compact when it is over."));
    }
    let (shelf, wall, reviewed) = (Arc::clone(&aloud.shelf), aloud.wall.clone(), aloud.reviewed());
    aloud.work.start(WorkKind::Compact, "Compacting takes", move |progress| {
        compact(&shelf, &wall, older_than_days, reviewed.as_deref(), &busy, progress)
    })
}

/// Takes of this age that may be compacted and are not yet. Oldest first: those are missed least.
pub(super) fn compactable(shelf: &Shelf, wall: &Wall, older_than_days: u32) -> Outcome<Vec<StoredTake>> {
    let before = wall.now() - SignedDuration::from_hours(24 * i64::from(older_than_days));
    shelf.with(|library| {
        let mut takes = library.takes()?;
        takes.retain(|take| {
            let settled =
                take.end.is_some() && take.at <= before && !take.kept && !take.deleted && !take.sound_deleted;
            settled && library.sound_file(&take.id).is_file()
        });
        takes.reverse();
        Ok(takes)
    })
}

fn compact(
    shelf: &Shelf,
    wall: &Wall,
    older_than_days: u32,
    reviewed: Option<&str>,
    recording: &AtomicBool,
    progress: &mut Progress<'_>,
) -> Outcome<String> {
    let mut takes = compactable(shelf, wall, older_than_days)?;
    takes.retain(|take| Some(take.id.as_str()) != reviewed);
    let frames: u64 = takes.iter().filter_map(|take| take.end).map(|end| end.frames).sum();
    let (mut done, mut count, mut saved, mut left) = (0, 0, 0, 0);
    for take in &takes {
        let wav = shelf.with(|library| Ok(library.sound_file(&take.id)))?;
        let length = take.end.map_or(0, |end| end.frames);
        let compacted = aloud_audio::compact(&wav, &mut |step, of| {
            if recording.load(Ordering::Acquire) {
                return ControlFlow::Break(());
            }
            let share = step as f64 / of.max(1) as f64;
            progress(done + (length as f64 * share) as u64, frames.max(1))
        });
        done += length;
        let ready = match compacted {
            Ok(Some(ready)) => ready,
            Ok(None) => continue,
            Err(AudioError::Cancelled) => return broken_off(count, saved, recording),
            Err(error) => {
                tracing::warn!("a take stays as it is: {error}");
                left += 1;
                continue;
            }
        };
        let gained = ready.wav_bytes - ready.flac_bytes;
        let finished = shelf.with(|library| {
            // It may have been deleted or kept meanwhile.
            let now = library.take(&take.id)?;
            if now.is_none_or(|now| now.kept || now.deleted || now.sound_deleted) {
                return Ok(None);
            }
            library.add_sound_hash(
                &take.id,
                &ready.fingerprint.sha256,
                ready.fingerprint.frames,
                wall.now(),
            )?;
            Ok(Some(ready.finish()))
        })?;
        match finished {
            Some(Ok(())) => {
                count += 1;
                saved += gained;
            }
            Some(Err(error)) => return Err(Failure::new(error)),
            None => {}
        }
    }
    let sentence = if count == 0 {
        "There was nothing to compact.".to_owned()
    } else {
        format!("{} compacted, {} saved. Every sample was compared.", plural(count, "take"), size(saved))
    };
    let unread = format!(" {} could not be read and stayed as it was.", plural(left, "take"));
    Ok(if left > 0 { sentence + &unread } else { sentence })
}

fn broken_off(count: u64, saved: u64, recording: &AtomicBool) -> Outcome<String> {
    let so_far = match count {
        0 => "Nothing was changed.".to_owned(),
        _ => format!("{} compacted so far, {} saved; they stay so.", plural(count, "take"), size(saved)),
    };
    let why = if recording.load(Ordering::Acquire) {
        "Compacting stopped, because an answer is being recorded."
    } else {
        "Compacting was cancelled."
    };
    Err(Failure::new(format!("{why} {so_far}")))
}
