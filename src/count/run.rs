//! Running a rule on an election.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::budget::Journal;
use crate::election::{BallotKind, Election, Money, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::record::{About, Decision, DecisionKind, DecisionValue, Event, Reason, RecordedLots, TieChain, check_projects};

use super::allocation::Allocation;
use super::awards::Awards;
use super::error::{CountError, Halt};
use super::fate::{Fate, ProjectFate};
use super::meter::{Cancel, Meter};
use super::observer::Observer;
use super::outcome::{Award, Counted, Outcome};
use super::rule::Rule;
use super::script::Script;
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
    decisions: &'a [Decision],
    stage: String,
    meter: Meter,
    /// Counted once for all runs.
    votes: OnceCell<Arc<[Ratio]>>,
    observer: Option<&'a mut dyn Observer>,
}

impl std::fmt::Debug for Count<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Count").field("rule", &self.rule).field("chain", &self.chain).field("stage", &self.stage).finish_non_exhaustive()
    }
}

impl<'a> Count<'a> {
    /// A count of an election by a rule.
    pub fn of(election: &'a Election, rule: &'a dyn Rule) -> Count<'a> {
        Count { election, rule, chain: TieChain::none(), decisions: &[], stage: "vote".to_owned(), meter: Meter::default(), votes: OnceCell::new(), observer: None }
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
    pub(super) fn trial(&self, script: Option<Script>, observer: Option<&'a mut (dyn Observer + 'a)>) -> Result<(Result<Outcome, Halt>, Option<Script>), CountError> {
        let instance = self.election.instance();
        check_projects(self.decisions, |id| instance.find(id).is_some()).map_err(CountError::Decisions)?;
        let lots = RecordedLots::from_decisions(self.decisions).map_err(CountError::Decisions)?;
        let (opening, extra) = self.money()?;
        let mut journal = Journal::new();
        let budget = journal.open("budget", opening)?;
        let projects = instance.projects().len();
        let mut allocation = Allocation {
            election: self.election,
            journal,
            awards: Awards::new(instance),
            ties: Ties::new(&self.stage, self.chain.clone(), lots.of_stage(&self.stage).cloned(), script),
            meter: self.meter.clone(),
            votes: Arc::clone(self.votes.get_or_init(|| votes_of(self.election).into())),
            closed: vec![false; projects],
            out: vec![false; projects],
            reasons: vec![None; projects],
            budget,
            step: 0,
            reserves: Vec::new(),
            observer,
        };
        let result = self.carry_out(&mut allocation, &extra);
        let result = match result {
            Ok(()) => Ok(self.close(&mut allocation)?),
            Err(halt) => Err(halt),
        };
        Ok((result, allocation.ties.script))
    }

    fn carry_out(&self, allocation: &mut Allocation<'_>, extra: &[Money]) -> Result<(), Halt> {
        self.decide(allocation)?;
        self.start(allocation);
        self.rule.allocate(self.election, allocation)?;
        for &amount in extra {
            // Continue: the same allocation with more money; nobody loses what was awarded.
            allocation.journal.add(allocation.budget, amount)?;
            if let Some(observer) = allocation.observer.as_mut() {
                observer.observe(&Event::MoneyAdded { pot: "budget", amount });
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
            observer.observe(&Event::Started { stage: &self.stage, rule: &self.rule.text(), available });
        }
    }

    /// The opening budget, and what is added later, in order.
    fn money(&self) -> Result<(Money, Vec<Money>), CountError> {
        let budget = self.election.instance().budget();
        let mut opening = budget;
        let mut extra = Vec::new();
        for (number, decision) in (1..).zip(self.decisions).filter(|(_, decision)| decision.kind == DecisionKind::ExtraMoney) {
            let ours = matches!(&decision.about, About::Envelope) || matches!(&decision.about, About::Pot(pot) if pot == "budget");
            let cannot = |why: String| CountError::Decision { number, why };
            match &decision.value {
                _ if !ours => return Err(cannot(format!("a count of one rule has the one pot `budget`, and this is about {}", decision.about))),
                DecisionValue::Amount(amount) => extra.push(*amount),
                DecisionValue::Added { opening: before, added } => {
                    if before.checked_add(*added) != Some(budget) || opening != budget {
                        return Err(cannot(format!("opening {before} and added {added} must add up to the published budget {budget}, once")));
                    }
                    opening = *before;
                    extra.push(*added);
                }
                _ => return Err(cannot("it needs an amount".to_owned())),
            }
        }
        Ok((opening, extra))
    }

    /// Carries out the decisions about projects, before the rule begins.
    fn decide(&self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        for (number, decision) in (1..).zip(self.decisions) {
            let cannot = |why: &str| Halt::Failed(CountError::Decision { number, why: why.to_owned() });
            let project = match &decision.about {
                About::Project(id) => self.election.instance().find(id),
                _ => None,
            };
            if let Some(observer) = allocation.observer.as_mut() {
                observer.observe(&Event::Decided { number, project: project.map(|project| self.election.instance().id_of(project)) });
            }
            let (by, justification) = (decision.by.clone(), decision.justification.clone());
            match (decision.kind, project) {
                // No check of eligibility comes before a count of one rule, so whoever is included takes part.
                (DecisionKind::Lot | DecisionKind::ExtraMoney, _) | (DecisionKind::Include, Some(_)) => {}
                (DecisionKind::Exclude, Some(project)) => rule_out(allocation, project, Reason::Excluded { by, justification }),
                (DecisionKind::Withdraw, Some(project)) => rule_out(allocation, project, Reason::Withdrawn { by, justification }),
                (DecisionKind::Award, Some(project)) => match &decision.value {
                    DecisionValue::Amount(amount) if *amount <= self.election.instance().cost_of(project) => grant(allocation, number, project, *amount)?,
                    DecisionValue::None => grant(allocation, number, project, self.election.instance().cost_of(project))?,
                    _ => return Err(cannot("an award is an amount of at most the project's cost")),
                },
                (kind, _) => return Err(cannot(&format!("a count of one rule does not know what to do with `{kind}`: it belongs to a regulation"))),
            }
        }
        Ok(())
    }

    /// Closes the books and gives every project its fate.
    fn close(&self, allocation: &mut Allocation<'_>) -> Result<Outcome, CountError> {
        let instance = self.election.instance();
        let pots = allocation.journal.close()?;
        let mut winners: Vec<String> = Vec::new();
        let mut won = vec![false; instance.projects().len()];
        let mut awards = Vec::new();
        for paid in allocation.awards.paid() {
            let project = instance.id_of(paid.project).to_owned();
            if let Some(won) = won.get_mut(paid.project.index()).filter(|won| !**won) {
                *won = true;
                winners.push(project.clone());
            }
            awards.push(Award { project, amount: paid.amount, pot: allocation.journal.pot_id(paid.pot).to_owned() });
        }
        let fates = instance.project_indices().map(|project| self.fate(allocation, project)).collect::<Result<_, _>>()?;
        let (voters_with_a_winner, mean_winners) = self.served(&won);
        let zero = Money::ZERO;
        let (budget, spent, left) = pots.first().map_or((zero, zero, zero), |pot| {
            (pot.opened.checked_add(pot.added).unwrap_or(Money::MAX), pot.funded, pot.left)
        });
        if let Some(observer) = allocation.observer.as_mut() {
            let sum = |part: fn(&crate::budget::PotBalance) -> Money| Money::checked_sum(pots.iter().map(part)).unwrap_or(Money::MAX);
            observer.observe(&Event::Closed { funded: sum(|pot| pot.funded), left: sum(|pot| pot.left) });
        }
        let ties = allocation.ties.records().to_vec();
        Ok(Outcome {
            rule: self.rule.text(),
            winners,
            awards,
            fates,
            pots,
            ties,
            budget,
            spent,
            left,
            voters: self.election.profile().voters(),
            voters_with_a_winner,
            mean_winners,
        })
    }

    fn fate(&self, allocation: &Allocation<'_>, project: ProjectIx) -> Result<ProjectFate, CountError> {
        let instance = self.election.instance();
        let (id, cost) = (instance.id_of(project).to_owned(), instance.cost_of(project));
        let fate = match allocation.awards.sum(project) {
            Some(amount) if amount == cost => Fate::Funded { amount },
            Some(amount) if amount < cost => Fate::PartlyFunded { amount, missing: cost.checked_sub(amount).unwrap_or_default() },
            Some(_) => return Err(CountError::NoFate { project: id }),
            None => Fate::Refused { reason: allocation.reasons.get(project.index()).cloned().flatten().unwrap_or(Reason::NotReached) },
        };
        Ok(ProjectFate { project: id, fate })
    }

    /// How many voters name a winner, and how many winners a voter names on average.
    fn served(&self, won: &[bool]) -> (u64, Ratio) {
        let profile = self.election.profile();
        let signed = profile.kind() == BallotKind::Signed;
        let (mut served, mut named) = (0_u64, 0_i128);
        for ballot in profile.ballots() {
            let supported = ballot.entries().filter(|entry| !signed || entry.weight > 0);
            let winners = supported.filter(|entry| won.get(entry.project.index()).copied().unwrap_or(false)).count();
            if winners > 0 {
                served += ballot.count();
                named += i128::try_from(winners).unwrap_or(0) * i128::from(ballot.count());
            }
        }
        let mean = Ratio::from(named).checked_div(&Ratio::from(profile.voters())).unwrap_or_default();
        (served, mean)
    }
}

/// Votes for the words `more-votes` and `fewer-votes`: the weight of the voters who name the project.
fn votes_of(election: &Election) -> Vec<Ratio> {
    // Grades name no supporters; the words then leave ties as they are.
    let none = || vec![Ratio::default(); election.instance().projects().len()];
    Utility::Cardinality.additive(election).map_or_else(|_| none(), |utility| utility.totals(election))
}

fn rule_out(allocation: &mut Allocation<'_>, project: ProjectIx, reason: Reason) {
    allocation.reject(project, reason);
    if let Some(out) = allocation.out.get_mut(project.index()) {
        *out = true;
    }
}

fn grant(allocation: &mut Allocation<'_>, number: usize, project: ProjectIx, amount: Money) -> Result<(), Halt> {
    match allocation.quote(project, amount) {
        Ok(funding) => allocation.award(funding),
        Err(block) => {
            let why = block.reason(allocation.election.instance()).to_string();
            Err(Halt::Failed(CountError::Decision { number, why }))
        }
    }
}
