//! How long the shipped pack takes to read and check: `make bench`. The promise is less than 50 ms.

use std::path::Path;
use std::time::Instant;

#[allow(clippy::print_stdout, reason = "a bench prints")]
fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../content/senior-go-backend");
    let mut times: Vec<f64> = (0..21)
        .map(|_| {
            let begun = Instant::now();
            let reading = aloud_packs::read(&root);
            assert!(reading.is_well(), "the pack has errors");
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "reading and checking the pack: median {:.1} ms, best {:.1} ms of {} runs",
        times[10],
        times[0],
        times.len()
    );
}
