//! Claims on leftovers, served one at a time: after each payment everything is looked at anew.

use std::cmp::Reverse;

use crate::budget::{PotIx, split_equally};
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::law::{Cause, Claim, ClaimKind, Measure, Pay};
use crate::record::Reason;

use super::balance::{least_served, received};
use super::edition::{AwardKind, Redistributed};
use super::error::{Stop, halted};
use super::leftovers::Leftover;
use super::run::Run;

/// A project that may be paid now.
pub(super) struct Payable {
    pub(super) project: ProjectIx,
    /// What it would receive in all.
    pub(super) amount: Money,
    /// What its own pots would give.
    pub(super) covered: Money,
}

impl Run<'_> {
    /// Serves one kind of claim: of the register, or of this edition until nobody can be paid any more.
    pub(super) fn serve(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<(), Stop> {
        let kind = match claim.kind {
            ClaimKind::AlmostFunded { .. } => AwardKind::AlmostFunded,
            ClaimKind::NextOnList => AwardKind::NextOnList,
            ClaimKind::UnderServed { .. } => AwardKind::UnderServed,
            _ => return self.serve_register(claim, pool, stage),
        };
        let number = self.mark(stage, kind);
        self.allocation.mark(number);
        if claim.pay == Pay::ProRata {
            return self.serve_together(claim, pool, stage);
        }
        loop {
            let payable = self.payable(claim, pool);
            self.allocation
                .work(1 + payable.len() as u64)
                .map_err(halted(stage))?;
            let tied = self.best(self.first(claim, &payable));
            if tied.is_empty() {
                return Ok(());
            }
            let next = self.allocation.untie(&tied).map_err(halted(stage))?;
            let Some(payable) = payable.iter().find(|payable| payable.project == next) else {
                return Ok(());
            };
            if !self.pay(claim, payable, pool, stage)? {
                return Ok(());
            }
        }
    }

    /// Who may claim and could be paid now.
    fn payable(&self, claim: &Claim, pool: &[Leftover]) -> Vec<Payable> {
        let candidates = self.allocation.candidates().into_iter();
        candidates
            .filter(|&project| self.may_claim(&claim.kind, project))
            .filter_map(|project| self.offer(claim, project, pool))
            .collect()
    }

    /// Is this a project of the claim's kind? Who lacks support or is not admitted never is.
    pub(super) fn may_claim(&self, kind: &ClaimKind, project: ProjectIx) -> bool {
        let reason = self.allocation.reason(project).map(|(_, reason)| reason);
        match kind {
            ClaimKind::AlmostFunded { .. } => matches!(reason, Some(Reason::Misfit { .. })),
            ClaimKind::UnderServed { .. } if self.setting.ground.charged(project).is_empty() => {
                false
            }
            _ => matches!(
                reason,
                None | Some(
                    Reason::Misfit { .. }
                        | Reason::PotStopped { .. }
                        | Reason::LimitReached { .. }
                        | Reason::NotReached
                        | Reason::NotChosen
                        | Reason::RequirementMissing { .. }
                )
            ),
        }
    }

    /// What a project would be paid, if limits and money allow it.
    fn offer(&self, claim: &Claim, project: ProjectIx, pool: &[Leftover]) -> Option<Payable> {
        let cost = self.allocation.cost_of(project);
        let way = self.best_way(project)?;
        let covered = self.covered(claim, project)?;
        let missing = cost.checked_sub(covered)?;
        let others = pool.iter().filter(|left| !way.contains(&left.pot));
        let there = Money::checked_sum(others.map(|left| self.left(left.pot)))?;
        let paid = match &claim.pay {
            Pay::Partial(share) if there < missing => {
                let granularity = self.allocation.granularity();
                let paid = Money::floor_to(&there.to_ratio(), granularity)?;
                share.is_reached(paid, missing).then_some(paid)?
            }
            Pay::Capped(cap) => {
                let part = missing.min(*cap);
                (there >= part).then_some(part)?
            }
            _ => (there >= missing).then_some(missing)?,
        };
        let amount = covered.checked_add(paid)?;
        if amount.is_zero() && !cost.is_zero() {
            return None;
        }
        self.allocation.is_allowed(project, amount).ok()?;
        Some(Payable {
            project,
            amount,
            covered,
        })
    }

    /// What a project's own pots would give it, if that is enough for a claim of the kind.
    pub(super) fn covered(&self, claim: &Claim, project: ProjectIx) -> Option<Money> {
        let cost = self.allocation.cost_of(project);
        let covered = self.most(self.best_way(project)?).min(cost);
        match &claim.kind {
            ClaimKind::AlmostFunded { min_covered } => {
                min_covered.is_reached(covered, cost).then_some(covered)
            }
            _ => Some(covered),
        }
    }

    /// The way that can pay most now; of equal ways the first.
    fn best_way(&self, project: ProjectIx) -> Option<&[PotIx]> {
        let ways = self.ways_of(project).iter().rev();
        ways.max_by_key(|way| self.most(way)).map(Vec::as_slice)
    }

    /// Those who come first by the claim's own measure; rank decides among them.
    pub(super) fn first(&self, claim: &Claim, payable: &[Payable]) -> Vec<ProjectIx> {
        let all = || payable.iter().map(|payable| payable.project);
        match &claim.kind {
            ClaimKind::AlmostFunded { .. } => {
                let share = |payable: &Payable| {
                    let cost = self.allocation.cost_of(payable.project).to_ratio();
                    let share = payable.covered.to_ratio().checked_div(&cost);
                    share.unwrap_or(Ratio::ONE)
                };
                let most = payable.iter().map(share).max();
                let first = payable
                    .iter()
                    .filter(|payable| Some(share(payable)) == most);
                first.map(|payable| payable.project).collect()
            }
            ClaimKind::UnderServed { measure } => {
                let open: Vec<ProjectIx> = all().collect();
                let served = self.served(*measure);
                least_served(&self.setting.ground, &open, |area| {
                    let (has_winner, value) = served.get(area).cloned().unwrap_or_default();
                    (has_winner, value.unwrap_or_default())
                })
            }
            _ => all().collect(),
        }
    }

    /// What each area has: first whether it has a winner, then the measure; `None` where that is not defined.
    pub(super) fn served(&self, measure: Measure) -> Vec<(bool, Option<Ratio>)> {
        let ground = &self.setting.ground;
        let money = received(ground, &self.allocation);
        let (mut winners, mut candidates) = (
            vec![0_u64; ground.areas.len()],
            vec![0_u64; ground.areas.len()],
        );
        for project in self.setting.instance().project_indices() {
            let won = self.allocation.received(project).is_some();
            for &area in ground.charged(project) {
                let add = |counts: &mut Vec<u64>, one: bool| {
                    if let Some(count) = counts.get_mut(area) {
                        *count += u64::from(one);
                    }
                };
                add(&mut winners, won);
                add(&mut candidates, won || self.setting.is_admitted(project));
            }
        }
        let of = |counts: &[u64], area: usize| {
            Ratio::from(counts.get(area).copied().unwrap_or_default())
        };
        (0..ground.areas.len())
            .map(|area| {
                let amount = money.get(area).copied().unwrap_or_default().to_ratio();
                let value = match measure {
                    Measure::Winners => Some(of(&winners, area)),
                    Measure::Amount => Some(amount),
                    Measure::AmountPerInhabitant => ground
                        .positive(area, "population")
                        .and_then(|people| amount.checked_div(people)),
                    Measure::SuccessRate => of(&winners, area).checked_div(&of(&candidates, area)),
                };
                let has_winner = winners.get(area).is_some_and(|&count| count > 0);
                (has_winner, value)
            })
            .collect()
    }

    /// The best-ranked of some projects, by their places in the last stage that each took part in; several where they are
    /// equal.
    pub(super) fn best(&self, projects: Vec<ProjectIx>) -> Vec<ProjectIx> {
        let place = |project: ProjectIx| {
            let at = self.last.get(project.index()).copied().flatten();
            let order = at.and_then(|at| self.order(at));
            order.map_or(usize::MAX, |order| order.place(project))
        };
        let best = projects.iter().map(|&project| place(project)).min();
        let of_best = projects.into_iter();
        let mut tied: Vec<ProjectIx> = of_best
            .filter(|&project| Some(place(project)) == best)
            .collect();
        tied.sort_unstable();
        tied
    }

    /// Moves what is missing to the project's own pots, from the largest leftovers first, and pays it.
    fn pay(
        &mut self,
        claim: &Claim,
        payable: &Payable,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<bool, Stop> {
        let Some(way) = self.best_way(payable.project).map(<[PotIx]>::to_vec) else {
            return Ok(false);
        };
        let granularity = self.allocation.granularity();
        let parts = split_equally(payable.amount, way.len(), granularity).unwrap_or_default();
        let mut givers: Vec<&Leftover> = pool
            .iter()
            .filter(|left| !way.contains(&left.pot))
            .collect();
        // The sort is stable: of equal leftovers the first pot gives.
        givers.sort_by_key(|left| Reverse(self.left(left.pot)));
        for (&pot, part) in way.iter().zip(parts) {
            let mut missing = part.checked_sub(self.left(pot)).unwrap_or_default();
            for left in &givers {
                let moved = missing.min(self.left(left.pot));
                if missing <= Money::ZERO || moved.is_zero() {
                    continue;
                }
                self.allocation
                    .journal_mut()
                    .transfer(left.pot, pot, moved)?;
                let to = self.id(payable.project);
                self.note(left, to, claim.kind.code(), moved);
                missing = missing.checked_sub(moved).unwrap_or_default();
            }
        }
        let granted = self.allocation.grant(payable.project, payable.amount);
        Ok(granted.map_err(halted(stage))?.is_ok())
    }

    /// Notes where leftovers went.
    pub(super) fn note(&mut self, from: &Leftover, to: String, claim: &str, amount: Money) {
        let moved = self.redistribution(from, to, claim, amount);
        self.redistributed.push(moved);
    }

    /// Leftovers that go somewhere, for the report.
    pub(super) fn redistribution(
        &self,
        from: &Leftover,
        to: String,
        claim: &str,
        amount: Money,
    ) -> Redistributed {
        let cause: Cause = from.cause;
        Redistributed {
            from: self.allocation.journal().pot_id(from.pot).to_owned(),
            to,
            edition: None,
            claim: claim.to_owned(),
            amount,
            cause: cause.code().to_owned(),
        }
    }
}
