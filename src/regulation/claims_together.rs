//! Claims of this edition's projects that share leftovers pro rata.

use crate::budget::{JournalFault, PotIx, gives_everyone, ration};
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

/// Who joins those who share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Everybody who claims.
    Everyone,
    /// Whoever leaves all who share, and itself, at least a granule of what they miss.
    WhereAllGet,
}

/// How the next of equals is chosen.
type Untie<'a> = fn(&mut Allocation<'a>, &[ProjectIx]) -> Result<ProjectIx, Halt>;

impl<'a> Run<'a> {
    /// All projects of the kind claim at once, in the order in which they would be served: each takes what its own pots hold
    /// and misses the rest, which all share in proportion.
    ///
    /// Where somebody would get no granule of it, they come one after another, and whoever would leave anybody without one,
    /// itself included, is left out. Those who were left out share what remains once all others have what they miss. So
    /// in the end less than a granule is left, or nobody can take one. O(m²) looks at projects for m of them, and where somebody
    /// would get no granule, m divisions of the rest.
    pub(super) fn serve_together(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<(), Stop> {
        loop {
            let claimants = self.who_shares(claim, pool, stage)?;
            self.allocation.record_tried();
            if claimants.is_empty() {
                return Ok(());
            }
            self.pay_together(claim, claimants, pool, stage)?;
            if self.in_all(pool) < self.allocation.granularity() {
                return Ok(());
            }
        }
    }

    /// Who shares, in order. The ties of the order that counts are recorded.
    fn who_shares(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<Vec<Claimant>, Stop> {
        let mut listed = |join: Join, untie: Untie<'a>| {
            let saved = self.allocation.save();
            let claimants = self.claimants(claim, pool, join, untie, stage);
            self.allocation.restore(saved);
            claimants
        };
        let join = match listed(Join::Everyone, Allocation::try_untie)? {
            Some(_) => Join::Everyone,
            None => Join::WhereAllGet,
        };
        Ok(listed(join, Allocation::untie)?.unwrap_or_default())
    }

    /// Who claims, in the order in which they would be served; `None` if somebody who joins gets nothing. What their own pots
    /// pay is booked, and limits are as if all were paid in full: the state must be restored afterwards.
    fn claimants(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        join: Join,
        untie: Untie<'a>,
        stage: &str,
    ) -> Result<Option<Vec<Claimant>>, Stop> {
        let mut claimants: Vec<Claimant> = Vec::new();
        let mut missing: Vec<Money> = Vec::new();
        let mut passed = vec![false; self.setting.instance().projects().len()];
        while let Some(payable) = self.next_claimant(claim, &passed, untie, stage)? {
            let project = payable.project;
            if let Some(passed) = passed.get_mut(project.index()) {
                *passed = true;
            }
            let Ok(funding) = self.allocation.quote(project, payable.covered) else {
                continue;
            };
            let own = funding.parts().to_vec();
            let more = payable.amount.checked_sub(payable.covered);
            missing.push(more.unwrap_or_default());
            if join == Join::WhereAllGet {
                let work = self.allocation.work(missing.len() as u64);
                work.map_err(halted(stage))?;
                if !self.all_get(pool, &own, &missing)? {
                    missing.pop();
                    continue;
                }
            }
            self.allocation.award(funding).map_err(halted(stage))?;
            let more = missing.last().copied().unwrap_or_default();
            let limits = self.allocation.limits_mut();
            limits.book_more(project, payable.covered, more);
            claimants.push(Claimant {
                project,
                own,
                missing: more,
            });
        }
        let all_get = join == Join::WhereAllGet || self.all_get(pool, &[], &missing)?;
        Ok(all_get.then_some(claimants))
    }

    /// The next who claims of those who have not been passed.
    fn next_claimant(
        &mut self,
        claim: &Claim,
        passed: &[bool],
        untie: Untie<'a>,
        stage: &str,
    ) -> Result<Option<Payable>, Stop> {
        let was_passed = |project: ProjectIx| passed.get(project.index()).copied();
        let open = self.allocation.candidates().into_iter();
        let payable: Vec<Payable> = open
            .filter(|&project| was_passed(project) == Some(false))
            .filter(|&project| self.may_claim(&claim.kind, project))
            .filter_map(|project| self.claimed(claim, project))
            .collect();
        let work = self.allocation.work(1 + payable.len() as u64);
        work.map_err(halted(stage))?;
        let tied = self.best(self.first(claim, &payable));
        if tied.is_empty() {
            return Ok(None);
        }
        let next = untie(&mut self.allocation, &tied).map_err(halted(stage))?;
        Ok(payable.into_iter().find(|payable| payable.project == next))
    }

    /// Does everybody who misses something get a part of it, once so much is taken from own pots?
    fn all_get(
        &self,
        pool: &[Leftover],
        own: &[(PotIx, Money)],
        missing: &[Money],
    ) -> Result<bool, Stop> {
        let of_pool = |pot: PotIx| pool.iter().any(|left| left.pot == pot);
        let taken = own.iter().filter(|&&(pot, _)| of_pool(pot));
        let taken = Money::checked_sum(taken.map(|&(_, amount)| amount));
        let there = self.in_all(pool).checked_sub(taken.unwrap_or_default());
        let granularity = self.allocation.granularity();
        let all = gives_everyone(there.unwrap_or_default(), missing, granularity);
        Ok(all.map_err(|_| JournalFault::BadAmount)?)
    }

    /// Pays those who share. All take from their own pots before anybody takes what is left over in them.
    fn pay_together(
        &mut self,
        claim: &Claim,
        claimants: Vec<Claimant>,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<(), Stop> {
        for Claimant {
            project,
            own,
            missing,
        } in &claimants
        {
            if own.iter().any(|(_, amount)| !amount.is_zero()) || missing.is_zero() {
                let paid = self.allocation.top_up(*project, own.clone());
                paid.map_err(halted(stage))?;
            }
        }
        let missing: Vec<Money> = claimants.iter().map(|claimant| claimant.missing).collect();
        let granularity = self.allocation.granularity();
        let parts = ration(self.in_all(pool), &missing, granularity);
        let parts = parts.map_err(|_| JournalFault::BadAmount)?;
        for (claimant, part) in claimants.into_iter().zip(parts) {
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
