//! Leftovers: what pots still hold when all stages are done, and why.

use crate::budget::PotIx;
use crate::count::Way;
use crate::election::{Money, ProjectIx};
use crate::law::{Cause, Redistribution};
use crate::record::Reason;

use super::run::Run;

/// Money that a pot still holds.
#[derive(Debug, Clone)]
pub(super) struct Leftover {
    /// The pot's place among those of the setting; none for what was saved.
    pub(super) at: Option<usize>,
    pub(super) pot: PotIx,
    pub(super) cause: Cause,
}

impl Run<'_> {
    /// The leftovers that a rule of redistribution takes, in the order of the pots, what was saved last. The pot that
    /// receives the rest keeps its own.
    pub(super) fn leftovers(&self, rule: &Redistribution, target: Option<usize>) -> Vec<Leftover> {
        let named: Option<Vec<usize>> = rule
            .pots
            .as_ref()
            .map(|ids| ids.iter().flat_map(|id| self.named(id)).collect());
        // The pots that stages name, whether a project competes for them or not.
        let stages = self.setting.law.stages.iter();
        let ids = stages.flat_map(|stage| &stage.pots);
        let paying: Vec<usize> = ids.flat_map(|id| self.named(id)).collect();
        let mut found = Vec::new();
        for (at, &pot) in self.pots.iter().enumerate() {
            let wanted = match &named {
                Some(named) => named.contains(&at),
                None => paying.contains(&at),
            };
            if !wanted || target == Some(at) || self.left(pot).is_zero() {
                continue;
            }
            let cause = self.cause(pot);
            if rule.from.contains(&cause) {
                let at = Some(at);
                found.push(Leftover { at, pot, cause });
            }
        }
        let saved = self.saved().filter(|_| rule.from.contains(&Cause::Saved));
        found.extend(saved);
        found
    }

    /// Why a pot still holds money: its rule stopped; or something would fit that lacks support or was withdrawn;
    /// or nothing would fit.
    fn cause(&self, pot: PotIx) -> Cause {
        let mut cause = Cause::Unspent;
        for project in self.setting.instance().project_indices() {
            if self.allocation.received(project).is_some() {
                continue;
            }
            let ways = self.ways_of(project);
            let Some(way) = ways.iter().find(|way| way.contains(&pot)) else {
                continue;
            };
            let reason = self.allocation.reason(project).map(|(_, reason)| reason);
            let fits = || self.most(way) >= self.allocation.cost_of(project);
            match reason {
                Some(Reason::PotStopped { .. }) => return Cause::Stopped,
                Some(Reason::BelowThreshold { .. } | Reason::TooFewAreas { .. }) if fits() => {
                    cause = Cause::Threshold;
                }
                Some(Reason::Withdrawn { .. }) if cause == Cause::Unspent && fits() => {
                    cause = Cause::Withdrawn;
                }
                _ => {}
            }
        }
        cause
    }

    /// How a project could be paid: as in the last stage that it took part in, or in the first that has a way.
    pub(super) fn ways_of(&self, project: ProjectIx) -> &[Way] {
        let of_stage = |at: usize| {
            let ways = self
                .ways
                .get(at)
                .and_then(|stage| stage.get(project.index()));
            ways.map_or(&[][..], Vec::as_slice)
        };
        let last = self.last.get(project.index()).copied().flatten();
        last.map(of_stage)
            .or_else(|| {
                (0..self.ways.len())
                    .map(of_stage)
                    .find(|ways| !ways.is_empty())
            })
            .unwrap_or(&[])
    }

    /// The most that a way can pay.
    pub(super) fn most(&self, way: &[PotIx]) -> Money {
        let least = way
            .iter()
            .map(|&pot| self.left(pot))
            .min()
            .unwrap_or_default();
        Money::checked_sum(std::iter::repeat_n(least, way.len())).unwrap_or(Money::MAX)
    }
}
