//! Two takes of the same question, or of its sibling, side by side; and what is carried forward from hearing them.
//!
//! Promise: key points are in it only when the model answer of both takes was revealed, levels only when both were graded.

use crate::failure::{Code, Failure, Outcome};
use crate::review;
use crate::state::Aloud;
use crate::views::compare::{CarryView, Comparison, KeyPointHeard, KeyPointRow, LevelPair, Side};
use aloud_audio::Delivery;
use aloud_library::{MOST_CARRIED, StoredTake};
use aloud_packs::render;
use aloud_practice::Grade;
use aloud_practice::pack::{Pack, Question};
use aloud_practice::score::counting;

/// A take is never played softer than this, in dB: below, it could not be heard.
const MOST_SOFTER_DB: f64 = 24.0;

/// A point to carry forward is at most this long, in characters.
const LONGEST_POINT: usize = 200;

/// Puts two takes side by side.
pub fn compare(aloud: &Aloud, one: &str, other: &str) -> Outcome<Comparison> {
    let (one, other) = (review::stored(aloud, one)?, review::stored(aloud, other)?);
    if one.id == other.id {
        return Err(Failure::coded(Code::Refused, "Choose two different takes to compare."));
    }
    let pack = aloud.shelf.pack(&one.pack).ok();
    let pack = pack.as_deref();
    let same_question = one.pack == other.pack && one.question == other.question;
    if !same_question && !pack.is_some_and(|pack| siblings(pack, &one, &other)) {
        let say = "Only takes of the same question, or of its sibling, can be compared.";
        return Err(Failure::coded(Code::Refused, say));
    }
    let (earlier, later) =
        if (one.at, &one.id) <= (other.at, &other.id) { (one, other) } else { (other, one) };
    let facts = |take: &StoredTake| aloud.shelf.with(|library| library.delivery::<Delivery>(&take.id));
    let (before, after) = (facts(&earlier)?, facts(&later)?);
    let softer = |this: &Option<Delivery>, that: &Option<Delivery>| {
        let loudness = |facts: &Option<Delivery>| facts.as_ref().and_then(|facts| facts.loudness_lufs);
        loudness(that)
            .zip(loudness(this))
            .map_or(0.0, |(that, this)| (that - this).clamp(-MOST_SOFTER_DB, 0.0))
    };
    let grades = [grade(aloud, &earlier)?, grade(aloud, &later)?];
    let (key_points, no_key_points) = key_points(aloud, &earlier, &later, &grades)?;
    Ok(Comparison {
        same_question,
        key_points,
        no_key_points,
        delivery: review::delivery_pairs(before.as_ref(), after.as_ref()),
        levels: levels(pack, &grades),
        carried: carried(aloud, &later.pack, &later.question)?,
        most_carried: MOST_CARRIED as u32,
        earlier: side(aloud, &earlier, before.as_ref(), softer(&before, &after))?,
        later: side(aloud, &later, after.as_ref(), softer(&after, &before))?,
    })
}

fn siblings(pack: &Pack, one: &StoredTake, other: &StoredTake) -> bool {
    let is = |this: &str, that: &str| pack.sibling(this).is_some_and(|sibling| sibling.id == that);
    one.pack == other.pack && (is(&one.question, &other.question) || is(&other.question, &one.question))
}

/// The grade of a take that counts; nothing before the first one is locked.
fn grade(aloud: &Aloud, take: &StoredTake) -> Outcome<Option<Grade>> {
    let grades: Vec<Grade> = aloud
        .shelf
        .with(|library| library.grades(&take.id))?
        .into_iter()
        .map(|stored| stored.grade)
        .collect();
    Ok(counting(&grades).filter(|_| take.progress.first).cloned())
}

fn side(aloud: &Aloud, take: &StoredTake, facts: Option<&Delivery>, gain_db: f64) -> Outcome<Side> {
    let (marks, notes) = review::timeline(aloud, &take.id)?;
    let mut rows = review::rows(aloud, std::slice::from_ref(take));
    Ok(Side {
        row: rows
            .pop()
            .ok_or_else(|| Failure::new("Nothing was said in that take, so there is nothing to hear."))?,
        prompt_html: render::html(&take.prompt),
        has_sound: review::has_sound(aloud, &take.id)?,
        gain_db,
        marks,
        notes,
        pauses: facts.map(review::pauses),
    })
}

