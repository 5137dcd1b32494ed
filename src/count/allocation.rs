//! The allocation: what a rule may do, and nothing else.

use std::sync::Arc;

use crate::budget::{Journal, Limits, Phase, PotIx};
use crate::election::{AreaIx, Election, Instance, Money, ProjectIx};
use crate::exact::Ratio;
use crate::record::{Event, Fact, Reason};

use super::awards::{Also, Awards};
use super::error::{CountError, Halt};
use super::funding::{Block, Funding};
use super::meter::Meter;
use super::observer::Observer;
use super::script::{Script, State};
use super::sources::Sources;
use super::ties::Ties;

/// The one thing through which a rule changes the world. Every verb keeps the law and the record.
///
/// Candidates come in the order of their ids, never of the file. Money moves only by
/// [`award`](Allocation::award); among equals only [`untie`](Allocation::untie) chooses.
pub struct Allocation<'a> {
    pub(super) election: &'a Election,
    pub(super) journal: Journal,
    /// What watches the money.
    pub(super) limits: Limits,
    /// Which pots pay for which project.
    pub(super) sources: Sources,
    pub(super) phase: Phase,
    /// The pots in which only those have a purse who live in an area.
    pub(super) entitled: Vec<(PotIx, AreaIx)>,
    /// The only pot that the run sees, if it takes them one at a time.
    pub(super) looked_at: Option<PotIx>,
    pub(super) awards: Awards,
    pub(super) ties: Ties,
    pub(super) meter: Meter,
    pub(super) votes: Arc<[Ratio]>,
    /// What has to be paid for each project, where that is not its cost.
    pub(super) grants: Option<Arc<[Money]>>,
    /// The smallest part that awards and equal shares have.
    pub(super) granularity: Money,
    /// Takes no part in this stage.
    pub(super) outside: Vec<bool>,
    /// Closed for the rest of the rule's run.
    pub(super) closed: Vec<bool>,
    /// Closed for the whole count, by decision.
    pub(super) out: Vec<bool>,
    /// The last reason that was recorded, with the number of the run.
    pub(super) reasons: Vec<Option<(usize, Reason)>>,
    /// How often the sequence of rules was begun again, which of them is running, and their reserves.
    pub(super) rounds: usize,
    pub(super) step: usize,
    pub(super) reserves: Vec<(usize, PotIx)>,
    /// From which pot a reserve is taken; new money where there is none.
    pub(super) reserve_from: Option<PotIx>,
    /// The number of the run that awards are marked with.
    pub(super) during: usize,
    pub(super) observer: Option<&'a mut dyn Observer>,
}

impl std::fmt::Debug for Allocation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Allocation")
            .field("awards", &self.awards)
            .field("left", &self.available())
            .finish_non_exhaustive()
    }
}

