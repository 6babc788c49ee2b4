//! `aloud export` as a whole: what it writes, what it keeps to itself, what it leaves alone.

mod year;

use aloud_library::{Library, Removal};
use aloud_practice::{Grade, GradeKind, Level};
use anyhow::{Context as _, Result, ensure};
use jiff::Zoned;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use year::one::one_answer;
use year::{NOW, Year, pack_folder};

const FORMATS: [&str; 3] = ["html", "md", "json"];
/// A word that stands in every sealed part of the minimal pack and nowhere else.
const SEALED: &str = "quokkaword";

fn export(library: &Path, packs: &Path, arguments: &[&str]) -> Result<Output> {
    let mut aloud = Command::new(env!("CARGO_BIN_EXE_aloud"));
    aloud.arg("--library").arg(library).arg("export").args(arguments);
    Ok(aloud.env("ALOUD_PACKS", packs).env("ALOUD_NOW", NOW).output()?)
}

/// Breaks when `aloud export` writes something else than the window, overwrites a file, or leaves half of one behind.
#[test]
fn export_writes_each_format_and_overwrites_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let library = folder.path().join("library");
    let pack = aloud_packs::read(&pack_folder()).pack.context("the shipped pack")?;
    Year { takes: 24, days: 4, ..Year::up_to(&NOW.parse::<Zoned>()?) }.write(&library, &pack)?;
    let export = |arguments: &[&str]| export(&library, &pack_folder(), arguments);
    for format in FORMATS {
        let out = folder.path().join(format!("report.{format}"));
        let path = out.display().to_string();
        let done =
            export(&["--from", "2026-11-01", "--to", "2026-11-30", "--format", format, "--out", &path])?;
        ensure!(done.status.success(), "{format}: {}", String::from_utf8_lossy(&done.stderr));
        let text = std::fs::read_to_string(&out)?;
        ensure!(text.contains("answer") && text.len() > 5_000, "{format}: {text}");
        let again = export(&["--session", "last", "--format", format, "--out", &path])?;
        ensure!(again.status.code() == Some(1), "an existing file was not refused");
        ensure!(std::fs::read_to_string(&out)? == text, "an existing file was changed");
    }
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.path().join("report.json"))?)?;
    let sessions = json["sessions"].as_array().context("sessions")?;
    let takes: usize = sessions.iter().filter_map(|session| session["takes"].as_array()).map(Vec::len).sum();
    ensure!(takes == 24, "{takes} takes are in the report");

    // With sound: a file beside the report that the page plays.
    let newest = sessions.last().and_then(|session| session["takes"][0]["id"].as_str()).context("a take")?;
    Year::sound(&library, newest, 1)?;
    let out = folder.path().join("with sound.html");
    let done = export(&["--session", "last", "--audio", "--out", &out.display().to_string()])?;
    ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sounds = std::fs::read_dir(folder.path().join("with sound.sound"))?.count();
    ensure!(sounds == 1, "{sounds} sound files");
    ensure!(
        std::fs::read_to_string(&out)?.contains("src=\"with%20sound.sound/0001%20"),
        "the page does not name the sound"
    );

    let nothing = export(&[
        "--from",
        "2020-01-01",
        "--to",
        "2020-02-01",
        "--out",
        &folder.path().join("none.html").display().to_string(),
    ])?;
    ensure!(
        nothing.status.code() == Some(1)
            && String::from_utf8_lossy(&nothing.stderr).contains("Nothing was recorded")
    );
    ensure!(!folder.path().join("none.html").exists());
    Ok(())
}

fn grade(kind: GradeKind, by: Option<&str>, heard: &[&str]) -> Grade {
    Grade {
        kind,
        by: by.map(str::to_owned),
        levels: [("clarity".to_owned(), Level::Mid)].into(),
        heard: heard.iter().map(|text| (*text).to_owned()).collect(),
        missed: vec![],
        flags: vec![],
    }
}

