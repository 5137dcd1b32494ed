//! One run of the rule, tried or committed.

use crate::count::{Allocation, Block, Halt};
use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;
use crate::record::Fact;

use super::super::purses::{Part, Purses, State};
use super::super::{supporters, turns};

/// Whether a run is only tried, or moves money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Tried,
    Committed,
}

/// What each unit of weight of the payers pays, and how much weight pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) payment: Ratio,
    pub(super) weight: Ratio,
}

/// One purchase: what each unit of a payer's weight paid, and that for each unit of utility.
#[derive(Debug, Clone)]
pub(super) struct Purchase {
    pub(super) project: ProjectIx,
    pub(super) offer: Offer,
    pub(super) price: Ratio,
}

/// A run: the purses as they are now, and what was bought in order.
#[derive(Debug)]
pub(super) struct Run<'r, 'e> {
    election: &'e Election,
    /// Per project; 0 where it is not to be bought.
    utilities: &'r [Ratio],
    pub(super) purses: Purses<'e>,
    pub(super) bought: Vec<Purchase>,
    /// Out for the rest of this run.
    closed: Vec<bool>,
    /// The price of each project when it was looked at last: prices only grow.
    bounds: Vec<Ratio>,
    mode: Mode,
}

impl<'r, 'e> Run<'r, 'e> {
    pub(super) fn new(
        election: &'e Election,
        utilities: &'r [Ratio],
        purses: Purses<'e>,
        mode: Mode,
    ) -> Run<'r, 'e> {
        let projects = election.instance().projects().len();
        Run {
            election,
            utilities,
            purses,
            bought: Vec::new(),
            closed: vec![false; projects],
            bounds: vec![Ratio::ZERO; projects],
            mode,
        }
    }

    /// Buys, the best price first, until nothing can be bought.
    pub(super) fn finish(&mut self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let open = allocation.candidates();
        loop {
            let (mut tied, offers) = self.best(&open, allocation)?;
            if tied.is_empty() {
                return Ok(());
            }
            let ready = self.ready(&mut tied, allocation);
            if ready.is_empty() {
                if tied.is_empty() {
                    continue;
                }
                return Err(allocation.refuse("exact-equal-shares", turns::CIRCLE));
            }
            let next = match self.mode {
                Mode::Tried => allocation.try_untie(&ready)?,
                Mode::Committed => allocation.untie(&ready)?,
            };
            let Some((_, offer)) = offers.into_iter().find(|(project, _)| *project == next) else {
                return Ok(());
            };
            self.buy(next, offer, allocation)?;
        }
    }

    fn is_open(&self, project: ProjectIx) -> bool {
        self.closed
            .get(project.index())
            .is_some_and(|closed| !closed)
    }

    fn close(&mut self, project: ProjectIx) {
        if let Some(closed) = self.closed.get_mut(project.index()) {
            *closed = true;
        }
    }

    /// The projects of the best price, with what is paid for them.
    #[expect(clippy::type_complexity, reason = "two lists of the same projects")]
    fn best(
        &mut self,
        open: &[ProjectIx],
        allocation: &mut Allocation<'_>,
    ) -> Result<(Vec<ProjectIx>, Vec<(ProjectIx, Offer)>), Halt> {
        let bound = |project: ProjectIx| {
            self.bounds
                .get(project.index())
                .cloned()
                .unwrap_or_default()
        };
        let open = open.iter().filter(|&&project| self.is_open(project));
        let mut order: Vec<(Ratio, ProjectIx)> =
            open.map(|&project| (bound(project), project)).collect();
        order.sort();
        let (mut offers, mut best): (Vec<(ProjectIx, Offer)>, Option<Ratio>) = (Vec::new(), None);
        for (bound, project) in order {
            if best.as_ref().is_some_and(|best| bound > *best) {
                break;
            }
            let cost = self.election.instance().cost_of(project).to_ratio();
            let utility = self
                .utilities
                .get(project.index())
                .filter(|utility| utility.is_positive());
            let offer = utility.and_then(|utility| {
                let offer = self.offer(project, &cost)?;
                Some((offer.payment.checked_div(utility)?, offer))
            });
            allocation.work(1 + self.election.profile().len() as u64 / 8)?;
            let Some((price, offer)) = offer else {
                self.close(project);
                continue;
            };
            if best.as_ref().is_none_or(|best| price < *best) {
                offers.clear();
                best = Some(price.clone());
            }
            if best.as_ref() == Some(&price) {
                offers.push((project, offer));
            }
            if let Some(slot) = self.bounds.get_mut(project.index()) {
                *slot = price;
            }
        }
        let mut tied: Vec<ProjectIx> = offers.iter().map(|&(project, _)| project).collect();
        tied.sort_unstable();
        Ok((tied, offers))
    }

