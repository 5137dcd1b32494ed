//! Scores: the numbers by which cities rank projects.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::election::utility::positions;
use crate::election::{BallotKind, Election, Utility};
use crate::exact::Ratio;

use super::weights::{Weights, WeightsError};

/// How projects are scored.
///
/// | text | score of a project | ballots |
/// |---|---|---|
/// | `votes` | the voters who name it | all but grades |
/// | `points` | the points it gets | points |
/// | `borda` | per voter: maximum length − position, position from 0 (the ballot's own length where the instance sets no maximum) | ranked |
/// | `weights;3;2;1` | 3 for each first place, 2 for each second, 1 for each third | ranked |
///
/// Each voter counts with their weight. Tied projects of a ranking share the mean of their positions.
/// Every score prints a text that reads back, also with serde.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Score {
    /// The number of voters who name the project.
    Votes,
    /// The sum of points.
    Points,
    /// Borda, as the Pabulib archive publishes it.
    Borda,
    /// A weight for each place, the best first; places beyond the list give 0.
    Weights(Weights),
}

/// Why projects cannot be scored so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// The ballots do not say what the score needs.
    #[error(
        "score `{score}` cannot be read from {kind} ballots: choose another score, or count them as approval"
    )]
    Ballots {
        /// The score.
        score: Score,
        /// The kind of the profile.
        kind: BallotKind,
    },
}

/// A text that is not a score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreTextError {
    /// A ranking that the rule text knows and this version does not have.
    #[error(
        "the ranking `{found}` is not available yet: use votes, points, borda or weights;3;2;1"
    )]
    NotAvailable {
        /// The text.
        found: String,
    },
    /// Nothing that is known.
    #[error("`{found}` is not a score: use votes, points, borda or weights;3;2;1")]
    Unknown {
        /// The text, shortened.
        found: String,
    },
    /// The weights are not a list of numbers.
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

/// Ranking methods that the rule text knows and this version does not have.
const PLANNED: [&str; 9] = [
    "copeland",
    "schulze",
    "ranked-pairs",
    "instant-runoff",
    "majority-judgment",
    "for-minus-against",
    "dowdall",
    "plurality",
    "veto",
];

impl FromStr for Score {
    type Err = ScoreTextError;

    fn from_str(text: &str) -> Result<Score, ScoreTextError> {
        match text {
            "votes" => Ok(Score::Votes),
            "points" => Ok(Score::Points),
            "borda" => Ok(Score::Borda),
            _ if PLANNED.contains(&text) => Err(ScoreTextError::NotAvailable {
                found: text.to_owned(),
            }),
            _ => match text.strip_prefix("weights;") {
                Some(weights) => Ok(Score::Weights(weights.parse()?)),
                None => Err(ScoreTextError::Unknown {
                    found: text.chars().take(60).collect(),
                }),
            },
        }
    }
}

impl Score {
    /// Can it be read from ballots of this kind?
    #[must_use]
    pub fn reads(&self, kind: BallotKind) -> bool {
        match self {
            Score::Votes => Utility::Cardinality.reads(kind),
            Score::Points => Utility::Points.reads(kind),
            Score::Borda => Utility::ArchiveBorda.reads(kind),
            Score::Weights(_) => kind == BallotKind::Ranked,
        }
    }

    /// The score of every project, in the order of their ids.
    ///
    /// One pass over the ballots.
    ///
    /// # Errors
    /// [`ScoreError::Ballots`] if the ballots do not say what the score needs.
    pub fn totals(&self, election: &Election) -> Result<Vec<Ratio>, ScoreError> {
        let kind = election.profile().kind();
        let unfit = || ScoreError::Ballots {
            score: self.clone(),
            kind,
        };
        let utility = match self {
            _ if !self.reads(kind) => return Err(unfit()),
            Score::Votes => Utility::Cardinality,
            Score::Points => Utility::Points,
            Score::Borda => Utility::ArchiveBorda,
            Score::Weights(weights) => return Ok(weighted(election, weights)),
        };
        utility
            .additive(election)
            .map(|utility| utility.totals(election))
            .map_err(|_| unfit())
    }
}

/// Sums a vector of weights over the places; a tier shares the mean of the places it takes.
fn weighted(election: &Election, weights: &Weights) -> Vec<Ratio> {
    let profile = election.profile();
    let mut totals = vec![Ratio::default(); profile.projects()];
    for ballot in profile.ballots() {
        let class = profile
            .classes()
            .get(ballot.class())
            .map(|class| class.weight.clone())
            .unwrap_or_default();
        let voters = class.mul_int(i128::from(ballot.count()));
        // The projects of a tier come one after another and gain the same: it is computed at the first.
        let mut tier: (Range<usize>, Ratio) = (0..0, Ratio::default());
        positions(ballot, |entry, places| {
            if tier.0 != places {
                tier = (places.clone(), weights.mean(places) * &voters);
            }
            if let Some(total) = totals.get_mut(entry.project.index()) {
                *total += &tier.1;
            }
        });
    }
    totals
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Score::Votes => f.write_str("votes"),
            Score::Points => f.write_str("points"),
            Score::Borda => f.write_str("borda"),
            Score::Weights(weights) => write!(f, "weights;{weights}"),
        }
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
