//! Maximin support: `maximin-support`, by looking at every set of projects.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, missing, voters};
use super::{Funded, State, ties};
use crate::common::Case;

/// The largest cost(S) / share(N(S)) over the sets of these projects: the smallest highest load, by duality.
pub(crate) fn load(case: &Case, all: &[(usize, Ratio)]) -> Ratio {
    let density = |bits: u32| {
        let set: Vec<&(usize, Ratio)> = all
            .iter()
            .enumerate()
            .filter(|(at, _)| bits >> at & 1 == 1)
            .map(|(_, one)| one)
            .collect();
        let supporting = voters(case).into_iter().filter(|(voter, _)| {
            let named = case.named(&case.voters[*voter]);
            set.iter().any(|(project, _)| named.contains(project))
        });
        let share: Ratio = supporting.map(|(_, share)| share).sum();
        set.iter()
            .map(|(_, cost)| cost)
            .sum::<Ratio>()
            .checked_div(&share)
            .unwrap()
    };
    (1_u32..1 << all.len())
        .map(density)
        .max()
        .unwrap_or_default()
}

fn is_supported(case: &Case, project: usize) -> bool {
    case.voters
        .iter()
        .any(|voter| case.named(voter).contains(&project))
}

pub(crate) fn run(case: &Case, chain: &str, state: &mut State) {
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && is_supported(case, project))
        .collect();
    loop {
        open.retain(|&project| cost(case, project) <= state.left);
        let with = |project: usize| {
            let mut all: Funded = state
                .funded
                .iter()
                .filter(|(funded, _)| is_supported(case, *funded))
                .cloned()
                .collect();
            all.push((project, cost(case, project)));
            load(case, &all)
        };
        let Some(smallest) = open.iter().map(|&project| with(project)).min() else {
            return;
        };
        let tied: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&project| with(project) == smallest)
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
        open.retain(|&project| project != next);
        state.fund(next, cost(case, next));
    }
}
