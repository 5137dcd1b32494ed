//! Regulations: documents that are read and refused, and their application to elections solved by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop"
)]

mod document;
mod helpers;
mod leftovers;
mod money;
mod mutations;
mod properties;
mod readings;
mod receiving;
mod register;
mod register_properties;
mod sharing;
mod stages;
mod thin_slice;
