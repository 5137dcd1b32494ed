//! The rules that divide the money between voters: against slow versions, by their axioms, by the textbook.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod axioms;
mod bos;
#[path = "../common/mod.rs"]
mod common;
mod differential;
mod ees;
mod helpers;
mod maximin;
mod phragmen;
#[path = "../reference/mod.rs"]
mod reference;
