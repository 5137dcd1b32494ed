//! Fractional Equal Shares: projects are funded in part, as far as their supporters' money goes.

use std::fmt;

use crate::count::{Allocation, Halt, Rule, Sealed};
use crate::election::{Election, Money, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::record::{Fact, Reason, StepFaults, StepText, StepWriter};

use super::gains::{Gains, take_additive};
use super::purses::{Part, Purses, State};

/// Divides the money among the voters, who buy parts of projects with it.
///
/// **Definition.** Every voter starts with an equal share of the money. A supporter gains the utility `u` from each
/// currency unit of a project's cost, as in [`super::BoundedOverspending`]. The price of a project for each unit of gain is 1
/// divided by the total utility `u` of those supporters who still have money: they pay for it in proportion to `u`. A part of
/// the project of the smallest price is bought, as much as is missing or until a first purse is empty; and again, until
/// every supported project is complete or its supporters have no money.
///
/// **Text.** `fractional-equal-shares:utility=cardinality`, and any other additive utility. pabutools leaves out a
/// project whose missing part is more than what is left of the budget; the definition does not, since supporters pay with
/// their own money only.
///
/// **Awards.** A project is awarded its exact part of the cost, rounded down to the granularity of the election where it
/// is not complete, so that nothing is overspent; the exact part is told to whoever watches.
///
/// **Weights, endowments, starting from awards:** as in [`super::BoundedOverspending`]. A project that was awarded a part
/// before keeps that part. **Relations** between projects have no meaning for parts: elections that have them are refused by name.
///
/// **Ties** are projects of exactly the same price; the chain says which one is bought next.
///
/// **Properties.** Nobody pays for what gives them nothing, nor more than they have. With the parts as outcome it gives the fractional
/// form of extended justified representation (source).
///
/// **Complexity.** One step for each time that another project becomes the best; each sorts the purses of one
/// project's supporters and looks at the projects whose known price is not above the best.
///
/// **Source.** Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs, *Method of Equal Shares with Bounded Overspending*,
/// EC 2025, arXiv 2409.15005, section 4.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election, Utility};
/// use quartier::rules::FractionalEqualShares;
///
/// let election = Election::builder().budget(1_100)
///     .project(("p1", 1_000)).project(("p2", 500))
///     .ballot(Ballot::approval(["p1"])).ballot(Ballot::approval(["p2"]))
///     .build()?;
/// let rule = FractionalEqualShares::new(Utility::Cardinality).ok_or("not additive")?;
/// let counted = Count::of(&election, &rule).ties("id".parse()?).run()?;
/// let awards = &counted.outcome().ok_or("tie")?.awards;
/// let amounts: Vec<String> = awards.iter().map(|award| format!("{} {}", award.project, award.amount)).collect();
/// assert_eq!(amounts, ["p1 550", "p2 500"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FractionalEqualShares {
    utility: Utility,
}

impl FractionalEqualShares {
    /// The rule with this utility; `None` if it is not additive.
    #[must_use]
    pub fn new(utility: Utility) -> Option<FractionalEqualShares> {
        utility
            .is_additive()
            .then_some(FractionalEqualShares { utility })
    }

    pub(super) fn from_step(step: &StepText) -> Result<FractionalEqualShares, StepFaults> {
        let mut reader = step.reader();
        let utility = take_additive(&mut reader);
        reader.build(utility.and_then(FractionalEqualShares::new))
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("utility", self.utility).map(|_| ())
    }
}

/// What has been bought so far.
struct Market<'e> {
    election: &'e Election,
    gains: Gains,
    purses: Purses<'e>,
    /// Per project.
    parts: Vec<Ratio>,
    bounds: Vec<Ratio>,
    /// Complete, or without supporters who have money.
    closed: Vec<bool>,
    /// In the order of the first part bought.
    order: Vec<ProjectIx>,
}

