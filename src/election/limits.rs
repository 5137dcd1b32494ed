//! What a ballot may hold, as the city announced it.

use serde::{Deserialize, Serialize};

use super::money::Money;
use super::points::Points;

/// The limits that the city set for one ballot; what is absent is not limited.
///
/// They are part of the instance because some scores need them (Borda with a stated maximum length);
/// enforcing them on cast votes is the tally's work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
#[non_exhaustive]
pub struct BallotLimits {
    /// Fewest projects on a ballot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// Most projects on a ballot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Least total cost of the projects on a ballot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_sum_cost: Option<Money>,
    /// Greatest total cost of the projects on a ballot (the knapsack ballot).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_sum_cost: Option<Money>,
    /// Fewest points on one project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_points: Option<Points>,
    /// Most points on one project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_points: Option<Points>,
    /// Least sum of points on a ballot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_sum_points: Option<Points>,
    /// Greatest sum of points on a ballot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_sum_points: Option<Points>,
    /// Points of a project that the ballot does not name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_score: Option<Points>,
}
