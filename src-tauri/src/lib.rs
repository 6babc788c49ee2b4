//! The shell: the only code that knows the window, the command line and the machine.
//!
//! Promise: commands are a few lines each; rules live in `practice`, files in `library` and `audio`, and what crosses to
//! the window is typed in [`views`].

pub mod app;
mod awake;
mod browse;
pub mod cli;
mod comfort;
mod commands;
mod compare;
pub mod conductor;
mod desktop;
mod dialog;
mod drill;
mod entries;
pub mod failure;
mod figures;
mod interviewer;
pub mod ipc;
mod keeping;
mod own;
mod progress;
mod readiness;
mod reminder;
mod report;
mod review;
mod sample;
mod schedule;
mod scorecard;
mod search;
mod settings;
pub mod shelf;
mod state;
mod today;
pub mod views;
mod voice;
pub mod wall;
pub mod work;
