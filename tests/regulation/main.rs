//! Regulations: documents that are read and refused, and their application to elections solved by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod document;
mod helpers;
mod thin_slice;
