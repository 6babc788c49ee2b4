use crate::conductor::Conductor;
pub struct Aloud { pub conductor: Conductor }
impl Aloud { pub fn boot(&self) -> crate::views::lists::Boot { todo!() } pub fn library_folder(&self) -> &std::path::Path { todo!() } }