/// Key points side by side, or why there are none.
fn key_points(
    aloud: &Aloud,
    earlier: &StoredTake,
    later: &StoredTake,
    grades: &[Option<Grade>; 2],
) -> Outcome<(Vec<KeyPointRow>, Option<String>)> {
    let none = |why: &str| Ok((Vec::new(), Some(why.to_owned())));
    if earlier.question != later.question {
        return none("These are sibling questions, and each has key points of its own.");
    }
    let Some(question) = aloud.shelf.question(&earlier.pack, &earlier.question) else {
        return none("The question is no longer in its pack, so there are no key points to show.");
    };
    let question = &question;
    if !(earlier.progress.revealed && later.progress.revealed) {
        return none("Key points are shown once the model answer of both takes was revealed.");
    }
    let rows = rows(
        question,
        grades,
        [
            review::key_point_moments(aloud, earlier, question)?,
            review::key_point_moments(aloud, later, question)?,
        ],
    );
    Ok((rows, None))
}

fn rows(
    question: &Question,
    grades: &[Option<Grade>; 2],
    moments: [Vec<Option<f64>>; 2],
) -> Vec<KeyPointRow> {
    let heard = |side: usize, index: usize, text: &String| KeyPointHeard {
        heard: grades[side].as_ref().and_then(|grade| {
            if grade.heard.contains(text) { Some(true) } else { grade.missed.contains(text).then_some(false) }
        }),
        at_s: moments[side].get(index).copied().flatten(),
    };
    let points = question.sealed.key_points.iter().enumerate();
    points
        .map(|(index, text)| KeyPointRow {
            index: index as u32,
            html: render::inline(text),
            earlier: heard(0, index, text),
            later: heard(1, index, text),
        })
        .collect()
}

fn levels(pack: Option<&Pack>, [earlier, later]: &[Option<Grade>; 2]) -> Vec<LevelPair> {
    let (Some(earlier), Some(later)) = (earlier, later) else { return Vec::new() };
    let both = earlier.levels.iter().filter_map(|(id, level)| Some((id, *level, *later.levels.get(id)?)));
    both.map(|(id, before, after)| LevelPair {
        signal: pack.map_or_else(|| id.clone(), |pack| pack.signal_name(id)),
        earlier: before,
        earlier_kind: earlier.kind,
        later: after,
        later_kind: later.kind,
    })
    .collect()
}

/// The points of a question.
fn carried(aloud: &Aloud, pack: &str, question: &str) -> Outcome<Vec<CarryView>> {
    let points = aloud.shelf.with(|library| library.carried(pack, question))?;
    Ok(points.into_iter().map(|point| CarryView { id: point.id, text: point.text }).collect())
}

/// Writes a point for the next attempt at a take's question; returns the question's points.
pub fn carry_forward(aloud: &Aloud, take: &str, text: &str) -> Outcome<Vec<CarryView>> {
    let text = point_text(text)?;
    let take = review::stored(aloud, take)?;
    aloud.shelf.with(|library| library.carry_forward(&take.pack, &take.question, text, aloud.wall.now()))?;
    carried(aloud, &take.pack, &take.question)
}

/// Gives a point another wording; returns the question's points.
pub fn edit_carry(aloud: &Aloud, point: &str, text: &str) -> Outcome<Vec<CarryView>> {
    let text = point_text(text)?;
    let point = aloud.shelf.with(|library| library.edit_carry(point, text, aloud.wall.now()))?;
    carried(aloud, &point.pack, &point.question)
}

/// Takes a point away, or brings it back; returns the question's points.
pub fn set_carry_gone(aloud: &Aloud, point: &str, gone: bool) -> Outcome<Vec<CarryView>> {
    let point = aloud.shelf.with(|library| library.set_carry_gone(point, gone, aloud.wall.now()))?;
    carried(aloud, &point.pack, &point.question)
}

fn point_text(text: &str) -> Outcome<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Failure::coded(Code::Refused, "A point needs a few words.")),
        length if length > LONGEST_POINT => Err(Failure::coded(
            Code::Refused,
            format!(
                "A point holds at most {LONGEST_POINT} characters: it should be kept in mind while speaking."
            ),
        )),
        _ => Ok(text),
    }
}
