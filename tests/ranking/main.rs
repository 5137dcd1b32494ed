//! Rankings: textbook elections with known answers, each method's criteria kept and broken, and every method
//! against a slow reference.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../reference/ranking/mod.rs"]
mod reference;

mod areas;
mod clones;
mod condorcet;
mod differential;
mod failures;
mod funding;
mod grades;
mod helpers;
mod symmetry;
mod textbook;
mod voters;
