//! The shell: the only code that knows the window, the command line and the machine.

pub mod cli;
