//! Committing the run that counts: awards, ties, and why the others were not funded.

use crate::count::{Allocation, Block, CountError, Halt};
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::record::Reason;

use super::run::{Purchase, Run};
use super::view::View;

/// Awards the purchases in order; ties are recorded now, as they were settled in the run.
pub(super) fn award(purchases: &[Purchase], allocation: &mut Allocation<'_>) -> Result<(), Halt> {
    for purchase in purchases {
        if purchase.tied.len() > 1 {
            allocation.untie(&purchase.tied)?;
        }
        if let Err(block) = allocation.select(purchase.project)? {
            return Err(changed(allocation, &block));
        }
    }
    Ok(())
}

/// A run asks before each purchase, so this cannot come up; if it did, it is refused by name.
fn changed(allocation: &Allocation<'_>, block: &Block) -> Halt {
    let why = format!("a purchase is no longer possible ({block:?}): please report it");
    allocation.refuse("equal-shares", why)
}

/// Says of every open project that was not bought why; `run` is in the state after the run that counts.
pub(super) fn reject(
    view: &View<'_>,
    open: &[ProjectIx],
    run: &mut Run,
    allocation: &mut Allocation<'_>,
) -> Result<(), Halt> {
    let instance = view.election.instance();
    for &project in open.iter().filter(|&&project| view.is_supported(project)) {
        if !allocation.is_open(project) {
            continue;
        }
        // Asked for nothing, so that only relations can forbid it: how much is left does not matter.
        let reason = match allocation.quote(project, Money::ZERO) {
            Err(block) => block.reason(instance),
            Ok(_) => Reason::PursesShort {
                short_by: shortage(view, run, project)?,
            },
        };
        allocation.reject(project, reason);
    }
    Ok(())
}

/// Says of every open project that greedy by votes did not fund why.
pub(super) fn reject_misfits(view: &View<'_>, open: &[ProjectIx], allocation: &mut Allocation<'_>) {
    let instance = view.election.instance();
    for &project in open {
        if !allocation.is_open(project) {
            continue;
        }
        if let Err(block) = allocation.quote(project, instance.cost_of(project)) {
            allocation.reject(project, block.reason(instance));
        }
    }
}

/// Rejects the projects that nobody gains from.
pub(super) fn reject_unsupported(
    view: &View<'_>,
    all: &[ProjectIx],
    allocation: &mut Allocation<'_>,
) {
    let supporters = view.election.profile().mentions();
    for &project in all.iter().filter(|&&project| !view.is_supported(project)) {
        let is_named = supporters
            .get(project.index())
            .is_some_and(|&voters| voters > 0);
        let reason = if is_named {
            Reason::NoUtility
        } else {
            Reason::NotRanked
        };
        allocation.reject(project, reason);
    }
}

/// What the supporters of a project are short of its cost, rounded up to a ten-thousandth.
fn shortage(view: &View<'_>, run: &mut Run, project: ProjectIx) -> Result<Money, Halt> {
    let Some(price) = view.price(project) else {
        return Ok(Money::ZERO);
    };
    let sure = run.levels.missing(view.row(project), price.cost_near);
    let parts = sure.or_else(|| {
        let held: Ratio = run.ledger.held(view, project);
        (&price.cost - held).ceil().to_i128()
    });
    parts.and_then(Money::from_ten_thousandths).ok_or_else(|| {
        Halt::Failed(CountError::NoFate {
            project: view.election.instance().id_of(project).to_owned(),
        })
    })
}
