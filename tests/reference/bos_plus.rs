//! Bounded overspending, refined: `bos-plus:utility=..`, with one account per voter.

use quartier::exact::Ratio;

use super::bos::{offer, paid};
use super::people::{Voter, all, supporters};
use super::support::{cost, is_allowed};
use super::{State, rates, turns};
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
fn rate(all: &[Voter], project: usize, cost: &Ratio) -> Option<Ratio> {
    let each = all.iter();
    let (gains, purses): (Vec<Ratio>, Vec<Ratio>) = each
        .map(|voter| (voter.gains[project].clone(), voter.purse.clone()))
        .unzip();
    let price = rates::rate(cost, &gains, &purses)?;
    Some(price.checked_div(cost).unwrap_or_default())
}

/// Again and again: the offer of bounded overspending says how much everybody may overdraw, and Equal Shares decides with it.
pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let mut accounts = all(case, rule.strip_prefix("bos-plus:utility=").unwrap());
    let allowed = |state: &State, project: usize| is_allowed(case, state, project);
    let mut open: Vec<usize> = (0..case.projects.len()).collect();
    loop {
        open.retain(|&project| cost(case, project) <= state.left);
        let purses = with_overdraft(&accounts, &Ratio::ZERO);
        let value = |project: usize| Some(offer(&purses, project, &cost(case, project))?.0);
        let place = (case, chain, &*state);
        let Some((first, _)) = turns::smallest(place, &allowed, &mut open, value) else {
            return;
        };
        open.push(first);
        let (_, scaled) = offer(&purses, first, &cost(case, first)).unwrap();
        let more = if cost(case, first).is_zero() {
            Ratio::ZERO
        } else {
            overdraft(&purses, first, &cost(case, first), &scaled)
        };
        let amounts = with_overdraft(&accounts, &more);
        let of = |project: usize| rate(&amounts, project, &cost(case, project));
        // The overdraft is enough for one.
        let (next, rate) = turns::smallest(place, &allowed, &mut open, of).unwrap();
        let price = &rate * &cost(case, next);
        state.fund(next, cost(case, next));
        for (account, amount) in accounts.iter_mut().zip(&amounts) {
            let pays = (&price * &account.gains[next]).min(amount.purse.clone());
            account.purse = &account.purse - &pays;
        }
    }
}
