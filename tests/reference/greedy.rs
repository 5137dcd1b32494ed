//! Greedy by rank: `greedy:score=..,misfit=..[,min-covered=..][,reserve=..][,threshold=..]`.

use std::cmp::Reverse;

use quartier::exact::Ratio;

use super::scores::score;
use super::support::{cost, is_allowed, quarters};
use super::threshold::{passes, percent, setting};
use super::{State, turns};
use crate::common::Case;

/// Pays a misfit where the policy says so.
fn pay_misfit(case: &Case, rule: &str, project: usize, state: &mut State) {
    let cost = cost(case, project);
    if state.left < &cost * percent(setting(rule, "min-covered").unwrap_or("0%")) {
        return;
    }
    match setting(rule, "misfit").unwrap() {
        "partial" => {
            let step = case
                .granularity
                .map_or(Ratio::new(1, 10_000).unwrap(), quarters);
            let amount = state.left.checked_div(&step).unwrap().floor() * &step;
            let share = percent(setting(rule, "min-covered").unwrap_or("0%"));
            if amount.is_positive() && amount >= &cost * share {
                state.fund(project, amount);
            }
        }
        "top-up" => {
            let missing = &cost - &state.left;
            let reserve = state.reserves.get_mut(&state.step).unwrap();
            if *reserve >= missing {
                *reserve = &*reserve - &missing;
                state.left = Ratio::ZERO;
                state.funded.push((project, cost));
            }
        }
        _ => {}
    }
}

/// By rank: each has its turn, in ties by the chain, a project after the tied ones that it requires.
pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    if let Some(reserve) = setting(rule, "reserve") {
        let held = reserve.parse().unwrap();
        state.reserves.entry(state.step).or_insert(held);
    }
    let skip = setting(rule, "misfit") == Some("skip");
    let allowed = |state: &State, project: usize| {
        let is_too_dear = skip && cost(case, project) > state.left;
        !is_too_dear && is_allowed(case, state, project)
    };
    let score = |project: usize| score(case, setting(rule, "score").unwrap(), project);
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && passes(case, rule, project, &score(project)))
        .collect();
    loop {
        let rank = |project: usize| Some(Reverse(score(project)));
        let place = (case, chain, &*state);
        let Some((next, _)) = turns::smallest(place, &allowed, &mut open, rank) else {
            return;
        };
        if cost(case, next) > state.left {
            return pay_misfit(case, rule, next, state);
        }
        state.fund(next, cost(case, next));
    }
}
