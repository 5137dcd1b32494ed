//! The election model as its users meet it: the builder, the serde form, indices, money, utilities.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should stop"
)]

mod amounts;
#[path = "../common/mod.rs"]
mod common;
mod documents;
mod helpers;
mod ids;
mod joins;
mod merge;
mod problems;
mod properties;
mod utilities;
