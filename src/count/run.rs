//! Running a rule on an election.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::budget::{Journal, Limits, Phase, PotIx};
use crate::election::{Election, Money, Utility};
use crate::exact::Ratio;
use crate::record::{Decision, Event, RecordedLots, TieChain, check_projects};

use super::allocation::Allocation;
use super::awards::Awards;
use super::error::{CountError, Halt};
use super::meter::{Cancel, Meter};
use super::observer::Observer;
use super::outcome::{Counted, Outcome};
use super::rule::Rule;
use super::script::Script;
use super::sources::Sources;
use super::ties::Ties;

/// One count: an election, a rule, and everything else that decides the outcome.
///
/// Without a tie chain, a tie that binds gives [`Counted::LotRequired`]: nothing is decided silently.
///
/// ```
/// use quartier::count::{Count, Counted};
/// use quartier::election::{Ballot, Election};
/// use quartier::rules::Plan;
///
/// let election = Election::builder().budget(10)
///     .project(("bench", 8)).project(("tree", 8))
///     .ballots(Ballot::approval(["bench"]), 2).ballots(Ballot::approval(["tree"]), 2)
///     .build()?;
/// let plan: Plan = "greedy:score=votes,misfit=skip".parse()?;
/// assert!(matches!(Count::of(&election, &plan).run()?, Counted::LotRequired(_)));
/// let counted = Count::of(&election, &plan).ties("id".parse()?).run()?;
/// assert_eq!(counted.outcome().ok_or("undecided")?.winners, ["bench"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub struct Count<'a> {
    pub(super) election: &'a Election,
    pub(super) rule: &'a dyn Rule,
    chain: TieChain,
    pub(super) decisions: &'a [Decision],
    stage: String,
    meter: Meter,
    /// Counted once for all runs.
    votes: OnceCell<Arc<[Ratio]>>,
    observer: Option<&'a mut dyn Observer>,
}

impl std::fmt::Debug for Count<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Count")
            .field("rule", &self.rule)
            .field("chain", &self.chain)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

