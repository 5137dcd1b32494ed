//! The Method of Equal Shares.

mod ahead;
mod block;
mod commit;
mod comparison;
mod completion;
mod desk;
mod facts;
mod lane;
mod ledger;
mod narrow;
#[cfg(test)]
mod proof_cost;
mod run;
#[cfg(test)]
mod skipping_tests;
#[cfg(test)]
mod tests;
mod trace;
mod trials;
mod view;

use std::fmt;

use crate::count::{Allocation, Halt, Rule, Sealed};
use crate::election::{Election, ProjectIx, Utility};
use crate::exact::certified::Trust;
use crate::record::{StepFaults, StepText, StepWriter};

pub use comparison::Comparison;
pub use completion::{Completion, Increment, Start};

use super::phragmen;
use desk::Trial;
use run::{Desk, Run};
use trials::Pace;
use view::View;

/// What is compared is an outcome, and Phragmén's is committed purchase by purchase.
const COMPARED: &str = "a comparison with completion=phragmen is not available: leave the comparison out, or choose completion=add1";

/// Gives every voter an equal share of the money, to be spent on the projects they support.
///
/// **Definition.** The money is divided equally among all voters, those with a blank ballot included: this is each
/// one's *purse*. A project is bought when its supporters can pay for it together. They share its cost as
/// evenly as their purses allow: each pays the *rate* times what they gain from it, or, with less than that,
/// all the rest. Among the projects that can be bought, the one with the lowest rate is bought next, until none can.
/// What is left then is unspent, unless a [`Completion`] is chosen.
///
/// In symbols, for voters `i` with purses `b_i` and utilities `u_i(p)`: the rate of a project is the least `r` with
/// `sum of min(b_i, r u_i(p)) >= cost(p)`; the project of the lowest rate is bought, and `b_i` falls by `min(b_i, r u_i(p))`.
///
/// **Text.** `equal-shares:utility=cost`, with `completion=add1` or `completion=add1-until-exhaustive`,
/// `increment=AMOUNT` (1), or `completion=phragmen,misfit=stop` (or `skip`, to be chosen), with
/// `start=exact` or `start=floor` (exact), and `comparison=satisfaction`, `exclusion-ratio` or
/// `welfare`, see [`Comparison`]. The utility has no default: `cost` counts the money
/// that a voter's projects receive (the rule of all cities so far), `cardinality` their number, `points` those given.
///
/// **Voters.** A voter with endowment `e` has a purse `e` times that of an ordinary voter. One of weight `w` counts
/// as `w` voters who share that purse, so weight 2 with endowment 2 is exactly the same as two voters.
///
/// **Money.** What is divided is what the pots hold when the rule begins. After another rule, or when it continues
/// with more money, this is the rest, so it never overspends.
///
/// **Several pots.** A purse belongs to a voter and a pot. The money of an area's pot is divided among those who live
/// there (the column `area` of the [voter table](crate::election::Voters)), that of any other pot among all; a project
/// draws on its one pot, so each pot is run, and completed, by itself. Refused by name are projects with a choice of
/// pots or with several that pay together, projects of different pots that a limit or relation binds together, and votes
/// that do not say where voters live. All rules with purses or loads do the same.
///
/// **Limits.** A project that would cross a limit of the regulation when its turn comes is out for that run, and its
/// supporters keep their money: for the quartier's other limits, for other projects, for the increments that follow. So
/// one quartier's cap bars its projects and does not end the completion for the city; only money does. A completion
/// *until exhaustive* looks at those projects alone that limits still permit. Minimum limits veto nothing.
///
/// **Projects that nobody gains from** are not bought, whatever is left. Those that **cost nothing** and that somebody
/// gains from are bought first; with the utility `cost` nobody gains from them, so they are not.
///
/// **Relations.** A project that an exclusive group or a variant forbids is out for the run, and its supporters keep
/// their money. One that requires another waits until that one is bought.
///
/// **Ties.** Every tie goes through the chain, also in runs of a completion that do not count in the end, since they
/// decide whether it goes on: theirs are recorded after those of the run that counts, each once. Projects that cost nothing are not asked
/// about unless they exclude each other.
///
/// **Properties.** Without relations and limits: nobody pays more than the purse, or for a project they gain nothing from; the
/// outcome is priceable, and satisfies EJR+ up to one project. It is not exhaustive.
///
/// **Complexity.** One run: for each purchase a few passes over the supporters of the projects that could be
/// next. A completion: at most as many runs as increments. Where two runs prove what all between them do, none is made for
/// those, and ballots that no project within reach tells apart are counted as one. That changes nothing that can be seen but the time
/// (the module `trace` has the proof), and it is done under relations and limits too. It is *not* done, so that each increment is a
/// run by itself, where supporters of one project gain unequally from it (as with the utility `points`), where a project that costs nothing can
/// be bought, and where the numbers are too large for the machine's. Next to a purchase where machine numbers do not tell two rates
/// apart, or where the chain leaves a tie open, single increments are run by themselves.
///
/// **Source.** Peters, Pierczyński and Skowron, *Proportional Participatory Budgeting with Additive Utilities*, Neural
/// Information Processing Systems 2021; Peters and Skowron, *Proportionality and the Limits of Welfarism*, EC 2020; equalshares.net.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election, Utility};
/// use quartier::rules::EqualShares;
///
/// // 60 of 100 voters want the square, 40 the garden. By votes, the square takes all.
/// let election = Election::builder().budget(1_000)
///     .project(("square", 600)).project(("fountain", 400)).project(("garden", 390))
///     .ballots(Ballot::approval(["square", "fountain"]), 60)
///     .ballots(Ballot::approval(["garden"]), 40)
///     .build()?;
/// let rule = EqualShares::new(Utility::Cost);
/// let counted = Count::of(&election, &rule).ties("dearer".parse()?).run()?;
/// assert_eq!(counted.outcome().ok_or("tie")?.winners, ["square", "garden"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EqualShares {
    utility: Utility,
    completion: Completion,
    start: Start,
    comparison: Option<Comparison>,
}

