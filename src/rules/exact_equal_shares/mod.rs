//! Exact Equal Shares: whoever pays for a project pays the same as the others who do.

mod add_opt;
mod facts;
mod holdings;
mod run;
mod view;

use std::fmt;

use crate::count::{Allocation, Halt, Rule, Sealed};
use crate::election::{Election, Money, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::record::{StepFaults, StepText, StepWriter};

use super::purses::Purses;
use super::supporters;
use run::{Mode, Run};
use view::View;

/// The utilities that are the same for all supporters of a project.
const UNIFORM: [(&str, Utility); 5] = [
    ("cost", Utility::Cost),
    ("cardinality", Utility::Cardinality),
    ("effort", Utility::Effort),
    ("additive-cost-sqrt", Utility::AdditiveCostSqrt),
    ("additive-cost-log", Utility::AdditiveCostLog),
];

/// Divides the money among the voters; a project is bought by supporters who all pay the same.
///
/// **Definition.** Every voter starts with an equal share of the money. A group of supporters can buy a project if
/// each of them has its cost divided by their number. Of each project the largest such group counts, and the one
/// whose payment for each unit of utility is least is bought next: everybody in the group pays that, and nobody
/// else pays anything. It ends when no group can buy anything. In the Method of Equal Shares supporters with less
/// money give what they have and the others pay their rest; here they do not pay at all, which makes the steps
/// simpler to check and the next larger budget that matters possible to compute.
///
/// **Text.** `exact-equal-shares:utility=cardinality`, with `completion=add-opt` or `add-opt-skip` ([`AddOpt`]);
/// without `completion` there is none. The utilities are those that give all supporters of a project the same:
/// `cost`, `cardinality`, `effort`, `additive-cost-sqrt` and `additive-cost-log`. Others are refused by name: the
/// definition compares projects by one payment and one utility.
///
/// **Weights and endowments.** The money is divided by endowment. Who weighs twice counts as two payers and pays
/// twice, so twice the weight with twice the endowment is two voters.
///
/// **Projects without supporters**, and those without utility (free ones with `cost`), are never bought; other free
/// projects with supporters are the first. **Ballots** support as in [`super::Phragmen`].
///
/// **Starting from awards** made before: all the money is divided, awards included; then each award is taken from
/// its supporters in equal parts as far as each has it, and what they do not have from everybody in proportion. So
/// the purses hold what is left, and nothing can be overspent.
///
/// **Ties** are projects of exactly the same price; the chain says who goes first, one by one.
///
/// **Properties.** Payers pay equally and nobody more than they have; prices never
/// fall without completion. With equal costs it gives extended justified representation.
///
/// **Complexity.** In a run every supporter of a project drops out at most once, and otherwise each purchase looks once at
/// those who can still pay for the projects whose known price is not above the best. Amounts are whole numbers that are
/// certainly right, and fractions where they do not tell; a completion makes as many runs as there are budgets that matter.
///
/// **Told to whoever watches:** the payment and the payers of each purchase; of the others that were looked at the price that
/// they have at least, now and later, or how much the best group raises where none can pay any more.
///
/// **Limits.** Weights and endowments whose common denominator does not fit the numbers computed with are refused by name.
///
/// **Source.** Kraiczy, Robinson, Elkind, *Streamlining Equal Shares*, arXiv 2502.11797 (2025), with both
/// completions.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election, Utility};
/// use quartier::rules::ExactEqualShares;
///
/// // The first example of the source: payments 5, 5 and 8, 8 out of purses of 10.
/// let election = Election::builder().budget(40)
///     .project(("1", 10)).project(("2", 16)).project(("3", 21))
///     .ballot(Ballot::approval(["1"])).ballot(Ballot::approval(["1", "3"]))
///     .ballots(Ballot::approval(["2", "3"]), 2)
///     .build()?;
/// let rule = ExactEqualShares::new(Utility::Cardinality).ok_or("not the same for all supporters")?;
/// assert_eq!(Count::of(&election, &rule).run()?.outcome().ok_or("tie")?.winners, ["1", "2"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExactEqualShares {
    utility: Utility,
    completion: Option<AddOpt>,
}

