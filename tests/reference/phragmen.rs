//! Sequential Phragmén: `phragmen:misfit=stop` or `skip`, with one load per voter.

use quartier::exact::Ratio;

use super::support::{cost, is_allowed, missing, voters};
use super::{State, ties};
use crate::common::Case;

/// A voter: who, the share, and the load.
pub(crate) struct Voter {
    pub(crate) case: usize,
    pub(crate) share: Ratio,
    pub(crate) load: Ratio,
}

fn mean(all: &[&Voter], cost: &Ratio) -> Option<Ratio> {
    let share: Ratio = all.iter().map(|voter| &voter.share).sum();
    let paid: Ratio = all.iter().map(|voter| &voter.share * &voter.load).sum();
    (paid + cost).checked_div(&share)
}

/// What was awarded before is carried by the least loaded of its supporters, up to one level.
fn charge(supporters: &mut [&mut Voter], amount: &Ratio) {
    supporters.sort_by(|a, b| a.load.cmp(&b.load));
    for payers in (1..=supporters.len()).rev() {
        let lowest: Vec<&Voter> = supporters[..payers].iter().map(|voter| &**voter).collect();
        let level = mean(&lowest, amount).unwrap();
        if lowest.iter().all(|voter| voter.load <= level) {
            for voter in &mut supporters[..payers] {
                voter.load = level.clone();
            }
            return;
        }
    }
}

pub(crate) fn run(case: &Case, rule: &str, chain: &str, state: &mut State) {
    let skip = rule == "phragmen:misfit=skip";
    let voter = |(case, share)| Voter {
        case,
        share,
        load: Ratio::ZERO,
    };
    let mut all: Vec<Voter> = voters(case).into_iter().map(voter).collect();
    for (project, amount) in &state.funded {
        let mut supporters: Vec<&mut Voter> = all
            .iter_mut()
            .filter(|voter| likes(case, voter, *project))
            .collect();
        charge(&mut supporters, amount);
    }
    let open = (0..case.projects.len()).collect();
    race(case, skip, chain, (all, open), state);
}

fn likes(case: &Case, voter: &Voter, project: usize) -> bool {
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
