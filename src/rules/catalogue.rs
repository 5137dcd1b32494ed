//! The catalogue: adding a rule is its file and one line here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::count::{Allocation, Halt, Memory, Rule, Sealed};
use crate::election::{BallotKind, Election};
use crate::record::{RuleText, RuleTextError, StepFaults, StepText, StepWriter};

use super::bos_plus::BosPlus;
use super::bounded_overspending::BoundedOverspending;
use super::capability::{Capabilities, Feature};
use super::equal_shares::EqualShares;
use super::exact_equal_shares::ExactEqualShares;
use super::fractional_equal_shares::FractionalEqualShares;
use super::greedy::Greedy;
use super::greedy_welfare::GreedyWelfare;
use super::maximin_support::MaximinSupport;
use super::phragmen::Phragmen;
use super::pots;

/// Why a text is not a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// The text is not of the grammar.
    #[error(transparent)]
    Text(#[from] RuleTextError),
    /// A rule that this version does not have.
    #[error("rule `{id}` is not available yet: this version has {}", ids())]
    NotAvailable {
        /// The rule.
        id: String,
    },
    /// No rule has this id.
    #[error("unknown rule `{id}`: this version has {}", ids())]
    Unknown {
        /// The id.
        id: String,
    },
    /// Several rules, where one was asked for.
    #[error(
        "one rule is expected here, and {found} are given: choose one, or read the text as a plan of several rules"
    )]
    OneExpected {
        /// How many were given.
        found: usize,
    },
    /// The settings are not those of the rule.
    #[error(transparent)]
    Settings(#[from] StepFaults),
}

/// Rules that files and people may name and that this version does not have.
const PLANNED: [&str; 4] = [
    "max-welfare",
    "cstv",
    "expanding-approvals",
    "ordered-relax",
];

macro_rules! catalogue {
    ($($(#[$doc:meta])* $rule:ident = $id:literal, ballots: $ballots:expr, honours: $honours:expr;)*) => {
        /// Any rule of the catalogue, with its settings. Its text form reads back exactly.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum AnyRule {
            $($(#[$doc])* $rule($rule),)*
        }

        /// Every rule of this version: its id and what it can honour, in a stated order.
        #[must_use]
        pub const fn catalogue() -> &'static [(&'static str, Capabilities)] {
            const ALL: &[(&str, Capabilities)] = &[$(($id, Capabilities::new($ballots, $honours)),)*];
            ALL
        }

        impl AnyRule {
            /// The rule that a step of a rule's text names.
            ///
            /// # Errors
            /// [`RuleError`] if there is no such rule or its settings are wrong.
            pub fn from_step(step: &StepText) -> Result<AnyRule, RuleError> {
                match step.id() {
                    $($id => Ok(AnyRule::$rule($rule::from_step(step)?)),)*
                    id if PLANNED.contains(&id) => Err(RuleError::NotAvailable { id: id.to_owned() }),
                    id => Err(RuleError::Unknown { id: id.to_owned() }),
                }
            }

            fn as_rule(&self) -> &dyn Rule {
                match self {
                    $(AnyRule::$rule(rule) => rule,)*
                }
            }
        }

        impl fmt::Display for AnyRule {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(AnyRule::$rule(rule) => rule.write(&mut StepWriter::new(f, $id)?),)*
                }
            }
        }
    };
}

const NAMING: &[BallotKind] = &[
    BallotKind::Approval,
    BallotKind::Ranked,
    BallotKind::Points,
    BallotKind::Signed,
];

const EVERY: &[BallotKind] = &[
    BallotKind::Approval,
    BallotKind::Ranked,
    BallotKind::Points,
    BallotKind::Grades,
    BallotKind::Signed,
];

