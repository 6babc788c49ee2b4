//! A report becomes a file, with its sound beside it when that is wanted.

use super::{About, Report, gather, html, markdown};
use crate::failure::{Failure, Outcome};
use crate::state::Aloud;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// To read anywhere, to print, to save as PDF.
    Html,
    /// To edit or to keep among notes.
    Md,
    /// For machines.
    Json,
}

/// What to write.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// A session or a period.
    pub about: About,
    /// How.
    pub format: Format,
    /// With the recordings beside it.
    pub audio: bool,
}

impl Format {
    /// What its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Json => "json",
        }
    }

    fn text(self, report: &Report) -> Outcome<String> {
        match self {
            Self::Html => Ok(html::page(report)),
            Self::Md => Ok(markdown::markdown(report)),
            Self::Json => serde_json::to_string_pretty(report).map_err(Failure::new),
        }
    }
}

/// Writes a report to `out`. The sound goes into a folder of the same name beside it, a file per take. `progress` hears
/// how many files of how many are copied and may break off; nothing is left behind then, nor after a failure.
pub fn write(
    aloud: &Aloud,
    wanted: &Wanted,
    out: &Path,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Outcome<()> {
    let mut report = gather(aloud, &wanted.about)?;
    let sound = out.with_extension("").with_added_extension("sound");
    if wanted.audio {
        for taken in [out, &sound] {
            if taken.exists() {
                return Err(already(taken));
            }
        }
        let done = copy_sound(aloud, &mut report, &sound, progress);
        if let Err(failure) = done {
            // What was begun is ours alone: the folder did not exist before.
            let _ = fs::remove_dir_all(&sound);
            return Err(failure);
        }
    }
    let text = wanted.format.text(&report)?;
    let written = put(out, text.as_bytes());
    if written.is_err() && wanted.audio {
        let _ = fs::remove_dir_all(&sound);
    }
    written
}

/// Writes a report into a folder under a name that is still free, and returns the file.
pub fn write_beside(
    aloud: &Aloud,
    wanted: &Wanted,
    folder: &Path,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Outcome<PathBuf> {
    fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    let name = match &wanted.about {
        About::Session(_) => {
            let report = gather(aloud, &wanted.about)?;
            format!("{} {}", aloud.wall.here().date(), file_name(&report.title))
        }
        About::Period(from, to) => format!("{from} to {to}"),
    };
    let free = (1..).map(|n| match n {
        1 => folder.join(format!("{name}.{}", wanted.format.extension())),
        n => folder.join(format!("{name} ({n}).{}", wanted.format.extension())),
    });
    let out = free
        .into_iter()
        .find(|path| !path.exists() && !path.with_extension("").with_added_extension("sound").exists());
    let out = out.ok_or_else(|| Failure::new("No free name was found for the report."))?;
    write(aloud, wanted, &out, progress)?;
    Ok(out)
}

/// A title as part of a file's name, on every system.
fn file_name(title: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || " -_,()".contains(c) { c } else { ' ' };
    let plain: String = title.chars().map(kept).take(80).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn copy_sound(
    aloud: &Aloud,
    report: &mut Report,
    folder: &Path,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Outcome<()> {
    fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    let beside = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let all = report.sessions.iter().map(|session| session.takes.len() as u64).sum();
    let mut done = 0;
    for take in report.sessions.iter_mut().flat_map(|session| &mut session.takes) {
        let from = aloud.shelf.with(|library| Ok(library.sound_file(&take.id)))?;
        if from.is_file() {
            let name = format!("{:04} {}.wav", done + 1, file_name(&take.title));
            let to = folder.join(&name);
            fs::copy(&from, &to).map_err(|error| cannot(&to, &error))?;
            take.sound = Some(address(&[&beside, &name]));
        }
        done += 1;
        if progress(done, all).is_break() {
            return Err(Failure::new("The report was not written, as you asked. Nothing of it is left."));
        }
    }
    Ok(())
}

/// A relative path as a link writes it.
fn address(parts: &[&str]) -> String {
    let coded = |part: &&str| -> String {
        part.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    parts.iter().map(coded).collect::<Vec<_>>().join("/")
}

/// Writes the whole file or nothing: under another name first, and never over one that is there.
fn put(out: &Path, bytes: &[u8]) -> Outcome<()> {
    if out.exists() {
        return Err(already(out));
    }
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut part = out.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, out));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        cannot(folder, &error)
    })
}

fn already(path: &Path) -> Failure {
    Failure::new(format!("{} is there already and is left as it is. Choose another name.", path.display()))
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}. Choose another place.", path.display()))
}
