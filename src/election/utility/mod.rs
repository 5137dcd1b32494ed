//! Utilities: how much a voter is taken to gain from a funded project.
//!
//! A ballot says what a voter wants, not how much it is worth to them; every rule that adds up or
//! divides *utility* needs that stated. All values here are exact: whole numbers and fractions, and for
//! roots and logarithms the fixed-point values of [`crate::exact::fixed`] (12 decimals, rounded down).
//!
//! | text | utility of a set W for a voter | ballots | additive |
//! |---|---|---|---|
//! | `cost` | cost of the funded projects that the ballot names | all but grades | yes |
//! | `cardinality` | their number | all but grades | yes |
//! | `points` | points given to them | points | yes |
//! | `borda` | per project: length of the ballot − position − 1, position from 0 | ranked | yes |
//! | `archive-borda` | per project: maximum length − position (the ballot's length where no maximum is set) | ranked | yes |
//! | `effort` | per project: cost ÷ weight of the voters who name it (their number, if all weigh the same) | all but grades | yes |
//! | `relative-cost` | `cost` ÷ the greatest total cost of projects of the ballot that the budget can buy | all but grades | yes |
//! | `relative-cost-approx` | `cost` ÷ min(total cost of the ballot, budget) | all but grades | yes |
//! | `relative-cardinality` | `cardinality` ÷ the greatest number of projects of the ballot that the budget can buy | all but grades | yes |
//! | `relative-points` | `points` ÷ the most points that the budget can buy | points | yes |
//! | `cost-sqrt` | square root of `cost` | all but grades | no |
//! | `cost-log` | natural logarithm of 1 + `cost` | all but grades | no |
//! | `additive-cost-sqrt` | sum of the square roots of the costs | all but grades | yes |
//! | `additive-cost-log` | sum of ln(1 + cost) | all but grades | yes |
//! | `chamberlin-courant` | 1 if a named project is funded (points: the most points of one), else 0 | all but grades | no |
//!
//! A ballot *names* the projects on it, points of 0 included; a signed ballot those it is for. A ratio
//! whose divisor is 0 is 0. Sources: the definitions of the research field as collected in pabutools'
//! documentation; Peters, Pierczyński, Skowron (2021) for cost utilities; `archive-borda` is the score that
//! the Pabulib archive publishes.

mod additive;
mod normaliser;
mod set;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::ballot::BallotKind;
use super::election::Election;

pub(crate) use additive::positions;
pub use additive::{Additive, EntryValue};
pub use set::SetUtility;

macro_rules! utilities {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// How much a voter is taken to gain; the [module](self) defines each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Utility {
            $($(#[$doc])* $name,)*
        }

        impl Utility {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Utility] = &[$(Utility::$name,)*];

            /// The text form, as in files and on command lines.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Utility::$name => $text,)*
                }
            }
        }
    };
}

utilities! {
    /// The cost of the projects gained.
    Cost = "cost",
    /// The number of projects gained.
    Cardinality = "cardinality",
    /// The points given to the projects gained.
    Points = "points",
    /// Borda with the ballot's own length, the last ranked project giving 0.
    Borda = "borda",
    /// Borda as the Pabulib archive publishes it.
    ArchiveBorda = "archive-borda",
    /// The voter's share in each project's cost.
    Effort = "effort",
    /// Cost relative to what the budget could buy the voter.
    RelativeCost = "relative-cost",
    /// Cost relative to the smaller of the ballot's cost and the budget.
    RelativeCostApprox = "relative-cost-approx",
    /// Number relative to what the budget could buy the voter.
    RelativeCardinality = "relative-cardinality",
    /// Points relative to what the budget could buy the voter.
    RelativePoints = "relative-points",
    /// Square root of the total cost gained.
    CostSqrt = "cost-sqrt",
    /// Logarithm of the total cost gained.
    CostLog = "cost-log",
    /// Sum of the square roots of the costs gained.
    AdditiveCostSqrt = "additive-cost-sqrt",
    /// Sum of the logarithms of the costs gained.
    AdditiveCostLog = "additive-cost-log",
    /// Whether the voter gains anything.
    ChamberlinCourant = "chamberlin-courant",
}

/// Why a utility cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UtilityError {
    /// No utility has this name.
    #[error("`{found}` is not a utility: use one of {}", names())]
    Unknown {
        /// The name.
        found: String,
    },
    /// The ballots do not say what the utility needs.
    #[error(
        "utility `{utility}` cannot be read from {kind} ballots: choose another, or count them as approval"
    )]
    Ballots {
        /// The utility.
        utility: Utility,
        /// The kind of the profile.
        kind: BallotKind,
    },
    /// The exact divisors of all ballots together need more work than the bound allows.
    #[error(
        "utility `{utility}` needs for each ballot the best set of its projects within the budget, which takes more than {limit} steps for all ballots (given up at one of {projects} projects): use its approximate form or another utility"
    )]
    TooMuchWork {
        /// The utility.
        utility: Utility,
        /// The number of projects on the ballot at which the work ran out.
        projects: usize,
        /// The bound on the partial sets that are looked at, over all ballots.
        limit: usize,
    },
}

fn names() -> String {
    Utility::ALL
        .iter()
        .map(|utility| utility.text())
        .collect::<Vec<_>>()
        .join(", ")
}

impl Utility {
    /// Can it be read from ballots of this kind?
    #[must_use]
    pub fn reads(self, kind: BallotKind) -> bool {
        match self {
            Utility::Points | Utility::RelativePoints => kind == BallotKind::Points,
            Utility::Borda | Utility::ArchiveBorda => kind == BallotKind::Ranked,
            _ => kind != BallotKind::Grades,
        }
    }

    /// Is the utility of a set the sum over its projects?
    #[must_use]
    pub fn is_additive(self) -> bool {
        !matches!(
            self,
            Utility::CostSqrt | Utility::CostLog | Utility::ChamberlinCourant
        )
    }

    fn check(self, election: &Election) -> Result<(), UtilityError> {
        let kind = election.profile().kind();
        if self.reads(kind) {
            Ok(())
        } else {
            Err(UtilityError::Ballots {
                utility: self,
                kind,
            })
        }
    }
}

impl fmt::Display for Utility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl FromStr for Utility {
    type Err = UtilityError;

    fn from_str(text: &str) -> Result<Utility, UtilityError> {
        let found = Utility::ALL
            .iter()
            .copied()
            .find(|utility| utility.text() == text);
        found.ok_or_else(|| UtilityError::Unknown {
            found: text.chars().take(60).collect(),
        })
    }
}

impl Serialize for Utility {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl<'de> Deserialize<'de> for Utility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Utility, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