    /// The supporters of a project by what they have left.
    pub(super) fn parts(&self, project: ProjectIx) -> Vec<Part> {
        let voters = supporters::of_project(self.election, project);
        self.purses.parts(voters.map(|ballot| (ballot, 0)))
    }

    /// The largest group of supporters who can pay equal parts of the cost, found by leaving out those who cannot
    /// until all can; `None` if nobody is left.
    fn offer(&self, project: ProjectIx, cost: &Ratio) -> Option<Offer> {
        let mut parts = self.parts(project);
        loop {
            let weight: Ratio = parts.iter().map(|part| &part.weight).sum();
            let payment = cost.checked_div(&weight)?;
            let before = parts.len();
            parts.retain(|part| {
                let state = self.purses.state(part.state);
                state.is_some_and(|state| state.left >= payment)
            });
            if parts.len() == before {
                return Some(Offer { payment, weight });
            }
        }
    }

    /// What forbids a project besides money, given what this run has bought.
    fn veto(&self, project: ProjectIx, allocation: &Allocation<'_>) -> Option<Block> {
        // What was committed is in the books already.
        let bought: Vec<ProjectIx> = match self.mode {
            Mode::Tried => self.bought.iter().map(|bought| bought.project).collect(),
            Mode::Committed => Vec::new(),
        };
        allocation.after(&bought).permits(project).err()
    }

    /// Those of the tied whose turn it can be. What is forbidden is out, unless it waits for another of the tied.
    fn ready(
        &mut self,
        tied: &mut Vec<ProjectIx>,
        allocation: &mut Allocation<'_>,
    ) -> Vec<ProjectIx> {
        loop {
            let before = tied.len();
            let mut ready = Vec::new();
            for project in tied.clone() {
                match self.veto(project, allocation) {
                    None => ready.push(project),
                    Some(Block::Requires { project: other }) if tied.contains(&other) => {}
                    Some(block) => {
                        self.close(project);
                        tied.retain(|&other| other != project);
                        if self.mode == Mode::Committed {
                            allocation.reject(project, block.reason(self.election.instance()));
                        }
                    }
                }
            }
            if tied.len() == before {
                return ready;
            }
        }
    }

    fn buy(
        &mut self,
        project: ProjectIx,
        offer: Offer,
        allocation: &mut Allocation<'_>,
    ) -> Result<(), Halt> {
        let instance = self.election.instance();
        self.close(project);
        if self.mode == Mode::Committed {
            allocation.note(|| Fact::EqualPayment {
                project: instance.id_of(project),
                payment: &offer.payment,
                payers: &offer.weight,
            });
            if let Err(block) = allocation.select(project)? {
                allocation.reject(project, block.reason(instance));
                return Ok(());
            }
        }
        let payment = &offer.payment;
        let pays = |state: &State, _: u32| (state.left >= *payment).then(|| payment.clone());
        let voters: Vec<_> = supporters::of_project(self.election, project)
            .map(|ballot| (ballot, 0))
            .collect();
        let number = self.bought.len();
        self.purses.transfer(&voters, &pays, Some(number));
        let price = self
            .bounds
            .get(project.index())
            .cloned()
            .unwrap_or_default();
        self.bought.push(Purchase {
            project,
            offer,
            price,
        });
        Ok(())
    }
}
