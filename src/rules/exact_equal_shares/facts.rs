//! What is told of a run, so that everybody can follow it.

use crate::count::Allocation;
use crate::election::ProjectIx;
use crate::exact::Ratio;
use crate::record::Fact;

use super::run::Run;
use super::view::View;

/// Tells of a purchase: what everybody pays, and how many pay.
pub(super) fn purchase(
    view: &View<'_>,
    project: ProjectIx,
    weight: i128,
    allocation: &mut Allocation<'_>,
) {
    let (payment, payers) = (view.payment(project, weight), view.in_units(weight));
    allocation.note(|| Fact::EqualPayment {
        project: view.election.instance().id_of(project),
        payment: &payment,
        payers: &payers,
    });
}

/// Tells why the other projects that were looked at are not the next: their prices are not lower, now and later, or no group can
/// pay for them any more.
pub(super) fn rivals(run: &Run<'_, '_>, tied: &[ProjectIx], allocation: &mut Allocation<'_>) {
    if !allocation.is_watched() {
        return;
    }
    let instance = run.view.election.instance();
    let mut others = run.looked_at().to_vec();
    others.sort_unstable();
    others.dedup();
    // Of tied projects each may have to wait for another.
    others.retain(|other| tied.len() > 1 || !tied.contains(other));
    for other in others {
        let Some(claim) = run.claim(other) else {
            continue;
        };
        let project = instance.id_of(other);
        if claim.is_open {
            let rate = run.view.price(other, claim.weight);
            allocation.note(|| Fact::LowerBound {
                project,
                rate: &rate,
            });
        } else if claim.weight == 0 && run.view.is_useful(other) {
            let raised = raised(run, other);
            allocation.note(|| Fact::EquallyShort {
                project,
                raised: &raised,
            });
        }
    }
}

/// The most that supporters can raise if all who pay the same.
fn raised(run: &Run<'_, '_>, project: ProjectIx) -> Ratio {
    let supporters = run.view.supporters(project).iter();
    let mut purses: Vec<(Ratio, i128)> = supporters
        .map(|&ballot| (run.holdings.left(ballot), run.view.weight(ballot)))
        .collect();
    purses.sort_by(|(a, _), (b, _)| b.cmp(a));
    let raised = purses.iter().scan(0, |weight, (left, more)| {
        *weight += more;
        Some(left * &run.view.in_units(*weight))
    });
    raised.max().unwrap_or_default()
}
