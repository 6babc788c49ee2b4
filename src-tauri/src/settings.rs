use crate::{failure::Outcome, state::Aloud, views::settings::*};
pub fn view(_: &Aloud) -> Outcome<SettingsView> { todo!() }
pub fn save(_: &Aloud, _: &Settings) -> Outcome<SettingsView> { todo!() }
