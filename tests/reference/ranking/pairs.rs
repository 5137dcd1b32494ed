//! Ranked pairs: by the definition, and by Zavist and Tideman's stacks.

use quartier::exact::Ratio;

use super::{Ballot, Order, peel, prefer};

type Edge = (usize, usize);

fn leads(edges: &[Edge], from: usize, to: usize) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while at < seen.len() {
        let here = seen[at];
        for &(start, end) in edges {
            if start == here && end == to {
                return true;
            }
            if start == here && !seen.contains(&end) {
                seen.push(end);
            }
        }
        at += 1;
    }
    false
}

fn margin(ballots: &[Ballot], a: usize, b: usize) -> Ratio {
    prefer(ballots, a, b) - prefer(ballots, b, a)
}

fn pairs(projects: usize) -> impl Iterator<Item = Edge> {
    (0..projects).flat_map(move |a| (0..projects).map(move |b| (a, b)))
}

/// Largest margins first; of one margin all that are on no circle together.
pub(crate) fn ranked_pairs(projects: usize, ballots: &[Ballot]) -> Order {
    let mut margins: Vec<Ratio> = pairs(projects)
        .map(|(a, b)| margin(ballots, a, b))
        .filter(Ratio::is_positive)
        .collect();
    margins.sort();
    margins.dedup();
    let mut locked: Vec<Edge> = Vec::new();
    for wanted in margins.into_iter().rev() {
        let new: Vec<Edge> = pairs(projects)
            .filter(|&(a, b)| margin(ballots, a, b) == wanted)
            .filter(|&(a, b)| !leads(&locked, b, a) && !leads(&locked, a, b))
            .collect();
        let all = [locked.clone(), new.clone()].concat();
        locked.extend(new.into_iter().filter(|&(a, b)| !leads(&all, b, a)));
    }
    peel(projects, |a, b| leads(&locked, a, b))
}

/// Every order without ties in which whoever is above another has a way down to it, of majorities at least as
/// large as the other's over them. Where no two margins are equal and none is 0 there is exactly one.
pub(crate) fn stacks(projects: usize, ballots: &[Ballot]) -> Vec<Vec<usize>> {
    let margins: Vec<Vec<Ratio>> = (0..projects)
        .map(|a| (0..projects).map(|b| margin(ballots, a, b)).collect())
        .collect();
    let is_stack = |order: &Vec<usize>| {
        (0..projects).all(|high| {
            (high + 1..projects).all(|low| {
                let (above, below) = (order[high], order[low]);
                let least = &margins[below][above];
                let down: Vec<Edge> = (0..projects)
                    .flat_map(|i| (i + 1..projects).map(move |j| (i, j)))
                    .map(|(i, j)| (order[i], order[j]))
                    .filter(|&(a, b)| margins[a][b] >= *least)
                    .collect();
                leads(&down, above, below)
            })
        })
    };
    let mut orders = Vec::new();
    permutations(projects, &mut Vec::new(), &mut orders);
    orders.into_iter().filter(is_stack).collect()
}

/// Are all margins different from each other and from 0?
pub(crate) fn has_clear_margins(projects: usize, ballots: &[Ballot]) -> bool {
    let mut sizes: Vec<Ratio> = pairs(projects)
        .filter(|(a, b)| a < b)
        .map(|(a, b)| margin(ballots, a, b).abs())
        .collect();
    let number = sizes.len();
    sizes.sort();
    sizes.dedup();
    sizes.len() == number && sizes.iter().all(Ratio::is_positive)
}

fn permutations(projects: usize, taken: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if taken.len() == projects {
        found.push(taken.clone());
    }
    for next in 0..projects {
        if !taken.contains(&next) {
            taken.push(next);
            permutations(projects, taken, found);
            taken.pop();
        }
    }
}
