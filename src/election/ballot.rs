//! The five kinds of ballot that real cities use.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::points::Points;

/// What a voter was asked for. Closed: these five are all there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BallotKind {
    /// The projects the voter approves of (also *choose one*).
    Approval,
    /// The projects in order of preference, ties allowed.
    Ranked,
    /// Points on projects (cumulative or scoring).
    Points,
    /// A grade for each project (majority judgment).
    Grades,
    /// For and against.
    Signed,
}

impl fmt::Display for BallotKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BallotKind::Approval => "approval",
            BallotKind::Ranked => "ranked",
            BallotKind::Points => "points",
            BallotKind::Grades => "grades",
            BallotKind::Signed => "signed",
        })
    }
}

/// For or against one project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// The voter rejects the project.
    Against,
    /// The voter supports the project.
    For,
}

/// One voter's ballot, in external ids: what the builder and files take.
///
/// ```
/// use quartier::election::Ballot;
/// let ballot = Ballot::ranked(["tree", "bench"]);
/// assert_eq!(ballot, Ballot::Ranked(vec![vec!["tree".into()], vec!["bench".into()]]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ballot {
    /// The approved projects.
    Approval(Vec<String>),
    /// Tiers, the best first; projects of one tier are tied.
    Ranked(Vec<Vec<String>>),
    /// Points on projects.
    Points(Vec<(String, Points)>),
    /// Grades, named as in the profile's scale.
    Grades(Vec<(String, String)>),
    /// For and against.
    Signed(Vec<(String, Stance)>),
}

impl Ballot {
    /// A ballot that approves of these projects.
    pub fn approval<I: Into<String>>(projects: impl IntoIterator<Item = I>) -> Ballot {
        Ballot::Approval(projects.into_iter().map(Into::into).collect())
    }

    /// A ballot that ranks these projects without ties, the best first.
    pub fn ranked<I: Into<String>>(projects: impl IntoIterator<Item = I>) -> Ballot {
        Ballot::Ranked(
            projects
                .into_iter()
                .map(|project| vec![project.into()])
                .collect(),
        )
    }

    /// A ballot that gives points to projects.
    pub fn points<I: Into<String>, P: Into<Points>>(
        points: impl IntoIterator<Item = (I, P)>,
    ) -> Ballot {
        Ballot::Points(
            points
                .into_iter()
                .map(|(project, points)| (project.into(), points.into()))
                .collect(),
        )
    }

    /// A ballot that gives grades to projects.
    pub fn grades<I: Into<String>, G: Into<String>>(
        grades: impl IntoIterator<Item = (I, G)>,
    ) -> Ballot {
        Ballot::Grades(
            grades
                .into_iter()
                .map(|(project, grade)| (project.into(), grade.into()))
                .collect(),
        )
    }

    /// A ballot for and against projects.
    pub fn signed<I: Into<String>>(stances: impl IntoIterator<Item = (I, Stance)>) -> Ballot {
        Ballot::Signed(
            stances
                .into_iter()
                .map(|(project, stance)| (project.into(), stance))
                .collect(),
        )
    }

    /// The kind of this ballot.
    #[must_use]
    pub fn kind(&self) -> BallotKind {
        match self {
            Ballot::Approval(_) => BallotKind::Approval,
            Ballot::Ranked(_) => BallotKind::Ranked,
            Ballot::Points(_) => BallotKind::Points,
            Ballot::Grades(_) => BallotKind::Grades,
            Ballot::Signed(_) => BallotKind::Signed,
        }
    }
}
