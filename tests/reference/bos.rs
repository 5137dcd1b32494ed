//! Bounded overspending and its fractional companion, with one purse per voter: `bos:utility=..` and
//! `fractional-equal-shares:utility=..`.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, missing, quarters, voters};
use super::{State, ties, utility};
use crate::common::Case;

/// Everybody: what is left, and what each project gives, with the weight.
struct Voter {
    purse: Ratio,
    gains: Vec<Ratio>,
}

fn all(case: &Case, name: &str) -> Vec<Voter> {
    let purse = quarters(case.budget)
        .checked_div(&Ratio::from(case.voter_count()))
        .unwrap_or_default();
    let gain = |voter: usize, weight: &Ratio, project| {
        utility::of_voter(case, name, &case.voters[voter], &[project]).max(Ratio::ZERO) * weight
    };
    let voter = |(voter, weight): (usize, Ratio)| Voter {
        purse: purse.clone(),
        gains: (0..case.projects.len())
            .map(|project| gain(voter, &weight, project))
            .collect(),
    };
    voters(case).into_iter().map(voter).collect()
}

fn supporters(all: &[Voter], project: usize) -> Vec<(&Ratio, &Ratio)> {
    all.iter()
        .filter(|voter| voter.gains[project].is_positive())
        .map(|voter| (&voter.purse, &voter.gains[project]))
        .collect()
}

/// What supporters pay at a price.
fn paid(supporters: &[(&Ratio, &Ratio)], price: &Ratio) -> Ratio {
    supporters
        .iter()
        .map(|(purse, gain)| (price * *gain).min((*purse).clone()))
        .sum()
}

/// ρ/α, and ρ: the smallest over all prices at which a purse is empty, and the one at which the cost is paid.
fn offer(all: &[Voter], project: usize, cost: &Ratio) -> Option<(Ratio, Ratio)> {
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
        let is_out = |project: usize| {
            !is_allowed(case, state, project)
                || missing(case, state, project)
                    .iter()
                    .any(|other| !tied.contains(other))
        };
        if let Some(out) = tied.iter().copied().find(|&project| is_out(project)) {
            open.retain(|&project| project != out);
            continue;
        }
        let ready: Vec<usize> = tied
            .into_iter()
            .filter(|&project| missing(case, state, project).is_empty())
            .collect();
        let next = ties::first(case, chain, &ready);
        let (_, price) = value(next).unwrap();
        open.retain(|&project| project != next);
        state.fund(next, cost(case, next));
        for voter in &mut all {
            voter.purse = &voter.purse - &(&price * &voter.gains[next]).min(voter.purse.clone());
        }
    }
}

/// The part of each project that is bought.
pub(crate) fn fractions(case: &Case, name: &str, chain: &str) -> Vec<Ratio> {
    let mut all = all(case, name);
    let mut parts = vec![Ratio::ZERO; case.projects.len()];
    loop {
        let price = |project: usize| {
            let rich = all.iter().filter(|voter| voter.purse.is_positive());
            let is_free = cost(case, project).is_zero() && !supporters(&all, project).is_empty();
            let price = Ratio::ONE.checked_div(&rich.map(|voter| &voter.gains[project]).sum());
            if is_free { Some(Ratio::ZERO) } else { price }
        };
        let open: Vec<usize> = (0..parts.len())
            .filter(|&project| parts[project] != Ratio::ONE && price(project).is_some())
            .collect();
        let Some(best) = open.iter().filter_map(|&project| price(project)).min() else {
            return parts;
        };
        let tied: Vec<usize> = open
            .into_iter()
            .filter(|&project| price(project).as_ref() == Some(&best))
            .collect();
        let next = ties::first(case, chain, &tied);
        let best = best * cost(case, next);
        let rich = all.iter().filter(|voter| voter.purse.is_positive());
        let most = rich.filter_map(|voter| voter.purse.checked_div(&(&best * &voter.gains[next])));
        let more = most.chain([Ratio::ONE - &parts[next]]).min().unwrap();
        for voter in all.iter_mut().filter(|voter| voter.purse.is_positive()) {
            voter.purse = &voter.purse - &(&best * &voter.gains[next] * &more);
        }
        parts[next] = &parts[next] + &more;
    }
}