impl<'a> Count<'a> {
    /// A count of an election by a rule.
    pub fn of(election: &'a Election, rule: &'a dyn Rule) -> Count<'a> {
        Count {
            election,
            rule,
            chain: TieChain::none(),
            decisions: &[],
            stage: "vote".to_owned(),
            meter: Meter::default(),
            votes: OnceCell::new(),
            observer: None,
        }
    }

    /// How ties that bind are settled.
    pub fn ties(mut self, chain: TieChain) -> Count<'a> {
        self.chain = chain;
        self
    }

    /// What people decided: exclusions, withdrawals, drawn lots, extra money, …
    pub fn decisions(mut self, decisions: &'a [Decision]) -> Count<'a> {
        self.decisions = decisions;
        self
    }

    /// The stage's id, which lots refer to; `vote` if not given.
    pub fn stage(mut self, stage: impl Into<String>) -> Count<'a> {
        self.stage = stage.into();
        self
    }

    /// Lets somebody watch.
    pub fn observe(mut self, observer: &'a mut dyn Observer) -> Count<'a> {
        self.observer = Some(observer);
        self
    }

    /// Lets somebody end the count.
    pub fn cancel(mut self, cancel: Cancel) -> Count<'a> {
        self.meter.cancel = Some(cancel);
        self
    }

    /// Bounds the number of steps.
    pub fn work(mut self, steps: u64) -> Count<'a> {
        self.meter.limit = Some(steps);
        self
    }

    /// Counts.
    ///
    /// # Errors
    /// [`CountError`]: the decisions contradict each other, the rule cannot honour what is asked, …
    pub fn run(mut self) -> Result<Counted, CountError> {
        let observer = self.observer.take();
        match self.trial(None, observer)?.0 {
            Ok(outcome) => Ok(Counted::Decided(Box::new(outcome))),
            Err(Halt::LotRequired(lot)) => Ok(Counted::LotRequired(lot)),
            Err(Halt::Failed(error)) => Err(error),
        }
    }

    /// One run, with a script for the ties that stay open, and the script as it was used.
    pub(super) fn trial(
        &self,
        script: Option<Script>,
        observer: Option<&'a mut (dyn Observer + 'a)>,
    ) -> Result<(Result<Outcome, Halt>, Option<Script>), CountError> {
        let instance = self.election.instance();
        self.check_totals()?;
        check_projects(self.decisions, |id| instance.find(id).is_some())
            .map_err(CountError::Decisions)?;
        let lots = RecordedLots::from_decisions(self.decisions).map_err(CountError::Decisions)?;
        let (opening, extra) = self.money()?;
        let mut journal = Journal::new();
        let budget = journal.open("budget", opening)?;
        let projects = instance.projects().len();
        let mut allocation = Allocation {
            election: self.election,
            journal,
            awards: Awards::new(instance),
            ties: Ties::new(
                &self.stage,
                self.chain.clone(),
                lots.of_stage(&self.stage).cloned(),
                script,
            ),
            meter: self.meter.clone(),
            votes: Arc::clone(self.votes.get_or_init(|| votes_of(self.election).into())),
            grants: None,
            granularity: instance
                .granularity()
                .unwrap_or(Money::from_ten_thousandths(1).unwrap_or_default()),
            outside: vec![false; projects],
            closed: vec![false; projects],
            out: vec![false; projects],
            reasons: vec![None; projects],
            limits: Limits::none(),
            sources: Sources::one(budget),
            phase: Phase::Count,
            entitled: Vec::new(),
            looked_at: None,
            rounds: 0,
            step: 0,
            during: 0,
            reserves: Vec::new(),
            reserve_from: None,
            observer,
        };
        let result = self.carry_out(&mut allocation, budget, &extra);
        let result = match result {
            Ok(()) => Ok(self.close(&mut allocation)?),
            Err(halt) => Err(halt),
        };
        Ok((result, allocation.ties.script))
    }

    /// A rule that needs single ballots refuses channels of which only totals are known, by name.
    fn check_totals(&self) -> Result<(), CountError> {
        let totals = self.election.aggregates().first();
        let Some((totals, rule)) = totals.zip(self.rule.needs_ballots()) else {
            return Ok(());
        };
        Err(CountError::Refused {
            rule: rule.to_owned(),
            why: format!(
                "channel `{}` has totals only, and the rule needs every ballot: enter its ballots one by one, or choose a rule that adds up votes, such as greedy:score=votes",
                totals.channel
            ),
        })
    }

    fn carry_out(
        &self,
        allocation: &mut Allocation<'_>,
        budget: PotIx,
        extra: &[Money],
    ) -> Result<(), Halt> {
        self.decide(allocation)?;
        self.start(allocation);
        self.rule.allocate(self.election, allocation)?;
        for &amount in extra {
            // Continue: the same allocation with more money; nobody loses what was awarded.
            allocation.journal.add(budget, amount)?;
            if let Some(observer) = allocation.observer.as_mut() {
                observer.observe(&Event::MoneyAdded {
                    pot: "budget",
                    amount,
                });
            }
            allocation.restart();
            self.start(allocation);
            self.rule.allocate(self.election, allocation)?;
        }
        Ok(())
    }

    fn start(&self, allocation: &mut Allocation<'_>) {
        let available = allocation.available();
        if let Some(observer) = allocation.observer.as_mut() {
            observer.observe(&Event::Started {
                stage: &self.stage,
                rule: &self.rule.text(),
                available,
            });
        }
    }
}

/// Votes for the words `more-votes` and `fewer-votes`: the weight of the voters who name the project, and the votes
/// of channels of which only totals are known.
pub(super) fn votes_of(election: &Election) -> Vec<Ratio> {
    // Grades name no supporters; the words then leave ties as they are.
    let none = || vec![Ratio::default(); election.instance().projects().len()];
    let mut votes = Utility::Cardinality
        .additive(election)
        .map_or_else(|_| none(), |utility| utility.totals(election));
    for (votes, &more) in votes
        .iter_mut()
        .zip(election.aggregate_votes().unwrap_or(&[]))
    {
        *votes += &Ratio::from(more);
    }
    votes
}
