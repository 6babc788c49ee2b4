//! `aloud record`.

use std::process::ExitCode;

/// Arguments of `aloud record`.
#[derive(clap::Args)]
pub struct Args {}

/// Records.
pub fn run(_args: &Args) -> ExitCode {
    ExitCode::SUCCESS
}
