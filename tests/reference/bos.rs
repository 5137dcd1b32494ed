//! Bounded overspending, with one purse per voter: `bos:utility=..`.

use quartier::exact::Ratio;

use super::people::{Voter, all, supporters};
use super::support::cost;
use super::{State, turns};
use crate::common::Case;

/// What supporters pay at a price.
pub(crate) fn paid(supporters: &[(&Ratio, &Ratio)], price: &Ratio) -> Ratio {
    supporters
        .iter()
        .map(|(purse, gain)| (price * *gain).min((*purse).clone()))
        .sum()
}

/// ρ/α, and ρ: the smallest over all prices at which a purse is empty, and the one at which the cost is paid.
pub(crate) fn offer(all: &[Voter], project: usize, cost: &Ratio) -> Option<(Ratio, Ratio)> {
    let supporters = supporters(all, project);
    if cost.is_zero() {
        return (!supporters.is_empty()).then_some((Ratio::ZERO, Ratio::ZERO));
    }
    let mut prices: Vec<Ratio> = supporters
        .iter()
        .map(|(purse, gain)| purse.checked_div(gain).unwrap())
        .collect();
    for empty in &prices.clone() {
        // Those who are empty at this price or before have paid all they have; the others share the rest.
        let (poor, rich): (Vec<_>, Vec<_>) = supporters
            .iter()
            .partition(|(purse, gain)| **purse <= empty * *gain);
        let rest = cost - &poor.iter().map(|(purse, _)| *purse).sum::<Ratio>();
        prices.extend(
            rest.checked_div(&rich.iter().map(|(_, gain)| *gain).sum())
                .filter(|price| paid(&supporters, price) == *cost),
        );
    }
    prices.extend(
        cost.checked_div(&supporters.iter().map(|(_, gain)| *gain).sum())
            .filter(|price| paid(&supporters, price) == *cost),
    );
    let value = |price: &Ratio| {
        let covered = paid(&supporters, price).checked_div(cost)?.min(Ratio::ONE);
        let scaled = price.checked_div(&covered)?;
        Some((
            scaled.checked_div(&covered)?.checked_div(cost)?,
            -price,
            scaled,
        ))
    };
    prices
        .iter()
        .filter_map(value)
        .min()
        .map(|(value, _, scaled)| (value, scaled))
}

pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let mut all = all(case, rule.strip_prefix("bos:utility=").unwrap());
    let mut open: Vec<usize> = (0..case.projects.len()).collect();
    loop {
        open.retain(|&project| cost(case, project) <= state.left);
        let value = |project: usize| offer(&all, project, &cost(case, project));
        let Some(best) = open
            .iter()
            .filter_map(|&project| Some(value(project)?.0))
            .min()
        else {
            return;
        };
        let tied: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&project| value(project).is_some_and(|(value, _)| value == best))
            .collect();
        let Some(next) = turns::next(case, chain, state, &tied, &mut open) else {
            continue;
        };
        let (_, price) = offer(&all, next, &cost(case, next)).unwrap();
        state.fund(next, cost(case, next));
        for voter in &mut all {
            voter.purse = &voter.purse - &(&price * &voter.gains[next]).min(voter.purse.clone());
        }
    }
}