impl EqualShares {
    /// Equal Shares for this utility, without completion.
    #[must_use]
    pub fn new(utility: Utility) -> EqualShares {
        EqualShares {
            utility,
            completion: Completion::None,
            start: Start::Exact,
            comparison: None,
        }
    }

    /// The same with a completion.
    #[must_use]
    pub fn completion(self, completion: Completion) -> EqualShares {
        EqualShares { completion, ..self }
    }

    /// The same from another start.
    #[must_use]
    pub fn start(self, start: Start) -> EqualShares {
        EqualShares { start, ..self }
    }

    /// The same with a comparison step at the end; there is none otherwise.
    #[must_use]
    pub fn comparison(self, comparison: Comparison) -> EqualShares {
        EqualShares {
            comparison: Some(comparison),
            ..self
        }
    }

    pub(super) fn from_step(step: &StepText) -> Result<EqualShares, StepFaults> {
        let mut reader = step.reader();
        let utility = reader.require(
            "utility",
            "utility=cost, utility=cardinality or another additive utility",
        );
        if let Some(utility) = utility.filter(|utility: &Utility| !utility.is_additive()) {
            let why = format!(
                "utility `{utility}` is not a sum over projects, so no project has a rate: use one that is, such as cost"
            );
            reader.conflict(why);
        }
        let completion = Completion::take(&mut reader);
        let start = reader.choice("start", &[("exact", Start::Exact), ("floor", Start::Floor)]);
        let comparison = reader.choice("comparison", &Comparison::WORDS);
        if comparison.is_some() && matches!(completion, Some(Completion::Phragmen(_))) {
            reader.conflict(COMPARED);
        }
        reader.build(
            utility
                .zip(completion)
                .map(|(utility, completion)| EqualShares {
                    utility,
                    completion,
                    start: start.unwrap_or_default(),
                    comparison,
                }),
        )
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("utility", self.utility)?;
        self.completion.write(writer)?;
        if self.start == Start::Floor {
            writer.arg("start", "floor")?;
        }
        if let Some(comparison) = self.comparison {
            writer.arg("comparison", comparison)?;
        }
        Ok(())
    }
}

impl Sealed for EqualShares {}

impl Rule for EqualShares {
    fn id(&self) -> &'static str {
        "equal-shares"
    }

    fn text(&self) -> String {
        super::AnyRule::EqualShares(*self).to_string()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        self.count(election, allocation, Pace::Ahead)
    }
}

impl EqualShares {
    /// Counts, the runs of a completion at this pace.
    fn count(
        self,
        election: &Election,
        allocation: &mut Allocation<'_>,
        pace: Pace,
    ) -> Result<(), Halt> {
        if !self.utility.is_additive() {
            let why = "its utility must be a sum over projects: use cost, cardinality, points or another that is";
            return Err(allocation.refuse(self.id(), why));
        }
        let earned = match self.completion {
            Completion::Phragmen(_) if self.comparison.is_some() => {
                return Err(allocation.refuse(self.id(), COMPARED));
            }
            Completion::Phragmen(misfit) => {
                Some((misfit, phragmen::earnings(election, allocation)?))
            }
            _ => None,
        };
        let view = View::new(election, self.utility)?;
        let all = allocation.candidates();
        commit::reject_unsupported(&view, &all, allocation);
        let supported = all
            .into_iter()
            .filter(|&project| view.is_supported(project));
        let open: Vec<ProjectIx> = supported.collect();
        let Some(share) = view.share_of(allocation.available()) else {
            return Ok(());
        };
        let (mut run, start) = (Run::default(), self.start.of(&share));
        let mut trial = Trial::new(election, allocation);
        let completion = (self.completion, pace);
        let accepted = trials::complete(&view, &open, start, completion, &mut run, &mut trial)?;
        let Some(accepted) = accepted else {
            let why = "the completion does not end within 10 million increments: choose a larger increment";
            return Err(allocation.refuse(self.id(), why));
        };
        if let Some(comparison) = self.comparison {
            let by_votes =
                comparison::preferred(comparison, &view, &open, &accepted.purchases, allocation)?;
            if let Some(by_votes) = by_votes {
                for purchase in &by_votes {
                    commit::award(purchase, allocation)?;
                }
                allocation.record_tried();
                commit::reject_misfits(&view, &open, allocation);
                return Ok(());
            }
        }
        facts::purses(&accepted, allocation);
        facts::answers(&accepted, &run, allocation);
        run.claims = allocation.is_watched().then(Vec::new);
        if run.claims.is_some() || !accepted.is_last {
            // Reasons and facts are read from the state after the run that counts.
            let mut trial = Trial::new(election, allocation);
            trial.work(1 + view.marks())?;
            run.run(&view, &open, &accepted.share, Trust::Proved, &mut trial)?;
        }
        commit::award_told(&view, &accepted.purchases, &mut run, allocation)?;
        allocation.record_tried();
        if let Some((misfit, shares)) = earned {
            let left = facts::left(&view, &mut run);
            return phragmen::complete(election, allocation, misfit, shares, &left);
        }
        commit::reject(&view, &open, &mut run, allocation)
    }
}
