//! Readers of cast votes, projects, areas and totals, and the exchange form of grouped ballots.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::too_many_lines,
    reason = "a test that panics is a test that fails"
)]

mod diagnostics;
mod encodings;
mod fuzz;
mod grouped;
mod header;
mod helpers;
mod intake;
mod numbers;
mod properties;
mod round_trips;
mod rows;
mod sizes;
mod small_tables;
mod spreadsheets;
mod votes;
mod votes_json;
mod votes_of_election;
