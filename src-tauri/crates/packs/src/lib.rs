//! Packs as Markdown on disk, read into [`aloud_practice::pack::Pack`], checked, and rendered safely.
//!
//! Promise: reading a pack never runs, fetches or follows anything; every problem names file and line and says what to
//! write instead; what [`render`](render::html) returns holds no script, no style and nothing remote. The format is
//! described in `docs/writing-packs.md`.

pub mod check;
mod document;
mod facts;
pub mod import;
mod lines;
pub mod personal;
mod problem;
mod question;
mod read;
pub mod render;

pub use problem::{Problem, Severity};
pub use read::{Reading, read};
