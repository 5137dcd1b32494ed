//! Positional scores: what each place of a ranking is worth, added up over the voters.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::election::Election;
use crate::election::utility::positions;
use crate::exact::Ratio;

use super::voices::weight;

/// The total of each project, where `worth` says what some places are worth together: a tier shares it equally.
///
/// What is not ranked gets nothing. Voters are added up per place first, and only the sums are multiplied: one
/// addition for each mark, one product for each project and place.
pub(in crate::tally) fn positional(
    election: &Election,
    worth: impl Fn(Range<usize>) -> Ratio,
) -> Vec<Ratio> {
    let profile = election.profile();
    let mut voters: BTreeMap<(usize, usize), Vec<Ratio>> = BTreeMap::new();
    for ballot in profile.ballots() {
        let weight = weight(profile, ballot);
        positions(ballot, |entry, places| {
            let sums = voters
                .entry((places.start, places.end))
                .or_insert_with(|| vec![Ratio::default(); profile.projects()]);
            if let Some(sum) = sums.get_mut(entry.project.index()) {
                *sum += &weight;
            }
        });
    }
    let mut totals = vec![Ratio::default(); profile.projects()];
    for ((start, end), sums) in voters {
        let mean = worth(start..end)
            .checked_div(&Ratio::from((end - start) as u64))
            .unwrap_or_default();
        for (total, sum) in totals.iter_mut().zip(&sums) {
            if !sum.is_zero() {
                *total += &(&mean * sum);
            }
        }
    }
    totals
}

/// Dowdall: 1 for the first place, a half for the second, a third for the third, ...
pub(in crate::tally) fn dowdall(election: &Election) -> Vec<Ratio> {
    positional(election, |places| {
        places
            .filter_map(|place| Ratio::from(place as u64 + 1).checked_inverse())
            .sum()
    })
}

/// Veto: 1 for every place but the last of all projects.
pub(in crate::tally) fn veto(election: &Election) -> Vec<Ratio> {
    let last = election.profile().projects().saturating_sub(1);
    positional(election, |places| {
        Ratio::from(places.filter(|&place| place < last).count() as u64)
    })
}
