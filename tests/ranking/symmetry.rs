//! Nobody is favoured: not by the name, the place in the file, or the size of the town; and ballots read upside down.

use proptest::prelude::*;

use crate::common::cases;
use crate::common::strategies::permutation;
use crate::helpers::{RANKED, Shape, Votes, random};

fn sorted(order: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    order
        .into_iter()
        .map(|mut group| {
            group.sort_unstable();
            group
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(10_000))]

    /// Other names, the same order of the same projects; voters in another order.
    #[test]
    fn neutral_and_anonymous(votes in random(5, Shape::Any), keys in prop::collection::vec(any::<u8>(), 5)) {
        let names = permutation(&keys, votes.projects);
        let mut renamed = votes.map(|tiers| tiers.iter().map(|tier| tier.iter().map(|&project| names[project]).collect()).collect());
        renamed.ballots.reverse();
        for method in RANKED {
            let expected = votes.order(method).into_iter().map(|group| group.into_iter().map(|project| names[project]).collect()).collect();
            prop_assert_eq!(renamed.order(method), sorted(expected), "{}", method);
        }
    }

    /// Every voter three times: the same order.
    #[test]
    fn homogeneous(votes in random(5, Shape::Any)) {
        let mut larger = votes.clone();
        larger.ballots.iter_mut().for_each(|(_, count, _)| *count *= 3);
        for method in RANKED {
            prop_assert_eq!(larger.order(method), votes.order(method), "{}", method);
        }
    }

    /// A voter of weight 2 is two voters.
    #[test]
    fn weight_two_is_two_voters(votes in random(5, Shape::Weak)) {
        let heavy = Votes { ballots: votes.ballots.iter().map(|(tiers, count, _)| (tiers.clone(), *count, 1)).collect(), ..votes.clone() };
        let mut doubled = votes.clone();
        doubled.ballots.iter_mut().for_each(|(_, count, _)| *count *= 2);
        for method in RANKED {
            prop_assert_eq!(heavy.order(method), doubled.order(method), "{}", method);
        }
    }

    /// Who alone is first is not alone first when all turn their ballots upside down.
    #[test]
    fn reversal(votes in random(5, Shape::Weak)) {
        let upside_down = votes.map(|tiers| tiers.iter().rev().cloned().collect());
        for method in ["borda", "copeland", "schulze", "ranked-pairs"] {
            let first = votes.first(method);
            if first.len() == 1 {
                prop_assert_ne!(upside_down.first(method), first, "{}", method);
            }
        }
        let mut borda = upside_down.order("borda");
        borda.reverse();
        prop_assert_eq!(borda, votes.order("borda"));
    }
}
