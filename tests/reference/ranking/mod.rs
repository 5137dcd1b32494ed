//! Slow, readable ranking methods, written from the papers and not from `src`: every voter asked about every
//! pair, every path walked, every round counted again from the ballots.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "references; every test program uses its own part"
)]

pub(crate) mod gauge;
pub(crate) mod pairs;
pub(crate) mod paths;
pub(crate) mod runoff;
pub(crate) mod sums;

use quartier::exact::Ratio;

/// The tiers of a ballot, the best first, and the weight of those who cast it.
pub(crate) type Ballot = (Vec<Vec<usize>>, Ratio);
/// Groups of tied projects, the best first.
pub(crate) type Order = Vec<Vec<usize>>;

/// The tier of a project on a ballot; all that are not ranked come after all that are.
fn tier(ballot: &Ballot, project: usize) -> usize {
    let tiers = &ballot.0;
    tiers
        .iter()
        .position(|tier| tier.contains(&project))
        .unwrap_or(tiers.len())
}

/// The weight of the voters who prefer a to b, each asked.
pub(crate) fn prefer(ballots: &[Ballot], a: usize, b: usize) -> Ratio {
    ballots
        .iter()
        .filter(|ballot| tier(ballot, a) < tier(ballot, b))
        .map(|(_, weight)| weight)
        .sum()
}

/// Groups by a key, the largest first.
pub(crate) fn by_key<K: Ord>(projects: usize, key: impl Fn(usize) -> K) -> Order {
    let mut keys: Vec<K> = (0..projects).map(&key).collect();
    keys.sort();
    keys.dedup();
    let group = |wanted: K| {
        (0..projects)
            .filter(|&project| key(project) == wanted)
            .collect()
    };
    keys.into_iter().rev().map(group).collect()
}

/// Takes off again and again those that nobody left is before.
pub(crate) fn peel(projects: usize, before: impl Fn(usize, usize) -> bool) -> Order {
    let mut rest: Vec<usize> = (0..projects).collect();
    let mut order = Vec::new();
    while !rest.is_empty() {
        let first: Vec<usize> = rest
            .iter()
            .copied()
            .filter(|&project| !rest.iter().any(|&other| before(other, project)))
            .collect();
        rest.retain(|project| !first.contains(project));
        order.push(first);
    }
    order
}

/// Copeland: two points for a contest won, one for a tied one.
pub(crate) fn copeland(projects: usize, ballots: &[Ballot]) -> Order {
    by_key(projects, |a| {
        let others = (0..projects).filter(|&b| b != a);
        let points = others.map(|b| {
            let (won, lost) = (prefer(ballots, a, b), prefer(ballots, b, a));
            u32::from(won >= lost) + u32::from(won > lost)
        });
        points.sum::<u32>()
    })
}
