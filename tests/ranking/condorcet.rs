//! Majorities that must decide: Condorcet winner and loser, majority, mutual majority.

use proptest::prelude::*;

use crate::common::cases;
use crate::helpers::{CONDORCET, Shape, Votes, random};

/// The sets of projects that more than half of the voters rank, each of them above all others.
fn mutual_majorities(votes: &Votes) -> Vec<Vec<usize>> {
    let half = votes.weight(|_| true);
    let sets = (1..1_u32 << votes.projects).map(|set| {
        (0..votes.projects)
            .filter(|project| set >> project & 1 == 1)
            .collect::<Vec<_>>()
    });
    let solid = |set: &Vec<usize>| {
        let support = votes.weight(|tiers| {
            let mut top: Vec<usize> = Vec::new();
            for tier in tiers {
                if top.len() >= set.len() {
                    break;
                }
                top.extend(tier);
            }
            top.sort_unstable();
            top == *set
        });
        support.mul_int(2) > half
    };
    sets.filter(solid).collect()
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn condorcet_winner_is_first_and_loser_last(votes in random(5, Shape::Any)) {
        for method in CONDORCET {
            let order = votes.order(method);
            for project in 0..votes.projects {
                if votes.beats_all(project) {
                    prop_assert_eq!(&order[0], &vec![project], "{}", method);
                }
                if votes.loses_to_all(project) {
                    prop_assert_eq!(order.last().unwrap(), &vec![project], "{}", method);
                }
            }
        }
    }

    /// Whoever most voters put first alone: plurality and, where nothing is contested, the runoff too.
    #[test]
    fn majority(votes in random(5, Shape::Any)) {
        let half = votes.weight(|_| true);
        for project in 0..votes.projects {
            if votes.weight(|tiers| tiers.first() == Some(&vec![project])).mul_int(2) > half {
                for method in [&CONDORCET[..], &["plurality", "instant-runoff"]].concat() {
                    prop_assert_eq!(votes.first(method), vec![project], "{}", method);
                }
            }
        }
    }

    #[test]
    fn mutual_majority(votes in random(4, Shape::Any)) {
        let clear = votes.runs_off_clearly();
        for set in mutual_majorities(&votes) {
            for method in [&CONDORCET[..], &["instant-runoff"]].concat() {
                if method == "instant-runoff" && !clear {
                    continue;
                }
                let first = votes.first(method);
                prop_assert!(first.iter().all(|project| set.contains(project)), "{}: {:?} of {:?}", method, first, set);
            }
        }
    }

    /// Who loses to every other one is never first by Borda, nor by a clear runoff.
    #[test]
    fn condorcet_loser_is_not_first(votes in random(4, Shape::Weak), any in random(4, Shape::Any)) {
        let borda = votes.first("borda");
        prop_assert!(!borda.iter().any(|&project| votes.loses_to_all(project)));
        if any.runs_off_clearly() {
            let first = any.first("instant-runoff");
            prop_assert!(!first.iter().any(|&project| any.loses_to_all(project)));
        }
    }

    /// Of two projects, every method but veto chooses the one that more voters prefer; all rank both.
    #[test]
    fn two_projects_are_decided_by_majority(votes in random(2, Shape::Weak)) {
        let expected = if votes.beats_all(0) { vec![0] } else if votes.beats_all(1) { vec![1] } else { vec![0, 1] };
        for method in ["borda", "dowdall", "plurality", "veto", "copeland", "schulze", "ranked-pairs", "instant-runoff"] {
            prop_assert_eq!(votes.first(method), expected.clone(), "{}", method);
        }
    }
}
