//! What is told of a run, so that everybody can follow it: rates, payments, and why no other project came first.

use std::collections::BTreeMap;

use crate::count::Allocation;
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::record::{Fact, Payment};

use super::run::{Claim, Low, Purchase, Run};
use super::trials::Accepted;
use super::view::View;

/// An amount in ten-thousandths as one in currency units.
pub(super) fn in_units(ten_thousandths: &Ratio) -> Ratio {
    let unit = Ratio::from(Money::from(1).ten_thousandths());
    ten_thousandths.checked_div(&unit).unwrap_or_default()
}

/// What one voter of each distinct ballot has left after all purchases, in currency units.
pub(super) fn left(view: &View<'_>, run: &mut Run) -> Vec<Ratio> {
    let after = u32::try_from(run.ledger.bought().len()).unwrap_or(u32::MAX);
    (0..)
        .zip(view.voters())
        .map(|(ballot, _)| in_units(&run.ledger.left(view, ballot, after)))
        .collect()
}

/// Tells how large the purses are.
pub(super) fn purses(accepted: &Accepted, allocation: &mut Allocation<'_>) {
    let share = in_units(&accepted.share);
    allocation.note(|| Fact::Purses {
        share: &share,
        increments: accepted.increments,
    });
}

/// Tells how much was computed.
pub(super) fn answers(accepted: &Accepted, run: &Run, allocation: &mut Allocation<'_>) {
    allocation.note(|| Fact::Answers {
        runs: accepted.runs,
        skipped: accepted.skipped,
        again: accepted.again,
        looks: accepted.looks,
        exact: run.ledger.answers,
    });
}

/// Tells what was found out, after `at` purchases, of the projects that are not the next.
pub(super) fn claims(
    view: &View<'_>,
    tied: &[ProjectIx],
    at: usize,
    run: &mut Run,
    allocation: &mut Allocation<'_>,
) {
    let instance = view.election.instance();
    let of_round = run
        .claims
        .iter()
        .flatten()
        .filter(|claim| claim.after == at);
    // The last that was found out about a project is the best.
    let last: BTreeMap<ProjectIx, Claim> = of_round
        .map(|claim| (claim.project, claim.clone()))
        .collect();
    for claim in last
        .into_values()
        .filter(|claim| !tied.contains(&claim.project))
    {
        let project = instance.id_of(claim.project);
        let rate = match &claim.low {
            Low::Rate(low) => low.to_ratio(),
            Low::Level(level) => per_utility(view, claim.project, level),
            Low::Short => None,
        };
        if let Some(rate) = rate {
            let rate = in_units(&rate);
            allocation.note(|| Fact::LowerBound {
                project,
                rate: &rate,
            });
        } else {
            let held = in_units(&run.ledger.held(view, claim.project, at));
            allocation.note(|| Fact::Short {
                project,
                held: &held,
            });
        }
    }
}

/// Tells of the purchase after `at` others.
pub(super) fn purchase(
    view: &View<'_>,
    purchase: &Purchase,
    at: usize,
    run: &mut Run,
    allocation: &mut Allocation<'_>,
) {
    if !allocation.is_watched() {
        return;
    }
    claims(view, &purchase.tied, at, run, allocation);
    let instance = view.election.instance();
    let level = run.ledger.level(view, at);
    let rate = in_units(&per_utility(view, purchase.project, &level).unwrap_or_default());
    let (in_full, rest) = payments(view, purchase.project, at, &level, run);
    allocation.note(|| Fact::Purchase {
        project: instance.id_of(purchase.project),
        rate: &rate,
        in_full: &in_full,
        rest: &rest,
    });
}

/// The rate for a level: both in ten-thousandths.
fn per_utility(view: &View<'_>, project: ProjectIx, level: &Ratio) -> Option<Ratio> {
    level.checked_div(&view.price(project)?.part)
}

/// Who pays how much: those who pay in full, and those who pay all the rest, each by amount.
fn payments(
    view: &View<'_>,
    project: ProjectIx,
    at: usize,
    level: &Ratio,
    run: &mut Run,
) -> (Vec<Payment>, Vec<Payment>) {
    let before = u32::try_from(at).unwrap_or(u32::MAX);
    let (mut in_full, mut rest) = (BTreeMap::new(), BTreeMap::new());
    for &ballot in view.supporters(project) {
        let held = run.ledger.left(view, ballot, before);
        let asked = view
            .slope(project, ballot)
            .map_or_else(|| level.clone(), |slope| level * slope);
        let payers = if held < asked {
            &mut rest
        } else {
            &mut in_full
        };
        *payers.entry(held.min(asked)).or_insert(0) += view.count(ballot);
    }
    let list = |payers: BTreeMap<Ratio, u64>| {
        let payments = payers
            .into_iter()
            .filter(|(amount, _)| amount.is_positive());
        let payment = |(amount, voters): (Ratio, u64)| Payment {
            voters,
            amount: in_units(&amount),
        };
        payments.map(payment).collect()
    };
    (list(in_full), list(rest))
}
