//! Sources: which pots may pay for which project.

use std::collections::BTreeMap;

use crate::budget::{PotIx, split_equally};
use crate::election::{Money, ProjectIx};

/// Pots that pay for a project together, each an equal part by largest remainder; usually one.
pub(crate) type Way = Vec<PotIx>;

/// Which pots may pay for which project, in the order in which they are asked. The first way that can pay all
/// of an amount does.
#[derive(Debug, Clone)]
pub(crate) enum Sources {
    /// One pot pays for all: its way, as a list of one.
    Common([Way; 1]),
    /// Each project has its own ways, in the order of the projects.
    Each(Vec<Vec<Way>>),
}

impl Sources {
    /// One pot pays for all projects.
    pub(crate) fn one(pot: PotIx) -> Sources {
        Sources::Common([vec![pot]])
    }

    /// The ways to pay for a project; none if no pot pays for it.
    pub(super) fn ways(&self, project: ProjectIx) -> &[Way] {
        match self {
            Sources::Common(ways) => ways,
            Sources::Each(each) => each.get(project.index()).map_or(&[], Vec::as_slice),
        }
    }

    /// All pots that may pay for something, each once, in order.
    pub(super) fn pots(&self) -> Vec<PotIx> {
        let mut pots: Vec<PotIx> = match self {
            Sources::Common(ways) => ways.concat(),
            Sources::Each(each) => each.iter().flatten().flatten().copied().collect(),
        };
        pots.sort_unstable();
        pots.dedup();
        pots
    }
}

/// What is left in pots, some of it spoken for.
pub(super) struct Left<'a> {
    booked: &'a dyn Fn(PotIx) -> Money,
    promised: BTreeMap<PotIx, Money>,
    granularity: Money,
}

impl<'a> Left<'a> {
    pub(super) fn new(booked: &'a dyn Fn(PotIx) -> Money, granularity: Money) -> Left<'a> {
        Left {
            booked,
            promised: BTreeMap::new(),
            granularity,
        }
    }

    fn of(&self, pot: PotIx) -> Money {
        let promised = self.promised.get(&pot).copied().unwrap_or_default();
        (self.booked)(pot).checked_sub(promised).unwrap_or_default()
    }

    /// The most that a way can pay.
    pub(super) fn most(&self, way: &[PotIx]) -> Money {
        let least = way
            .iter()
            .map(|&pot| self.of(pot))
            .min()
            .unwrap_or_default();
        let parts = std::iter::repeat_n(least, way.len());
        Money::checked_sum(parts).unwrap_or(Money::MAX)
    }

    /// What each pot of a way would pay.
    pub(super) fn parts(&self, way: &[PotIx], amount: Money) -> Vec<(PotIx, Money)> {
        let parts = split_equally(amount, way.len(), self.granularity);
        let parts = parts.unwrap_or_else(|| vec![Money::MAX; way.len()]);
        way.iter().copied().zip(parts).collect()
    }

    /// The first way that can pay, or what the best of them is short by; `None` if there is no way.
    pub(super) fn pay(
        &self,
        ways: &[Way],
        amount: Money,
    ) -> Result<Vec<(PotIx, Money)>, Option<Money>> {
        let mut least: Option<Money> = None;
        for way in ways {
            let parts = self.parts(way, amount);
            let missing = parts.iter().map(|&(pot, part)| {
                let missing = part.checked_sub(self.of(pot)).unwrap_or(Money::MAX);
                missing.max(Money::ZERO)
            });
            let missing = Money::checked_sum(missing).unwrap_or(Money::MAX);
            if missing.is_zero() {
                return Ok(parts);
            }
            least = Some(least.map_or(missing, |least| least.min(missing)));
        }
        Err(least)
    }

    /// Speaks for money, so that it is not there for the next.
    pub(super) fn promise(&mut self, parts: &[(PotIx, Money)]) {
        for &(pot, amount) in parts {
            let promised = self.promised.entry(pot).or_default();
            *promised = promised.checked_add(amount).unwrap_or(Money::MAX);
        }
    }
}
