//! Equal Shares where it is hardest: every small election there is, and random ones that are full of ties, near ties, drained
//! purses and purses that are just enough. `QUARTIER_LONG=1` runs all of them (about half an hour on two cores), otherwise a part.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

mod common;
#[path = "reference/naive.rs"]
mod naive;
mod reference;

use common::{Case, IDS, ProjectCase, VoterCase, outcome};
use quartier::election::{Ballot, BallotKind, Election, Money, Utility};
use rayon::prelude::*;

fn is_long() -> bool {
    std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1")
}

/// All ways to choose so many of `0..kinds`, order apart.
fn multisets(kinds: usize, number: usize) -> Vec<Vec<usize>> {
    if number == 0 {
        return vec![Vec::new()];
    }
    let smaller = multisets(kinds, number - 1);
    let grow = |set: &Vec<usize>| {
        let last = set.last().copied().unwrap_or(0);
        (last..kinds)
            .map(|next| [set.as_slice(), &[next]].concat())
            .collect::<Vec<_>>()
    };
    smaller.iter().flat_map(grow).collect()
}

fn small(costs: &[u32], budget: u32, ballots: &[usize]) -> Case {
    let project = |&cost: &u32| ProjectCase {
        cost: 4 * cost,
        filed: None,
        group: None,
        variant_of: None,
        requires: Vec::new(),
    };
    let named = |mask: usize| {
        (0..costs.len())
            .filter(|project| mask >> project & 1 == 1)
            .map(|project| (project, 0))
            .collect()
    };
    Case {
        kind: BallotKind::Approval,
        budget: 4 * budget,
        granularity: None,
        max_length: None,
        projects: costs.iter().map(project).collect(),
        groups: Vec::new(),
        voters: ballots
            .iter()
            .map(|&mask| VoterCase {
                marks: named(mask),
                count: 1,
                class: 0,
            })
            .collect(),
        endowments: false,
    }
}

/// The instances of one size, compared with the reference for both utilities, without completion and with Add1.
fn compare(projects: usize, voters: usize) -> usize {
    let costs: Vec<Vec<u32>> = (0..3_usize.pow(u32::try_from(projects).unwrap()))
        .map(|code| {
            (0..projects)
                .scan(code, |rest, _| {
                    let cost = *rest % 3 + 1;
                    *rest /= 3;
                    u32::try_from(cost).ok()
                })
                .collect()
        })
        .collect();
    let profiles = multisets(1 << projects, voters);
    let compared = costs.par_iter().map(|costs| {
        let mut number = 0;
        for ballots in &profiles {
            for budget in 1..=12 {
                let case = small(costs, budget, ballots);
                let election = case.election();
                for rule in [
                    "equal-shares:utility=cost",
                    "equal-shares:utility=cardinality",
                ] {
                    for completion in ["", ",completion=add1"] {
                        let rule = format!("{rule}{completion}");
                        let mut state = reference::State {
                            funded: Vec::new(),
                            left: reference::support::quarters(case.budget),
                            step: 0,
                            reserves: std::collections::BTreeMap::new(),
                        };
                        reference::add1::run(&case, &rule, "id", &mut state);
                        let slow: Vec<&str> = state
                            .funded
                            .iter()
                            .map(|(project, _)| IDS[*project])
                            .collect();
                        assert_eq!(
                            outcome(&election, &rule, "id").winners,
                            slow,
                            "{rule}: {case:?}"
                        );
                    }
                }
                number += 1;
            }
        }
        number
    });
    compared.sum()
}

/// Every election of at most four projects and four voters with costs 1 to 3 and budgets 1 to 12: 4,876,380 of them.
#[test]
fn every_small_election() {
    let sizes = (1..=4).flat_map(|projects| (1..=4).map(move |voters| (projects, voters)));
    let wanted =
        sizes.filter(|&(projects, voters)| is_long() || projects + voters <= 5 && projects < 4);
    let compared: usize = wanted
        .map(|(projects, voters)| compare(projects, voters))
        .sum();
    println!("small elections: {compared}, each counted in 4 ways, the same as the reference");
    assert_eq!(compared, if is_long() { 4_876_380 } else { 18_432 });
}

/// `SplitMix64`, a public-domain generator that is defined by these lines.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// Costs are small multiples of each other, some a hair more; many projects have the same supporters; a few ballots that
/// very many voters cast.
fn hard(seed: u64) -> Election {
    let mut random = Random(seed);
    let projects = 3 + random.below(28);
    let unit = i128::from(1 + random.below(1_000_000)) * 10_000;
    let money = |parts: i128| Money::from_ten_thousandths(parts).unwrap();
    let mut builder =
        Election::builder().budget(money(unit * i128::from(3 + random.below(4 * projects))));
    for project in 0..projects {
        let hair = if random.below(6) == 0 {
            1 - 2 * i128::from(random.below(2))
        } else {
            0
        };
        let cost = unit * i128::from(1 + random.below(6)) + hair;
        builder = builder.project((format!("p{project:02}"), money(cost)));
    }
    let most = [3, 40, 100_000][usize::try_from(random.below(3)).unwrap()];
    for _ in 0..2 + random.below(14) {
        let mask = random.below(1 << projects) | random.below(1 << projects);
        let named = (0..projects).filter(|project| mask >> project & 1 == 1);
        builder = builder.ballots(
            Ballot::approval(named.map(|project| format!("p{project:02}"))),
            1 + random.below(most),
        );
    }
    builder.build().unwrap()
}

#[test]
fn elections_full_of_ties_and_near_ties() {
    let number: u64 = if is_long() { 100_000 } else { 2_000 };
    let longest = (0..number).into_par_iter().map(|seed| {
        let election = hard(seed);
        let mut longest = 0;
        for utility in [Utility::Cost, Utility::Cardinality] {
            let naive = naive::count(&election, utility);
            let winners =
                outcome(&election, &format!("equal-shares:utility={utility}"), "id").winners;
            assert_eq!(winners, naive.winners, "seed {seed}, {utility}");
            longest = longest.max(naive.bits);
        }
        longest
    });
    let longest = longest.max().unwrap();
    println!(
        "hard elections: {number}, for two utilities, the same as a naive count; the longest rate has {longest} bits"
    );
    assert!(
        longest > 400,
        "numerators and denominators above 2^200 are wanted"
    );
}
