//! `equal-shares:utility=..[,completion=..][,increment=..][,start=..]`: runs with larger and larger shares.

use quartier::exact::Ratio;

use super::State;
use super::equal_shares::{Allowed, buy, gains};
use super::support::{cost, is_allowed, missing, voters};
use super::threshold::setting;
use crate::common::{Case, endowment_of};

/// The run without completion, or the last one with larger shares that the completion lets count.
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
    is_allowed: Allowed<'_>,
) {
    let name = setting(rule, "utility").unwrap();
    let endowments: Vec<Ratio> = voters(case)
        .iter()
        .map(|(v, _)| endowment_of(case, case.voters[*v].class))
        .collect();
    let Some(exact) = state.left.checked_div(&endowments.iter().sum()) else {
        return;
    };
    let mut share = if rule.contains("start=floor") {
        exact.floor()
    } else {
        exact
    };
    let increment: Ratio = setting(rule, "increment").unwrap_or("1").parse().unwrap();
    let before = state.clone();
    loop {
        let mut run = before.clone();
        let mut purses: Vec<Ratio> = endowments
            .iter()
            .map(|endowment| endowment * &share)
            .collect();
        buy(case, (name, chain), is_allowed, &mut purses, &mut run);
        if run.left.is_negative() {
            return;
        }
        *state = run;
        let is_wanted = |p: &usize| {
            let can_be_next = is_allowed(state, *p) && missing(case, state, *p).is_empty();
            !state.has(*p) && can_be_next && gains(case, name, *p).iter().any(Ratio::is_positive)
        };
        let wanted: Vec<usize> = (0..case.projects.len()).filter(is_wanted).collect();
        match setting(rule, "completion").unwrap_or("none") {
            "add1" if !wanted.is_empty() => {}
            "add1-until-exhaustive" if wanted.iter().any(|&p| cost(case, p) <= state.left) => {}
            _ => return,
        }
        share += &increment;
    }
}
