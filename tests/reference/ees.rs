//! Exact Equal Shares: `exact-equal-shares:utility=..[,completion=..]`, with one purse per voter.

use quartier::exact::Ratio;

use super::ees_once::once;
use super::equal_shares::Allowed;
use super::support::is_allowed;
use super::threshold::setting;
use super::{State, add_opt};
use crate::common::Case;

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
        let more = || add_opt::next(case, name, &run, &tried, skip);
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
