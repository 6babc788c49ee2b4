use crate::{failure::Outcome, views::{asked::*, settings::*}};
pub struct Conductor;
impl Conductor {
 pub fn microphones(&self) -> Outcome<Vec<MicrophoneRow>> { todo!() }
 pub fn open_microphone(&self, _: Option<String>) -> Outcome<MicrophoneView> { todo!() }
 pub fn close_microphone(&self) { todo!() }
 pub fn echo_test(&self) -> Outcome<Vec<u8>> { todo!() }
 pub fn microphone_is_fine(&self) -> Outcome<()> { todo!() }
 pub fn start_drill(&self, _: &str, _: &[String]) -> Outcome<Interview> { todo!() }
 pub fn start_mock(&self, _: &str, _: &str, _: &str) -> Outcome<Interview> { todo!() }
 pub fn resume_session(&self, _: &str) -> Outcome<Interview> { todo!() }
 pub fn view(&self) -> Option<Interview> { todo!() }
 pub fn act(&self, _: Action) -> Outcome<Interview> { todo!() }
}
