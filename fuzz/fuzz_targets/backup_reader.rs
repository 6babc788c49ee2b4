//! Any bytes as a backup: a sentence or a whole library in the folder asked for, and nothing anywhere else.

#![no_main]

use aloud_library::{Backup, Library};
use libfuzzer_sys::fuzz_target;
use std::fs;
use std::ops::ControlFlow;

fuzz_target!(|bytes: &[u8]| {
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = home.path().join("backup.zip");
    fs::write(&file, bytes).expect("it is written");
    let to = home.path().join("restored");
    let restored = Backup::open(&file).and_then(|mut backup| backup.restore(&to, &mut |_, _| ControlFlow::Continue(())));
    let there = fs::read_dir(home.path()).expect("it is listed").count();
    match restored {
        Ok(()) => {
            assert_eq!(there, 2);
            Library::open(&to).expect("what was verified opens");
        }
        Err(error) => {
            assert_eq!(there, 1, "{error}");
            assert!(error.to_string().ends_with('.'), "{error}");
        }
    }
});
