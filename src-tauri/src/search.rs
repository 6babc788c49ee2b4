//! Search across prompts, notes, reflections and what is carried forward. Nothing sealed is ever looked through.

use crate::browse::place;
use crate::failure::Outcome;
use crate::state::Aloud;
use crate::views::search::{Hit, HitPiece, HitPlace};
use aloud_library::{Found, PackWords, Place, StoredTake};
use aloud_packs::render;
use aloud_practice::pack::{Pack, Question};

/// More than this nobody reads.
const MOST: u32 = 60;

/// What holds all of these words, best first.
pub fn search(aloud: &Aloud, words: &str) -> Outcome<Vec<Hit>> {
    let packs = aloud.shelf.words(words_of);
    let found = aloud.shelf.with(|library| library.search(words, &packs, MOST))?;
    found.into_iter().filter_map(|found| hit(aloud, found).transpose()).collect()
}

/// What may be searched of a pack: titles and prompts of the bank and of the mocks.
fn words_of(pack: &Pack) -> PackWords {
    let words =
        |question: &Question| [question.id.clone(), question.title.clone(), render::plain(&question.prompt)];
    let bank = pack.bank().map(|(_, _, question)| words(question));
    let prompts = pack.prompts().map(|(_, _, _, prompt)| words(prompt));
    PackWords { pack: pack.id.clone(), questions: bank.chain(prompts).collect() }
}

/// What the window shows of it; nothing when it leads nowhere any more.
fn hit(aloud: &Aloud, found: Found) -> Outcome<Option<Hit>> {
    let under = |pack: &str, question: &str| {
        let pack = aloud.shelf.pack(pack).ok()?;
        pack.question(question).map(|_| place(&pack, question))
    };
    let (place, under, title) = match found.place {
        Place::Question { pack, question } => match under(&pack, &question) {
            Some(under) => (HitPlace::Question { pack, question }, under, found.title),
            // It left its pack, but it was asked once.
            None => match aloud
                .shelf
                .with(|library| library.takes_of(&pack, &question))?
                .into_iter()
                .rfind(StoredTake::is_listed)
            {
                Some(take) => (HitPlace::Take { take: take.id }, take.place, found.title),
                None => return Ok(None),
            },
        },
        Place::Note { take, moment_ms } => match aloud.shelf.with(|library| library.take(&take))? {
            Some(stored) if !stored.deleted => {
                let at_ms = moment_ms.and_then(|ms| u32::try_from(ms).ok());
                (
                    HitPlace::Note { take, at_ms },
                    format!("take of {}", aloud.wall.tell(stored.at)),
                    found.title,
                )
            }
            _ => return Ok(None),
        },
        Place::Reflection { session } => {
            (HitPlace::Reflection { session }, "what you wrote afterwards".into(), found.title)
        }
        Place::Carry { pack, question } => {
            let Some(under) = under(&pack, &question) else { return Ok(None) };
            let title = aloud.shelf.question(&pack, &question).map_or(found.title, |found| found.title);
            (HitPlace::Carry { pack, question }, under, title)
        }
    };
    let is_prompt = matches!(place, HitPlace::Question { .. } | HitPlace::Take { .. });
    let pieces = found.text.into_iter().map(|piece| HitPiece { text: piece.text, found: piece.found });
    Ok(Some(Hit {
        place,
        title,
        under,
        text: pieces.collect(),
        when: if is_prompt { String::new() } else { aloud.wall.tell(found.at) },
    }))
}
