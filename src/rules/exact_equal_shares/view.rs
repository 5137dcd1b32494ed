//! What of an election no run changes: who supports what, with which weight, out of which purse.

use std::cmp::Ordering;

use crate::count::{Allocation, Halt};
use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;

use super::super::purses::Purses;
use super::super::supporters;

/// The bits of whole numbers that are computed with: sums of two still fit.
const BITS: u32 = 124;

/// The most binary places of an amount.
const PLACES: u32 = 64;

/// All weights together, in parts of the common denominator.
const MOST_WEIGHT: i128 = 1 << 62;

pub(super) const TOO_FINE: &str = "the weights of the voters have no common denominator that is small enough to compute with, or the amounts of one are too far from those of another: round the weights and endowments";

/// What some voters have for each unit of weight at the beginning.
#[derive(Debug, Clone)]
pub(super) struct Purse {
    /// In currency units.
    pub(super) left: Ratio,
    /// How much of an amount for each unit of endowment reaches a unit of weight.
    pub(super) rate: Ratio,
}

/// One project.
#[derive(Debug, Clone)]
struct Ware {
    /// The distinct ballots that support it.
    supporters: Vec<u32>,
    /// All their weight.
    weight: i128,
    /// Ten-thousandths, times the common denominator of weights.
    cost: i128,
    /// The cost for each unit of utility; `None` where there is none.
    for_utility: Option<Ratio>,
    /// The same for all projects times one factor, if that is a whole number.
    whole: Option<i128>,
}

/// The voters and projects as runs see them.
#[derive(Debug)]
pub(super) struct View<'e> {
    pub(super) election: &'e Election,
    wares: Vec<Ware>,
    /// Per distinct ballot: the weight of its voters, in parts of the common denominator.
    weights: Vec<i128>,
    /// Per distinct ballot: where its purse stands.
    purse_of: Vec<u32>,
    purses: Vec<Purse>,
    /// The common denominator of the weights.
    common: i128,
}