impl Market<'_> {
    /// The supporters of a project who have money.
    fn payers(&self, project: ProjectIx) -> Vec<Part> {
        let mut parts = self
            .purses
            .parts(self.gains.voters(project).iter().copied());
        parts.retain(|part| {
            let state = self.purses.state(part.state);
            state.is_some_and(|state| state.left.is_positive())
        });
        parts
    }

    fn is_closed(&self, project: ProjectIx) -> bool {
        self.closed.get(project.index()).copied().unwrap_or(true)
    }

    fn close(&mut self, project: ProjectIx) {
        if let Some(closed) = self.closed.get_mut(project.index()) {
            *closed = true;
        }
    }

    /// 1 for each unit of utility; `None` if no supporter has money. What is free is free for all.
    fn price(&self, project: ProjectIx) -> Option<Ratio> {
        let cost = self.election.instance().cost_of(project).to_ratio();
        if cost.is_zero() {
            return Some(Ratio::ZERO);
        }
        let payers = self.payers(project);
        let utility = payers
            .iter()
            .map(|part| &part.weight * self.gains.value(part.gain));
        utility.sum::<Ratio>().checked_inverse()
    }

    /// The projects of the smallest price, in the order of their ids.
    fn best(
        &mut self,
        open: &[ProjectIx],
        allocation: &mut Allocation<'_>,
    ) -> Result<Vec<ProjectIx>, Halt> {
        let bound = |project: ProjectIx| {
            self.bounds
                .get(project.index())
                .cloned()
                .unwrap_or_default()
        };
        let missing = open.iter().filter(|&&project| !self.is_closed(project));
        let mut order: Vec<(Ratio, ProjectIx)> =
            missing.map(|&project| (bound(project), project)).collect();
        order.sort();
        let (mut tied, mut smallest): (Vec<ProjectIx>, Option<Ratio>) = (Vec::new(), None);
        let nothing = Ratio::ZERO;
        for (bound, project) in order {
            if smallest.as_ref().is_some_and(|smallest| bound > *smallest) {
                break;
            }
            allocation.work(1 + self.gains.voters(project).len() as u64)?;
            let id = self.election.instance().id_of(project);
            let Some(price) = self.price(project) else {
                allocation.note(|| Fact::Short {
                    project: id,
                    held: &nothing,
                });
                self.close(project);
                continue;
            };
            allocation.note(|| Fact::LowerBound {
                project: id,
                rate: &price,
            });
            if smallest.as_ref().is_none_or(|smallest| price < *smallest) {
                tied.clear();
                smallest = Some(price.clone());
            }
            if smallest.as_ref() == Some(&price) {
                tied.push(project);
            }
            if let Some(slot) = self.bounds.get_mut(project.index()) {
                *slot = price;
            }
        }
        tied.sort_unstable();
        Ok(tied)
    }

    /// The smallest known price of the other projects, from below.
    fn rival(&self, project: ProjectIx, open: &[ProjectIx]) -> Option<&Ratio> {
        let others = open
            .iter()
            .filter(|&&other| other != project && !self.is_closed(other));
        others
            .filter_map(|other| self.bounds.get(other.index()))
            .min()
    }

    /// Buys a project for as long as it is certainly the best: what is missing, or until enough purses are empty that
    /// its price reaches a rival's.
    ///
    /// Purses empty in the order of what they hold for each unit of utility, so one sort serves all steps.
    fn buy(&mut self, project: ProjectIx, open: &[ProjectIx]) {
        let cost = self.election.instance().cost_of(project).to_ratio();
        let part = self.parts.get(project.index()).cloned().unwrap_or_default();
        if part.is_zero() {
            self.order.push(project);
        }
        let mut missing = &cost - &(&part * &cost);
        let mut payers: Vec<(Ratio, Ratio)> = Vec::new();
        for payer in self.payers(project) {
            let gain = self.gains.value(payer.gain);
            let left = self.purses.state(payer.state).map(|state| &state.left);
            let empty = left.and_then(|left| left.checked_div(&gain));
            payers.extend(empty.map(|empty| (empty, &payer.weight * &gain)));
        }
        payers.sort();
        let mut utility: Ratio = payers.iter().map(|(_, utility)| utility).sum();
        // What has been paid for each unit of utility.
        let mut paid = Ratio::ZERO;
        for emptied in payers.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((empty, _)) = emptied.first() else {
                continue;
            };
            let money = &(empty - &paid) * &utility;
            if money >= missing {
                let rest = missing.checked_div(&utility).unwrap_or_default();
                (paid, missing) = (paid + rest, Ratio::ZERO);
                break;
            }
            missing -= &money;
            paid = empty.clone();
            for (_, gone) in emptied {
                utility -= gone;
            }
            let rival = self.rival(project, open);
            if rival
                .zip(utility.checked_inverse())
                .is_some_and(|(rival, price)| price >= *rival)
            {
                break;
            }
        }
        let gains = &self.gains;
        let pays =
            |state: &State, gain: u32| Some((&paid * gains.value(gain)).min(state.left.clone()));
        self.purses.transfer(gains.voters(project), &pays);
        self.purses.merge();
        let part = missing
            .checked_div(&cost)
            .map_or(Ratio::ONE, |missing| Ratio::ONE - missing);
        if part == Ratio::ONE {
            self.close(project);
        }
        if let Some(slot) = self.parts.get_mut(project.index()) {
            *slot = part;
        }
    }

    /// Awards what was bought.
    fn award(&self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let instance = self.election.instance();
        let unit = Money::from_ten_thousandths(1).unwrap_or_default();
        let granularity = instance.granularity().unwrap_or(unit);
        for &project in &self.order {
            let part = self.parts.get(project.index()).cloned().unwrap_or_default();
            allocation.note(|| Fact::Part {
                project: instance.id_of(project),
                part: &part,
            });
            let cost = instance.cost_of(project);
            let amount = if part == Ratio::ONE {
                cost
            } else {
                Money::floor_to(&(cost.to_ratio() * &part), granularity).unwrap_or_default()
            };
            if amount.is_zero() && !cost.is_zero() {
                continue;
            }
            match allocation.quote(project, amount) {
                Ok(funding) => allocation.award(funding)?,
                Err(block) => allocation.reject(project, block.reason(instance)),
            }
        }
        Ok(())
    }
}

impl Sealed for FractionalEqualShares {}

impl Rule for FractionalEqualShares {
    fn id(&self) -> &'static str {
        "fractional-equal-shares"
    }

    fn text(&self) -> String {
        super::AnyRule::FractionalEqualShares(*self).to_string()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let instance = election.instance();
        if instance
            .projects()
            .iter()
            .any(|project| !project.relations.is_empty())
        {
            let why = "projects exclude or require each other, which has no meaning where projects are funded in part: take another rule, or count without these relations";
            return Err(allocation.refuse(self.id(), why));
        }
        allocation.work(election.profile().marks() as u64)?;
        let gains = Gains::of(election, self.utility)?;
        for project in allocation.candidates() {
            if gains.voters(project).is_empty() {
                allocation.reject(project, Reason::NotRanked);
            }
        }
        let open = allocation.candidates();
        let mut market = Market {
            election,
            gains,
            purses: Purses::beginning(election, allocation),
            parts: vec![Ratio::ZERO; instance.projects().len()],
            bounds: vec![Ratio::ZERO; instance.projects().len()],
            closed: vec![false; instance.projects().len()],
            order: Vec::new(),
        };
        loop {
            let tied = market.best(&open, allocation)?;
            if tied.is_empty() {
                return market.award(allocation);
            }
            let next = allocation.untie(&tied)?;
            market.buy(next, &open);
        }
    }
}
