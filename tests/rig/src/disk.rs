//! A small disk of its own: one that fills up, or one that cannot be written to.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A disk in memory, mounted on a folder. Unmounted when dropped.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one on `folder`, which is made if it is not there, with the options of `tmpfs`: `size=1m`, `ro,size=1m`.
    ///
    /// # Errors
    /// Where this machine does not let us mount anything: pass it to [`crate::or_skip`].
    pub fn mount(folder: &Path, options: &str) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        // Whoever runs the tests owns it, also where root had to mount it.
        let options = format!("{options},uid={}", rustix::process::geteuid().as_raw());
        let mounted = as_root("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder)
            .output()
            .context("mount cannot be started")?;
        let said = String::from_utf8_lossy(&mounted.stderr);
        ensure!(mounted.status.success(), "a small disk can only be mounted as root: {}", said.trim());
        Ok(Self(folder.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Nothing can be done about a mount that stays.
        let _ = as_root("umount").arg("-l").arg(&self.0).output();
    }
}

/// A command with root's rights, where asking for them needs nobody to answer: a developer's own are not used unasked.
fn as_root(program: &str) -> Command {
    if rustix::process::geteuid().is_root() || std::env::var_os("CI").is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", program]);
    command
}
