//! The TypeScript door is generated from Rust; this fails when somebody forgot to.

use std::fs;
use std::path::Path;

/// Breaks when a command, an event or a type changed and `make bindings` was not run.
#[test]
fn the_typescript_door_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/generated.ts");
    let fresh = aloud_shell::ipc::bindings().expect("the types can be written as TypeScript");
    if std::env::var_os("ALOUD_WRITE_BINDINGS").is_some() {
        fs::write(&path, &fresh).expect("the file can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == fresh, "ui/src/ipc/generated.ts is stale. Run `make bindings` and commit it.");
}
