//! What happens during a count, as it is told to whoever watches.

use serde::Serialize;

use super::reason::Reason;
use crate::election::Money;
use crate::exact::Ratio;

/// One step of a count. Borrowed: nothing is copied unless the observer does so.
///
/// Together the events are enough to explain and to verify a result without running the rule again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A rule begins with what the pots hold.
    Started {
        /// The stage.
        stage: &'a str,
        /// The rule's text.
        rule: &'a str,
        /// The money left in the stage's pots.
        available: Money,
    },
    /// A recorded decision takes effect.
    Decided {
        /// The decision's number in its list, from 1.
        number: usize,
        /// The project it is about, if it is about one.
        project: Option<&'a str>,
    },
    /// Money reaches a pot.
    MoneyAdded {
        /// The pot.
        pot: &'a str,
        /// How much.
        amount: Money,
    },
    /// A project is paid from a pot; a project paid from several pots has one event for each.
    Awarded {
        /// The project.
        project: &'a str,
        /// The pot.
        pot: &'a str,
        /// How much.
        amount: Money,
        /// What is left in the pot.
        left: Money,
    },
    /// A project is out for the rest of the rule's run.
    Rejected {
        /// The project.
        project: &'a str,
        /// Why.
        reason: &'a Reason,
    },
    /// A tie was settled.
    Untied {
        /// All that were tied, in the order of their ids.
        tied: &'a [&'a str],
        /// The one that goes first.
        chosen: &'a str,
        /// What settled it.
        by: &'a str,
    },
    /// A fact of the rule's own, see [`Fact`].
    Noted(Fact<'a>),
    /// The count closed.
    Closed {
        /// What projects received in all.
        funded: Money,
        /// What is left in all pots.
        left: Money,
    },
}

/// What only one rule knows: a score, a density, a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(
    tag = "fact",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
#[non_exhaustive]
pub enum Fact<'a> {
    /// A project's score.
    Score {
        /// The project.
        project: &'a str,
        /// Its score.
        score: &'a Ratio,
    },
    /// A project's place in a ranking that has no sum of votes or points.
    Rank {
        /// The project.
        project: &'a str,
        /// The number of its tied group, 1 for the best.
        place: u64,
        /// The figure that the ranking publishes beside it, for people.
        figure: &'a str,
    },
    /// A project's total utility, and that per unit of cost (`None` if it costs nothing).
    Density {
        /// The project.
        project: &'a str,
        /// Its total utility.
        utility: &'a Ratio,
        /// Utility per currency unit.
        density: Option<&'a Ratio>,
    },
}
