//! Regulations: documents that are read and refused, and their application to elections solved by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

mod ceiling;
mod decided;
mod document;
mod editions;
mod guarantees;
mod helpers;
mod leftovers;
mod limits;
mod money;
mod mutations;
mod outcomes;
mod overlaps;
mod owed;
mod pro_rata;
mod properties;
mod rate_properties;
mod rates;
mod readings;
mod receiving;
mod register;
mod register_properties;
mod required;
mod sharing;
mod sizes;
mod stages;
mod thin_slice;
