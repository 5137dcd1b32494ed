//! The next larger budget with which the rule decides something else.
//!
//! Let every voter have `d` more for each unit of endowment. The run stays as it is, purchase by purchase, until for
//! some project `p` and some group `V` of its supporters a purchase becomes possible that would have had its turn
//! before: each of `V` could pay the equal part `q` at the price `ρ = q / u(p)`, when it would have been bought. At
//! that moment a voter has what is left in the end, and what was paid for purchases that come later: those of a
//! larger price, or of the same price where the tie chain puts `p` first. So a voter *needs*
//!
//! ```text
//! (q − left − paid later than (ρ, p)) / rate
//! ```
//!
//! more, `rate` being endowment per weight, and a group what its neediest member needs. A project that was bought
//! changes something only with more payers than it had.
//!
//! Of all groups, those count that are left when the neediest are dropped one after another: whoever needs more
//! than `d` is in no group that `d` can pay for, since with fewer payers the part of each, and so the need, only grows.

use crate::count::{Allocation, Halt};
use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;

use super::super::purses::Part;
use super::run::Run;

/// The smallest `d > 0` that changes something, among these projects; `None` if nothing ever will.
pub(super) fn next(
    election: &Election,
    utilities: &[Ratio],
    run: &Run<'_, '_>,
    projects: &[ProjectIx],
    allocation: &mut Allocation<'_>,
) -> Result<Option<Ratio>, Halt> {
    let mut least = None;
    for &project in projects {
        let utility = utilities
            .get(project.index())
            .filter(|utility| utility.is_positive());
        if let Some(utility) = utility {
            let cost = election.instance().cost_of(project).to_ratio();
            let mut group = Group {
                project,
                cost,
                utility,
                parts: run.parts(project),
                first: Vec::new(),
            };
            least = group.least(run, least, allocation)?;
        }
    }
    Ok(least)
}

/// The supporters of a project that are still looked at.
struct Group<'r> {
    project: ProjectIx,
    cost: Ratio,
    utility: &'r Ratio,
    parts: Vec<Part>,
    /// The purchases of the same price that were asked about, and whether the project goes before them.
    first: Vec<(usize, Ratio, bool)>,
}

impl Group<'_> {
    /// The smallest need above 0 of a group of this project, if it is below `least`; otherwise `least`.
    fn least(
        &mut self,
        run: &Run<'_, '_>,
        mut least: Option<Ratio>,
        allocation: &mut Allocation<'_>,
    ) -> Result<Option<Ratio>, Halt> {
        let own = run
            .bought
            .iter()
            .find(|purchase| purchase.project == self.project);
        loop {
            let weight: Ratio = self.parts.iter().map(|part| &part.weight).sum();
            let Some(payment) = self.cost.checked_div(&weight) else {
                return Ok(least);
            };
            if own.is_some_and(|own| own.offer.weight >= weight) {
                return Ok(least);
            }
            allocation.work(1 + self.parts.len() as u64)?;
            let mut needs = Vec::with_capacity(self.parts.len());
            for part in self.parts.clone() {
                needs.push(self.need(&part, &payment, run, allocation)?);
            }
            let before = self.parts.len();
            self.keep(|at| {
                least
                    .as_ref()
                    .is_none_or(|least| needs.get(at).is_some_and(|need| need < least))
            });
            if self.parts.len() < before {
                continue;
            }
            match needs.into_iter().max() {
                Some(most) if most.is_positive() => least = Some(most),
                _ => return Ok(least),
            }
        }
    }

    fn keep(&mut self, keep: impl Fn(usize) -> bool) {
        let mut at = 0;
        self.parts.retain(|_| {
            at += 1;
            keep(at - 1)
        });
    }

    /// What a voter of a part needs more, for each unit of endowment.
    fn need(
        &mut self,
        part: &Part,
        payment: &Ratio,
        run: &Run<'_, '_>,
        allocation: &mut Allocation<'_>,
    ) -> Result<Ratio, Halt> {
        let Some(state) = run.purses.state(part.state) else {
            return Ok(Ratio::ZERO);
        };
        let price = payment.checked_div(self.utility).unwrap_or_default();
        let mut need = payment - &state.left;
        for number in run.purses.paid(part.state) {
            let Some(purchase) = run.bought.get(number) else {
                continue;
            };
            let is_later = match purchase.price.cmp(&price) {
                std::cmp::Ordering::Less => break,
                std::cmp::Ordering::Greater => true,
                std::cmp::Ordering::Equal => {
                    self.goes_before(number, purchase.project, &price, allocation)?
                }
            };
            if is_later {
                need -= &purchase.offer.payment;
            }
        }
        Ok(need
            .checked_div(&run.purses.rate(state))
            .unwrap_or_default())
    }

    /// Does the project go before a purchase of the same price?
    fn goes_before(
        &mut self,
        number: usize,
        other: ProjectIx,
        price: &Ratio,
        allocation: &mut Allocation<'_>,
    ) -> Result<bool, Halt> {
        if other == self.project {
            return Ok(false);
        }
        let known = self
            .first
            .iter()
            .find(|(known, at, _)| *known == number && at == price);
        if let Some(&(_, _, known)) = known {
            return Ok(known);
        }
        let mut tied = [self.project, other];
        tied.sort_unstable();
        let first = allocation.try_untie(&tied)? == self.project;
        self.first.push((number, price.clone(), first));
        Ok(first)
    }
}
