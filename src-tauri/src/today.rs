use crate::{failure::Outcome, state::Aloud, views::lists::Today};
pub fn today(_: &Aloud) -> Outcome<Today> { todo!() }
