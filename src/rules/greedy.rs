//! Greedy by rank: the rule of most cities.

use std::fmt;

use crate::count::{Allocation, Block, Funding, Halt, Memory, Rule, Sealed};
use crate::election::{Election, Money, ProjectIx};
use crate::exact::Ratio;
use crate::record::{Fact, Reason, StepFaults, StepReader, StepText, StepWriter};
use crate::tally::ranking::{Figure, Ranked};
use crate::tally::{Score, ScoreTextError, Threshold, ThresholdError};

use super::misfit::Misfit;
use super::{catalogue, threshold, turns};

/// Funds the projects that rank highest first, as long as the money lasts.
///
/// **Definition.** (1) The projects that are open to the run are ranked by a [`Score`]: by votes or points, or by
/// any ranking method. (2) Projects below the [`Threshold`], if there is one, are out. (3) The others have their
/// turn in that order, the best first; whose cost is left is funded. (4) At
/// a project that does not fit, [`Misfit`] says what happens. A project that exclusive groups, variants or
/// requirements forbid is passed over at its turn, whatever the misfit policy.
///
/// **Text.** `greedy:score=votes,misfit=skip`; `score` and `misfit` have no default.
///
/// **Who is ranked.** Pairwise methods and instant runoff look at the projects that are open only, as if those
/// excluded, withdrawn or funded before did not stand; scores that are sums are of the ballots as they were cast.
///
/// **Thresholds** that ask for a score (`50`, `10%`) are refused by name where the ranking has no sum of votes or
/// points (`copeland`, `schulze`, `ranked-pairs`, `instant-runoff`, `majority-judgment`): `votes/50`, `cost/3` and
/// `areas/3` say there what is meant.
///
/// **Ties.** Projects of equal rank that fit all together are funded without asking. Otherwise those
/// that no order could fund are passed over first (with skip also for want of money; a project counts there
/// with what it requires and is not funded yet), and the tie chain says who goes first among the rest, one by
/// one; a project that requires another of the group has its turn after it. Where the run ends at the group
/// and pays none of it, whoever is first, nobody is asked.
///
/// **Endowments** that differ between voters are refused: there are no purses here to put them in.
///
/// **Projects without votes** have score 0 and come last; a threshold of 1 keeps them out.
///
/// **Properties.** Without requirements between projects: with skip the outcome is exhaustive, no project
/// above the threshold that is not funded would fit; with scores that are sums, an additional vote for a winner
/// keeps it winning. It is not proportional: a majority
/// can decide everything (`tests/witnesses`).
///
/// **Complexity.** That of the ranking ([`Score::order`]), then O(m log m) for m projects without ties.
///
/// **Source.** The regulations of Warszawa, Kraków, Gdynia, Poznań and others; Talmon and Faliszewski,
/// *A Framework for Approval-Based Budgeting Methods*, AAAI 2019.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election};
/// use quartier::rules::{Greedy, Misfit};
/// use quartier::tally::Score;
///
/// let election = Election::builder().budget(100)
///     .project(("park", 60)).project(("gym", 50)).project(("lamp", 30))
///     .ballots(Ballot::approval(["park"]), 5)
///     .ballots(Ballot::approval(["gym"]), 4)
///     .ballots(Ballot::approval(["lamp"]), 3)
///     .build()?;
/// let skip = Greedy::new(Score::Votes, Misfit::Skip);
/// let stop = Greedy::new(Score::Votes, Misfit::Stop);
/// assert_eq!(Count::of(&election, &skip).run()?.outcome().ok_or("tie")?.winners, ["park", "lamp"]);
/// assert_eq!(Count::of(&election, &stop).run()?.outcome().ok_or("tie")?.winners, ["park"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greedy {
    score: Score,
    misfit: Misfit,
    threshold: Option<Threshold>,
}

/// A misfit under one of the policies that end the run: what was done about it.
enum Ending {
    /// It was funded after all, in part or with the reserve.
    Paid,
    /// It was not.
    Refused { short_by: Money },
}

impl Greedy {
    /// Funds by this score, with this policy for projects that do not fit.
    #[must_use]
    pub fn new(score: Score, misfit: Misfit) -> Greedy {
        Greedy {
            score,
            misfit,
            threshold: None,
        }
    }

    /// The same with a threshold.
    #[must_use]
    pub fn threshold(mut self, threshold: Threshold) -> Greedy {
        self.threshold = Some(threshold);
        self
    }

    /// By what projects are ranked.
    #[must_use]
    pub fn score(&self) -> &Score {
        &self.score
    }

    /// Does it top up a project that does not fit, from a reserve?
    pub(crate) fn tops_up(&self) -> bool {
        matches!(self.misfit, Misfit::TopUp { .. })
    }

