//! Regulations: documents that are read and refused, and their application to elections solved by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop"
)]

mod decided;
mod document;
mod helpers;
mod leftovers;
mod money;
mod mutations;
mod outcomes;
mod properties;
mod rate_properties;
mod rates;
mod readings;
mod sizes;
mod stages;
mod thin_slice;
