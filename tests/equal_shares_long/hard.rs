//! Random elections built to be hard.

use quartier::election::{Ballot, Election, Money, Utility};
use rayon::prelude::*;

use crate::common::outcome;
use crate::{is_long, naive};

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
