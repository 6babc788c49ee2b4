use crate::{failure::Outcome, state::Aloud, views::takes::*};
pub fn takes(_: &Aloud) -> Outcome<Vec<TakeRow>> { todo!() }
pub fn take(_: &Aloud, _: &str, _: bool) -> Outcome<TakeView> { todo!() }
pub fn sound(_: &Aloud, _: &str, _: f64, _: Option<f64>) -> Outcome<Vec<u8>> { todo!() }
pub fn peaks(_: &Aloud, _: &str, _: f64, _: f64, _: u32) -> Outcome<Vec<u8>> { todo!() }
pub fn add_note(_: &Aloud, _: &str, _: Option<f64>, _: &str) -> Outcome<NoteView> { todo!() }
pub fn edit_note(_: &Aloud, _: &str, _: &str) -> Outcome<NoteView> { todo!() }
pub fn delete_note(_: &Aloud, _: &str) -> Outcome<()> { todo!() }
pub fn restore_note(_: &Aloud, _: &str) -> Outcome<NoteView> { todo!() }
pub fn grade(_: &Aloud, _: &str, _: &GradeInput, _: bool) -> Outcome<TakeView> { todo!() }
pub fn reveal(_: &Aloud, _: &str) -> Outcome<TakeView> { todo!() }
