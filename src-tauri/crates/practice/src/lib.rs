//! The rules of practising: what a pack holds, how a session runs, what a grade is, what comes back and when.
//!
//! Promise: nothing here reads a file, a clock or a device. Every function takes values (including `now`) and returns
//! values, so every rule can be tested by itself and none can lose anybody's work.

pub mod day;
pub mod drill;
pub mod grade;
pub mod level;
pub mod pack;
pub mod pad;
pub mod progress;
pub mod readiness;
pub mod rerun;
pub mod score;
pub mod session;

pub use grade::{Grade, GradeKind};
pub use level::Level;
