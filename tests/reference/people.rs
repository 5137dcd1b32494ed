//! Every voter with a purse of their own, for bounded overspending and its fractional companion.

use quartier::exact::Ratio;

use super::support::{quarters, voters};
use super::utility;
use crate::common::Case;

/// Everybody: what is left, and what each project gives, with the weight.
pub(crate) struct Voter {
    pub(crate) purse: Ratio,
    pub(crate) gains: Vec<Ratio>,
}

pub(crate) fn all(case: &Case, name: &str) -> Vec<Voter> {
    let purse = quarters(case.budget)
        .checked_div(&Ratio::from(case.voter_count()))
        .unwrap_or_default();
    let gain = |voter: usize, weight: &Ratio, project| {
        utility::of_voter(case, name, &case.voters[voter], &[project]).max(Ratio::ZERO) * weight
    };
    let voter = |(voter, weight): (usize, Ratio)| Voter {
        purse: purse.clone(),
        gains: (0..case.projects.len())
            .map(|project| gain(voter, &weight, project))
            .collect(),
    };
    voters(case).into_iter().map(voter).collect()
}

pub(crate) fn supporters(all: &[Voter], project: usize) -> Vec<(&Ratio, &Ratio)> {
    all.iter()
        .filter(|voter| voter.gains[project].is_positive())
        .map(|voter| (&voter.purse, &voter.gains[project]))
        .collect()
}
