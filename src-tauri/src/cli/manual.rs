//! `aloud manual DIR`: what a package carries for the command line, written from its own definition, so that it cannot
//! go stale: manual pages in `DIR/man` and what shells complete in `DIR/completions`.

use super::{Cli, DONE, NOT_WELL, complain};
use clap::CommandFactory as _;
use clap_complete::{Shell, generate_to};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `aloud manual`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder to write into; it is made if it is not there
    folder: PathBuf,
}

/// Writes everything. Status 1 when the folder cannot be written.
pub(super) fn run(args: &Args) -> ExitCode {
    match write(&args.folder) {
        Ok(()) => DONE,
        Err(error) => {
            complain(&format!("the manual could not be written to {}: {error}", args.folder.display()));
            NOT_WELL
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let man = folder.join("man");
    fs::create_dir_all(&man)?;
    clap_mangen::generate_to(Cli::command(), man)?;
    let completions = folder.join("completions");
    fs::create_dir_all(&completions)?;
    for shell in [Shell::Bash, Shell::Fish, Shell::Zsh] {
        generate_to(shell, &mut Cli::command(), "aloud", &completions)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Breaks when a command that people see has no page, or the hidden one has.
    #[test]
    fn every_command_has_a_page_and_is_completed() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path()).expect("it can be written");
        let page = |name: &str| fs::read_to_string(folder.path().join("man").join(name));
        let bash = fs::read_to_string(folder.path().join("completions/aloud.bash")).expect("completions");
        let cli = Cli::command();
        let (hidden, seen): (Vec<_>, Vec<_>) = cli
            .get_subcommands()
            .map(|command| (command.get_name(), command.is_hide_set()))
            .partition(|it| it.1);
        assert_eq!(hidden, [("manual", true)]);
        for (name, _) in seen {
            assert!(
                page(&format!("aloud-{name}.1")).is_ok_and(|page| page.contains(".SH SYNOPSIS")),
                "{name}"
            );
            assert!(bash.contains(&format!("aloud,{name})")), "{name}");
        }
        let whole = page("aloud.1").expect("the first page");
        assert!(whole.contains("Exit status") && !whole.contains("manual(1)"), "{whole}");
    }
}
