//! Several stages on one allocation: what a regulation does between the runs of rules.

use std::sync::Arc;

use crate::budget::{Journal, Limits, Phase, PotIx};
use crate::election::{Election, Money, ProjectIx};
use crate::record::{Reason, RecordedLot, TieChain};

use super::allocation::Allocation;
use super::awards::{Also, Awards, Paid};
use super::error::{CountError, Halt};
use super::funding::{Block, Funding};
use super::meter::Meter;
use super::outcome::TieRecord;
use super::run::votes_of;
use super::script::Script;
use super::sources::Sources;
use super::ties::Ties;

/// What a stage begins with.
pub(crate) struct StageSetup {
    /// Its id, which lots refer to.
    pub(crate) id: String,
    /// Its number among all runs on this allocation; awards and reasons are marked with it.
    pub(crate) number: usize,
    /// Which pots pay.
    pub(crate) sources: Sources,
    /// From which pot a rule's reserve is taken.
    pub(crate) reserve_from: Option<PotIx>,
    /// How ties are settled.
    pub(crate) chain: TieChain,
    /// The lot drawn for it, if any.
    pub(crate) lot: Option<RecordedLot>,
    /// Who takes part, in the order of the projects.
    pub(crate) candidates: Vec<bool>,
    /// Whether it gives out leftovers.
    pub(crate) phase: Phase,
}

/// The state of an allocation, to go back to.
#[derive(Clone)]
pub(crate) struct Saved {
    journal: Journal,
    awards: Awards,
    limits: Limits,
    closed: Vec<bool>,
    reasons: Vec<Option<(usize, Reason)>>,
}

/// One payment, as a regulation reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Payment {
    pub(crate) project: ProjectIx,
    pub(crate) pot: PotIx,
    pub(crate) amount: Money,
    /// The number of the run that made it.
    pub(crate) during: usize,
}