/// How the money that is left in purses is put to use: by pretending that there is more.
///
/// Everybody is given the least extra amount with which a project has its turn earlier or with more payers, the rule runs again from
/// the start, and so on until nothing can change any more. A project that a limit or relation kept out when it had its
/// turn is looked at like any other: with more payers it is cheaper, and comes before what kept it out. Only those that require
/// one that is not bought are not. Of all runs whose projects the money pays for, the most expensive one holds,
/// the first of them if there are several. A run that is too expensive does not end the search: with still more
/// money the rule may decide for less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AddOpt {
    /// Every change counts: no larger budget decides for a dearer outcome that can be paid.
    Every,
    /// Only changes that would buy a project which is not bought now: fewer runs, and a few are overlooked.
    SkipBought,
}

impl ExactEqualShares {
    /// The rule without completion; `None` if the utility is not the same for all supporters of a project.
    #[must_use]
    pub fn new(utility: Utility) -> Option<ExactEqualShares> {
        let known = UNIFORM.iter().any(|&(_, known)| known == utility);
        known.then_some(ExactEqualShares {
            utility,
            completion: None,
        })
    }

    /// The same with a completion.
    #[must_use]
    pub fn completed(mut self, completion: AddOpt) -> ExactEqualShares {
        self.completion = Some(completion);
        self
    }

    pub(super) fn from_step(step: &StepText) -> Result<ExactEqualShares, StepFaults> {
        let mut reader = step.reader();
        let utility = reader.require_choice("utility", &UNIFORM);
        let completion = reader.choice(
            "completion",
            &[
                ("none", None),
                ("add-opt", Some(AddOpt::Every)),
                ("add-opt-skip", Some(AddOpt::SkipBought)),
            ],
        );
        reader.build(utility.map(|utility| ExactEqualShares {
            utility,
            completion: completion.flatten(),
        }))
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("utility", self.utility)?;
        match self.completion {
            None => Ok(()),
            Some(AddOpt::Every) => writer.arg("completion", "add-opt").map(|_| ()),
            Some(AddOpt::SkipBought) => writer.arg("completion", "add-opt-skip").map(|_| ()),
        }
    }

    /// What a supporter gains from each project; 0 where nobody supports it.
    fn utilities(self, election: &Election) -> Result<Vec<Ratio>, Halt> {
        let totals = self.utility.additive(election)?.totals(election);
        let voters = Utility::Cardinality.additive(election)?.totals(election);
        let each = |(total, voters): (Ratio, Ratio)| total.checked_div(&voters).unwrap_or_default();
        Ok(totals.into_iter().zip(voters).map(each).collect())
    }
}

/// The extra amount for each unit of endowment that gives the most expensive run that can be paid.
fn best_extra(
    view: &View<'_>,
    completion: AddOpt,
    allocation: &mut Allocation<'_>,
) -> Result<Ratio, Halt> {
    let (mut extra, mut best) = (Ratio::ZERO, (Ratio::ZERO, None));
    let candidates = allocation.candidates();
    loop {
        let mut run = Run::new(view, &extra, Mode::Tried, allocation)?;
        run.finish(allocation)?;
        let bought: Vec<ProjectIx> = run.bought().collect();
        let costs = bought
            .iter()
            .map(|&project| view.election.instance().cost_of(project));
        let cost = Money::checked_sum(costs);
        let is_better = cost > best.1 && allocation.admits(&bought).is_ok();
        if is_better {
            best = (extra.clone(), cost);
        }
        let looked_at: Vec<ProjectIx> = candidates
            .iter()
            .copied()
            .filter(|project| completion == AddOpt::Every || !bought.contains(project))
            .collect();
        match add_opt::next(&run, &looked_at, allocation)? {
            Some(more) => extra += &more,
            None => return Ok(best.0),
        }
    }
}

impl Sealed for ExactEqualShares {}

impl Rule for ExactEqualShares {
    fn id(&self) -> &'static str {
        "exact-equal-shares"
    }

    fn text(&self) -> String {
        super::AnyRule::ExactEqualShares(*self).to_string()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        allocation.work(election.profile().marks() as u64)?;
        supporters::check_named(self.id(), election, allocation)?;
        let utilities = self.utilities(election)?;
        supporters::reject_unsupported(election, allocation);
        let purses = Purses::beginning(election, allocation);
        let view = View::new(election, &utilities, &purses, allocation)?;
        let extra = match self.completion {
            Some(completion) => best_extra(&view, completion, allocation)?,
            None => Ratio::ZERO,
        };
        Run::new(&view, &extra, Mode::Committed, allocation)?.finish(allocation)?;
        allocation.record_tried();
        Ok(())
    }
}
