//! From cast votes to a tally: every vote is somewhere.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod aggregates;
mod balance;
mod channels;
mod duplicates;
mod forms;
mod helpers;
mod invalid;
mod marks;
mod merging;
mod options;
mod parts;
mod rulings;
