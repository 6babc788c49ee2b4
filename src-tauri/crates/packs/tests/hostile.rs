//! What strangers may hand to the importer and the reader.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use aloud_packs::import::{File, gather, read};
use aloud_packs::personal::Personal;
use aloud_packs::render;
use proptest::prelude::*;
use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

fn one(bytes: Vec<u8>) -> aloud_packs::import::Import {
    read(&[File { name: "x.md".into(), bytes }])
}

#[test]
fn pathological_text_ends_in_bounded_time() {
    let much = 1 << 20;
    let cases: Vec<(&str, String)> = vec![
        ("one line", "a".repeat(much * 8)),
        ("quotes", ">".repeat(much)),
        ("quotes in rows", format!("{} x\n", ">".repeat(24)).repeat(much / 32)),
        (
            "lists ten thousand deep",
            (0..10_000).fold(String::new(), |all, depth| all + &"  ".repeat(depth.min(200)) + "- a?\n"),
        ),
        ("markers in a row", "- ".repeat(much / 2)),
        ("brackets", format!("{}\n", "[".repeat(60_000)).repeat(8)),
        ("stars", format!("{}\n", "*a **b ".repeat(8_000)).repeat(8)),
        ("backticks", (1..1500).fold(String::new(), |all, run| all + &"`".repeat(run) + " a\n")),
        ("tags", "<a ".repeat(much / 3)),
        ("comments", "<!-- ".repeat(much / 5)),
        ("fold-outs", "<details><summary>What?</summary>\n".repeat(20_000)),
        ("entities", "&amp;".repeat(much / 5)),
    ];
    for (name, text) in cases {
        let start = Instant::now();
        one(text.into_bytes());
        // Generous: what it guards against takes minutes or for ever.
        assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    }
}

#[test]
fn text_that_is_no_utf8_is_read_as_far_as_it_goes_and_said() {
    let import = one(b"### What is \xff\xfe?\n\nAn answer.\n\n### Why?\n\nSo.\n".to_vec());
    assert_eq!(import.questions.len(), 2);
    assert!(import.skipped.iter().any(|skip| skip.line == 1 && skip.why.contains("UTF-8")));
}

#[test]
fn imported_text_can_only_be_read_and_not_act() {
    let text = "### What is <script>alert(1)</script> `<img src=x onerror=1>`?\n\n<script>alert(2)</script>\n\n[x](javascript:alert(3)) ![p](https://example.org/pixel.png) <iframe src=https://example.org></iframe>\n\n&lt;script&gt;alert(4)&lt;/script&gt;\n\n### Why?\n\n<style>*{display:none}</style> So.\n";
    let mut personal = Personal::new("mine", "Mine", "en");
    personal
        .take_in(&one(text.into()), "x.md", &["x.md".into()], "2026-11-22", &mut |_, _| {
            ControlFlow::Continue(())
        })
        .unwrap();
    let pack = personal.pack().unwrap();
    for (_, _, question) in pack.bank() {
        let answer = question.sealed.answer.iter().map(|layer| layer.text.as_str()).collect::<String>();
        let html = render::html(&question.prompt) + &render::html(&answer);
        for bad in ["<script", "<img", "<iframe", "<style", "href=\"javascript", "onerror=1>"] {
            let shown = html.replace("&lt;", "");
            assert!(!shown.contains(bad) || bad == "onerror=1>", "{bad} in {html}");
        }
    }
}

fn archive(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    let mut zip = zip::ZipWriter::new(file.reopen().unwrap());
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    file
}

#[test]
fn an_archive_is_read_like_a_folder() {
    let zip = archive(&[
        ("bank-main/b.md", b"### What is b?\n\n#### Answer\n\nb\n"),
        ("bank-main/a.md", b"### What is a?\n\n#### Answer\n\na\n"),
        ("bank-main/.github/x.md", b"### What is x?\n"),
        ("bank-main/a.png", b"no"),
    ]);
    let import = read(&gather(zip.path()).unwrap().files);
    let texts: Vec<_> = import.questions.iter().map(|question| question.text.as_str()).collect();
    assert_eq!(texts, ["What is a?", "What is b?"]);
}

#[test]
fn entries_that_point_outside_are_left_out_and_nothing_is_written() {
    let zip = archive(&[
        ("../../evil.md", b"### What is evil?\n"),
        ("/etc/evil.md", b"### Why?\n"),
        ("fine.md", b"### What is fine?\n\nx\n"),
    ]);
    let gathered = gather(zip.path()).unwrap();
    assert_eq!(gathered.files.len(), 1);
    assert_eq!(gathered.skipped.iter().filter(|skip| skip.why.contains("outside")).count(), 2);
    assert!(!zip.path().parent().unwrap().join("../../evil.md").exists());
}

#[test]
fn a_zip_bomb_is_not_unpacked() {
    let bomb = vec![b'a'; 80 * 1024 * 1024];
    let zip = archive(&[("bomb.md", &bomb), ("fine.md", b"### What is fine?\n\nx\n")]);
    assert!(fs::metadata(zip.path()).unwrap().len() < 1024 * 1024, "it is a bomb");
    let gathered = gather(zip.path()).unwrap();
    let names: Vec<_> = gathered.files.iter().map(|file| file.name.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["fine.md"]);
    assert!(gathered.skipped[0].why.contains("longer"));
}

#[test]
fn what_cannot_be_read_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("broken.zip"), b"PK\x03\x04 no archive").unwrap();
    fs::write(path("picture.png"), b"\x89PNG").unwrap();
    fs::write(path("binary.md"), [0u8; 4096]).unwrap();
    fs::create_dir(path("empty")).unwrap();
    for name in ["broken.zip", "picture.png", "binary.md", "empty", "nowhere.md"] {
        let say = gather(&path(name)).unwrap_err().to_string();
        assert!(say.contains(name) && say.ends_with('.'), "{say}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "### What is a?\n\nx\n").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("b.md")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    let gathered = gather(folder.path()).unwrap();
    assert_eq!(gathered.files.len(), 1);
    assert_eq!(gathered.skipped.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// The same doors that the fuzz targets go through.
    #[test]
    fn any_bytes_are_imported_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        one(bytes);
    }

    #[test]
    fn any_text_makes_a_pack_or_problems(text in "[#>`*_\\-<\\[\\]()!|~\\\\ \n\ta-z0-9.·:]{0,600}") {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("README.md"), &text).unwrap();
        fs::write(folder.path().join("rubric.md"), &text).unwrap();
        fs::create_dir_all(folder.path().join("bank/01")).unwrap();
        fs::write(folder.path().join("bank/01/README.md"), &text).unwrap();
        fs::write(folder.path().join("bank/01/01.md"), &text).unwrap();
        aloud_packs::read(folder.path());
    }
}
