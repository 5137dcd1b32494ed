//! Faulty files, one test for each fault: refused with a typed error, or accepted with a recorded warning.
//!
//! `fNN` are the faults of the threat list (intake, ids, numbers, size); `d1` are the faulty files that other
//! programs were given, where most were counted without a word.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "a test that panics is a test that fails"
)]

mod cut;
mod encodings;
mod given;
mod growth;
mod helpers;
mod ids;
mod meta;
#[path = "../pabulib_common/mod.rs"]
mod pabulib_common;
mod sizes;
mod spreadsheet;
mod table;
