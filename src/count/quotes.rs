//! Quotes: which pots would pay, or what forbids it.

use crate::budget::PotIx;
use crate::election::{Money, ProjectIx};

use super::allocation::Allocation;
use super::awards::Also;
use super::error::Halt;
use super::funding::{Block, Funding};
use super::sources::Left;

impl Allocation<'_> {
    /// What is left in all pots that pay for projects of this run together, the reserve apart. What is left for
    /// one project is [`available_for`](Allocation::available_for). Where a run takes the pots one at a time, that of
    /// the one at hand.
    #[must_use]
    pub fn available(&self) -> Money {
        if let Some(pot) = self.looked_at {
            return self.journal.left(pot);
        }
        let left = self
            .sources
            .pots()
            .into_iter()
            .map(|pot| self.journal.left(pot));
        Money::checked_sum(left).unwrap_or(Money::MAX)
    }

    /// The most that the pots which may pay for a project could pay for it now, whatever it costs.
    #[must_use]
    pub fn available_for(&self, project: ProjectIx) -> Money {
        self.with_left(|left| {
            let ways = self.sources.ways(project).iter();
            ways.map(|way| left.most(way)).max().unwrap_or_default()
        })
    }

    /// Which pots would pay this amount for a project: at least 0 and at most what
    /// [`cost_of`](Allocation::cost_of) it. The first in the order of
    /// the stage that can pay all of it does; a project of several areas may be paid by their pots in equal parts.
    ///
    /// # Errors
    /// The [`Block`] that forbids it; a limit before an empty pot.
    pub fn quote(&self, project: ProjectIx, amount: Money) -> Result<Funding, Block> {
        self.permitted(project, &Also::default())?;
        let cost = self.cost_of(project);
        if amount.is_negative() || amount > cost {
            return Err(Block::BadAmount { cost });
        }
        self.within_limits(project, amount)?;
        let parts = self.with_left(|left| left.pay(self.sources.ways(project), amount));
        match parts {
            Ok(parts) => Ok(Funding { project, parts }),
            Err(short_by) => Err(pot_empty(short_by)),
        }
    }

    /// Which pots would pay a project in full when the rest of its pots is topped up from the reserve.
    ///
    /// # Errors
    /// The [`Block`] that forbids it; `PotEmpty` says what the reserve is short by.
    pub fn quote_topped_up(&self, project: ProjectIx) -> Result<Funding, Block> {
        self.permitted(project, &Also::default())?;
        let cost = self.cost_of(project);
        self.within_limits(project, cost)?;
        let (available, mut parts) = self.with_left(|left| {
            let ways = self.sources.ways(project).iter();
            // Of equal ways the first.
            let best = ways.rev().max_by_key(|way| left.most(way));
            let available = best.map_or(Money::ZERO, |way| left.most(way)).min(cost);
            let parts = best.map_or_else(Vec::new, |way| left.parts(way, available));
            (available, parts)
        });
        let missing = cost.checked_sub(available).unwrap_or(Money::MAX);
        let (reserve, held) = match self.reserve() {
            Some(reserve) => (reserve, self.journal.left(reserve)),
            None => return Err(Block::PotEmpty { short_by: missing }),
        };
        match missing.checked_sub(held) {
            Some(short_by) if short_by > Money::ZERO => Err(Block::PotEmpty { short_by }),
            _ => {
                parts.push((reserve, missing));
                Ok(Funding { project, parts })
            }
        }
    }

    /// Could all of these be funded in full together?
    ///
    /// # Errors
    /// The first project that could not, with its [`Block`].
    pub fn admits(&self, projects: &[ProjectIx]) -> Result<(), (ProjectIx, Block)> {
        let mut also = self.awards.also();
        for &project in projects {
            self.awards.think_of(&mut also, project);
        }
        let mut limits = (!self.limits.is_empty()).then(|| self.limits.clone());
        self.with_left(|left| {
            for &project in projects {
                self.permitted(project, &also)
                    .map_err(|block| (project, block))?;
                let cost = self.cost_of(project);
                if let Some(limits) = &mut limits {
                    if let Some(crossed) = limits.crossed(project, cost, self.phase) {
                        return Err((project, Block::limit(&crossed)));
                    }
                    limits.book(project, cost);
                }
                match left.pay(self.sources.ways(project), cost) {
                    Ok(parts) => left.promise(&parts),
                    Err(short_by) => return Err((project, pot_empty(short_by))),
                }
            }
            Ok(())
        })
    }

    /// Opens the reserve of this step of the count, which tops up projects. A rule that runs again, with money
    /// that came later, finds what it left.
    ///
    /// # Errors
    /// [`Halt`] if the amount is negative, or is to come from a pot that holds less.
    pub fn open_reserve(&mut self, amount: Money) -> Result<(), Halt> {
        if self.reserve().is_none() {
            let name = if self.reserves.is_empty() {
                "reserve".to_owned()
            } else {
                format!("reserve-{}", self.reserves.len() + 1)
            };
            let pot = match self.reserve_from {
                Some(from) => self.journal.open_part(&name, from, amount)?,
                None => self.journal.open(&name, amount)?,
            };
            self.reserves.push((self.step, pot));
        }
        Ok(())
    }

    /// The reserve of this step of the count.
    fn reserve(&self) -> Option<PotIx> {
        self.reserves
            .iter()
            .find(|(step, _)| *step == self.step)
            .map(|&(_, pot)| pot)
    }

    pub(super) fn within_limits(&self, project: ProjectIx, amount: Money) -> Result<(), Block> {
        match self.limits.crossed(project, amount, self.phase) {
            Some(crossed) => Err(Block::limit(&crossed)),
            None => Ok(()),
        }
    }

    fn with_left<T>(&self, ask: impl FnOnce(&mut Left<'_>) -> T) -> T {
        let booked = |pot| self.journal.left(pot);
        ask(&mut Left::new(&booked, self.granularity))
    }

    /// The smallest part that awards have, whatever is split.
    #[must_use]
    pub fn granularity(&self) -> Money {
        self.granularity
    }
}

fn pot_empty(short_by: Option<Money>) -> Block {
    short_by.map_or(Block::NoPot, |short_by| Block::PotEmpty { short_by })
}