/// Breaks when a report tells a key point, a peer's ticks or a peer's grade before the person may see them.
#[test]
fn what_is_sealed_stays_out_of_a_report() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("library");
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/minimal");
    let pack = aloud_packs::read(&packs).pack.context("the minimal pack")?;
    let (library, take) = one_answer(&place, &pack, 10)?;
    let at = NOW.parse::<Zoned>()?.timestamp();
    let point = pack.question("second-question").context("the question")?.sealed.key_points[0].clone();
    ensure!(point.contains(SEALED), "the test would not notice");
    library.add_grade(&take, &grade(GradeKind::Peer, Some("Ada"), &[&point]), at)?;
    drop(library);
    let written = |name: &str| -> Result<String> {
        let mut all = String::new();
        for format in FORMATS {
            let out: PathBuf = folder.path().join(format!("{name}.{format}"));
            let done = export(
                &place,
                &packs,
                &["--session", "last", "--format", format, "--out", &out.display().to_string()],
            )?;
            ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            all += &std::fs::read_to_string(out)?;
        }
        Ok(all)
    };

    let before = written("before")?;
    ensure!(
        before.contains("second thing") && !before.contains(SEALED) && !before.contains("Ada"),
        "{before}"
    );

    let library = Library::open(&place)?;
    library.add_grade(&take, &grade(GradeKind::First, None, &[]), at)?;
    drop(library);
    let graded = written("graded")?;
    ensure!(graded.contains("Ada") && !graded.contains(SEALED), "{graded}");

    let library = Library::open(&place)?;
    library.add_reveal(&take, at)?;
    drop(library);
    ensure!(written("revealed")?.matches(SEALED).count() >= 3, "a revealed take tells what was heard");
    Ok(())
}

/// Breaks when a report loses the sound of a compacted take, or tells what was deleted.
#[test]
fn a_report_has_what_was_compacted_and_not_what_was_deleted() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("library");
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/minimal");
    let pack = aloud_packs::read(&packs).pack.context("the minimal pack")?;
    let (library, take) = one_answer(&place, &pack, 10)?;
    Year::sound(&place, &take, 10)?;
    let wav = library.sound_file(&take);
    let spoken = rig::sound::read(&wav)?;
    aloud_audio::compact(&wav, &mut |_, _| ControlFlow::Continue(()))?.context("a smaller file")?.finish()?;
    ensure!(!wav.exists(), "the take was not compacted");
    drop(library);
    let out = |name: &str| folder.path().join(format!("{name}.json"));
    let written = |name: &str| -> Result<serde_json::Value> {
        let path = out(name).display().to_string();
        let done =
            export(&place, &packs, &["--session", "last", "--format", "json", "--audio", "--out", &path])?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ok(serde_json::from_slice(&std::fs::read(path)?)?)
    };

    let report = written("whole")?;
    let sound = report["sessions"][0]["takes"][0]["sound"].as_str().context("the sound")?;
    let sound = folder.path().join(sound.replace("%20", " "));
    ensure!(rig::sound::read(&sound)? == spoken, "the sound is not what was said");

    Library::open(&place)?.delete(&take, Removal::Take, NOW.parse::<Zoned>()?.timestamp())?;
    let report = written("deleted")?;
    ensure!(report["sessions"][0]["takes"].as_array().is_some_and(Vec::is_empty), "{report}");
    Ok(())
}

/// Breaks when the words of a note or a title can become part of a page, or a table of a Markdown file.
#[test]
fn hostile_words_stay_words() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("library");
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/minimal");
    let pack = aloud_packs::read(&packs).pack.context("the minimal pack")?;
    let (library, take) = one_answer(&place, &pack, 10)?;
    let at = NOW.parse::<Zoned>()?.timestamp();
    library.add_grade(&take, &grade(GradeKind::First, None, &[]), at)?;
    for text in [
        "<script>alert(1)</script>",
        "<img src=https://example.org/pixel.png>",
        "![x](https://example.org/pixel.png)",
        "</style></title><iframe src=https://example.org>",
        "a | b\n# not a heading",
    ] {
        library.add_note(&take, Some(1_000), text, at)?;
    }
    drop(library);
    for format in ["html", "md"] {
        let out = folder.path().join(format!("hostile.{format}"));
        let done = export(
            &place,
            &packs,
            &["--session", "last", "--format", format, "--out", &out.display().to_string()],
        )?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = std::fs::read_to_string(&out)?;
        // On a page the rest is text; in Markdown these would be an image and a heading.
        let markdown: &[&str] = if format == "md" { &["![x]", "\n# not"] } else { &[] };
        for acts in ["<script", "<img", "<iframe"].iter().chain(markdown) {
            ensure!(!text.contains(acts), "{format} has {acts}:\n{text}");
        }
        ensure!(text.contains("alert(1)") && text.contains("example.org"), "the words themselves are kept");
    }
    Ok(())
}
