//! Greedy by welfare: `greedy-welfare:utility=..`, for additive utilities and for those of sets.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, missing};
use super::{State, ties, utility};
use crate::common::Case;

/// `None` is below everything: with `Some((false, x))` utility per unit of cost, `Some((true, 0))` infinite.
type Density = (bool, Ratio);

fn density(case: &Case, name: &str, set: &[usize], project: usize) -> Density {
    let mut with = set.to_vec();
    with.push(project);
    let gain = utility::of_all(case, name, &with) - utility::of_all(case, name, set);
    if !gain.is_positive() {
        return (false, Ratio::ZERO);
    }
    gain.checked_div(&cost(case, project))
        .map_or((true, Ratio::ZERO), |density| (false, density))
}

/// Again and again the project that adds most per unit of cost among those that fit.
pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let name = rule.strip_prefix("greedy-welfare:utility=").unwrap();
    let is_additive = !["cost-sqrt", "cost-log", "chamberlin-courant"].contains(&name);
    let mut open: Vec<usize> = (0..case.projects.len())
        .filter(|&project| !state.has(project))
        .collect();
    loop {
        open.retain(|&project| {
            cost(case, project) <= state.left && is_allowed(case, state, project)
        });
        // Where utilities add up, what is funded does not matter.
        let set: Vec<usize> = if is_additive {
            Vec::new()
        } else {
            already_funded(state)
        };
        let Some(top) = open
            .iter()
            .map(|&project| density(case, name, &set, project))
            .max()
        else {
            return;
        };
        let tied: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&project| density(case, name, &set, project) == top)
            .collect();
        let ready: Vec<usize> = tied
            .iter()
            .copied()
            .filter(|&project| missing(case, state, project).is_empty())
            .collect();
        if ready.is_empty() {
            // Their turn has come, and what they require is not funded: those that wait for none of the tied are out.
            open.retain(|&project| {
                !tied.contains(&project)
                    || missing(case, state, project)
                        .iter()
                        .all(|other| tied.contains(other))
            });
            continue;
        }
        let project = ties::first(case, chain, &ready);
        open.retain(|&other| other != project);
        state.fund(project, cost(case, project));
    }
}

/// What voters have already gained: everything funded so far, whoever funded it.
fn already_funded(state: &State) -> Vec<usize> {
    state.funded.iter().map(|(project, _)| *project).collect()
}