    /// The candidates that meet the threshold, in the order of their ids.
    pub(crate) fn supported(
        &self,
        election: &Election,
        allocation: &Allocation<'_>,
    ) -> Result<Vec<ProjectIx>, Halt> {
        let mut candidates = allocation.candidates();
        if let Some(threshold) = &self.threshold {
            let applied = threshold::applied(threshold, &self.score, election, allocation)?;
            let ranked = self.ranked(election, allocation)?;
            candidates.retain(|&project| {
                let total = ranked.figure(project).and_then(Figure::total);
                threshold::falls_short(&applied, election, project, total, allocation).is_none()
            });
        }
        Ok(candidates)
    }

    pub(super) fn from_step(step: &StepText) -> Result<Greedy, StepFaults> {
        let mut reader = step.reader();
        let (score, misfit) = (take_score(&mut reader), Misfit::take(&mut reader));
        let threshold = take_threshold(&mut reader);
        reader.build(score.zip(misfit).map(|(score, misfit)| Greedy {
            score,
            misfit,
            threshold,
        }))
    }

    pub(super) fn write(&self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("score", &self.score)?;
        self.misfit.write(writer)?;
        if let Some(threshold) = &self.threshold {
            writer.arg("threshold", threshold)?;
        }
        Ok(())
    }

    /// Rejects what is below the threshold, and gives the rest in tied groups, the best first.
    fn ranking(
        &self,
        election: &Election,
        ranked: &Ranked,
        allocation: &mut Allocation<'_>,
    ) -> Result<Vec<Vec<ProjectIx>>, Halt> {
        let threshold = self.threshold.as_ref();
        let threshold = threshold
            .map(|threshold| threshold::applied(threshold, &self.score, election, allocation))
            .transpose()?;
        let mut out = vec![false; election.profile().projects()];
        for project in allocation.candidates() {
            note(election, ranked, project, allocation);
            let Some(threshold) = &threshold else {
                continue;
            };
            let total = ranked.figure(project).and_then(Figure::total);
            let below = threshold::falls_short(threshold, election, project, total, allocation);
            if let Some(reason) = below {
                allocation.reject(project, reason);
                if let Some(out) = out.get_mut(project.index()) {
                    *out = true;
                }
            }
        }
        let passes = |project: &ProjectIx| out.get(project.index()) == Some(&false);
        let groups = ranked.groups().iter();
        let groups = groups.map(|group| group.iter().copied().filter(passes).collect());
        Ok(groups
            .filter(|group: &Vec<ProjectIx>| !group.is_empty())
            .collect())
    }

    fn ranked(&self, election: &Election, allocation: &Allocation<'_>) -> Result<Ranked, Halt> {
        let candidates = allocation.candidates();
        if self.score == Score::Votes && self.score.reads(election.profile().kind()) {
            // The count has tallied them already.
            let votes = |project| allocation.votes(project).cloned().unwrap_or_default();
            let votes: Vec<Ratio> = election.instance().project_indices().map(votes).collect();
            return Ok(Ranked::by_totals(&candidates, &votes));
        }
        self.score
            .order_among(election, &candidates)
            .map_err(|error| allocation.refuse("greedy", error.to_string()))
    }

    /// Gives a tied group its turns. Where the run ends for a pot, it goes on for the others.
    fn turns(
        &self,
        election: &Election,
        mut group: Vec<ProjectIx>,
        allocation: &mut Allocation<'_>,
    ) -> Result<(), Halt> {
        loop {
            // Those that compete for a pot at which the run has ended are closed.
            group.retain(|&project| allocation.is_open(project));
            if group.is_empty() {
                return Ok(());
            }
            let Some((at, short_by)) = self.group(election, &mut group, allocation)? else {
                return Ok(());
            };
            let ending = self.finish(at, short_by, allocation)?;
            let short_by = if let Ending::Refused { short_by } = ending {
                short_by
            } else {
                short_by
            };
            for project in allocation.rivals(at) {
                let reason = if project == at {
                    Reason::Misfit { short_by }
                } else {
                    Reason::PotStopped {
                        at: election.instance().id_of(at).to_owned(),
                        short_by,
                    }
                };
                allocation.reject(project, reason);
            }
        }
    }

    /// Gives a tied group its turns. Says at which project the run ends for its pots, if it does.
    fn group(
        &self,
        election: &Election,
        group: &mut Vec<ProjectIx>,
        allocation: &mut Allocation<'_>,
    ) -> Result<Option<(ProjectIx, Money)>, Halt> {
        loop {
            allocation.work(group.len() as u64)?;
            turns::pass_over(election, group, allocation, |block| {
                self.misfit == Misfit::Skip || !matches!(block, Block::PotEmpty { .. })
            });
            if group.is_empty() {
                return Ok(None);
            }
            if allocation.admits(group).is_ok() {
                turns::award_all("greedy", std::mem::take(group), allocation)?;
                return Ok(None);
            }
            let ready = turns::ready(election, group, allocation);
            let next = if self.order_matters(&ready, allocation) {
                allocation.untie(&ready)?
            } else {
                // Without circles of requirements, which the instance refuses, one is always ready.
                let first = ready.first().copied();
                first.ok_or_else(|| allocation.refuse("greedy", turns::CIRCLE))?
            };
            group.retain(|&project| project != next);
            match allocation.select(next)? {
                Ok(()) => {}
                Err(Block::PotEmpty { short_by }) if self.misfit != Misfit::Skip => {
                    return Ok(Some((next, short_by)));
                }
                Err(block) => allocation.reject(next, block.reason(election.instance())),
            }
        }
    }

