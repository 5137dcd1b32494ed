//! For minus against.

use crate::election::Election;
use crate::exact::Ratio;

use super::voices::weight;

/// The voters for a project less those against it.
pub(in crate::tally) fn for_minus_against(election: &Election) -> Vec<Ratio> {
    let profile = election.profile();
    let mut totals = vec![Ratio::default(); profile.projects()];
    for ballot in profile.ballots() {
        let weight = weight(profile, ballot);
        for entry in ballot.entries() {
            if let Some(total) = totals.get_mut(entry.project.index()) {
                if entry.weight > 0 {
                    *total += &weight;
                } else {
                    *total -= &weight;
                }
            }
        }
    }
    totals
}
