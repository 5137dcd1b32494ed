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
    /// The moment at which the supporters of a project can pay for it together, given all that was funded before,
    /// where each voter earns money evenly (Phragmén). Moments only grow, so this is also a lower bound for the
    /// rest of the count. After a purchase its moment is the load of every voter who paid.
    Time {
        /// The project.
        project: &'a str,
        /// The moment: currency units for each voter of share 1.
        time: &'a Ratio,
    },
    /// What everybody who pays for a project pays, where all of them pay the same (Exact Equal Shares).
    EqualPayment {
        /// The project.
        project: &'a str,
        /// Currency units for each unit of weight.
        payment: &'a Ratio,
        /// The weight of all who pay: their number, if every vote weighs 1.
        payers: &'a Ratio,
    },
    /// How a project is bought whose supporters need not have all of its cost (bounded overspending): each pays this
    /// price for each unit of utility, or all they have.
    Overspending {
        /// The project.
        project: &'a str,
        /// Currency units for each unit of utility, as the rule's utility counts.
        price: &'a Ratio,
        /// The part of the cost that they cover at `price × covered`, which the price is derived from; 1 where they pay
        /// all of it.
        covered: &'a Ratio,
    },
    /// What a project asks for, at least, now and later, under bounded overspending: its price for each unit of what it gives
    /// in all, divided by the part of its cost that is covered. The project that asks for least is bought next.
    AsksAtLeast {
        /// The project.
        project: &'a str,
        /// The smallest `price / covered / cost`.
        value: &'a Ratio,
    },
    /// How far below zero accounts may fall for the next purchase, because this project would need it (BOS Plus); for each
    /// unit of endowment.
    Overdraft {
        /// The project.
        project: &'a str,
        /// How far.
        amount: &'a Ratio,
    },
    /// The exact part of a project that its supporters bought (Fractional Equal Shares).
    Part {
        /// The project.
        project: &'a str,
        /// The part of its cost, at most 1.
        part: &'a Ratio,
    },
    /// The highest load that a voter would carry if the project were funded too and all costs were spread among
    /// supporters as evenly as can be (maximin support). Loads only grow, so this also holds later.
    HighestLoad {
        /// The project.
        project: &'a str,
        /// The load, or a bound from below where another project is known to give a smaller one.
        at_least: &'a Ratio,
    },
    /// Equal Shares gives out purses.
    Purses {
        /// What an ordinary voter has.
        share: &'a Ratio,
        /// How often it was raised by the completion.
        increments: u64,
    },
    /// No voter pays for this project, now or later, at a rate below this one.
    LowerBound {
        /// The project.
        project: &'a str,
        /// The rate: money per unit of utility.
        rate: &'a Ratio,
    },
    /// Supporters buy a project together. With the rates of all purchases, everybody can compute every purse.
    Purchase {
        /// The project.
        project: &'a str,
        /// The rate: what each pays per unit of utility, or all the rest.
        rate: &'a Ratio,
        /// Who pays in full.
        in_full: &'a [Payment],
        /// Who pays all the rest.
        rest: &'a [Payment],
    },
    /// From here on, the supporters of a project together have less than it costs.
    Short {
        /// The project.
        project: &'a str,
        /// What they have.
        held: &'a Ratio,
    },
    /// From here on, no group of supporters who all pay the same can raise the cost of a project (Exact Equal Shares).
    EquallyShort {
        /// The project.
        project: &'a str,
        /// The most that such a group can raise, less than the cost.
        raised: &'a Ratio,
    },
    /// How much was computed: runs, increments that needed none, rates that were looked for, and exact answers where machine
    /// numbers did not tell.
    Answers {
        /// The runs.
        runs: u64,
        /// The increments whose outcome two runs proved, so that none was made for them.
        skipped: u64,
        /// The runs of which machine numbers alone did not tell all, so that they were made again with exact ones.
        again: u64,
        /// The rates.
        looks: u64,
        /// The exact answers.
        exact: u64,
    },
    /// The comparison of Equal Shares with greedy by votes: what speaks for each.
    Comparison {
        /// For Equal Shares.
        equal_shares: &'a Ratio,
        /// For greedy by votes.
        greedy: &'a Ratio,
        /// Whether greedy by votes counts.
        greedy_counts: bool,
    },
}

/// Voters who pay the same for a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// How many they are.
    pub voters: u64,
    /// What each of them pays.
    pub amount: Ratio,
}
