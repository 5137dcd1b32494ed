//! The regulation cards of `examples/regulations`: each key says where it comes from, and each card decides an
//! election of its shape, to the last cent and whatever the order of writing.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

mod ballots;
mod books;
mod calendar;
mod card;
mod dice;
mod markers;
mod promises;
mod readings;
mod removed;
mod runs;
mod speed;
mod town;
