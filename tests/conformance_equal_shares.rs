//! Equal Shares on the archive's elections against a naive count: a fraction in the purse of every distinct ballot, every
//! rate by sorting. `QUARTIER_LONG=1` takes all elections of up to 2,000 distinct ballots, otherwise every twentieth.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "common/shared.rs"]
mod shared;

use quartier::count::Count;
use quartier::election::{Election, Utility};
use quartier::exact::Ratio;
use quartier::pabulib::{ReadOptions, VoterTable, read_bytes};
use quartier::rules::Plan;
use rayon::prelude::*;

/// Who gains how much from a project: ballot, voters, gain.
type Supporters = Vec<(usize, i128, Ratio)>;

fn supporters(election: &Election, utility: Utility) -> Vec<Supporters> {
    let mut all = vec![Supporters::new(); election.instance().projects().len()];
    let additive = utility.additive(election).unwrap();
    for ballot in election.profile().ballot_indices() {
        let count = i128::from(election.profile().ballot(ballot).unwrap().count());
        for (project, gain) in additive.of_ballot(election, ballot) {
            if gain.is_positive() {
                all[project.index()].push((ballot.index(), count, gain));
            }
        }
    }
    all
}

fn rate(cost: &Ratio, supporters: &Supporters, purses: &[Ratio]) -> Option<Ratio> {
    let mut payers: Vec<(Ratio, &(usize, i128, Ratio))> = supporters
        .iter()
        .filter(|(ballot, _, _)| purses[*ballot].is_positive())
        .map(|payer| (purses[payer.0].checked_div(&payer.2).unwrap(), payer))
        .collect();
    payers.sort_by(|a, b| a.0.cmp(&b.0));
    let mut left = cost.clone();
    let mut gains: Ratio = payers
        .iter()
        .map(|(_, (_, count, gain))| gain.mul_int(*count))
        .sum();
    for (highest, (ballot, count, gain)) in payers {
        let rate = left.checked_div(&gains).unwrap();
        if rate <= highest {
            return Some(rate);
        }
        left -= &purses[*ballot].mul_int(*count);
        gains -= &gain.mul_int(*count);
    }
    None
}

/// The winners in order, ties by id. A rate only grows, so the last one is a lower bound.
fn naive(election: &Election, utility: Utility) -> Vec<String> {
    let (instance, profile) = (election.instance(), election.profile());
    let supporters = supporters(election, utility);
    let share = instance
        .budget()
        .to_ratio()
        .checked_div(&Ratio::from(profile.voters()));
    let mut purses = vec![share.unwrap_or_default(); profile.len()];
    let mut open: Vec<(Ratio, usize)> = (0..supporters.len())
        .map(|project| (Ratio::ZERO, project))
        .collect();
    let mut winners = Vec::new();
    loop {
        open.sort();
        let mut best: Option<(Ratio, usize)> = None;
        let mut still_open = Vec::new();
        for (bound, project) in std::mem::take(&mut open) {
            if best.as_ref().is_some_and(|(best, _)| bound > *best) {
                still_open.push((bound, project));
                continue;
            }
            let cost = instance.projects()[project].cost.to_ratio();
            if let Some(rate) = rate(&cost, &supporters[project], &purses) {
                still_open.push((rate.clone(), project));
                if best
                    .as_ref()
                    .is_none_or(|best| (rate.clone(), project) < *best)
                {
                    best = Some((rate, project));
                }
            }
        }
        let Some((rate, next)) = best else {
            return winners;
        };
        for (ballot, _, gain) in &supporters[next] {
            let pays = (&rate * gain).min(purses[*ballot].clone());
            purses[*ballot] -= &pays;
        }
        still_open.retain(|(_, project)| *project != next);
        open = still_open;
        winners.push(instance.projects()[next].id.clone());
    }
}

#[test]
fn equal_shares_agrees_with_a_naive_count() {
    let Some(shared) = shared::folder() else {
        return;
    };
    let is_long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    let mut files: Vec<_> = std::fs::read_dir(shared.join("pabulib"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pb"));
    files.sort();
    let files: Vec<_> = files
        .into_iter()
        .step_by(if is_long { 1 } else { 20 })
        .collect();
    let compared: Vec<usize> = files
        .par_iter()
        .map(|path| {
            let options = ReadOptions::lenient().voters(VoterTable::Drop);
            let document = read_bytes(&std::fs::read(path).unwrap(), &options).unwrap();
            let election = document.election();
            if election.profile().len() > 2_000 {
                return 0;
            }
            let utilities = [
                Utility::Cost,
                Utility::Cardinality,
                Utility::Points,
                Utility::Borda,
            ];
            let read = utilities
                .into_iter()
                .filter(|utility| utility.reads(election.profile().kind()));
            read.map(|utility| {
                let plan: Plan = format!("equal-shares:utility={utility}").parse().unwrap();
                let counted = Count::of(election, &plan)
                    .ties("id".parse().unwrap())
                    .run()
                    .unwrap();
                let winners = &counted.outcome().unwrap().winners;
                assert_eq!(
                    *winners,
                    naive(election, utility),
                    "{} {utility}",
                    path.display()
                );
            })
            .count()
        })
        .collect();
    let elections = compared.iter().filter(|&&number| number > 0).count();
    let counts: usize = compared.iter().sum();
    println!("Equal Shares: {counts} counts of {elections} elections, the same as a naive count");
    assert!(elections >= 20, "only {elections} elections");
}