catalogue! {
    /// Fund by rank.
    Greedy = "greedy", ballots: EVERY,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::PartialAwards, Feature::Weights, Feature::Grants, Feature::Continues];
    /// Fund by utility per euro.
    GreedyWelfare = "greedy-welfare", ballots: NAMING,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::Weights, Feature::Grants, Feature::Continues];
    /// Equal shares of the money for all voters.
    EqualShares = "equal-shares", ballots: NAMING,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::Weights, Feature::Endowments, Feature::Continues];
    /// Fund what its supporters can pay first, all earning evenly.
    Phragmen = "phragmen", ballots: NAMING,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::Weights, Feature::Endowments, Feature::Continues];
    /// Purses of equal shares; all who pay for a project pay the same.
    ExactEqualShares = "exact-equal-shares", ballots: NAMING,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::Weights, Feature::Endowments, Feature::Continues];
    /// Purses of equal shares; the budget helps where they do not quite reach.
    BoundedOverspending = "bos", ballots: NAMING,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::Weights, Feature::Endowments, Feature::Continues];
    /// Purses of equal shares that all may overdraw as far as the best project needs it.
    BosPlus = "bos-plus", ballots: NAMING,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::Weights, Feature::Endowments, Feature::Continues];
    /// Purses of equal shares; projects are funded in part.
    FractionalEqualShares = "fractional-equal-shares", ballots: NAMING,
        honours: &[Feature::SeveralPots, Feature::PartialAwards, Feature::Weights, Feature::Endowments, Feature::Continues];
    /// Fund what keeps the highest load lowest.
    MaximinSupport = "maximin-support", ballots: NAMING,
        honours: &[Feature::Caps, Feature::Counts, Feature::SeveralPots, Feature::Weights, Feature::Endowments, Feature::Continues];
}

fn ids() -> String {
    catalogue()
        .iter()
        .map(|&(id, _)| id)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Refuses voters who have different shares of the money, unless the rule honours them.
pub(super) fn check_endowments(
    id: &str,
    election: &Election,
    allocation: &Allocation<'_>,
) -> Result<(), Halt> {
    let honours = catalogue()
        .iter()
        .any(|(known, capabilities)| *known == id && capabilities.honours(Feature::Endowments));
    let profile = election.profile();
    if honours || profile.is_unweighted() {
        return Ok(());
    }
    let mut endowments = profile
        .ballots()
        .filter_map(|ballot| profile.classes().get(ballot.class()))
        .map(|class| &class.endowment);
    let first = endowments.next();
    if endowments.all(|endowment| Some(endowment) == first) {
        return Ok(());
    }
    let why = "voters have different endowments, and this rule gives them no money to spend: give all of them the same endowment (their weights may differ)";
    Err(allocation.refuse(id, why))
}

impl AnyRule {
    /// What the rule can honour.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        let own = catalogue().iter().find(|(id, _)| *id == self.id());
        own.map_or(Capabilities::new(&[], &[]), |&(_, capabilities)| {
            capabilities
        })
    }
}

impl Sealed for AnyRule {}

impl Rule for AnyRule {
    fn id(&self) -> &'static str {
        self.as_rule().id()
    }

    fn text(&self) -> String {
        self.to_string()
    }

    fn memory(&self) -> Memory {
        self.as_rule().memory()
    }

    fn needs_ballots(&self) -> Option<&'static str> {
        self.as_rule().needs_ballots()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let rule = self.as_rule();
        if self.capabilities().honours(Feature::Endowments) {
            // Voters have purses, and a purse belongs to one pot.
            return pots::each(rule.id(), election, allocation, |election, allocation| {
                rule.allocate(election, allocation)
            });
        }
        rule.allocate(election, allocation)
    }
}

impl FromStr for AnyRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<AnyRule, RuleError> {
        let text: RuleText = text.parse()?;
        match text.steps() {
            [step] => AnyRule::from_step(step),
            steps => Err(RuleError::OneExpected { found: steps.len() }),
        }
    }
}

impl Serialize for AnyRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AnyRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AnyRule, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
