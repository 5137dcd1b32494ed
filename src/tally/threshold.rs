//! Thresholds: how much support a project needs to be funded at all.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

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
/// something meets a threshold in proportion to cost. Every threshold prints a text that reads back, also
/// with serde.
///
/// ```
/// use quartier::tally::Threshold;
/// let threshold: Threshold = "10%".parse()?;
/// assert_eq!(threshold.to_string(), "10%");
/// assert_eq!(Threshold::percent(10.into()), Some(threshold));
/// assert_eq!(Threshold::at_least((-1).into()), None);
/// # Ok::<(), quartier::tally::ThresholdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold(Kind);

/// The numbers are not negative, the divisor is above 0, and all are short enough to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    AtLeast(Ratio),
    Percent(Ratio),
    CostShare(Ratio),
}

/// A text that is not a threshold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a threshold: write a number such as 50, a share of ballots such as 10%, or cost/3 for votes in proportion to cost"
)]
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

/// A threshold made ready for one election: what all its projects have in common is computed once.
#[derive(Debug, Clone)]
pub struct AppliedThreshold<'a> {
    election: &'a Election,
    needs: Needs,
}

#[derive(Debug, Clone)]
enum Needs {
    /// The same score for every project.
    Score(Ratio),
    /// Votes for each unit of cost; `None` with a budget of 0.
    PerCost(Option<Ratio>),
}

impl Threshold {
    /// The largest numerator and denominator together, in bits: the text of a rule stays short.
    const BITS: usize = 400;

    /// A score; `None` if it is negative or has more than 400 bits.
    #[must_use]
    pub fn at_least(score: Ratio) -> Option<Threshold> {
        (!score.is_negative() && score.bits() <= Threshold::BITS)
            .then_some(Threshold(Kind::AtLeast(score)))
    }

    /// A percentage of the ballots, rounded up; `None` if it is negative or has more than 400 bits.
    #[must_use]
    pub fn percent(percent: Ratio) -> Option<Threshold> {
        (!percent.is_negative() && percent.bits() <= Threshold::BITS)
            .then_some(Threshold(Kind::Percent(percent)))
    }

    /// Votes in proportion to the share of the budget that a project costs, divided by `divisor`; `None` if
    /// that is not above 0 or has more than 400 bits.
    #[must_use]
    pub fn cost_share(divisor: Ratio) -> Option<Threshold> {
        (divisor.is_positive() && divisor.bits() <= Threshold::BITS)
            .then_some(Threshold(Kind::CostShare(divisor)))
    }

    /// Is it a share of the ballots, whose number must then be known?
    #[must_use]
    pub fn is_share(&self) -> bool {
        !matches!(self.0, Kind::AtLeast(_))
    }

    /// The threshold for an election. It adds up the weight of all ballots, once for all projects.
    #[must_use]
    pub fn applied<'a>(&self, election: &'a Election) -> AppliedThreshold<'a> {
        // Voters of channels of which only totals are known; the rules refuse to go on where they are not known.
        let totals = || {
            election
                .aggregates()
                .iter()
                .filter_map(|totals| totals.voters)
                .sum::<u64>()
        };
        let ballots = || election.profile().total_weight() + Ratio::from(totals());
        let needs = match &self.0 {
            Kind::AtLeast(score) => Needs::Score(score.clone()),
            Kind::Percent(percent) => {
                let share = Ratio::new(1, 100).unwrap_or_default() * percent;
                Needs::Score((share * ballots()).ceil())
            }
            Kind::CostShare(divisor) => Needs::PerCost(
                ballots().checked_div(&(election.instance().budget().to_ratio() * divisor)),
            ),
        };
        AppliedThreshold { election, needs }
    }

    /// What one project needs; where many are asked for, ask [`Threshold::applied`].
    #[must_use]
    pub fn needed(&self, election: &Election, project: ProjectIx) -> Needed {
        self.applied(election).needed(project)
    }
}

impl AppliedThreshold<'_> {
    /// What a project needs.
    #[must_use]
    pub fn needed(&self, project: ProjectIx) -> Needed {
        let per_cost = match &self.needs {
            Needs::Score(score) => return Needed::Score(score.clone()),
            Needs::PerCost(per_cost) => per_cost,
        };
        let cost = self.election.instance().cost_of(project).to_ratio();
        match per_cost {
            Some(per_cost) => Needed::Votes(cost * per_cost),
            None if cost.is_zero() => Needed::Votes(Ratio::default()),
            None => Needed::Unreachable,
        }
    }
}

impl FromStr for Threshold {
    type Err = ThresholdError;

    fn from_str(text: &str) -> Result<Threshold, ThresholdError> {
        let number = |text: &str| text.parse::<Ratio>().ok();
        let found = if let Some(divisor) = text.strip_prefix("cost/") {
            number(divisor).and_then(Threshold::cost_share)
        } else if let Some(percent) = text.strip_suffix('%') {
            number(percent).and_then(Threshold::percent)
        } else {
            number(text).and_then(Threshold::at_least)
        };
        found.ok_or_else(|| ThresholdError {
            found: text.chars().take(60).collect(),
        })
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::AtLeast(score) => write!(f, "{score}"),
            Kind::Percent(percent) => write!(f, "{percent}%"),
            Kind::CostShare(divisor) => write!(f, "cost/{divisor}"),
        }
    }
}

impl Serialize for Threshold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Threshold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Threshold, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
