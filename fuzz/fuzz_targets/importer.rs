//! Any bytes are imported or refused, what is imported makes a pack that reads, and importing twice is importing once.
#![no_main]

use aloud_packs::import::{File, read};
use aloud_packs::personal::Personal;
use libfuzzer_sys::fuzz_target;
use std::ops::ControlFlow;

fuzz_target!(|bytes: &[u8]| {
    let import = read(&[File { name: "bank.md".into(), bytes: bytes.to_vec() }]);
    let mut pack = Personal::new("fuzzed", "Fuzzed", "en");
    let files = ["bank.md".to_owned()];
    let mut go_on = |_, _| ControlFlow::Continue(());
    pack.take_in(&import, "bank.md", &files, "2026-11-22", &mut go_on).expect("what was found can be written");
    let once = pack.clone();
    pack.take_in(&import, "bank.md", &files, "2026-11-22", &mut go_on).expect("and written again");
    assert_eq!(pack, once);
});
