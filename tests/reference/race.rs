//! Voters earn evenly, and buy what they have the cost of first.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, missing};
use super::{State, ties};
use crate::common::Case;

/// A voter: who, the share, and the load.
pub(crate) struct Voter {
    pub(crate) case: usize,
    pub(crate) share: Ratio,
    pub(crate) load: Ratio,
}

pub(crate) fn mean(all: &[&Voter], cost: &Ratio) -> Option<Ratio> {
    let share: Ratio = all.iter().map(|voter| &voter.share).sum();
    let paid: Ratio = all.iter().map(|voter| &voter.share * &voter.load).sum();
    (paid + cost).checked_div(&share)
}

pub(crate) fn likes(case: &Case, voter: &Voter, project: usize) -> bool {
    case.named(&case.voters[voter.case]).contains(&project)
}

/// Goes on from these loads with these projects.
pub(crate) fn race(
    case: &Case,
    skip: bool,
    chain: &str,
    (mut all, mut open): (Vec<Voter>, Vec<usize>),
    state: &mut State,
) {
    let likes = |voter: &Voter, project| likes(case, voter, project);
    let money = state.funded.iter().map(|(_, amount)| amount).sum::<Ratio>() + &state.left;
    open.retain(|&project| !state.has(project) && cost(case, project) <= money);
    loop {
        let time = |project: usize| {
            let supporters: Vec<&Voter> =
                all.iter().filter(|voter| likes(voter, project)).collect();
            mean(&supporters, &cost(case, project))
        };
        let Some(now) = open.iter().filter_map(|&project| time(project)).min() else {
            return;
        };
        let tied: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&project| time(project).as_ref() == Some(&now))
            .collect();
        let fits = |project: usize| cost(case, project) <= state.left;
        let is_out = |project: usize| {
            (skip && !fits(project))
                || !is_allowed(case, state, project)
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
        if !fits(next) {
            return;
        }
        open.retain(|&project| project != next);
        state.fund(next, cost(case, next));
        all.iter_mut()
            .filter(|voter| likes(voter, next))
            .for_each(|voter| voter.load = now.clone());
    }
}
