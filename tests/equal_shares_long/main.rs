//! Equal Shares where it is hardest: every small election there is, and random ones that are full of ties, near ties, drained
//! purses and purses that are just enough. `QUARTIER_LONG=1` runs all of them, otherwise a part.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "../reference/classes/mod.rs"]
mod classes;
#[path = "../common/mod.rs"]
mod common;
mod every_small;
mod hard;
mod integers;
#[path = "../reference/mod.rs"]
mod reference;

use std::io::Write;

/// A line that is seen while a test runs.
fn report(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

fn is_long() -> bool {
    std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1")
}