impl<'a> Allocation<'a> {
    /// An allocation on books that are open already; no stage has begun, so nobody is a candidate.
    pub(crate) fn begin(
        election: &'a Election,
        journal: Journal,
        limits: Limits,
        granularity: Money,
    ) -> Allocation<'a> {
        let projects = election.instance().projects().len();
        Allocation {
            election,
            journal,
            limits,
            sources: Sources::Each(vec![Vec::new(); projects]),
            phase: Phase::Count,
            entitled: Vec::new(),
            looked_at: None,
            awards: Awards::new(election.instance()),
            ties: Ties::new("", TieChain::none(), None, None),
            meter: Meter::default(),
            votes: Arc::from(votes_of(election)),
            grants: None,
            granularity,
            outside: vec![true; projects],
            closed: vec![false; projects],
            out: vec![false; projects],
            reasons: vec![None; projects],
            rounds: 0,
            step: 0,
            during: 0,
            reserves: Vec::new(),
            reserve_from: None,
            observer: None,
        }
    }

    /// The same allocation with what has to be paid for each project, in the order of the projects.
    pub(crate) fn paying(mut self, grants: Vec<Money>) -> Allocation<'a> {
        self.grants = Some(grants.into());
        self
    }

    /// Lets a script answer the ties that the chains leave open.
    pub(crate) fn follow(&mut self, script: Option<Script>) {
        self.ties.script = script;
    }

    /// The script as it was used so far; it is no longer followed.
    pub(crate) fn take_script(&mut self) -> Option<Script> {
        self.ties.script.take()
    }

    /// Begins a stage: only its candidates are open. Gives the ties of the stage before.
    pub(crate) fn enter(&mut self, stage: StageSetup) -> Vec<TieRecord> {
        let mut script = self.take_script();
        if let Some(script) = &mut script {
            script.enter(&stage.id);
        }
        let before = std::mem::replace(
            &mut self.ties,
            Ties::new(&stage.id, stage.chain, stage.lot, script),
        );
        self.sources = stage.sources;
        self.reserve_from = stage.reserve_from;
        self.phase = stage.phase;
        self.during = stage.number;
        // Steps go on, so that each stage has a reserve of its own.
        self.step += 1;
        self.outside = stage
            .candidates
            .iter()
            .map(|takes_part| !takes_part)
            .collect();
        self.outside.resize(self.out.len(), true);
        self.closed.fill(false);
        before.records().to_vec()
    }

    /// Gives back what the stage's reserves have left to the pot that they came from.
    pub(crate) fn close_reserves(&mut self) -> Result<(), CountError> {
        let Some(from) = self.reserve_from else {
            return Ok(());
        };
        for &(_, pot) in &self.reserves {
            let left = self.journal.left(pot);
            if !left.is_zero() {
                self.journal.transfer(pot, from, left)?;
            }
        }
        Ok(())
    }

    /// From here on, awards and reasons are marked with this number.
    pub(crate) fn mark(&mut self, number: usize) {
        self.during = number;
    }

    /// Rules a project out of the whole count.
    pub(crate) fn rule_out(&mut self, project: ProjectIx, reason: Reason) {
        self.reject(project, reason);
        if let Some(out) = self.out.get_mut(project.index()) {
            *out = true;
        }
    }

    /// Opens again what this stage's rules have closed.
    pub(crate) fn reopen(&mut self) {
        self.closed.fill(false);
        self.ties.begin();
    }

    /// The books.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The books, for movements between pots; projects are paid by [`award`](Allocation::award) only.
    pub(crate) fn journal_mut(&mut self) -> &mut Journal {
        &mut self.journal
    }

    /// The limits and what was used of them.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn limits_mut(&mut self) -> &mut Limits {
        &mut self.limits
    }

    /// Every payment that stands, in order.
    pub(crate) fn payments(&self) -> impl Iterator<Item = Payment> {
        self.awards.paid().iter().map(|paid| Payment {
            project: paid.project,
            pot: paid.pot,
            amount: paid.amount,
            during: paid.during,
        })
    }

    /// What a project has received; `None` if it was never awarded anything.
    pub(crate) fn received(&self, project: ProjectIx) -> Option<Money> {
        self.awards.sum(project)
    }

    /// The last reason that was recorded for a project, with the number of the run.
    pub(crate) fn reason(&self, project: ProjectIx) -> Option<&(usize, Reason)> {
        self.reasons.get(project.index()).and_then(Option::as_ref)
    }

    /// Would money reach the project, were there enough: what limits, relations and earlier awards say.
    pub(crate) fn is_allowed(&self, project: ProjectIx, amount: Money) -> Result<(), Block> {
        self.permitted(project, &Also::default())?;
        self.within_limits(project, amount)
    }

    /// Takes a project's place away: the money goes back to the pots it came from.
    pub(crate) fn displace(&mut self, project: ProjectIx, by: &str) -> Result<(), Halt> {
        let paid = self.awards.take(project);
        let parts: Vec<(PotIx, Money)> = paid.iter().map(|paid| (paid.pot, paid.amount)).collect();
        self.journal.displace(project, &parts)?;
        let amount = Money::checked_sum(parts.iter().map(|&(_, amount)| amount));
        self.limits.take_back(project, amount.unwrap_or(Money::MAX));
        self.reject(project, Reason::Displaced { by: by.to_owned() });
        Ok(())
    }

    /// The state now, to go back to after a trial.
    pub(crate) fn save(&self) -> Saved {
        Saved {
            journal: self.journal.clone(),
            awards: self.awards.clone(),
            limits: self.limits.clone(),
            closed: self.closed.clone(),
            reasons: self.reasons.clone(),
        }
    }

    /// Goes back to a state.
    pub(crate) fn restore(&mut self, saved: Saved) {
        self.journal = saved.journal;
        self.awards = saved.awards;
        self.limits = saved.limits;
        self.closed = saved.closed;
        self.reasons = saved.reasons;
    }

    /// Pays a project from these pots, whether it has money already or not. Relations and limits have been asked before, by
    /// [`is_allowed`](Allocation::is_allowed) or [`is_allowed_more`](Allocation::is_allowed_more).
    pub(crate) fn top_up(
        &mut self,
        project: ProjectIx,
        parts: Vec<(PotIx, Money)>,
    ) -> Result<(), Halt> {
        self.pay(Funding { project, parts })?;
        Ok(())
    }

    /// Would limits allow more money for a project that has received some?
    pub(crate) fn is_allowed_more(&self, project: ProjectIx, more: Money) -> Result<(), Block> {
        let had = self.received(project).unwrap_or_default();
        let crossed = self.limits.crossed_by_more(project, had, more, self.phase);
        crossed.map_or(Ok(()), |crossed| Err(Block::limit(&crossed)))
    }

    /// Awards an amount to a project by a decision of people or as a claim on leftovers.
    pub(crate) fn grant(
        &mut self,
        project: ProjectIx,
        amount: Money,
    ) -> Result<Result<(), Block>, Halt> {
        match self.quote(project, amount) {
            Ok(funding) => self.award(funding).map(Ok),
            Err(block) => Ok(Err(block)),
        }
    }

    /// Books the money of a quote in journal, limits and awards.
    pub(super) fn pay(&mut self, funding: Funding) -> Result<Vec<(PotIx, Money)>, CountError> {
        let Funding { project, parts } = funding;
        self.journal.fund(project, &parts)?;
        let total = Money::checked_sum(parts.iter().map(|&(_, amount)| amount));
        let total = total.unwrap_or(Money::MAX);
        match self.awards.sum(project) {
            Some(had) => self.limits.book_more(project, had, total),
            None => self.limits.book(project, total),
        }
        // A project that costs nothing is paid nothing, by the first pot.
        let is_free = parts.iter().all(|(_, amount)| amount.is_zero());
        let paying: Vec<(PotIx, Money)> = if is_free {
            parts.first().copied().into_iter().collect()
        } else {
            parts
                .into_iter()
                .filter(|(_, amount)| !amount.is_zero())
                .collect()
        };
        for &(pot, amount) in &paying {
            self.awards.add(Paid {
                project,
                pot,
                amount,
                during: self.during,
            });
        }
        Ok(paying)
    }
}
