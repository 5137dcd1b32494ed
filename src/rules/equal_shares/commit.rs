//! Committing the run that counts: awards, ties, and why the others were not funded.

use crate::count::{Allocation, Block, CountError, Halt};
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::exact::certified::Near;
use crate::record::Reason;

use super::facts;
use super::run::{Purchase, Run};
use super::view::View;

/// Awards the purchases of the run that counts, in order, telling of each.
pub(super) fn award_told(
    view: &View<'_>,
    purchases: &[Purchase],
    run: &mut Run,
    allocation: &mut Allocation<'_>,
) -> Result<(), Halt> {
    for (at, purchase) in purchases.iter().enumerate() {
        facts::purchase(view, purchase, at, run, allocation);
        award(purchase, allocation)?;
    }
    facts::claims(view, &[], purchases.len(), run, allocation);
    Ok(())
}

/// Awards a purchase; a tie is recorded now, as it was settled in the run.
pub(super) fn award(purchase: &Purchase, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
    if purchase.tied.len() > 1 {
        allocation.untie(&purchase.tied)?;
    }
    allocation
        .select(purchase.project)?
        .map_err(|block| changed(allocation, &block))
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
        // How much is left does not matter: the purses decide, as long as relations and limits permit.
        let reason = if let Err(block) = allocation.permits_after(&allocation.after(&[]), project) {
            block.reason(instance)
        } else {
            Reason::PursesShort {
                short_by: shortage(view, run, project)?,
            }
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
    let supporters = view.election.profile().mentioned();
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

/// What the supporters of a project are short of its cost, rounded up: see [`Reason::PursesShort`].
fn shortage(view: &View<'_>, run: &mut Run, project: ProjectIx) -> Result<Money, Halt> {
    let Some(price) = view.price(project) else {
        return Ok(Money::ZERO);
    };
    let step = step_of(view.election.instance().cost_of(project));
    let sure = run
        .levels
        .missing(view.row(project), price.cost_near, Near::of_count(step));
    let steps = sure.or_else(|| {
        let bought = run.ledger.bought().len();
        let short = &price.cost - run.ledger.held(view, project, bought);
        short.checked_div(&Ratio::from(step))?.ceil().to_i128()
    });
    steps
        .and_then(|steps| steps.checked_mul(i128::from(step)))
        .and_then(Money::from_ten_thousandths)
        .ok_or_else(|| {
            Halt::Failed(CountError::NoFate {
                project: view.election.instance().id_of(project).to_owned(),
            })
        })
}

/// The greatest power of ten that is at most a ten-thousandth of a cost, and at least 0.01; in ten-thousandths.
fn step_of(cost: Money) -> u64 {
    let mut step = 100;
    // Costs are at most 10^28, so a step stays far below 2^63 wherever it is used: beyond, it need not grow.
    while step < 1_000_000_000_000 && i128::from(step) * 100_000 <= cost.ten_thousandths() {
        step *= 10;
    }
    step
}
