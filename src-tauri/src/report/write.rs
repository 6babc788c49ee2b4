//! A report becomes a file, with its sound beside it when that is wanted.

use super::{About, Report, gather, html, markdown};
use crate::failure::{Failure, Outcome};
use crate::shelf::Shelf;
use crate::state::Aloud;
use crate::work::Progress;
use aloud_audio::AudioError;
use aloud_library::in_words;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::fs;
use std::io::Write as _;
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

/// A report that was read from the library, and the free name it will have.
pub struct Draft {
    report: Report,
    format: Format,
    audio: bool,
    out: PathBuf,
}

impl Draft {
    /// Reads a report that is to become the file `out`, which must not be there yet.
    pub fn of(aloud: &Aloud, wanted: &Wanted, out: &Path) -> Outcome<Self> {
        let (format, audio) = (wanted.format, wanted.audio);
        Ok(Self { report: gather(aloud, &wanted.about)?, format, audio, out: out.to_owned() })
    }

    /// Reads a report that is to lie in a folder, under a name that is still free.
    pub fn beside(aloud: &Aloud, wanted: &Wanted, folder: &Path) -> Outcome<Self> {
        fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
        let mut draft = Self::of(aloud, wanted, folder)?;
        let name = match &wanted.about {
            About::Session(_) => format!("{} {}", aloud.wall.here().date(), file_name(&draft.report.title)),
            About::Period(from, to) => format!("{from} to {to}"),
        };
        let extension = wanted.format.extension();
        let free = (1..).map(|n| match n {
            1 => folder.join(format!("{name}.{extension}")),
            n => folder.join(format!("{name} ({n}).{extension}")),
        });
        let free = free.into_iter().find(|path| !path.exists() && !sound_beside(path).exists());
        draft.out = free.ok_or_else(|| Failure::new("No free name was found for the report."))?;
        Ok(draft)
    }

    /// The file it becomes.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// Writes the report. The sound goes into a folder of the same name beside it, a WAV per take that still has sound.
    /// `progress` hears how many takes of how many are done and may break off; nothing is left behind then, nor after a
    /// failure.
    pub fn write(mut self, shelf: &Shelf, progress: &mut Progress<'_>) -> Outcome<()> {
        let sound = sound_beside(&self.out);
        if self.audio {
            for taken in [&self.out, &sound] {
                if taken.exists() {
                    return Err(already(taken));
                }
            }
            if let Err(failure) = copy_sound(shelf, &mut self.report, &sound, progress) {
                // What was begun is ours alone: the folder did not exist before.
                let _ = fs::remove_dir_all(&sound);
                return Err(failure);
            }
        }
        let written = self.format.text(&self.report).and_then(|text| put(&self.out, text.as_bytes()));
        if written.is_err() && self.audio {
            let _ = fs::remove_dir_all(&sound);
        }
        written
    }
}

/// The folder of a report's sound.
fn sound_beside(out: &Path) -> PathBuf {
    out.with_extension("").with_added_extension("sound")
}

/// A title as part of a file's name, on every system.
fn file_name(title: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || " -_,()".contains(c) { c } else { ' ' };
    let plain: String = title.chars().map(kept).take(80).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn copy_sound(shelf: &Shelf, report: &mut Report, folder: &Path, progress: &mut Progress<'_>) -> Outcome<()> {
    fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    let beside = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let all = report.sessions.iter().map(|session| session.takes.len() as u64).sum();
    let takes = report.sessions.iter_mut().flat_map(|session| &mut session.takes);
    for (done, take) in takes.enumerate() {
        let done = done as u64;
        let from =
            shelf.with(|library| Ok(library.has_sound(&take.id).then(|| library.sound_file(&take.id))))?;
        if let Some(from) = from {
            let name = format!("{:04} {}.wav", done + 1, file_name(&take.title));
            aloud_audio::write_wav(&from, &folder.join(&name), &mut |_, _| progress(done, all)).map_err(
                |error| {
                    if matches!(error, AudioError::Cancelled) { broken_off() } else { Failure::new(error) }
                },
            )?;
            take.sound = Some(address(&[&beside, &name]));
        }
        if progress(done + 1, all).is_break() {
            return Err(broken_off());
        }
    }
    Ok(())
}

fn broken_off() -> Failure {
    Failure::new("The report was not written, as you asked. Nothing of it is left.")
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
    Failure::new(format!("{} cannot be written: {}. Choose another place.", path.display(), in_words(error)))
}
