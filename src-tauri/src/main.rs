//! `aloud`: the window, or one of the commands for people who script.

use std::process::ExitCode;

fn main() -> ExitCode {
    aloud_shell::cli::run()
}
