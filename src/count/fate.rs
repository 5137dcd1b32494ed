//! What became of each project.

use serde::Serialize;

use crate::election::Money;
use crate::record::Reason;

/// What became of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "fate",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
#[non_exhaustive]
pub enum Fate {
    /// It receives its full cost.
    Funded {
        /// Its cost.
        amount: Money,
    },
    /// It receives a part of its cost.
    PartlyFunded {
        /// What it receives.
        amount: Money,
        /// What is missing.
        missing: Money,
    },
    /// It receives nothing.
    Refused {
        /// Why.
        reason: Reason,
    },
}

/// A project with its fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProjectFate {
    /// The project.
    pub project: String,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}
