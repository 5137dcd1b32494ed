//! Add1: every increment by itself, none is skipped.

use quartier::election::{Election, Utility};
use quartier::exact::Ratio;

use super::{Naive, run, share, supporters};

/// Runs with larger and larger shares, until they buy too much or nothing is missing: nothing that fits, or nothing at all.
/// `None` if so many runs do not get there.
pub(crate) fn add1(
    election: &Election,
    utility: Utility,
    increment: &Ratio,
    until_exhaustive: bool,
    most_runs: u64,
) -> Option<Naive> {
    let supporters = supporters(election, utility);
    let (mut share, mut last) = (share(election), None);
    for _ in 0..most_runs {
        let next = run(election, &supporters, share.clone());
        let (mut left, mut missing) = (election.instance().budget().to_ratio(), Vec::new());
        for (project, supporters) in election.instance().projects().iter().zip(&supporters) {
            if next.winners.contains(&project.id) {
                left -= &project.cost.to_ratio();
            } else if !supporters.is_empty() {
                missing.push(project.cost.to_ratio());
            }
        }
        if left.is_negative() {
            return last;
        }
        last = Some(next);
        missing.retain(|cost| !until_exhaustive || *cost <= left);
        if missing.is_empty() {
            return last;
        }
        share += increment;
    }
    None
}
