//! Greedy by rank: `greedy:score=..,misfit=..[,min-covered=..][,reserve=..][,threshold=..]`.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, missing, quarters, score};
use super::threshold::{passes, percent, setting};
use super::{State, ties};
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

/// Could no order of the tied projects fund this one?
fn is_hopeless(case: &Case, rule: &str, state: &State, tied: &[usize], project: usize) -> bool {
    let too_dear = setting(rule, "misfit") == Some("skip") && cost(case, project) > state.left;
    too_dear
        || !is_allowed(case, state, project)
        || missing(case, state, project)
            .iter()
            .any(|other| !tied.contains(other))
}

/// By rank: each has its turn, in ties by the chain, a project after the tied ones that it requires.
pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    if let Some(reserve) = setting(rule, "reserve") {
        let held = reserve.parse().unwrap();
        state.reserves.entry(state.step).or_insert(held);
    }
    let score = |project: usize| score(case, setting(rule, "score").unwrap(), project);
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && passes(case, rule, project, &score(project)))
        .collect();
    while let Some(top) = open.iter().map(|&project| score(project)).max() {
        let tied: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&project| score(project) == top)
            .collect();
        if let Some(&hopeless) = tied
            .iter()
            .find(|&&project| is_hopeless(case, rule, state, &tied, project))
        {
            open.retain(|&other| other != hopeless);
            continue;
        }
        let ready: Vec<usize> = tied
            .iter()
            .copied()
            .filter(|&project| missing(case, state, project).is_empty())
            .collect();
        let project = ties::first(case, chain, &ready);
        open.retain(|&other| other != project);
        if cost(case, project) <= state.left {
            state.fund(project, cost(case, project));
        } else if setting(rule, "misfit") != Some("skip") {
            return pay_misfit(case, rule, project, state);
        }
    }
}
