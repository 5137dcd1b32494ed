//! How much a ballot, or a part of it, may and must hold.

use crate::election::{Instance, Money, Points};

/// The most that one ballot may spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CostBound {
    /// This amount.
    Amount(Money),
    /// The budget of the election: the usual *knapsack* ballot.
    Budget,
}

impl CostBound {
    /// The amount, for an election.
    #[must_use]
    pub fn amount(self, instance: &Instance) -> Money {
        match self {
            CostBound::Amount(amount) => amount,
            CostBound::Budget => instance.budget(),
        }
    }
}

/// How much a ballot, or the part of it in one [`Scope`](super::Scope), may and must hold. What is absent is not limited.
///
/// A *blank* ballot breaks no lower bound: it is blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// Fewest projects.
    pub min: Option<u32>,
    /// Most projects.
    pub max: Option<u32>,
    /// The projects may be of this many quartiers at most; city-wide projects are of none.
    pub max_areas: Option<u32>,
    /// The least that the projects must cost together.
    pub min_cost: Option<Money>,
    /// The most that the projects may cost together.
    pub max_cost: Option<CostBound>,
    /// Fewest points on a project that is named; without it, points below 0 are out of range.
    pub min_points: Option<Points>,
    /// Most points on one project.
    pub max_points: Option<Points>,
    /// Fewest points in all.
    pub min_sum: Option<Points>,
    /// Most points in all.
    pub max_sum: Option<Points>,
}

impl Bounds {
    /// Is nothing limited?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Bounds::default()
    }

    /// The first pair of keys whose bounds contradict each other.
    pub(super) fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        let amount = match self.max_cost {
            Some(CostBound::Amount(most)) => Some(most),
            _ => None,
        };
        let crosses = |least: bool, keys| least.then_some(keys);
        crosses(above(self.min, self.max), ("min", "max"))
            .or_else(|| crosses(above(self.min_cost, amount), ("min-cost", "max-cost")))
            .or_else(|| {
                let keys = ("min-points", "max-points");
                crosses(above(self.min_points, self.max_points), keys)
            })
            .or_else(|| crosses(above(self.min_sum, self.max_sum), ("min-sum", "max-sum")))
    }

    /// May a project be given points below 0? Only where a lower bound says so.
    pub(in crate::tally) fn allows_negative(&self) -> bool {
        self.min_points.is_some_and(|least| least < Points::ZERO)
    }

    /// Does it say something of points?
    pub(super) fn is_of_points(&self) -> bool {
        let bounds = [self.min_points, self.max_points, self.min_sum, self.max_sum];
        bounds.iter().any(Option::is_some)
    }
}

fn above<T: PartialOrd>(least: Option<T>, most: Option<T>) -> bool {
    least.zip(most).is_some_and(|(least, most)| least > most)
}
