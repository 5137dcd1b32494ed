//! The form of a ballot: what the voter was asked for.

use std::fmt;

use crate::election::BallotKind;

/// May projects share a rank?
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TiedRanks {
    /// No: such a ballot is void.
    #[default]
    Refused,
    /// Yes.
    Allowed,
}

/// What the voter was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BallotForm {
    /// The projects the voter approves of. *Choose one* and *knapsack* are this form with bounds.
    Approval,
    /// The projects in order of preference.
    Ranked(TiedRanks),
    /// Points on projects, cumulative or scoring.
    Points,
    /// A grade for each project that the voter judges, out of these, the worst first.
    Grades(Vec<String>),
    /// For and against.
    Signed,
}

impl BallotForm {
    /// The kind of the ballots.
    #[must_use]
    pub fn kind(&self) -> BallotKind {
        match self {
            BallotForm::Approval => BallotKind::Approval,
            BallotForm::Ranked(_) => BallotKind::Ranked,
            BallotForm::Points => BallotKind::Points,
            BallotForm::Grades(_) => BallotKind::Grades,
            BallotForm::Signed => BallotKind::Signed,
        }
    }

    /// The names of the grades, the worst first; empty for other forms.
    #[must_use]
    pub fn scale(&self) -> &[String] {
        match self {
            BallotForm::Grades(scale) => scale,
            _ => &[],
        }
    }
}

impl fmt::Display for BallotForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(f)
    }
}
