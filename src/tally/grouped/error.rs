//! What can be wrong with grouped ballots.

use crate::election::{BallotKind, RowError};

/// Why grouped ballots cannot be added up or counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupedError {
    /// Two kinds of ballots.
    #[error("these are {found} ballots, and the others are {expected} ballots: count them apart")]
    OtherKind {
        /// The kind of those that were there.
        expected: BallotKind,
        /// The kind of those that were to be added.
        found: BallotKind,
    },
    /// A count of 0.
    #[error("a row stands for 0 voters: leave it out")]
    Nobody,
    /// More voters than can be counted.
    #[error("there are more than 2^64 - 1 voters: one of the counts must be wrong")]
    TooManyVoters,
    /// A weight or an endowment that is not above 0.
    #[error("the weight and the endowment of voters must be above 0: leave a voter out instead")]
    BadClass,
    /// A project named twice.
    #[error("the ballot names project `{project}` twice")]
    RepeatedProject {
        /// The project.
        project: String,
    },
    /// Projects that the instance does not have.
    #[error("the ballots name projects that there are not: {}: use the ids of the projects' table", projects.join(", "))]
    UnknownProjects {
        /// The projects, each once, in the order of their ids; the first hundred.
        projects: Vec<String>,
    },
    /// Grades that the scale does not have.
    #[error("the ballots give grades that the scale does not have: {}: name the scale's grades", grades.join(", "))]
    UnknownGrades {
        /// The grades, each once; the first hundred.
        grades: Vec<String>,
    },
    /// Weights in a form that has no place for them.
    #[error(
        "voters have weights or endowments, which single votes have no place for: make a profile of the grouped ballots"
    )]
    Weighted,
    /// The profile does not take a ballot.
    #[error(transparent)]
    Row(#[from] RowError),
}
