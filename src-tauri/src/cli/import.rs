//! `aloud import PATH`: questions out of anyone's Markdown, looked at or written as a personal pack.

use super::{DONE, NOT_WELL, complain, say, say_json};
use crate::wall::Wall;
use aloud_packs::import::{Import, Skip, gather, read};
use aloud_packs::personal::{Merged, Personal, slug};
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `aloud import`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A Markdown file, a folder of them, or a .zip of them
    path: PathBuf,
    /// The personal pack to write or to bring up to date; without it nothing is written
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What was found, for machines.
#[derive(Serialize)]
struct Answer<'a> {
    questions: usize,
    with_answers: usize,
    with_key_points: usize,
    sections: usize,
    skipped: Vec<Left<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    out: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'a Merged>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Something left out. The file is named only where there are several.
#[derive(Serialize)]
struct Left<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: usize,
    why: &'a str,
}

/// Finds the questions, writes them if asked to, and says what was done. Status 1 when there are none.
pub(super) fn run(args: &Args) -> ExitCode {
    let name = args.path.display().to_string();
    let gathered = match gather(&args.path) {
        Ok(gathered) => gathered,
        Err(error) => return refuse(args, &Import::default(), false, &error.to_string()),
    };
    let mut import = read(&gathered.files);
    import.skipped.extend(gathered.skipped);
    import.skipped.sort();
    let several = args.path.is_dir() || gathered.files.len() > 1;
    if let Some(sentence) = import.refusal(&name) {
        return refuse(args, &import, several, &sentence);
    }
    let files: Vec<String> = gathered.files.iter().map(|file| file.name.clone()).collect();
    let written = match &args.out {
        None => None,
        Some(out) => match write(out, &import, &name, &files) {
            Ok(merged) => Some(merged),
            Err(sentence) => return refuse(args, &import, several, &sentence),
        },
    };
    if args.json {
        say_json(&answer(&import, several, args.out.as_deref(), written.as_ref(), None));
    } else {
        prose(&import, several, args.out.as_deref(), written.as_ref());
    }
    DONE
}

fn write(out: &Path, import: &Import, source: &str, files: &[String]) -> Result<Merged, String> {
    let before = Personal::open(out).map_err(|error| error.to_string())?;
    let mut pack = before.clone().unwrap_or_else(|| {
        let folder = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let title = import.title.clone().unwrap_or_else(|| folder.clone());
        let id = [slug(&folder), slug(&title)].into_iter().find(|id| !id.is_empty());
        Personal::new(&id.unwrap_or_else(|| "my-questions".into()), &title, "en")
    });
    let today = Wall::from_environment().here().date().to_string();
    let merged = pack
        .take_in(import, source, files, &today, &mut |_, _| ControlFlow::Continue(()))
        .map_err(|error| error.to_string())?;
    pack.save(out, before.as_ref()).map_err(|error| error.to_string())?;
    Ok(merged)
}

fn refuse(args: &Args, import: &Import, several: bool, sentence: &str) -> ExitCode {
    if args.json {
        say_json(&answer(import, several, None, None, Some(sentence.to_owned())));
    }
    complain(sentence);
    NOT_WELL
}

fn answer<'a>(
    import: &'a Import,
    several: bool,
    out: Option<&Path>,
    written: Option<&'a Merged>,
    error: Option<String>,
) -> Answer<'a> {
    let left = |skip: &'a Skip| Left { file: several.then_some(&skip.file), line: skip.line, why: &skip.why };
    let skipped = import.skipped.iter().chain(written.into_iter().flat_map(|merged| &merged.skipped));
    Answer {
        questions: import.questions.len(),
        with_answers: import.with_answers(),
        with_key_points: import.questions.iter().filter(|question| !question.key_points.is_empty()).count(),
        sections: import.sections(),
        skipped: skipped.map(left).collect(),
        out: out.map(|out| out.display().to_string()),
        written,
        error,
    }
}

fn prose(import: &Import, several: bool, out: Option<&Path>, written: Option<&Merged>) {
    let skipped = import.skipped.iter().chain(written.into_iter().flat_map(|merged| &merged.skipped));
    for skip in skipped {
        let place =
            if several { format!("{}:{}", skip.file, skip.line) } else { format!("line {}", skip.line) };
        say(&format!("left out, {place}: {}", skip.why));
    }
    say(&format!(
        "{} questions, {} with an answer, in {} sections",
        import.questions.len(),
        import.with_answers(),
        import.sections()
    ));
    match (out, written) {
        (Some(out), Some(merged)) => {
            say(&format!(
                "{}: {} new, {} brought up to date, {} as they were, {} kept as you edited them, {} gone from the source",
                out.display(),
                merged.added.len(),
                merged.updated.len(),
                merged.unchanged,
                merged.kept.len(),
                merged.gone.len()
            ));
        }
        _ => say("Nothing was written. Name a folder with --out to keep them as a pack."),
    }
}
