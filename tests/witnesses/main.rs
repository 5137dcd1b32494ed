//! Textbook examples with their known answers, and known failures of the rules, each as a small election.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "../common/mod.rs"]
mod common;
mod equal_shares;
mod greedy;
mod helpers;
mod requirements;
mod textbook;
mod thresholds;
mod ties;
