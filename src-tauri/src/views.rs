//! What the window is told: plain values, rendered from the packs and the library, generated into TypeScript.
//!
//! Promise: nothing in [`asked`] or [`lists`] carries a word of a model answer, a key point, a red flag or an unasked
//! probe. Those exist in [`revealed`] and [`compare`] alone, which are built only for takes that were spoken and graded.

pub mod asked;
pub mod compare;
pub mod keeping;
pub mod lists;
pub mod own;
pub mod progress;
pub mod readiness;
pub mod report;
pub mod revealed;
pub mod scorecard;
pub mod search;
pub mod settings;
pub mod takes;
