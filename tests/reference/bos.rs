//! Bounded overspending, with one purse per voter: `bos:utility=..`.

use quartier::exact::Ratio;

use super::people::{Voter, all, supporters};
use super::support::{cost, is_allowed};
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
    let empty = supporters
        .iter()
        .map(|(purse, gain)| purse.checked_div(gain).unwrap());
    let mut prices: Vec<Ratio> = empty.chain([Ratio::ZERO]).collect();
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

/// Again and again the project with the least value, for which everybody pays at its price as far as the purse goes.
pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let mut all = all(case, rule.strip_prefix("bos:utility=").unwrap());
    let allowed = |state: &State, project: usize| is_allowed(case, state, project);
    let mut open: Vec<usize> = (0..case.projects.len()).collect();
    loop {
        open.retain(|&project| cost(case, project) <= state.left);
        let value = |project: usize| Some(offer(&all, project, &cost(case, project))?.0);
        let place = (case, chain, &*state);
        let Some((next, _)) = turns::smallest(place, &allowed, &mut open, value) else {
            return;
        };
        let (_, price) = offer(&all, next, &cost(case, next)).unwrap();
        state.fund(next, cost(case, next));
        for voter in &mut all {
            voter.purse = &voter.purse - &(&price * &voter.gains[next]).min(voter.purse.clone());
        }
    }
}
