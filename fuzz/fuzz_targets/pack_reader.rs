//! Any text in any file of a pack gives a pack or problems, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::fs;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    for inner in ["bank/01", "mocks/a"] {
        fs::create_dir_all(root.join(inner)).expect("a folder");
    }
    for file in ["README.md", "rubric.md", "checklist.md", "bank/01/README.md", "bank/01/01.md", "mocks/a/README.md", "mocks/a/a.md"] {
        fs::write(root.join(file), bytes).expect("a file");
    }
    aloud_packs::read(root);
});
