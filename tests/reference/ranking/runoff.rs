//! Instant runoff: every round counted again from the ballots.

use quartier::exact::Ratio;

use super::{Ballot, Order};

/// The votes of those who stand, and the weight of the ballots that name none of them.
pub(crate) fn round(ballots: &[Ballot], standing: &[usize]) -> (Vec<Ratio>, Ratio) {
    let (mut votes, mut exhausted) = (vec![Ratio::ZERO; standing.len()], Ratio::ZERO);
    for (tiers, weight) in ballots {
        let left = tiers.iter().map(|tier| {
            let left = tier.iter().filter(|project| standing.contains(project));
            left.collect::<Vec<_>>()
        });
        let Some(first) = left.into_iter().find(|tier| !tier.is_empty()) else {
            exhausted += weight;
            continue;
        };
        let share = weight
            .checked_div(&Ratio::from(first.len() as u64))
            .unwrap();
        for (number, project) in standing.iter().enumerate() {
            if first.contains(&project) {
                votes[number] += &share;
            }
        }
    }
    (votes, exhausted)
}

/// The fewest leave together; the order of leaving, reversed. And the exhausted weight of every round.
pub(crate) fn instant_runoff(projects: usize, ballots: &[Ballot]) -> (Order, Vec<Ratio>) {
    let mut standing: Vec<usize> = (0..projects).collect();
    let (mut order, mut exhausted) = (Vec::new(), Vec::new());
    while !standing.is_empty() {
        let (votes, lost) = round(ballots, &standing);
        let fewest = votes.iter().min().unwrap();
        let tally = || standing.iter().zip(&votes);
        let leave = tally().filter(|(_, votes)| *votes == fewest);
        let leave: Vec<usize> = leave.map(|(&project, _)| project).collect();
        standing.retain(|project| !leave.contains(project));
        order.insert(0, leave);
        exhausted.push(lost);
    }
    (order, exhausted)
}
