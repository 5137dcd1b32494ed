//! Control totals, anomalies, uniqueness, pseudonyms, and turnout and result by channel and quartier.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop"
)]

mod attributes;
mod breakdown;
mod configuration;
mod helpers;
mod incidents;
mod invariance;
mod manifest;
mod pseudonyms;
mod sequences;
mod stations;
mod uniqueness;
mod voters;
