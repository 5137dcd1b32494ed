//! F35: limits, each alone and two at a time, against a naive walk.

use proptest::prelude::*;
use quartier::election::Money;

use crate::helpers::edition;
use crate::properties::{AREAS, IDS, Rules, Town, cases, rules, town};

fn votes(town: &Town, at: usize) -> u64 {
    let ballots = town.ballots.iter().filter(|(named, _)| named.contains(&at));
    ballots.map(|(_, times)| times).sum()
}

/// What every area is charged for a project: whole euros, the first areas one more.
fn charges(town: &Town, at: usize) -> Vec<(usize, u32)> {
    let (cost, areas, _) = &town.projects[at];
    let number = u32::try_from(areas.len()).unwrap();
    let own = (0..).zip(areas);
    own.map(|(place, &area)| (area, cost / number + u32::from(place < cost % number)))
        .collect()
}

/// Does one limit let these projects be funded together?
fn holds(town: &Town, (kind, number): (usize, u32), funded: &[usize]) -> bool {
    let few = usize::try_from(number % 3 + 1).unwrap();
    let cost = |keep: &dyn Fn(usize) -> bool| -> u32 {
        let own = funded.iter().filter(|&&at| keep(at));
        own.map(|&at| town.projects[at].0).sum()
    };
    let charged = |area: usize| -> Vec<u32> {
        let all = funded.iter().flat_map(|&at| charges(town, at));
        all.filter(|&(own, _)| own == area)
            .map(|(_, charge)| charge)
            .collect()
    };
    let mut areas = 0..AREAS.len();
    match kind {
        0 => funded.iter().all(|&at| town.projects[at].0 <= number),
        1 => areas.all(|area| charged(area).iter().sum::<u32>() <= number),
        2 => areas.all(|area| charged(area).len() <= few),
        3 => (0..2).all(|theme| cost(&|at| town.projects[at].2 == theme) <= number),
        4 => funded.len() <= few,
        _ => cost(&|_| true) <= number,
    }
}

/// By votes, then the cheaper, then the id: who fits the pot and every limit is funded. Nobody who has been passed over
/// is looked at again.
fn walk(town: &Town, rules: &Rules) -> Vec<&'static str> {
    let mut order: Vec<usize> = (0..town.projects.len()).collect();
    order.sort_by_key(|&at| (u64::MAX - votes(town, at), town.projects[at].0, IDS[at]));
    let mut funded: Vec<usize> = Vec::new();
    for at in order {
        let with: Vec<usize> = funded.iter().copied().chain([at]).collect();
        let cost: u32 = with.iter().map(|&at| town.projects[at].0).sum();
        if cost <= rules.voted && rules.limits.iter().all(|&limit| holds(town, limit, &with)) {
            funded = with;
        }
    }
    funded.into_iter().map(|at| IDS[at]).collect()
}

proptest! {
    #![proptest_config(cases())]

    /// Exactly those win whom a naive walk funds, and each of the others is told the pot or the limit that stopped it.
    #[test]
    fn f35_limits_alone_and_pairwise_agree_with_a_naive_walk(town in town(), rules in rules()) {
        let rules = Rules { pots: 0, method: 0, guarantee: 0, claims: Vec::new(), ..rules };
        let edition = edition(&rules.text(1), &town.election(1), &[]);
        let mut expected = walk(&town, &rules);
        expected.sort_unstable();
        let mut winners = edition.winners();
        winners.sort_unstable();
        prop_assert_eq!(&winners, &expected);
        for refused in &edition.refused {
            let at = IDS.iter().position(|id| *id == refused.project).unwrap();
            let code = refused.reason.code();
            if code == "limit-reached" {
                // By itself or with those who won, it breaks one of the limits.
                let won: Vec<usize> = (0..town.projects.len()).filter(|&other| winners.contains(&IDS[other]) || other == at).collect();
                prop_assert!(!rules.limits.iter().all(|&limit| holds(&town, limit, &won)), "{}", refused.project);
            } else {
                prop_assert_eq!(code, "misfit");
                let left = Money::from(rules.voted).checked_sub(edition.envelope.funded).unwrap();
                prop_assert!(Money::from(town.projects[at].0) > left);
            }
        }
    }
}
