//! Control totals: the published `votes` and `score` of each project, counted again from the votes.

use crate::election::{BallotKind, Points, Profile, ProjectIx};
use crate::exact::Ratio;

use super::document::Document;

/// A published column that the votes must add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ControlColumn {
    /// `votes`: how many votes name the project.
    Votes,
    /// `score`: its points.
    Score,
}

impl ControlColumn {
    /// The name of the column in a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ControlColumn::Votes => "votes",
            ControlColumn::Score => "score",
        }
    }
}

/// One published total with its recount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlTotal {
    /// The project.
    pub project: ProjectIx,
    /// The column.
    pub column: ControlColumn,
    /// What the column says.
    pub published: Ratio,
    /// What the votes give.
    pub recounted: Ratio,
}

impl ControlTotal {
    /// Are the two equal?
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.published == self.recounted
    }
}

/// Counts the `votes` and `score` columns of a file again, where it has them.
///
/// * `votes`: the ballots that name the project, with whatever points, 0 included.
/// * `score`: of approval ballots the same; of points the sum; of ranked ballots `max_length - position`
///   where META has a `max_length`, else the ballot's length - position, the best project having position
///   0. A project beyond `max_length` gets nothing.
///
/// Linear in the marks of the distinct ballots.
#[must_use]
pub fn controls(document: &Document) -> Vec<ControlTotal> {
    let election = document.election();
    let mut totals = Vec::new();
    if let Some(published) = document.published_votes() {
        let recounted = election.profile().mentions();
        totals.extend(
            election
                .instance()
                .project_indices()
                .zip(published.iter().zip(recounted))
                .map(|(project, (&published, recounted))| ControlTotal {
                    project,
                    column: ControlColumn::Votes,
                    published: Ratio::from(published),
                    recounted: Ratio::from(recounted),
                }),
        );
    }
    if let Some(published) = document.published_scores() {
        let recounted = scores(election.profile(), election.instance().limits().max_length);
        totals.extend(
            election
                .instance()
                .project_indices()
                .zip(published.iter().zip(recounted))
                .map(|(project, (published, recounted))| ControlTotal {
                    project,
                    column: ControlColumn::Score,
                    published: published.to_ratio(),
                    recounted: Points::ratio_of(recounted),
                }),
        );
    }
    totals
}

/// One point in millionths.
const POINT: i128 = 1_000_000;

/// The score of each project in millionths. It cannot overflow: 2^63 voters times 2^60 millionths.
fn scores(profile: &Profile, max_length: Option<u32>) -> Vec<i128> {
    let mut scores = vec![0_i128; profile.projects()];
    for ballot in profile.ballots() {
        let count = i128::from(ballot.count());
        let best = max_length.map_or(i128::try_from(ballot.len()).unwrap_or(0), i128::from);
        for entry in ballot.entries() {
            let points = match profile.kind() {
                BallotKind::Ranked => (best - i128::from(entry.weight)).max(0) * POINT,
                BallotKind::Points => i128::from(entry.weight),
                BallotKind::Approval | BallotKind::Grades | BallotKind::Signed => POINT,
            };
            if let Some(score) = scores.get_mut(entry.project.index()) {
                *score += points * count;
            }
        }
    }
    scores
}
