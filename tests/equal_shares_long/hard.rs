//! Random elections built to be hard.

use std::sync::atomic::{AtomicU64, Ordering};

use quartier::election::{Ballot, Election, ElectionBuilder, Money, Points, Utility};
use quartier::exact::Ratio;
use rayon::prelude::*;

use crate::common::outcome;
use crate::{classes, is_long, report};

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
/// very many voters cast: sets, rankings or points, in turn.
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
        builder = builder.project((id(project), money(cost)));
    }
    let most = [3, 40, 100_000][usize::try_from(random.below(3)).unwrap()];
    for _ in 0..2 + random.below(14) {
        let mask = random.below(1 << projects) | random.below(1 << projects);
        let named = (0..projects).filter(|project| mask >> project & 1 == 1);
        let ballot = match seed % 3 {
            0 => Ballot::approval(named.map(id)),
            1 => ranking(named.collect(), &mut random),
            _ => points(named, &mut random),
        };
        builder = ElectionBuilder::ballots(builder, ballot, 1 + random.below(most));
    }
    builder.build().unwrap()
}

fn id(project: u64) -> String {
    format!("p{project:02}")
}

/// The ranking of these projects from somewhere on, so that many agree on who comes after whom.
fn ranking(mut named: Vec<u64>, random: &mut Random) -> Ballot {
    let first = random.below(1 + named.len() as u64) % (named.len().max(1) as u64);
    named.rotate_left(usize::try_from(first).unwrap());
    Ballot::ranked(named.into_iter().map(id))
}

/// One, two or three points, some a millionth more or less.
fn points(named: impl Iterator<Item = u64>, random: &mut Random) -> Ballot {
    let mut give = |project| {
        let hair = i64::from(random.below(6) == 0);
        let millionths = 1_000_000 * (1 + i64::try_from(random.below(3)).unwrap()) - hair;
        (id(project), Points::from_millionths(millionths).unwrap())
    };
    Ballot::Points(named.map(&mut give).collect())
}

/// One eighth of the share to begin with, and more where that is too little to get anywhere in a few runs.
fn completed(
    election: &Election,
    utility: Utility,
    until_exhaustive: bool,
) -> (Money, classes::Naive) {
    let least = Money::from_ten_thousandths(1).unwrap();
    let mut increment = classes::share(election)
        .checked_div(&Ratio::from(8))
        .unwrap();
    loop {
        let amount = Money::floor_to(&increment, least).unwrap().max(least);
        let found =
            classes::add1::add1(election, utility, &amount.to_ratio(), until_exhaustive, 12);
        if let Some(naive) = found {
            return (amount, naive);
        }
        increment = increment.mul_int(16);
    }
}

/// Compares one election by two utilities, and with each form of Add1 by one of them; gives the bits of the longest rate.
fn compare(seed: u64) -> usize {
    let election = hard(seed);
    let same = |rule: &str, naive: classes::Naive| {
        let winners = outcome(&election, rule, "id").winners;
        assert_eq!(winners, naive.winners, "seed {seed}, {rule}");
        naive.bits
    };
    let utilities = [
        [Utility::Cost, Utility::Cardinality],
        [Utility::Cost, Utility::Borda],
        [Utility::Cost, Utility::Points],
    ][usize::try_from(seed % 3).unwrap()];
    let plain = utilities.map(|utility| {
        let rule = format!("equal-shares:utility={utility}");
        same(&rule, classes::count(&election, utility))
    });
    let completed = [("add1", false), ("add1-until-exhaustive", true)].map(|(name, exhaustive)| {
        let utility = utilities[usize::try_from(seed / 3 % 2).unwrap()];
        let (increment, naive) = completed(&election, utility, exhaustive);
        let rule =
            format!("equal-shares:utility={utility},completion={name},increment={increment}");
        same(&rule, naive)
    });
    plain.into_iter().chain(completed).max().unwrap()
}

#[test]
fn elections_full_of_ties_and_near_ties() {
    let number: u64 = if is_long() { 100_000 } else { 1_500 };
    let done = AtomicU64::new(0);
    let longest = (0..number).into_par_iter().map(|seed| {
        let bits = compare(seed);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(5_000) {
            report(&format!("{done} hard elections"));
        }
        bits
    });
    let longest = longest.max().unwrap();
    report(&format!(
        "hard elections: {number} of sets, rankings and points, for two utilities and with two forms of Add1, the same as a naive count; the longest rate has {longest} bits"
    ));
    assert!(
        longest > 400,
        "numerators and denominators above 2^200 are wanted"
    );
}
