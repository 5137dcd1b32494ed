//! What several of these tests need.

use quartier::count::{Count, Counted};
use quartier::election::Election;

use crate::common::plan;

pub(crate) fn run(election: &Election, rule: &str) -> Counted {
    Count::of(election, &plan(rule)).run().unwrap()
}

/// The winners of a count that asks nobody, in the order of ids.
pub(crate) fn unasked(election: &Election, rule: &str) -> Vec<String> {
    let counted = run(election, rule);
    let mut winners = counted
        .outcome()
        .unwrap_or_else(|| panic!("{rule}: {counted:?}"))
        .winners
        .clone();
    winners.sort();
    winners
}
