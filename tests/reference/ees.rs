//! Exact Equal Shares: `exact-equal-shares:utility=..[,completion=..]`, with one purse per voter.

use quartier::exact::Ratio;

use super::equal_shares::Allowed;
use super::groups::{Purchase, Purses, everybody, gain, group};
use super::support::{cost, is_allowed};
use super::threshold::setting;
use super::{State, add_opt, turns};
use crate::common::Case;

/// One run with this much money, which may overdraw the state.
fn once(
    case: &Case,
    (name, chain): (&str, &str),
    allowed: Allowed<'_>,
    state: &mut State,
    money: &Ratio,
) -> (Vec<Purchase>, Purses) {
    let mut purses = everybody(case, money);
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && gain(case, name, project).is_positive())
        .collect();
    let mut bought = Vec::new();
    loop {
        let price = |project: usize| {
            let (_, payment) = group(case, &purses, project)?;
            payment.checked_div(&gain(case, name, project))
        };
        let next = turns::smallest((case, chain, state), allowed, &mut open, price);
        let Some((project, price)) = next else {
            return (bought, purses);
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
            price,
        });
    }
}

pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let allowed = |state: &State, project: usize| is_allowed(case, state, project);
    run_under(case, rule, chain, state, &allowed);
}

/// The same where the law allows less. With Add-Opt, of all the runs whose purchases the money buys the first that spends most.
pub(crate) fn run_under(
    case: &Case,
    rule: &str,
    chain: &str,
    state: &mut State,
    allowed: Allowed<'_>,
) {
    let name = setting(rule, "utility").unwrap();
    let (skip, voters) = (rule.ends_with("skip"), Ratio::from(case.voter_count()));
    let (mut best, mut money) = (state.clone(), state.left.clone());
    loop {
        let mut tried = state.clone();
        let run = once(case, (name, chain), allowed, &mut tried, &money);
        let more = || add_opt::next(case, name, chain, &run, &tried, skip);
        let more = rule.contains("add-opt").then(more).flatten();
        let spends_more = !tried.left.is_negative() && tried.left < best.left;
        if spends_more || money == state.left {
            best = tried;
        }
        let Some(more) = more else {
            break;
        };
        money += &(&more * &voters);
    }
    *state = best;
}
