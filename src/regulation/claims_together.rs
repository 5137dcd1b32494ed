//! Claims of this edition's projects that share leftovers pro rata.

use crate::budget::{JournalFault, PotIx, ration};
use crate::count::{Allocation, Halt};
use crate::election::{Money, ProjectIx};
use crate::law::Claim;

use super::claims::Payable;
use super::error::{Stop, halted};
use super::leftovers::Leftover;
use super::run::Run;

/// A project that shares.
struct Claimant {
    project: ProjectIx,
    /// What its own pots pay.
    own: Vec<(PotIx, Money)>,
    missing: Money,
}

impl<'a> Run<'a> {
    /// All projects of the kind claim at once, in the order in which they would be served: each takes what its own pots hold
    /// and misses the rest, which all share in proportion. Who would get no granule is not funded by it, the first such
    /// project first, and the others share afresh.
    pub(super) fn serve_together(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<(), Stop> {
        let mut without = Vec::new();
        let (claimants, parts) = loop {
            let (claimants, parts) = self.shares(claim, pool, &without, stage)?;
            let gets_none = claimants
                .iter()
                .zip(&parts)
                .find(|(claimant, part)| part.is_zero() && !claimant.missing.is_zero());
            match gets_none {
                Some((claimant, _)) => without.push(claimant.project),
                None => break (claimants, parts),
            }
        };
        if claimants.is_empty() {
            self.allocation.record_tried();
            return Ok(());
        }
        // The same again, so that the ties of the order that counts are recorded, and then those that left somebody out.
        let saved = self.allocation.save();
        self.claimants(claim, pool, &without, Allocation::untie, stage)?;
        self.allocation.restore(saved);
        self.allocation.record_tried();
        // All take from their own pots before anybody takes what is left over in them.
        for claimant in &claimants {
            if claimant.own.iter().any(|(_, amount)| !amount.is_zero())
                || claimant.missing.is_zero()
            {
                let paid = self
                    .allocation
                    .top_up(claimant.project, claimant.own.clone());
                paid.map_err(halted(stage))?;
            }
        }
        for (claimant, part) in claimants.iter().zip(parts) {
            let from = self.take(pool, part);
            for &(left, moved) in &from {
                let to = self.id(claimant.project);
                self.note(left, to, claim.kind.code(), moved);
            }
            if !part.is_zero() {
                let parts = from
                    .iter()
                    .map(|(left, moved)| (left.pot, *moved))
                    .collect();
                let paid = self.allocation.top_up(claimant.project, parts);
                paid.map_err(halted(stage))?;
            }
        }
        Ok(())
    }

    /// Who claims and what each would get.
    fn shares(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        without: &[ProjectIx],
        stage: &str,
    ) -> Result<(Vec<Claimant>, Vec<Money>), Stop> {
        let saved = self.allocation.save();
        let claimants = self.claimants(claim, pool, without, Allocation::try_untie, stage)?;
        let there = self.in_all(pool);
        self.allocation.restore(saved);
        let missing: Vec<Money> = claimants.iter().map(|claimant| claimant.missing).collect();
        let granularity = self.allocation.granularity();
        let parts = ration(there, &missing, granularity);
        let parts = parts.map_err(|_| JournalFault::BadAmount)?;
        Ok((claimants, parts))
    }

    /// Who claims, in the order in which they would be served, up to where it is clear that somebody gets nothing. What
    /// their own pots pay is booked, and limits are as if all were paid in full: the state must be restored afterwards.
    fn claimants(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        without: &[ProjectIx],
        untie: impl Fn(&mut Allocation<'a>, &[ProjectIx]) -> Result<ProjectIx, Halt>,
        stage: &str,
    ) -> Result<Vec<Claimant>, Stop> {
        let mut claimants = Vec::new();
        let mut passed: Vec<ProjectIx> = without.to_vec();
        loop {
            let open = self.allocation.candidates().into_iter();
            let payable: Vec<Payable> = open
                .filter(|project| !passed.contains(project))
                .filter(|&project| self.may_claim(&claim.kind, project))
                .filter_map(|project| self.claimed(claim, project))
                .collect();
            let work = self.allocation.work(1 + payable.len() as u64);
            work.map_err(halted(stage))?;
            let tied = self.best(self.first(claim, &payable));
            if tied.is_empty() {
                return Ok(claimants);
            }
            let next = untie(&mut self.allocation, &tied).map_err(halted(stage))?;
            passed.push(next);
            let Some(payable) = payable.iter().find(|payable| payable.project == next) else {
                continue;
            };
            let Ok(funding) = self.allocation.quote(next, payable.covered) else {
                continue;
            };
            let own = funding.parts().to_vec();
            self.allocation.award(funding).map_err(halted(stage))?;
            let missing = payable.amount.checked_sub(payable.covered);
            let missing = missing.unwrap_or_default();
            let limits = self.allocation.limits_mut();
            limits.book_more(next, payable.covered, missing);
            claimants.push(Claimant {
                project: next,
                own,
                missing,
            });
            // Own pots only take from what is left, so the first who misses something will get no granule.
            let misses = claimants.iter().any(|claimant| !claimant.missing.is_zero());
            if misses && self.in_all(pool) < self.allocation.granularity() {
                return Ok(claimants);
            }
        }
    }

    /// What a project claims, whatever the leftovers hold: its full cost, if limits allow it.
    fn claimed(&self, claim: &Claim, project: ProjectIx) -> Option<Payable> {
        let cost = self.allocation.cost_of(project);
        let covered = self.covered(claim, project)?;
        self.allocation.is_allowed(project, cost).ok()?;
        Some(Payable {
            project,
            amount: cost,
            covered,
        })
    }
}
