//! The pack that ships: whole, well, and as large as promised.

use aloud_packs::{check, read};
use std::path::Path;

fn shipped() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../content/senior-go-backend")
}

#[test]
fn the_shipped_pack_has_no_errors() {
    let reading = read(&shipped());
    let lines: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert!(reading.is_well(), "{}", lines.join("\n"));
}

#[test]
fn the_shipped_pack_is_complete() {
    let summary = check::summary(&read(&shipped()));
    assert_eq!((summary.sections, summary.questions), (15, 235));
    assert_eq!((summary.signals, summary.levels), (10, 4));
    let mocks: Vec<_> = summary.mocks.iter().map(|mock| (mock.minutes, mock.variants)).collect();
    assert_eq!(mocks, [(45, 3), (45, 3), (60, 3)]);
    assert!(summary.checklist >= 6);
}
