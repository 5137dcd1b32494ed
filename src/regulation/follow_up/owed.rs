//! What the city owes of what a followed project costs.

use crate::election::Money;
use crate::law::Rate;
use crate::law::follow_up::{Followed, State};

use super::claim::above;

/// What the city owes of the cost of one project of the register.
#[derive(Debug, Clone, Copy)]
pub(in crate::regulation) struct Owed<'a> {
    by: By<'a>,
    granularity: Money,
}

/// What says it.
#[derive(Debug, Clone, Copy)]
enum By<'a> {
    /// Nothing but the cost itself.
    Cost,
    /// A rate of the regulation at hand.
    Rate(&'a Rate),
    /// The register, by the rates of the project's own edition.
    Register(&'a Followed),
}

impl<'a> Owed<'a> {
    /// Of a candidate of the edition at hand: by the rate that is for it.
    pub(in crate::regulation) fn of_candidate(
        rate: Option<&'a Rate>,
        granularity: Money,
    ) -> Owed<'a> {
        let by = rate.map_or(By::Cost, By::Rate);
        Owed { by, granularity }
    }

    /// Of any other project: as the register says.
    pub(in crate::regulation) fn of_followed(
        project: &'a Followed,
        granularity: Money,
    ) -> Owed<'a> {
        let by = By::Register(project);
        Owed { by, granularity }
    }

    /// What is owed of a cost.
    pub(in crate::regulation) fn of(self, cost: Money) -> Money {
        match self.by {
            By::Cost => cost,
            By::Rate(rate) => rate.grant(cost, self.granularity).unwrap_or(cost),
            By::Register(project) => project.owed(cost, self.granularity),
        }
    }
}

/// What a project costs as far as is known. A project that is held up costs at least what it received, what others pay of
/// its cost, and what the committee says is missing.
pub(super) fn known_cost(project: &Followed, owed: Owed<'_>) -> Money {
    let cost = project.cost();
    let State::Stalled { missing, .. } = project.state() else {
        return cost;
    };
    let others = above(cost, owed.of(cost));
    let with = Money::checked_sum([project.received(), others, missing]);
    cost.max(with.unwrap_or(Money::MAX))
}

/// The most that the city owes of a project in all, as far as is known.
pub(in crate::regulation) fn known_debt(project: &Followed, owed: Owed<'_>) -> Money {
    owed.of(known_cost(project, owed))
}
