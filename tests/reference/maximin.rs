//! Maximin support: `maximin-support`, by looking at every set of projects.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, voters};
use super::{Funded, State, turns};
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

/// Again and again the project with which the highest load can be least.
pub(crate) fn run(case: &Case, chain: &str, state: &mut State) {
    let allowed = |state: &State, project: usize| is_allowed(case, state, project);
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project) && is_supported(case, project))
        .collect();
    loop {
        open.retain(|&project| cost(case, project) <= state.left);
        let funded = state.funded.iter().cloned();
        let carried: Funded = funded.filter(|(p, _)| is_supported(case, *p)).collect();
        let with = |project: usize| {
            let all = [carried.clone(), vec![(project, cost(case, project))]].concat();
            Some(load(case, &all))
        };
        let place = (case, chain, &*state);
        let Some((next, _)) = turns::smallest(place, &allowed, &mut open, with) else {
            return;
        };
        state.fund(next, cost(case, next));
    }
}
