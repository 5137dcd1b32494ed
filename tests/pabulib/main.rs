//! Reading and writing `.pb` files: round trips, quirks of the archive, strict against lenient, limits,
//! places.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "a test that panics is a test that fails"
)]

mod helpers;
mod limits;
#[path = "../pabulib_common/mod.rs"]
mod pabulib_common;
mod problems;
mod quirks;
mod reading;
mod writing;