impl<'e> View<'e> {
    pub(super) fn new(
        election: &'e Election,
        utilities: &[Ratio],
        purses: &Purses<'e>,
        allocation: &Allocation<'_>,
    ) -> Result<View<'e>, Halt> {
        let refuse = || allocation.refuse("exact-equal-shares", TOO_FINE);
        let profile = election.profile();
        let classes = profile.classes();
        let common = Ratio::common_denominator(classes.iter().map(|class| &class.weight));
        let common = common
            .to_i128()
            .filter(|&common| common < MOST_WEIGHT)
            .ok_or_else(refuse)?;
        let mut weights = Vec::with_capacity(profile.len());
        let mut total = 0_i128;
        for ballot in profile.ballots() {
            let class = classes.get(ballot.class()).map(|class| &class.weight);
            let weight = class
                .map(|weight| weight.mul_int(common).mul_int(i128::from(ballot.count())))
                .and_then(|weight| weight.to_i128())
                .filter(|&weight| weight < MOST_WEIGHT - total)
                .ok_or_else(refuse)?;
            total += weight;
            weights.push(weight);
        }
        let (purse_of, states) = purses.starts();
        let mut view = View {
            election,
            wares: Vec::new(),
            weights,
            purse_of,
            purses: states
                .into_iter()
                .map(|(left, rate)| Purse { left, rate })
                .collect(),
            common,
        };
        for (project, utility) in election.instance().project_indices().zip(utilities) {
            let ware = view.ware(project, utility).ok_or_else(refuse)?;
            view.wares.push(ware);
        }
        view.make_whole();
        Ok(view)
    }

    fn ware(&self, project: ProjectIx, utility: &Ratio) -> Option<Ware> {
        let cost = self.election.instance().cost_of(project);
        let supporters: Vec<u32> = supporters::of_project(self.election, project)
            .filter_map(|ballot| u32::try_from(ballot.index()).ok())
            .collect();
        Some(Ware {
            weight: supporters.iter().map(|&ballot| self.weight(ballot)).sum(),
            supporters,
            cost: cost.ten_thousandths().checked_mul(self.common)?,
            for_utility: cost
                .to_ratio()
                .checked_div(utility)
                .filter(|_| utility.is_positive()),
            whole: None,
        })
    }

    /// Prices are compared by multiplying crosswise, in whole numbers where they are small enough.
    fn make_whole(&mut self) {
        let all = self
            .wares
            .iter()
            .filter_map(|ware| ware.for_utility.as_ref());
        let factor = Ratio::common_denominator(all);
        for ware in &mut self.wares {
            let whole = ware.for_utility.as_ref().map(|each| each * &factor);
            ware.whole = whole.and_then(|whole| whole.to_i128());
        }
    }

    fn get(&self, project: ProjectIx) -> Option<&Ware> {
        self.wares.get(project.index())
    }

    /// The distinct ballots that support a project.
    pub(super) fn supporters(&self, project: ProjectIx) -> &[u32] {
        self.get(project).map_or(&[], |ware| &ware.supporters)
    }

    /// All weight that supports a project.
    pub(super) fn support(&self, project: ProjectIx) -> i128 {
        self.get(project).map_or(0, |ware| ware.weight)
    }

    /// Has the project a utility?
    pub(super) fn is_useful(&self, project: ProjectIx) -> bool {
        self.get(project)
            .is_some_and(|ware| ware.for_utility.is_some())
    }

    pub(super) fn weight(&self, ballot: u32) -> i128 {
        self.weights.get(ballot as usize).copied().unwrap_or(0)
    }

    /// The number of the purse that each distinct ballot begins with.
    pub(super) fn purse_of(&self) -> &[u32] {
        &self.purse_of
    }

    pub(super) fn purses(&self) -> &[Purse] {
        &self.purses
    }

    /// A weight in units.
    pub(super) fn in_units(&self, weight: i128) -> Ratio {
        Ratio::new(weight, self.common).unwrap_or_default()
    }

    /// What each unit of weight pays if this weight shares the cost.
    pub(super) fn payment(&self, project: ProjectIx, weight: i128) -> Ratio {
        let cost = self.election.instance().cost_of(project).to_ratio();
        cost.checked_div(&self.in_units(weight)).unwrap_or_default()
    }

    /// The payment for each unit of utility.
    pub(super) fn price(&self, project: ProjectIx, weight: i128) -> Ratio {
        let each = self.get(project).and_then(|ware| ware.for_utility.as_ref());
        let price = each.and_then(|each| each.checked_div(&self.in_units(weight)));
        price.unwrap_or_default()
    }

    /// Compares the prices of two projects, each with the weight that pays.
    pub(super) fn compare(&self, a: (ProjectIx, i128), b: (ProjectIx, i128)) -> Ordering {
        let whole = |(project, _): (ProjectIx, i128), (_, other): (ProjectIx, i128)| {
            self.get(project)?.whole?.checked_mul(other)
        };
        match whole(a, b).zip(whole(b, a)) {
            Some((a, b)) => a.cmp(&b),
            None => self.price(a.0, a.1).cmp(&self.price(b.0, b.1)),
        }
    }

    /// How many binary places amounts up to these purses can have in all computations of a run.
    pub(super) fn places(&self, purses: &[Ratio]) -> Option<u32> {
        let costs = self.wares.iter().map(|ware| ware.cost);
        let most = purses.iter().max().map_or(Some(0), |most| fixed(most, 0));
        let most = costs.chain([most?]).max().unwrap_or(0);
        let bits = i128::BITS - most.leading_zeros();
        BITS.checked_sub(bits).map(|places| places.min(PLACES))
    }

    /// What a unit of weight pays, rounded down to these places.
    pub(super) fn fixed_payment(&self, project: ProjectIx, weight: i128, places: u32) -> i128 {
        let cost = self.get(project).map_or(0, |ware| ware.cost);
        (cost << places).checked_div(weight).unwrap_or(0)
    }
}

/// An amount of currency units in ten-thousandths, rounded down to so many binary places; `None` if it is too large.
pub(super) fn fixed(amount: &Ratio, places: u32) -> Option<i128> {
    let scaled = amount.mul_int(10_000).mul_int(1 << places).floor();
    scaled.to_i128().filter(|scaled| scaled.abs() >> BITS == 0)
}
