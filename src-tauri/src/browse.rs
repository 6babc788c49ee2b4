use crate::{failure::Outcome, state::Aloud, views::lists::*};
pub fn packs(_: &Aloud) -> Outcome<Vec<PackView>> { todo!() }
pub fn question(_: &Aloud, _: &str, _: &str) -> Outcome<QuestionView> { todo!() }
