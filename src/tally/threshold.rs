//! Thresholds: how much support a project needs to be funded at all.

use std::fmt;
use std::str::FromStr;

use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;

/// The least support that a project needs. A project that meets it exactly passes.
///
/// | text | needs | example |
/// |---|---|---|
/// | `50` | a score of 50 | Łódź: 50 votes; Katowice: points |
/// | `10%` | a score of 10% of the ballots, rounded up to a whole number | Warszawa 2018 |
/// | `cost/3` | votes ÷ ballots ≥ cost ÷ (3 × budget) | Świecie 2023 |
///
/// Ballots count with their weights, blank ones included. With a budget of 0, no project that costs
/// something meets a threshold in proportion to cost.
///
/// ```
/// use quartier::tally::Threshold;
/// let threshold: Threshold = "10%".parse()?;
/// assert_eq!(threshold.to_string(), "10%");
/// # Ok::<(), quartier::tally::ThresholdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Threshold {
    /// This score.
    AtLeast(Ratio),
    /// This percentage of the ballots, rounded up.
    Percent(Ratio),
    /// Votes in proportion to the share of the budget that the project costs, divided by this.
    CostShare(Ratio),
}

/// A text that is not a threshold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a threshold: write a number such as 50, a share of ballots such as 10%, or cost/3 for votes in proportion to cost")]
pub struct ThresholdError {
    found: String,
}

/// What one project needs, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    /// This score.
    Score(Ratio),
    /// This many votes, whatever the score.
    Votes(Ratio),
    /// More than anybody can have.
    Unreachable,
}

impl Threshold {
    /// What a project needs.
    #[must_use]
    pub fn needed(&self, election: &Election, project: ProjectIx) -> Needed {
        let ballots = election.profile().total_weight();
        match self {
            Threshold::AtLeast(score) => Needed::Score(score.clone()),
            Threshold::Percent(percent) => {
                let share = Ratio::new(1, 100).unwrap_or_default() * percent;
                Needed::Score((share * ballots).ceil())
            }
            Threshold::CostShare(divisor) => {
                let cost = election.instance().cost_of(project).to_ratio();
                let budget = election.instance().budget().to_ratio();
                match (cost.clone() * ballots).checked_div(&(budget * divisor)) {
                    Some(votes) => Needed::Votes(votes),
                    None if cost.is_zero() => Needed::Votes(Ratio::default()),
                    None => Needed::Unreachable,
                }
            }
        }
    }
}

impl FromStr for Threshold {
    type Err = ThresholdError;

    fn from_str(text: &str) -> Result<Threshold, ThresholdError> {
        let number = |text: &str| text.parse::<Ratio>().ok().filter(|number| !number.is_negative());
        let found = if let Some(divisor) = text.strip_prefix("cost/") {
            number(divisor).filter(|divisor| !divisor.is_zero()).map(Threshold::CostShare)
        } else if let Some(percent) = text.strip_suffix('%') {
            number(percent).map(Threshold::Percent)
        } else {
            number(text).map(Threshold::AtLeast)
        };
        found.ok_or_else(|| ThresholdError { found: text.chars().take(60).collect() })
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Threshold::AtLeast(score) => write!(f, "{score}"),
            Threshold::Percent(percent) => write!(f, "{percent}%"),
            Threshold::CostShare(divisor) => write!(f, "cost/{divisor}"),
        }
    }
}
