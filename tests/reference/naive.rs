//! Equal Shares for elections of any size: a fraction in the purse of every distinct ballot, every rate by sorting.

#![allow(dead_code, reason = "every test program uses its own part")]

use quartier::election::{Election, Utility};
use quartier::exact::Ratio;

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

/// What a naive count gives.
#[derive(Debug, Clone, Default)]
pub(crate) struct Naive {
    /// In order of selection.
    pub(crate) winners: Vec<String>,
    /// How long the longest rate is, in bits of numerator and denominator.
    pub(crate) bits: usize,
}

/// What every voter has.
pub(crate) fn share(election: &Election) -> Ratio {
    let voters = Ratio::from(election.profile().voters());
    let budget = election.instance().budget().to_ratio();
    budget.checked_div(&voters).unwrap_or_default()
}

/// The winners, ties by id.
pub(crate) fn count(election: &Election, utility: Utility) -> Naive {
    run(election, &supporters(election, utility), share(election))
}

/// The same with larger and larger shares, until they buy too much or nothing is missing: nothing that fits, or nothing at
/// all. `None` if so many runs do not get there.
pub(crate) fn add1(
    election: &Election,
    utility: Utility,
    increment: &Ratio,
    until_exhaustive: bool,
    most_runs: u32,
) -> Option<Naive> {
    let supporters = supporters(election, utility);
    let (mut share, mut last) = (share(election), Naive::default());
    for _ in 0..most_runs {
        let next = run(election, &supporters, share.clone());
        let (mut left, mut missing) = (election.instance().budget().to_ratio(), Vec::new());
        for (project, supporters) in election.instance().projects().iter().zip(&supporters) {
            if next.winners.contains(&project.id) {
                left -= &project.cost.to_ratio();
            } else if !supporters.is_empty() {
                missing.push(project.cost.to_ratio());
            }
        }
        if left.is_negative() {
            return Some(last);
        }
        last = next;
        missing.retain(|cost| !until_exhaustive || *cost <= left);
        if missing.is_empty() {
            return Some(last);
        }
        share += increment;
    }
    None
}

/// One run. A rate only grows, so the last one is a lower bound.
fn run(election: &Election, supporters: &[Supporters], share: Ratio) -> Naive {
    let (instance, profile) = (election.instance(), election.profile());
    let mut purses = vec![share; profile.len()];
    let mut open: Vec<(Ratio, usize)> = (0..supporters.len())
        .map(|project| (Ratio::ZERO, project))
        .collect();
    let mut count = Naive::default();
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
            return count;
        };
        for (ballot, _, gain) in &supporters[next] {
            let pays = (&rate * gain).min(purses[*ballot].clone());
            purses[*ballot] -= &pays;
        }
        still_open.retain(|(_, project)| *project != next);
        open = still_open;
        count.bits = count.bits.max(rate.bits());
        count.winners.push(instance.projects()[next].id.clone());
    }
}
