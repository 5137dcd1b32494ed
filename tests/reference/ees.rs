//! Exact Equal Shares: `exact-equal-shares:utility=..[,completion=..]`, with one purse per voter.

use quartier::exact::Ratio;

use super::equal_shares::Allowed;
use super::groups::{Finished, Purchase, Purses, gain, group};
use super::support::{cost, is_allowed, voters};
use super::{State, add_opt, turns};
use crate::common::Case;

/// One run with this much money, on a copy of the state.
fn once(
    case: &Case,
    name: &str,
    chain: &str,
    allowed: Allowed<'_>,
    state: &mut State,
    money: &Ratio,
) -> Finished {
    let all = voters(case);
    let purse = money
        .checked_div(&Ratio::from(all.len() as u64))
        .unwrap_or_default();
    let mut purses: Purses = all
        .into_iter()
        .map(|(voter, weight)| (voter, weight, purse.clone()))
        .collect();
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && gain(case, name, project).is_positive())
        .collect();
    let mut bought = Vec::new();
    let mut turns = Vec::new();
    let mut settled = vec![Ratio::ZERO; case.projects.len()];
    loop {
        let price = |project: usize| {
            group(case, &purses, project)
                .map(|(_, payment)| payment.checked_div(&gain(case, name, project)).unwrap())
        };
        let Some(best) = open.iter().filter_map(|&project| price(project)).min() else {
            return Finished {
                bought,
                purses,
                turns,
                settled,
            };
        };
        let tied: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&project| price(project).as_ref() == Some(&best))
            .collect();
        let weight = |project: usize| -> Ratio {
            let (payers, _) = group(case, &purses, project).unwrap();
            payers.iter().map(|&at| &purses[at].1).sum()
        };
        turns.extend(tied.iter().map(|&p| (p, weight(p), bought.len())));
        let before = open.clone();
        let next = turns::next_under(case, chain, state, allowed, &tied, &mut open);
        for out in before.into_iter().filter(|out| !open.contains(out)) {
            settled[out] = weight(out);
        }
        let Some(project) = next else {
            continue;
        };
        let (payers, payment) = group(case, &purses, project).unwrap();
        for &payer in &payers {
            purses[payer].2 = &purses[payer].2 - &(&purses[payer].1 * &payment);
        }
        state.fund(project, cost(case, project));
        bought.push(Purchase {
            project,
            payers,
            payment,
            price: best,
        });
    }
}

pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    run_under(case, rule, chain, state, &|state, project| {
        is_allowed(case, state, project)
    });
}

/// The same where the law allows less.
pub(crate) fn run_under(
    case: &Case,
    rule: &str,
    chain: &str,
    state: &mut State,
    allowed: Allowed<'_>,
) {
    let name = rule
        .strip_prefix("exact-equal-shares:utility=")
        .unwrap()
        .split(',')
        .next()
        .unwrap();
    let (skip, voters) = (rule.ends_with("skip"), Ratio::from(case.voter_count()));
    let mut money = state.left.clone();
    let (mut best, mut most) = (state.clone(), Ratio::ZERO);
    loop {
        let mut tried = state.clone();
        let run = once(case, name, chain, allowed, &mut tried, &money);
        let more = add_opt::next(case, name, &run, &tried, skip);
        if !tried.left.is_negative() && &state.left - &tried.left > most {
            (best, most) = (tried.clone(), &state.left - &tried.left);
        } else if money == state.left {
            best = tried;
        }
        match more.filter(|_| rule.contains("add-opt")) {
            Some(more) => money += &(&more * &voters),
            None => break,
        }
    }
    *state = best;
}
