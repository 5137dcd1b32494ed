//! Greedy by rank: `greedy:score=..,misfit=..[,min-covered=..][,reserve=..][,threshold=..]`.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, missing, quarters, score, voters, votes};
use super::{State, ties};
use crate::common::Case;

fn setting<'a>(rule: &'a str, key: &str) -> Option<&'a str> {
    let settings = rule.split_once(':')?.1.split(',');
    settings.filter_map(|setting| setting.split_once('=')).find(|(known, _)| *known == key).map(|(_, value)| value)
}

fn percent(text: &str) -> Ratio {
    text.strip_suffix('%').unwrap().parse::<Ratio>().unwrap().checked_div(&Ratio::from(100)).unwrap()
}

/// The least score that passes exactly passes; shares of ballots are rounded up.
fn passes(case: &Case, rule: &str, project: usize, score: &Ratio) -> bool {
    let ballots: Ratio = voters(case).iter().map(|(_, weight)| weight).sum();
    match setting(rule, "threshold") {
        None => true,
        Some(text) if text.ends_with('%') => *score >= (percent(text) * ballots).ceil(),
        Some(text) => match text.strip_prefix("cost/") {
            // votes / ballots >= cost / (F * budget), without dividing; of no budget, only what is free costs a share
            Some(_) if case.budget == 0 => case.projects[project].cost == 0,
            Some(f) => votes(case, project) * quarters(case.budget).mul_int(f.parse().unwrap()) >= cost(case, project) * ballots,
            None => *score >= text.parse().unwrap(),
        },
    }
}

/// Pays a misfit where the policy says so.
fn pay_misfit(case: &Case, rule: &str, project: usize, state: &mut State) {
    let cost = cost(case, project);
    if state.left < &cost * percent(setting(rule, "min-covered").unwrap_or("0%")) {
        return;
    }
    match setting(rule, "misfit").unwrap() {
        "partial" => {
            let step = case.granularity.map_or(Ratio::new(1, 10_000).unwrap(), quarters);
            let amount = state.left.checked_div(&step).unwrap().floor() * &step;
            if amount.is_positive() {
                state.fund(project, amount);
            }
        }
        "top-up" => {
            let missing = &cost - &state.left;
            if state.reserve.as_ref().is_some_and(|reserve| *reserve >= missing) {
                state.reserve = state.reserve.take().map(|reserve| reserve - &missing);
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
    too_dear || !is_allowed(case, state, project) || missing(case, state, project).iter().any(|other| !tied.contains(other))
}

/// By rank: each has its turn, in ties by the chain, a project after the tied ones that it requires.
pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    if let Some(reserve) = setting(rule, "reserve") {
        state.reserve.get_or_insert(reserve.parse().unwrap());
    }
    let score = |project: usize| score(case, setting(rule, "score").unwrap(), project);
    let mut open: Vec<usize> = (0..case.projects.len()).filter(|&project| !state.has(project) && passes(case, rule, project, &score(project))).collect();
    while let Some(top) = open.iter().map(|&project| score(project)).max() {
        let tied: Vec<usize> = open.iter().copied().filter(|&project| score(project) == top).collect();
        if let Some(&hopeless) = tied.iter().find(|&&project| is_hopeless(case, rule, state, &tied, project)) {
            open.retain(|&other| other != hopeless);
            continue;
        }
        let ready: Vec<usize> = tied.iter().copied().filter(|&project| missing(case, state, project).is_empty()).collect();
        let project = ties::first(case, chain, &ready);
        open.retain(|&other| other != project);
        if cost(case, project) <= state.left {
            state.fund(project, cost(case, project));
        } else if setting(rule, "misfit") != Some("skip") {
            return pay_misfit(case, rule, project, state);
        }
    }
}
