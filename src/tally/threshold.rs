//! Thresholds: how much support a project needs to be funded at all.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::exact::Ratio;

use super::applied_threshold::ThresholdRefused;
use super::score::Score;

/// The least support that a project needs. A project that meets it exactly passes.
///
/// | text | needs | example |
/// |---|---|---|
/// | `50` | a score of 50 | Łódź: 50 votes; Katowice: points |
/// | `10%` | a score of 10% of the ballots, rounded up to a whole number | Warszawa 2018 |
/// | `votes/50` | 50 votes, whatever the score | a ranking that has no sum |
/// | `votes/10%` | votes of 10% of the ballots, rounded up to a whole number | a ranking that has no sum |
/// | `cost/3` | votes ÷ ballots ≥ cost ÷ (3 × budget) | Świecie 2023 |
/// | `areas/3` | support in 3 areas: at least one voter of each names it | *les projets les plus fédérateurs* |
/// | `areas/3/10` | support in 3 areas: at least 10 voters of each name it | |
/// | `50;areas/3` | all of a list | |
///
/// Ballots count with their weights, blank ones included. With a budget of 0, no project that costs
/// something meets a threshold in proportion to cost. Areas are those of the voter table's column `area`; there
/// every voter counts as one, whatever their weight, see [`AreaSupport`](super::AreaSupport). Every threshold
/// prints a text that reads back, also with serde.
///
/// ```
/// use quartier::tally::Threshold;
/// let threshold: Threshold = "10%;areas/3/10".parse()?;
/// assert_eq!(threshold.to_string(), "10%;areas/3/10");
/// let parts = Threshold::percent(10.into()).zip(Threshold::in_areas(3, 10));
/// assert_eq!(parts.and_then(|(ten_percent, areas)| ten_percent.and(areas)), Some(threshold));
/// assert_eq!(Threshold::at_least((-1).into()), None);
/// # Ok::<(), quartier::tally::ThresholdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold(Vec<Part>);

/// The numbers are not negative, the divisor is above 0, and all are short enough to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    AtLeast(Ratio),
    Percent(Ratio),
    Votes(Ratio),
    VotesPercent(Ratio),
    CostShare(Ratio),
    Areas { areas: u32, voters: u64 },
}

/// A text that is not a threshold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a threshold: write {}", ThresholdError::expected())]
pub struct ThresholdError {
    found: String,
}

impl ThresholdError {
    /// What may be written, for messages that name the text themselves.
    pub(crate) fn expected() -> String {
        let (expected, most) = (Threshold::EXPECTED, Threshold::MOST);
        format!("{expected}, or up to {most} of them joined by `;`")
    }
}

impl Threshold {
    /// The largest numerator and denominator together, in bits: the text of a rule stays short.
    const BITS: usize = 400;

    /// The most conditions of one threshold: more could not be written in the text of a rule.
    pub const MOST: usize = 8;

    /// What may be written, for messages.
    pub(crate) const EXPECTED: &'static str = "a number such as 50, a share of ballots such as 10%, votes/50 or votes/10% for votes whatever the score, cost/3 for votes in proportion to cost, areas/3 or areas/3/10 for support in 3 areas";

    fn number(number: Ratio, part: impl FnOnce(Ratio) -> Part) -> Option<Threshold> {
        (!number.is_negative() && number.bits() <= Threshold::BITS)
            .then(|| Threshold(vec![part(number)]))
    }

    /// A score; `None` if it is negative or has more than 400 bits.
    #[must_use]
    pub fn at_least(score: Ratio) -> Option<Threshold> {
        Threshold::number(score, Part::AtLeast)
    }

    /// A percentage of the ballots as a score, rounded up; `None` if it is negative or has more than 400 bits.
    #[must_use]
    pub fn percent(percent: Ratio) -> Option<Threshold> {
        Threshold::number(percent, Part::Percent)
    }

    /// Votes, whatever the score; `None` if they are negative or have more than 400 bits.
    #[must_use]
    pub fn votes(votes: Ratio) -> Option<Threshold> {
        Threshold::number(votes, Part::Votes)
    }

