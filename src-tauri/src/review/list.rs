//! Takes in lists: newest first, a page at a time.

use crate::failure::Outcome;
use crate::figures::count;
use crate::state::Aloud;
use crate::views::takes::{TakeRow, TakesPage, TakesWish};
use aloud_library::{BriefTake, StoredTake};
use aloud_practice::Level;
use std::collections::HashMap;

/// A list of takes is never longer than this at once.
const MOST_ROWS: u32 = 1_000;

/// The newest takes that have sound and fit the wish.
pub fn takes(aloud: &Aloud, wish: &TakesWish) -> Outcome<TakesPage> {
    let words: Vec<String> = wish.words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let (takes, titles) = aloud.shelf.with(|library| {
        let titles = if words.is_empty() { HashMap::new() } else { library.take_titles()? };
        Ok((library.brief_takes()?, titles))
    })?;
    let says = |take: &BriefTake| {
        let (title, place) = titles.get(&take.id).map_or(("", ""), |(title, place)| (title, place));
        let grade = take.range().map(between).unwrap_or_default();
        format!("{title} {place} {} {grade}", aloud.wall.tell(take.at)).to_lowercase()
    };
    let fits = |take: &&BriefTake| {
        let wanted = take.is_listed() && !(wish.ungraded && take.graded());
        wanted
            && (words.is_empty() || {
                let text = says(take);
                words.iter().all(|word| text.contains(word))
            })
    };
    let found: Vec<&str> = takes.iter().rev().filter(fits).map(|take| take.id.as_str()).collect();
    let most = wish.most.min(MOST_ROWS) as usize;
    let shown = &found[..most.min(found.len())];
    Ok(TakesPage {
        rows: rows(aloud, &aloud.shelf.with(|library| library.these_takes(shown))?),
        found: count(found.len()),
    })
}

/// Takes as list rows, leaving out those in which nothing was said and those that were deleted.
pub fn rows(aloud: &Aloud, takes: &[StoredTake]) -> Vec<TakeRow> {
    takes.iter().filter(|take| take.is_listed()).map(|take| row(aloud, take)).collect()
}

pub(super) fn row(aloud: &Aloud, take: &StoredTake) -> TakeRow {
    TakeRow {
        id: take.id.clone(),
        title: take.title.clone(),
        place: take.place.clone(),
        when: aloud.wall.tell(take.at),
        seconds: take.seconds(),
        ended: take.end.map(|end| end.ended),
        grade: take.range.map(between),
        notes: take.notes,
        kept: take.kept,
        sound_deleted: take.sound_deleted,
    }
}

/// The levels of a grade in a few words, from the lowest to the highest: "Senior", or "Mid to Senior".
pub fn between((lowest, highest): (Level, Level)) -> String {
    if lowest == highest { lowest.to_string() } else { format!("{lowest} to {highest}") }
}
