//! Turns within a tied group, where projects may exclude or require each other.

use crate::count::{Allocation, Block, Halt};
use crate::election::{Election, Money, ProjectIx, Relation};

/// Why a group cannot have its turns; the instance refuses such circles before.
pub(super) const CIRCLE: &str = "projects of one group require each other";

/// Rejects the projects of a group that no order of the group could fund.
///
/// A project that requires another of the group waits, see [`ready`], unless it and all that it requires and
/// that is not funded yet could not be funded together even if they were next. Of the blocks, `is_final` says
/// which end a project's chance; a requirement outside the group always does.
pub(super) fn pass_over(
    election: &Election,
    group: &mut Vec<ProjectIx>,
    allocation: &mut Allocation<'_>,
    is_final: impl Fn(&Block) -> bool,
) {
    loop {
        let before = group.len();
        for &project in group.iter() {
            let Err(block) = allocation.quote(project, allocation.cost_of(project)) else {
                continue;
            };
            let ends = match block {
                Block::Requires { project: other } => {
                    hopeless(election, group, project, other, allocation)
                        .filter(|block| matches!(block, Block::Requires { .. }) || is_final(block))
                }
                block => Some(block).filter(&is_final),
            };
            if let Some(block) = ends {
                allocation.reject(project, block.reason(election.instance()));
            }
        }
        // What was rejected may be what another project of the group requires.
        group.retain(|&project| allocation.is_open(project));
        if group.len() == before {
            return;
        }
    }
}

/// What forbids a project that waits for `first`, even if all that it requires were funded next.
fn hopeless(
    election: &Election,
    group: &[ProjectIx],
    project: ProjectIx,
    first: ProjectIx,
    allocation: &Allocation<'_>,
) -> Option<Block> {
    let all = with_requirements(election, project, allocation);
    if all
        .iter()
        .any(|other| !group.contains(other) || !allocation.is_open(*other))
    {
        return Some(Block::Requires { project: first });
    }
    match allocation.admits(&all) {
        Ok(()) => None,
        Err((_, Block::PotEmpty { .. })) => {
            let cost = Money::checked_sum(all.iter().map(|&one| allocation.cost_of(one)));
            let short_by = cost
                .and_then(|cost| cost.checked_sub(allocation.available_for(project)))
                .unwrap_or(Money::MAX);
            Some(Block::PotEmpty { short_by })
        }
        Err((at, block)) if at == project => Some(block),
        // What it requires, directly or not, excludes it or something else that it requires.
        Err(_) => Some(Block::Requires { project: first }),
    }
}

/// A project with all that it requires, directly or not, and that is not funded.
fn with_requirements(
    election: &Election,
    project: ProjectIx,
    allocation: &Allocation<'_>,
) -> Vec<ProjectIx> {
    let mut all = vec![project];
    let mut at = 0;
    while let Some(&next) = all.get(at) {
        let relations = election
            .instance()
            .project(next)
            .map(|project| project.relations.as_slice())
            .unwrap_or_default();
        for relation in relations {
            let Relation::Requires(other) = relation else {
                continue;
            };
            let missing = election
                .instance()
                .find(other)
                .filter(|&other| !allocation.is_awarded(other));
            all.extend(missing.filter(|other| !all.contains(other)));
        }
        at += 1;
    }
    all
}

/// The projects of a group that can have their turn now: all but those that require what is not funded.
pub(super) fn ready(
    election: &Election,
    group: &[ProjectIx],
    allocation: &Allocation<'_>,
) -> Vec<ProjectIx> {
    let waits = |project: ProjectIx| {
        matches!(
            allocation.quote(project, election.instance().cost_of(project)),
            Err(Block::Requires { .. })
        )
    };
    group
        .iter()
        .copied()
        .filter(|&project| !waits(project))
        .collect()
}

/// Whose turn it is of a tied group, what nothing could fund rejected; `None` if nobody is left of it.
pub(super) fn next(
    rule: &str,
    election: &Election,
    mut tied: Vec<ProjectIx>,
    allocation: &mut Allocation<'_>,
) -> Result<Option<ProjectIx>, Halt> {
    pass_over(election, &mut tied, allocation, |_| true);
    let ready = ready(election, &tied, allocation);
    if !ready.is_empty() {
        return allocation.untie(&ready).map(Some);
    }
    if tied.is_empty() {
        return Ok(None);
    }
    Err(allocation.refuse(rule, CIRCLE))
}

/// Awards a group that is admitted as a whole: in the order of ids, what others require before them.
pub(super) fn award_all(
    rule: &str,
    mut group: Vec<ProjectIx>,
    allocation: &mut Allocation<'_>,
) -> Result<(), Halt> {
    while !group.is_empty() {
        let before = group.len();
        let mut waiting = Vec::new();
        for project in group {
            if allocation.select(project)?.is_err() {
                waiting.push(project);
            }
        }
        if waiting.len() == before {
            return Err(allocation.refuse(rule, CIRCLE));
        }
        group = waiting;
    }
    Ok(())
}