    /// Votes from a percentage of the ballots, rounded up, whatever the score; `None` if it is negative or has
    /// more than 400 bits.
    #[must_use]
    pub fn votes_percent(percent: Ratio) -> Option<Threshold> {
        Threshold::number(percent, Part::VotesPercent)
    }

    /// Votes in proportion to the share of the budget that a project costs, divided by `divisor`; `None` if
    /// that is not above 0 or has more than 400 bits.
    #[must_use]
    pub fn cost_share(divisor: Ratio) -> Option<Threshold> {
        if divisor.is_zero() {
            return None;
        }
        Threshold::number(divisor, Part::CostShare)
    }

    /// Support in so many areas, by so many voters of each; `None` if one of them is 0.
    #[must_use]
    pub fn in_areas(areas: u32, voters: u64) -> Option<Threshold> {
        (areas > 0 && voters > 0).then(|| Threshold(vec![Part::Areas { areas, voters }]))
    }

    /// Both thresholds; `None` if together they have more than [`Threshold::MOST`] conditions.
    #[must_use]
    pub fn and(mut self, other: Threshold) -> Option<Threshold> {
        self.0.extend(other.0);
        (self.0.len() <= Threshold::MOST).then_some(self)
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.0
    }

    /// Can the threshold be compared with what this score gives?
    ///
    /// # Errors
    /// [`ThresholdRefused::NoSum`] if it asks for a score, and the method orders projects without one.
    pub fn check_score(&self, score: &Score) -> Result<(), ThresholdRefused> {
        let of_score = |part: &&Part| matches!(part, Part::AtLeast(_) | Part::Percent(_));
        match self.0.iter().find(of_score) {
            Some(part) if !score.is_sum() => Err(ThresholdRefused::NoSum {
                threshold: part.to_string(),
                score: score.clone(),
            }),
            _ => Ok(()),
        }
    }
}

impl FromStr for Threshold {
    type Err = ThresholdError;

    fn from_str(text: &str) -> Result<Threshold, ThresholdError> {
        let mut parts = text.split(';').map(part);
        let first = parts.next().flatten();
        let all = parts.try_fold(first, |all, part| {
            all.zip(part).map(|(all, part)| all.and(part))
        });
        all.flatten().ok_or_else(|| ThresholdError {
            found: text.chars().take(60).collect(),
        })
    }
}

/// One condition of a list.
fn part(text: &str) -> Option<Threshold> {
    let number = |text: &str| text.parse::<Ratio>().ok();
    if let Some(divisor) = text.strip_prefix("cost/") {
        return Threshold::cost_share(number(divisor)?);
    }
    if let Some(votes) = text.strip_prefix("votes/") {
        return match votes.strip_suffix('%') {
            Some(percent) => Threshold::votes_percent(number(percent)?),
            None => Threshold::votes(number(votes)?),
        };
    }
    if let Some(areas) = text.strip_prefix("areas/") {
        let (areas, voters) = areas.split_once('/').unwrap_or((areas, "1"));
        if ![areas, voters].iter().all(|text| is_count(text)) {
            return None;
        }
        return Threshold::in_areas(areas.parse().ok()?, voters.parse().ok()?);
    }
    match text.strip_suffix('%') {
        Some(percent) => Threshold::percent(number(percent)?),
        None => Threshold::at_least(number(text)?),
    }
}

/// Digits without a sign or leading zeros.
fn is_count(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0')
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::AtLeast(score) => write!(f, "{score}"),
            Part::Percent(percent) => write!(f, "{percent}%"),
            Part::Votes(votes) => write!(f, "votes/{votes}"),
            Part::VotesPercent(percent) => write!(f, "votes/{percent}%"),
            Part::CostShare(divisor) => write!(f, "cost/{divisor}"),
            Part::Areas { areas, voters: 1 } => write!(f, "areas/{areas}"),
            Part::Areas { areas, voters } => write!(f, "areas/{areas}/{voters}"),
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, part) in self.0.iter().enumerate() {
            write!(f, "{}{part}", if number == 0 { "" } else { ";" })?;
        }
        Ok(())
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