    /// Does it matter who goes first? Not where none of them fits and none would be paid as a misfit: then the
    /// run ends here with nothing more, whoever is first.
    fn order_matters(&self, group: &[ProjectIx], allocation: &Allocation<'_>) -> bool {
        let fits = |project: ProjectIx| {
            allocation
                .quote(project, allocation.cost_of(project))
                .is_ok()
        };
        self.misfit == Misfit::Skip
            || group
                .iter()
                .any(|&project| fits(project) || self.payment(project, allocation).is_ok())
    }

    /// What the policy pays for a project that does not fit.
    fn payment(
        &self,
        project: ProjectIx,
        allocation: &Allocation<'_>,
    ) -> Result<Funding, Option<Block>> {
        let cost = allocation.cost_of(project);
        let available = allocation.available_for(project);
        match &self.misfit {
            Misfit::Partial { min_covered } => {
                let amount = Money::floor_to(&available.to_ratio(), allocation.granularity())
                    .filter(|amount| !amount.is_zero());
                let amount = amount
                    .filter(|&amount| min_covered.is_covered(amount, cost))
                    .ok_or(None)?;
                allocation.quote(project, amount).map_err(Some)
            }
            Misfit::TopUp { min_covered, .. } if min_covered.is_covered(available, cost) => {
                allocation.quote_topped_up(project).map_err(Some)
            }
            _ => Err(None),
        }
    }

    /// Deals with the misfit that ends the run.
    fn finish(
        &self,
        project: ProjectIx,
        short_by: Money,
        allocation: &mut Allocation<'_>,
    ) -> Result<Ending, Halt> {
        match self.payment(project, allocation) {
            Ok(funding) => allocation.award(funding).map(|()| Ending::Paid),
            Err(Some(Block::PotEmpty { short_by })) => Ok(Ending::Refused { short_by }),
            Err(_) => Ok(Ending::Refused { short_by }),
        }
    }
}

/// Tells whoever watches what ranks a project.
fn note(election: &Election, ranked: &Ranked, project: ProjectIx, allocation: &mut Allocation<'_>) {
    let id = election.instance().id_of(project);
    let Some(figure) = ranked.figure(project) else {
        return;
    };
    if let Some(score) = figure.total() {
        return allocation.note(|| Fact::Score { project: id, score });
    }
    let figure = figure.to_string();
    allocation.note(|| Fact::Rank {
        project: id,
        place: ranked.place(project).unwrap_or_default() as u64,
        figure: &figure,
    });
}

/// Takes the key `score`, which has no default.
fn take_score(reader: &mut StepReader<'_>) -> Option<Score> {
    let Some(values) = reader.take("score") else {
        reader.missing("score", format!("score={}", Score::EXPECTED));
        return None;
    };
    let text = values.join(";");
    let explain = |error: ScoreTextError| {
        let why = match error {
            ScoreTextError::Unknown { found } => format!("`{found}` is not a score"),
            other => other.to_string(),
        };
        format!("{} ({why})", Score::EXPECTED)
    };
    text.parse()
        .map_err(|error| reader.bad_value("score", &text, &explain(error)))
        .ok()
}

/// Takes the key `threshold`: one condition or a list of them. A text that
/// is none is noted as a fault.
fn take_threshold(reader: &mut StepReader<'_>) -> Option<Threshold> {
    let text = reader.take("threshold")?.join(";");
    text.parse()
        .map_err(|_: ThresholdError| {
            reader.bad_value("threshold", &text, &ThresholdError::expected());
        })
        .ok()
}

impl Sealed for Greedy {}

impl Rule for Greedy {
    fn id(&self) -> &'static str {
        "greedy"
    }

    fn text(&self) -> String {
        super::AnyRule::Greedy(self.clone()).to_string()
    }

    fn memory(&self) -> Memory {
        Memory::Set
    }

    fn needs_ballots(&self) -> Option<&'static str> {
        (self.score != Score::Votes).then_some("greedy")
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        allocation.work(election.profile().marks() as u64)?;
        catalogue::check_endowments(self.id(), election, allocation)?;
        let ranked = self.ranked(election, allocation)?;
        if let Misfit::TopUp { reserve, .. } = &self.misfit {
            allocation.open_reserve(reserve.amount())?;
        }
        for group in self.ranking(election, &ranked, allocation)? {
            for part in allocation.independent(group) {
                self.turns(election, part, allocation)?;
            }
        }
        Ok(())
    }
}
