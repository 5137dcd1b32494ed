//! Bounded overspending, refined: `bos-plus:utility=..`, with one account per voter.

use quartier::exact::Ratio;

use super::bos::{offer, paid};
use super::people::{Voter, all, supporters};
use super::support::cost;
use super::{State, turns};
use crate::common::Case;

/// Everybody as if the account were what may be spent.
fn with_overdraft(all: &[Voter], overdraft: &Ratio) -> Vec<Voter> {
    let spendable = |voter: &Voter| Voter {
        purse: (&voter.purse + overdraft).max(Ratio::ZERO),
        gains: voter.gains.clone(),
    };
    all.iter().map(spendable).collect()
}

/// What each supporter is above the purse if those who pay at `ρ` bear the whole cost: at most.
fn overdraft(purses: &[Voter], project: usize, cost: &Ratio, scaled: &Ratio) -> Ratio {
    let supporters = supporters(purses, project);
    // The part α that is covered at λ solves α = paid(α ρ) / cost; it is the largest of those at which a purse is empty, or 1.
    let is_covered = |part: &Ratio| paid(&supporters, &(part * scaled)) == part * cost;
    let parts = supporters.iter().filter_map(|(purse, gain)| {
        purse
            .checked_div(&(scaled * *gain))
            .filter(|part| *part <= Ratio::ONE)
    });
    let part = parts.chain([Ratio::ONE]).filter(is_covered).max().unwrap();
    let beyond = supporters.iter().map(|(purse, gain)| {
        let pays = (&(&part * scaled) * *gain).min((*purse).clone());
        &pays.checked_div(&part).unwrap() - *purse
    });
    beyond.max().unwrap().max(Ratio::ZERO)
}

/// The rate at which supporters pay the cost; `None` if they have too little.
fn rate(voters: &[Voter], project: usize, cost: &Ratio) -> Option<Ratio> {
    let supporters = supporters(voters, project);
    if cost.is_zero() {
        return (!supporters.is_empty()).then_some(Ratio::ZERO);
    }
    let empty = supporters
        .iter()
        .map(|(purse, gain)| purse.checked_div(gain).unwrap());
    let mut empty: Vec<Ratio> = empty.collect();
    empty.sort();
    let enough = empty
        .iter()
        .find(|price| paid(&supporters, price) >= *cost)?;
    let poor = supporters
        .iter()
        .filter(|(purse, gain)| *purse < &(enough * *gain));
    let rest = cost - &poor.map(|(purse, _)| *purse).sum::<Ratio>();
    let rich = supporters
        .iter()
        .filter(|(purse, gain)| *purse >= &(enough * *gain));
    let price = rest.checked_div(&rich.map(|(_, gain)| *gain).sum())?;
    price.checked_div(cost)
}

/// The next of the projects with the smallest figure, and that figure.
fn smallest(
    (case, chain, state): (&Case, &str, &State),
    open: &mut Vec<usize>,
    figure: impl Fn(usize) -> Option<Ratio>,
) -> Option<(usize, Ratio)> {
    loop {
        let best = open.iter().filter_map(|&project| figure(project)).min()?;
        let is_best = |project: &usize| figure(*project).as_ref() == Some(&best);
        let tied: Vec<usize> = open.iter().copied().filter(is_best).collect();
        let mut rest = open.clone();
        let next = turns::next(case, chain, state, &tied, &mut rest);
        if let Some(next) = next {
            return Some((next, best));
        }
        *open = rest;
    }
}

pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let mut accounts = all(case, rule.strip_prefix("bos-plus:utility=").unwrap());
    let mut open: Vec<usize> = (0..case.projects.len()).collect();
    loop {
        open.retain(|&project| cost(case, project) <= state.left);
        let purses = with_overdraft(&accounts, &Ratio::ZERO);
        let value = |project: usize| Some(offer(&purses, project, &cost(case, project))?.0);
        let Some((first, _)) = smallest((case, chain, state), &mut open, value) else {
            return;
        };
        let (_, scaled) = offer(&purses, first, &cost(case, first)).unwrap();
        let more = if cost(case, first).is_zero() {
            Ratio::ZERO
        } else {
            overdraft(&purses, first, &cost(case, first), &scaled)
        };
        let amounts = with_overdraft(&accounts, &more);
        let of = |project: usize| rate(&amounts, project, &cost(case, project));
        let Some((next, rate)) = smallest((case, chain, state), &mut open, of) else {
            panic!("the overdraft is enough for one");
        };
        open.retain(|&project| project != next);
        let price = &rate * &cost(case, next);
        state.fund(next, cost(case, next));
        for (account, amount) in accounts.iter_mut().zip(&amounts) {
            let pays = (&price * &account.gains[next]).min(amount.purse.clone());
            account.purse = &account.purse - &pays;
        }
    }
}
