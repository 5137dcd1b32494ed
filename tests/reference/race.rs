//! Voters earn evenly, and buy what they have the cost of first.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed};
use super::{State, turns};
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
    let allowed = |state: &State, project: usize| {
        let is_too_dear = skip && cost(case, project) > state.left;
        !is_too_dear && is_allowed(case, state, project)
    };
    let money = state.funded.iter().map(|(_, amount)| amount).sum::<Ratio>() + &state.left;
    open.retain(|&project| !state.has(project) && cost(case, project) <= money);
    loop {
        let time = |project: usize| {
            let supporters: Vec<&Voter> =
                all.iter().filter(|voter| likes(voter, project)).collect();
            mean(&supporters, &cost(case, project))
        };
        let place = (case, chain, &*state);
        let Some((next, now)) = turns::smallest(place, &allowed, &mut open, time) else {
            return;
        };
        if cost(case, next) > state.left {
            return;
        }
        state.fund(next, cost(case, next));
        all.iter_mut()
            .filter(|voter| likes(voter, next))
            .for_each(|voter| voter.load = now.clone());
    }
}
