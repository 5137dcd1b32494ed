//! One test for each fault that a review of rules, tallies and the archive found.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod awards;
mod capabilities;
#[path = "../common/mod.rs"]
mod common;
mod helpers;
mod lots;
mod passes;
mod published;
mod texts;
