//! The shell: the only code that knows the window, the command line and the machine.

pub mod browse;
pub mod cli;
mod commands;
pub mod conductor;
pub mod desktop;
pub mod failure;
pub mod ipc;
pub mod review;
pub mod settings;
pub mod state;
pub mod today;
pub mod views;
