//! What goes wrong in real counts, one named test each (RELIABILITY.md section 2), and the degenerate cases.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod awards;
#[path = "../common/mod.rs"]
mod common;
mod decisions;
mod degenerate;
mod floats;
mod growth;
mod helpers;
mod overflow;
mod record_bytes;
mod rounding;
mod ties;
mod work;
