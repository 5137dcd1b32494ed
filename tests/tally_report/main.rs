//! Control totals, anomalies, uniqueness, pseudonyms, and turnout and result by channel and quartier.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop, and says what it did not run"
)]

mod attributes;
mod breakdown;
mod configuration;
mod helpers;
mod incidents;
mod injected;
mod invariance;
mod manifest;
mod pseudonyms;
mod sequences;
mod serde_forms;
mod stations;
mod uniqueness;
mod voters;