impl Allocation<'_> {
    /// The projects that are open to this run, in the order of their ids.
    #[must_use]
    pub fn candidates(&self) -> Vec<ProjectIx> {
        self.instance()
            .project_indices()
            .filter(|&project| self.is_open(project) && self.is_looked_at(project))
            .collect()
    }

    /// Is the project open to this run: neither awarded nor ruled out?
    #[must_use]
    pub fn is_open(&self, project: ProjectIx) -> bool {
        let is = |flags: &[bool]| flags.get(project.index()).copied().unwrap_or(true);
        !is(&self.closed)
            && !is(&self.out)
            && !is(&self.outside)
            && self.awards.sum(project).is_none()
    }

    /// Has the project been awarded anything, by this rule, an earlier one or a decision?
    #[must_use]
    pub fn is_awarded(&self, project: ProjectIx) -> bool {
        self.awards.sum(project).is_some()
    }

    /// What projects have been awarded so far, in the order of their first payments: by this rule, earlier ones and
    /// decisions. Where a run takes the pots one at a time, only what the one at hand has paid.
    #[must_use]
    pub fn awarded(&self) -> Vec<(ProjectIx, Money)> {
        let mut sums: Vec<(ProjectIx, Money)> = Vec::new();
        let paid = self.awards.paid().iter();
        for paid in paid.filter(|paid| self.looked_at.is_none_or(|pot| pot == paid.pot)) {
            match sums.iter_mut().find(|(known, _)| *known == paid.project) {
                Some((_, sum)) => *sum = sum.checked_add(paid.amount).unwrap_or(Money::MAX),
                None => sums.push((paid.project, paid.amount)),
            }
        }
        sums
    }

    /// The number of votes of a project, as the count tallies votes.
    #[must_use]
    pub fn votes(&self, project: ProjectIx) -> Option<&Ratio> {
        self.votes.get(project.index())
    }

    /// What has to be paid for a project: its cost, or its grant where a regulation's rates pay a part of it only.
    ///
    /// Pots, limits and quotes see this amount, and a project is funded in full when it is paid. What ranks projects,
    /// thresholds and tie chains see the cost that voters saw, which the election's instance has.
    #[must_use]
    pub fn cost_of(&self, project: ProjectIx) -> Money {
        let grants = self.grants.as_ref();
        let grant = grants.and_then(|grants| grants.get(project.index()).copied());
        grant.unwrap_or_else(|| self.instance().cost_of(project))
    }

    /// Moves the money of a quote to its project.
    ///
    /// # Errors
    /// [`Halt`] if the quote is no longer true: the project was awarded or ruled out since, or the money was
    /// spent.
    pub fn award(&mut self, funding: Funding) -> Result<(), Halt> {
        let project = funding.project;
        let is_stale = self.permitted(project, &Also::default()).is_err()
            || self.within_limits(project, funding.total()).is_err();
        if is_stale {
            return Err(Halt::Failed(CountError::StaleQuote {
                project: self.instance().id_of(project).to_owned(),
            }));
        }
        for (pot, amount) in self.pay(funding)? {
            if let Some(observer) = self.observer.as_mut() {
                let left = self.journal.left(pot);
                observer.observe(&Event::Awarded {
                    project: self.election.instance().id_of(project),
                    pot: self.journal.pot_id(pot),
                    amount,
                    left,
                });
            }
        }
        Ok(())
    }

    /// Quotes all that has to be paid and awards it.
    ///
    /// # Errors
    /// Outer: [`Halt`]. Inner: the [`Block`] that forbids it; nothing is moved then.
    pub fn select(&mut self, project: ProjectIx) -> Result<Result<(), Block>, Halt> {
        match self.quote(project, self.cost_of(project)) {
            Ok(funding) => self.award(funding).map(Ok),
            Err(block) => Ok(Err(block)),
        }
    }

    /// Whether the project is open and its relations allow it, if `also` were awarded too.
    pub(super) fn permitted(&self, project: ProjectIx, also: &Also) -> Result<(), Block> {
        if !self.is_open(project) {
            return Err(Block::NotOpen);
        }
        self.awards
            .relations(self.instance(), project, also)
            .map_or(Ok(()), Err)
    }

    /// Closes a project for the rest of this rule's run, with the reason.
    pub fn reject(&mut self, project: ProjectIx, reason: Reason) {
        if let Some(observer) = self.observer.as_mut() {
            observer.observe(&Event::Rejected {
                project: self.election.instance().id_of(project),
                reason: &reason,
            });
        }
        if let Some(closed) = self.closed.get_mut(project.index()) {
            *closed = true;
        }
        if let Some(slot) = self.reasons.get_mut(project.index()) {
            *slot = Some((self.during, reason));
        }
    }

    /// Chooses among equals by the tie chain, and records it. One project is returned as it is.
    ///
    /// # Errors
    /// [`Halt::LotRequired`] if the chain does not settle it; others if a recorded lot does not cover it.
    pub fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        let chosen = self.choose(tied)?;
        let instance = self.election.instance();
        if let (Some(observer), Some(record), true) = (
            self.observer.as_mut(),
            self.ties.records().last(),
            tied.len() > 1,
        ) {
            let mut ids: Vec<&str> = tied
                .iter()
                .map(|&project| instance.id_of(project))
                .collect();
            ids.sort_unstable();
            observer.observe(&Event::Untied {
                tied: &ids,
                chosen: instance.id_of(chosen),
                by: &record.by,
            });
        }
        Ok(chosen)
    }

    /// As [`untie`](Allocation::untie) without recording it yet: for a run that is tried and may not be committed. The
    /// answer is the same whenever the same projects are tied. A rule that tries runs ends with
    /// [`record_tried`](Allocation::record_tried).
    ///
    /// # Errors
    /// As for [`untie`](Allocation::untie).
    pub fn try_untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        let records = self.ties.set_aside();
        let chosen = self.choose(tied);
        self.ties.put_back(records);
        chosen
    }

    /// What [`try_untie`](Allocation::try_untie) would answer, where the chain or a recorded lot settles it; nothing is
    /// recorded and nobody is asked.
    pub(crate) fn would_untie(&self, tied: &[ProjectIx]) -> Option<ProjectIx> {
        self.ties.settled(self.instance(), &self.votes, tied)
    }

    /// Records the ties of runs that were tried, each once, as far as no record says the same: who went first in them may
    /// have decided which run counts.
    pub fn record_tried(&mut self) {
        let before = self.ties.record_tried();
        let Some(observer) = self.observer.as_mut() else {
            return;
        };
        for record in self.ties.records().iter().skip(before) {
            let tied: Vec<&str> = record.tied.iter().map(String::as_str).collect();
            observer.observe(&Event::Untied {
                tied: &tied,
                chosen: record.chosen.first().map_or("", String::as_str),
                by: &record.by,
            });
        }
    }

    fn choose(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        let instance = self.election.instance();
        let (awards, closed, journal) = (&self.awards, &self.closed, &self.journal);
        let at = (self.rounds, self.step);
        let state = |script: &Script| State {
            at,
            projects: awards
                .sums()
                .iter()
                .copied()
                .zip(closed.iter().copied())
                .collect(),
            left: journal.pots().map(|pot| journal.left(pot)).collect(),
            tied: tied.to_vec(),
            before: script.before(|project| awards.sum(project).is_none()),
        };
        self.ties.choose(instance, &self.votes, tied, state)
    }

    /// Does anybody watch? What only observers need is computed only then.
    #[must_use]
    pub fn is_watched(&self) -> bool {
        self.observer.is_some()
    }

    /// Begins the next rule of a sequence: the projects that the last one ruled out are open again; those
    /// excluded by decision stay out.
    pub fn next_step(&mut self) {
        self.step += 1;
        self.closed.fill(false);
        self.ties.begin();
    }

    /// Begins the whole sequence again, with money that came later.
    pub(super) fn restart(&mut self) {
        self.rounds += 1;
        self.step = 0;
        self.closed.fill(false);
        self.ties.begin();
    }

    /// Tells a fact of the rule's own; the closure runs only if somebody watches.
    pub fn note<'f>(&mut self, fact: impl FnOnce() -> Fact<'f>) {
        if let Some(observer) = self.observer.as_mut() {
            observer.observe(&Event::Noted(fact()));
        }
    }

    /// Counts steps against the caller's work budget, and ends the count if it was cancelled.
    ///
    /// # Errors
    /// [`Halt`] if there are too many steps or the count was cancelled.
    pub fn work(&mut self, steps: u64) -> Result<(), Halt> {
        self.meter.work(steps).map_err(Halt::from)
    }

    /// An error that says that the rule cannot honour something.
    #[must_use]
    pub fn refuse(&self, rule: &str, why: impl Into<String>) -> Halt {
        Halt::Failed(CountError::Refused {
            rule: rule.to_owned(),
            why: why.into(),
        })
    }

    pub(super) fn instance(&self) -> &Instance {
        self.election.instance()
    }
}
