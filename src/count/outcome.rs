//! The outcome of a count.

use serde::Serialize;

use crate::budget::PotBalance;
use crate::election::Money;
use crate::exact::Ratio;

use super::fate::ProjectFate;

/// What a count gives: an outcome, or the tie that must be settled first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Counted {
    /// Everything is decided.
    Decided(Box<Outcome>),
    /// A lot must be drawn: record its result as a decision and count again.
    LotRequired(LotRequired),
}

impl Counted {
    /// The outcome, if everything is decided.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Counted::Decided(outcome) => Some(outcome),
            Counted::LotRequired(_) => None,
        }
    }
}

/// A tie that binds and that the tie chain does not settle.
///
/// A lot is one order for its stage. Where one was recorded and says nothing of some who are tied now, it is asked about them
/// too: the order drawn before stands, and their places in it are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[error("{}", in_words(self))]
#[non_exhaustive]
pub struct LotRequired {
    /// The stage.
    pub stage: String,
    /// The tied projects, in the order of their ids.
    pub tied: Vec<String>,
    /// The projects of the stage that were drawn before, tied or not, in the order drawn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<String>,
}

fn in_words(lot: &LotRequired) -> String {
    let LotRequired { stage, tied, drawn } = lot;
    let before = if drawn.is_empty() {
        String::new()
    } else {
        format!(
            " together with those drawn before, whose order stands: {};",
            drawn.join(", ")
        )
    };
    format!(
        "a lot must be drawn in stage `{stage}` among {}: record their order as the decision of kind `lot` about `stage:{stage}`,{before} and count again",
        tied.join(", ")
    )
}

/// One payment to a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Award {
    /// The project.
    pub project: String,
    /// How much.
    pub amount: Money,
    /// From which pot.
    pub pot: String,
}

/// A tie that was met and settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct TieRecord {
    /// All that were tied, in the order of their ids.
    pub tied: Vec<String>,
    /// Those that went first, in order, as far as the order mattered.
    pub chosen: Vec<String>,
    /// What settled it: a word of the tie chain, or `recorded-lot`; several, separated by commas, where
    /// several projects were chosen one after another.
    pub by: String,
}

/// Who was funded, why the others were not, and where every euro is.
///
/// Self-contained: it names projects by their ids and holds no reference to the election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Outcome {
    /// The rule's text.
    pub rule: String,
    /// The projects that receive money, in order of selection.
    pub winners: Vec<String>,
    /// Every payment, in order.
    pub awards: Vec<Award>,
    /// The fate of every project, in the order of their ids.
    pub fates: Vec<ProjectFate>,
    /// The pots at the close; the first is the budget.
    pub pots: Vec<PotBalance>,
    /// The ties that were met, in order.
    pub ties: Vec<TieRecord>,
    /// The money there was, what decisions added included; reserves apart.
    pub budget: Money,
    /// What was paid from it.
    pub spent: Money,
    /// What is left of it: budget − spent.
    pub left: Money,
    /// The number of voters, blank ballots included.
    pub voters: u64,
    /// The number of voters whose ballot names a winner.
    pub voters_with_a_winner: u64,
    /// How many winners a voter's ballot names, on average; 0 without voters.
    pub mean_winners: Ratio,
}

impl Outcome {
    /// Does the project receive money?
    #[must_use]
    pub fn has_won(&self, project: &str) -> bool {
        self.winners.iter().any(|winner| winner == project)
    }

    /// What projects receive in all, from all pots.
    #[must_use]
    pub fn funded(&self) -> Money {
        Money::checked_sum(self.awards.iter().map(|award| award.amount)).unwrap_or(Money::MAX)
    }

    /// The winners in the order of their ids, with what each receives: what makes two outcomes the same.
    #[must_use]
    pub fn selection(&self) -> Vec<(&str, Money)> {
        let mut sums: std::collections::BTreeMap<&str, Money> = std::collections::BTreeMap::new();
        for award in &self.awards {
            let sum = sums.entry(&award.project).or_default();
            *sum = sum.checked_add(award.amount).unwrap_or(Money::MAX);
        }
        sums.into_iter().collect()
    }
}
