//! Scores as text: how they are written in rules and read back.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::ranking::Ungraded;
use super::score::Score;
use super::weights::WeightsError;

/// A text that is not a score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreTextError {
    /// Nothing that is known.
    #[error("`{found}` is not a score: use {}", Score::EXPECTED)]
    Unknown {
        /// The text, shortened.
        found: String,
    },
    /// The weights are not a list of numbers.
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

impl Score {
    /// What may be written, for messages.
    pub(crate) const EXPECTED: &'static str = "votes, points, borda, weights;3;2;1, dowdall, plurality, veto, for-minus-against, majority-judgment, majority-judgment;ungraded-worst, majority-judgment;ungraded-left-out, copeland, schulze, ranked-pairs or instant-runoff";
}

impl FromStr for Score {
    type Err = ScoreTextError;

    fn from_str(text: &str) -> Result<Score, ScoreTextError> {
        if let Some(weights) = text.strip_prefix("weights;") {
            return Ok(Score::Weights(weights.parse()?));
        }
        Ok(match text {
            "votes" => Score::Votes,
            "points" => Score::Points,
            "borda" => Score::Borda,
            "dowdall" => Score::Dowdall,
            "plurality" => Score::Plurality,
            "veto" => Score::Veto,
            "for-minus-against" => Score::ForMinusAgainst,
            "majority-judgment" => Score::MajorityJudgment(Ungraded::Refused),
            "majority-judgment;ungraded-worst" => Score::MajorityJudgment(Ungraded::Worst),
            "majority-judgment;ungraded-left-out" => Score::MajorityJudgment(Ungraded::LeftOut),
            "copeland" => Score::Copeland,
            "schulze" => Score::Schulze,
            "ranked-pairs" => Score::RankedPairs,
            "instant-runoff" => Score::InstantRunoff,
            _ => {
                return Err(ScoreTextError::Unknown {
                    found: text.chars().take(60).collect(),
                });
            }
        })
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Score::Votes => "votes",
            Score::Points => "points",
            Score::Borda => "borda",
            Score::Weights(weights) => return write!(f, "weights;{weights}"),
            Score::Dowdall => "dowdall",
            Score::Plurality => "plurality",
            Score::Veto => "veto",
            Score::ForMinusAgainst => "for-minus-against",
            Score::MajorityJudgment(Ungraded::Refused) => "majority-judgment",
            Score::MajorityJudgment(chosen) => return write!(f, "majority-judgment;{chosen}"),
            Score::Copeland => "copeland",
            Score::Schulze => "schulze",
            Score::RankedPairs => "ranked-pairs",
            Score::InstantRunoff => "instant-runoff",
        })
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Score, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
