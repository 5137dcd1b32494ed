//! Equal Shares for elections of any size: a fraction in the purse of every distinct ballot, every rate by sorting.

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
#[derive(Debug, Default)]
pub(crate) struct Naive {
    /// In order of selection.
    pub(crate) winners: Vec<String>,
    /// How long the longest rate is, in bits of numerator and denominator.
    pub(crate) bits: usize,
}

/// The winners, ties by id. A rate only grows, so the last one is a lower bound.
pub(crate) fn count(election: &Election, utility: Utility) -> Naive {
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
