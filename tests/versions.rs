//! One version, told in several places: `Cargo.toml` is the truth, the others follow it or keep silent.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn json(path: &str) -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(root(path))?)?)
}

/// The first text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// Breaks when a second file names a version, which then has to be kept.
#[test]
fn the_version_is_written_once() -> Result<()> {
    for path in ["tauri.conf.json", "ui/package.json"] {
        ensure!(json(path)?.get("version").is_none(), "{path} names a version; Cargo.toml does that for all");
    }
    Ok(())
}

/// Breaks when a release forgets to say what is new, or says it of another version or day.
#[test]
fn changelog_and_metainfo_are_about_this_version() -> Result<()> {
    let changelog = fs::read_to_string(root("CHANGELOG.md"))?;
    let heading = between(&changelog, "\n## ", "\n").context("the changelog has no heading")?;
    let (version, day) = heading.split_once(" – ").context("a heading is `## X.Y.Z – DAY`")?;
    assert_eq!(version, VERSION, "the newest heading of CHANGELOG.md");

    let metainfo = fs::read_to_string(root("src-tauri/bundle/linux/io.github.aloud.Aloud.metainfo.xml"))?;
    let release = between(&metainfo, "<release ", ">").context("the metainfo has no release")?;
    assert_eq!(between(release, "version=\"", "\""), Some(VERSION), "the newest release of the metainfo");
    if day != "not released yet" {
        assert_eq!(between(release, "date=\"", "\""), Some(day), "the day of the release");
        ensure!(!release.contains("development"), "what is released is not in development any more");
    }
    Ok(())
}

/// Breaks when the command line tool is not the one made for this Tauri: it then builds packages of another format, or
/// none.
#[test]
fn the_tool_that_packs_fits_the_library() -> Result<()> {
    let script = fs::read_to_string(root("scripts/package"))?;
    let tool = between(&script, "@tauri-apps/cli@", " ").context("the tool is pinned")?;
    let lock = fs::read_to_string(root("Cargo.lock"))?;
    let library = between(&lock, "name = \"tauri\"\nversion = \"", "\"").context("Tauri is in Cargo.lock")?;
    let line = |version: &str| version.rsplit_once('.').map(|(line, _)| line.to_owned());
    assert_eq!(line(tool), line(library), "@tauri-apps/cli {tool} and tauri {library}");
    Ok(())
}
