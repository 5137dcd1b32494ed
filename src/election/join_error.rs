//! Why lists cannot be put together as one election.

use std::fmt;

use super::ballot::BallotKind;
use super::check::Problems;

/// Why lists cannot be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JoinProblem {
    /// No list was given.
    Nothing,
    /// Two lists have a project of the same id.
    SameProject {
        /// The id.
        project: String,
        /// The lists.
        lists: [String; 2],
    },
    /// Two lists have a group of the same id.
    SameGroup {
        /// The id.
        group: String,
        /// The lists.
        lists: [String; 2],
    },
    /// The ballots of two lists are of different kinds, or grade on different scales.
    OtherBallots {
        /// The lists.
        lists: [String; 2],
        /// What they have.
        kinds: [BallotKind; 2],
    },
    /// Two lists count in different currencies.
    OtherCurrency {
        /// The lists.
        lists: [String; 2],
    },
    /// Two lists say different things of one area.
    OtherArea {
        /// The area.
        area: String,
    },
    /// The budgets together are more than money can express.
    TooMuchMoney,
}

/// Everything that stands in the way of putting lists together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JoinError {
    /// The lists do not go together; there is at least one problem.
    Lists(Vec<JoinProblem>),
    /// The election that comes out is none.
    Election(Problems),
}

impl fmt::Display for JoinProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JoinProblem::Nothing => f.write_str("there is no list to put together"),
            JoinProblem::SameProject {
                project,
                lists: [one, two],
            } => write!(
                f,
                "project `{project}` is in the lists `{one}` and `{two}`: if it is not the same project, qualify the ids"
            ),
            JoinProblem::SameGroup {
                group,
                lists: [one, two],
            } => write!(
                f,
                "group `{group}` is in the lists `{one}` and `{two}`: qualify the ids"
            ),
            JoinProblem::OtherBallots {
                lists: [one, two],
                kinds: [first, second],
            } => write!(
                f,
                "the ballots of `{one}` ({first}) and `{two}` ({second}) are not alike"
            ),
            JoinProblem::OtherCurrency { lists: [one, two] } => {
                write!(f, "`{one}` and `{two}` count in different currencies")
            }
            JoinProblem::OtherArea { area } => {
                write!(f, "two sources say different things of area `{area}`")
            }
            JoinProblem::TooMuchMoney => {
                f.write_str("the budgets together are more than money can express")
            }
        }
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JoinError::Lists(problems) => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            JoinError::Election(problems) => problems.fmt(f),
        }
    }
}

impl std::error::Error for JoinError {}
