//! Rules that divide money between voters, under limits, in several pots, and completed by one another.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

mod capped_properties;
mod caps;
#[path = "../common/mod.rs"]
mod common;
mod completions;
mod endowments;
#[path = "../regulation/helpers.rs"]
#[expect(dead_code, reason = "the other tests of regulations use the rest")]
mod helpers;
mod pots;
mod pots_properties;
#[path = "../reference/mod.rs"]
mod reference;
mod refused;
mod town;
