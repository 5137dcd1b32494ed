//! Sums over voters: Borda from pairwise comparisons, places one by one.

use quartier::exact::Ratio;

use super::{Ballot, tier};

/// Borda from pairs: of each ballot that ranks the project, 1 for itself, 1 for each it ranks below, a half for each
/// beside it.
pub(crate) fn borda(projects: usize, ballots: &[Ballot], project: usize) -> Ratio {
    let half = Ratio::new(1, 2).unwrap();
    let mut total = Ratio::ZERO;
    for ballot in ballots {
        let (tiers, weight) = ballot;
        let ranks = |other: usize| tiers.iter().any(|tier| tier.contains(&other));
        if !ranks(project) {
            continue;
        }
        total += weight;
        for other in (0..projects).filter(|&other| other != project && ranks(other)) {
            match tier(ballot, project).cmp(&tier(ballot, other)) {
                std::cmp::Ordering::Less => total += weight,
                std::cmp::Ordering::Equal => total += &(&half * weight),
                std::cmp::Ordering::Greater => {}
            }
        }
    }
    total
}

/// The mean of what the places of the project's tier are worth, voter by voter.
pub(crate) fn by_place(
    ballots: &[Ballot],
    project: usize,
    worth: impl Fn(usize) -> Ratio,
) -> Ratio {
    let mut total = Ratio::ZERO;
    for (tiers, weight) in ballots {
        let mut place = 0;
        for tier in tiers {
            if tier.contains(&project) {
                let sum: Ratio = (place..place + tier.len()).map(&worth).sum();
                total += &(sum.checked_div(&Ratio::from(tier.len() as u64)).unwrap() * weight);
            }
            place += tier.len();
        }
    }
    total
}
