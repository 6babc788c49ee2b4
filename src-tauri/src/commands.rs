//! What the window may ask for. A command parses, calls, maps the error: a few lines each.

pub mod compare;
pub mod interview;
pub mod keeping;
pub mod own;
pub mod packs;
pub mod progress;
pub mod ready;
pub mod report;
pub mod review;
pub mod sample;
pub mod session;
pub mod settings;
pub mod today;
