//! One run of the rule, tried or committed.

use std::cmp::Ordering;

use crate::count::{After, Allocation, Block, Halt};
use crate::election::ProjectIx;
use crate::exact::Ratio;

use super::super::turns;
use super::facts;
use super::holdings::Holdings;
use super::view::{TOO_FINE, View};

/// Whether a run is only tried, or moves money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Tried,
    Committed,
}

/// What is known of a project in a run.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// The distinct ballots that could pay when they were looked at last.
    pub(super) payers: Vec<u32>,
    /// Their weight: the price is at least that of all of them paying, since prices only grow.
    pub(super) weight: i128,
    /// With which weight it had its turn, and after how many purchases the last time; the weights fall.
    turns: Vec<(i128, usize)>,
    /// The weight with which it was bought or refused; 0 if it was neither.
    settled: i128,
    /// Not out for the rest of this run.
    pub(super) is_open: bool,
}

impl Claim {
    /// It has its turn after so many purchases.
    fn turn(&mut self, now: usize) {
        match self.turns.last_mut() {
            Some((weight, last)) if *weight == self.weight => *last = now,
            _ => self.turns.push((self.weight, now)),
        }
    }

    /// Can it have its turn with this weight no more: was it bought or refused with as much or more?
    pub(super) fn is_settled(&self, weight: i128) -> bool {
        weight <= self.settled
    }

    /// The purchase that another got when both had their turn, this one with this weight; the last one if there are several.
    pub(super) fn lost_to(&self, weight: i128) -> Option<usize> {
        let turn = self.turns.iter().find(|turn| turn.0 == weight);
        turn.map(|&(_, winner)| winner)
    }
}

/// A run: the purses as they are now, and what was bought in order.
#[derive(Debug)]
pub(super) struct Run<'v, 'e> {
    pub(super) view: &'v View<'e>,
    pub(super) holdings: Holdings<'v, 'e>,
    /// Per project.
    claims: Vec<Claim>,
    /// The projects that were looked at since the last purchase.
    looked_at: Vec<ProjectIx>,
    mode: Mode,
    /// The law after what this run has bought and not committed.
    after: After,
}

impl<'v, 'e> Run<'v, 'e> {
    /// With this much more for each unit of endowment.
    pub(super) fn new(
        view: &'v View<'e>,
        extra: &Ratio,
        mode: Mode,
        allocation: &Allocation<'_>,
    ) -> Result<Run<'v, 'e>, Halt> {
        let holdings = Holdings::new(view, extra)
            .ok_or_else(|| allocation.refuse("exact-equal-shares", TOO_FINE))?;
        let claim = |project| Claim {
            payers: view.supporters(project).to_vec(),
            weight: view.support(project),
            turns: Vec::new(),
            settled: 0,
            is_open: view.is_useful(project),
        };
        Ok(Run {
            view,
            holdings,
            claims: view
                .election
                .instance()
                .project_indices()
                .map(claim)
                .collect(),
            looked_at: allocation.candidates(),
            mode,
            after: allocation.after(&[]),
        })
    }

    /// Buys, the best price first, until nothing can be bought.
    pub(super) fn finish(&mut self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let open = allocation.candidates();
        loop {
            let mut tied = self.best(&open, allocation)?;
            if self.mode == Mode::Committed {
                facts::rivals(self, &tied, allocation);
            }
            self.looked_at.clear();
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
            self.buy(next, allocation)?;
        }
    }

    pub(super) fn claim(&self, project: ProjectIx) -> Option<&Claim> {
        self.claims.get(project.index())
    }

    fn open_claim(&self, project: ProjectIx) -> Option<&Claim> {
        self.claim(project).filter(|claim| claim.is_open)
    }

    fn close(&mut self, project: ProjectIx) {
        if let Some(claim) = self.claims.get_mut(project.index()) {
            claim.is_open = false;
            claim.settled = claim.weight;
        }
    }

    /// The projects of the best price, in the order of their ids.
    fn best(
        &mut self,
        open: &[ProjectIx],
        allocation: &mut Allocation<'_>,
    ) -> Result<Vec<ProjectIx>, Halt> {
        let bound = |project: ProjectIx| Some((project, self.open_claim(project)?.weight));
        let mut order: Vec<(ProjectIx, i128)> = open.iter().copied().filter_map(bound).collect();
        order.sort_by(|&a, &b| self.view.compare(a, b));
        let mut tied: Vec<(ProjectIx, i128)> = Vec::new();
        for bound in order {
            let (project, _) = bound;
            let best = tied.first().copied();
            if best.is_some_and(|best| self.view.compare(bound, best).is_gt()) {
                break;
            }
            let Some(claim) = self.claims.get_mut(project.index()) else {
                continue;
            };
            allocation.work(1 + claim.payers.len() as u64 / 8)?;
            self.looked_at.push(project);
            let weight = self
                .holdings
                .keep_payers(project, &mut claim.payers, claim.weight);
            claim.weight = weight;
            if weight == 0 {
                claim.is_open = false;
                continue;
            }
            let order = best.map(|best| self.view.compare((project, weight), best));
            if order == Some(Ordering::Less) {
                tied.clear();
            }
            if order != Some(Ordering::Greater) {
                tied.push((project, weight));
            }
        }
        let now = self.holdings.bought.len();
        for &(project, _) in &tied {
            if let Some(claim) = self.claims.get_mut(project.index()) {
                claim.turn(now);
            }
        }
        let mut tied: Vec<ProjectIx> = tied.into_iter().map(|(project, _)| project).collect();
        tied.sort_unstable();
        Ok(tied)
    }

    /// The projects that were looked at since the last purchase; before the first one, all.
    pub(super) fn looked_at(&self) -> &[ProjectIx] {
        &self.looked_at
    }

    /// What forbids a project besides money, given what this run has bought.
    fn veto(&self, project: ProjectIx, allocation: &Allocation<'_>) -> Option<Block> {
        allocation.permits_after(&self.after, project).err()
    }

    /// What was bought, in order.
    pub(super) fn bought(&self) -> impl Iterator<Item = ProjectIx> + '_ {
        let bought = self.holdings.bought.iter();
        bought.map(|purchase| purchase.project)
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
                            let instance = self.view.election.instance();
                            allocation.reject(project, block.reason(instance));
                        }
                    }
                }
            }
            if tied.len() == before {
                return ready;
            }
        }
    }

    fn buy(&mut self, project: ProjectIx, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        self.close(project);
        let Some(claim) = self.claims.get(project.index()) else {
            return Ok(());
        };
        if self.mode == Mode::Committed {
            let instance = self.view.election.instance();
            facts::purchase(self.view, project, claim.weight, allocation);
            if let Err(block) = allocation.select(project)? {
                allocation.reject(project, block.reason(instance));
                return Ok(());
            }
        }
        self.holdings.buy(project, &claim.payers, claim.weight);
        match self.mode {
            Mode::Tried => allocation.go_on(&mut self.after, project),
            Mode::Committed => self.after = allocation.after(&[]),
        }
        Ok(())
    }
}
