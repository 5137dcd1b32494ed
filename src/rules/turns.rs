//! Turns within a tied group, where projects may exclude or require each other.

use crate::count::{Allocation, Block, Halt};
use crate::election::{Election, ProjectIx};

/// Rejects the projects of a group that no order of the group could fund.
///
/// A project that requires another of the group is not among them: it waits, see [`ready`]. Of the other
/// blocks, `is_final` says which end a project's chance; a requirement outside the group always does.
pub(super) fn pass_over(election: &Election, group: &mut Vec<ProjectIx>, allocation: &mut Allocation<'_>, is_final: impl Fn(&Block) -> bool) {
    loop {
        let before = group.len();
        for &project in group.iter() {
            let Err(block) = allocation.quote(project, election.instance().cost_of(project)) else { continue };
            let ends = match &block {
                Block::Requires { project: other } => !group.contains(other) || !allocation.is_open(*other),
                block => is_final(block),
            };
            if ends {
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

/// The projects of a group that can have their turn now: all but those that require what is not funded.
pub(super) fn ready(election: &Election, group: &[ProjectIx], allocation: &Allocation<'_>) -> Vec<ProjectIx> {
    let waits = |project: ProjectIx| matches!(allocation.quote(project, election.instance().cost_of(project)), Err(Block::Requires { .. }));
    group.iter().copied().filter(|&project| !waits(project)).collect()
}

/// Awards a group that is admitted as a whole: in the order of ids, what others require before them.
pub(super) fn award_all(rule: &str, mut group: Vec<ProjectIx>, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
    while !group.is_empty() {
        let before = group.len();
        let mut waiting = Vec::new();
        for project in group {
            if allocation.select(project)?.is_err() {
                waiting.push(project);
            }
        }
        if waiting.len() == before {
            return Err(allocation.refuse(rule, "projects of one group require each other"));
        }
        group = waiting;
    }
    Ok(())
}
