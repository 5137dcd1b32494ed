//! Independence of clones (Tideman 1987): copies of a project, next to it on every ballot, change nothing for others.

use proptest::prelude::*;

use crate::common::cases;
use crate::helpers::{Shape, Votes, random};

/// Puts a new project next to one: above, below or beside it, ballot by ballot.
fn cloned(votes: &Votes, of: usize, sides: &[u8], beside: bool) -> Votes {
    let clone = votes.projects;
    let ballots =
        votes
            .ballots
            .iter()
            .zip(sides.iter().cycle())
            .map(|((tiers, count, class), side)| {
                let mut more = Vec::new();
                for tier in tiers {
                    let mut tier = tier.clone();
                    if !tier.contains(&of) {
                        more.push(tier);
                    } else if tier.len() > 1 || (beside && *side == 2) {
                        tier.push(clone);
                        more.push(tier);
                    } else if *side == 0 {
                        more.extend([vec![clone], tier]);
                    } else {
                        more.extend([tier, vec![clone]]);
                    }
                }
                (more, *count, *class)
            });
    Votes {
        projects: clone + 1,
        ballots: ballots.collect(),
    }
}

/// The first group, the clone counted as the project that it is a copy of.
fn first(votes: &Votes, method: &str, of: usize, clone: usize) -> Vec<usize> {
    let mut first: Vec<usize> = votes
        .first(method)
        .into_iter()
        .map(|project| if project == clone { of } else { project })
        .collect();
    first.sort_unstable();
    first.dedup();
    first
}

proptest! {
    #![proptest_config(cases(10_000))]

    /// Also where margins and beatpaths are equal, and on ballots with ties.
    #[test]
    fn schulze_and_ranked_pairs(votes in random(4, Shape::Any), of in 0..4_usize, sides in prop::collection::vec(0..3_u8, 6)) {
        let of = of % votes.projects;
        let more = cloned(&votes, of, &sides, true);
        for method in ["schulze", "ranked-pairs"] {
            prop_assert_eq!(first(&more, method, of, votes.projects), votes.first(method), "{}", method);
        }
    }

    /// On ballots without ties, where no round is contested.
    #[test]
    fn instant_runoff(votes in random(4, Shape::Strict), of in 0..4_usize, sides in prop::collection::vec(0..2_u8, 6)) {
        let of = of % votes.projects;
        let more = cloned(&votes, of, &sides, false);
        prop_assume!(votes.runs_off_clearly() && more.runs_off_clearly());
        prop_assert_eq!(first(&more, "instant-runoff", of, votes.projects), votes.first("instant-runoff"));
    }
}
