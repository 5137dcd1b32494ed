//! The figure that a ranking publishes beside each project.

use std::fmt;

use crate::exact::Ratio;

use super::majority_gauge::MajorityGauge;

/// What a ranking says of one project, beside its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Figure {
    /// The sum of votes or points: the more, the better.
    Total(Ratio),
    /// Copeland: how many pairwise contests it won and tied.
    Contests {
        /// The contests that more voters decided for it than against it.
        won: u32,
        /// The contests with as many for it as against it.
        tied: u32,
    },
    /// Schulze and ranked pairs: how many projects it stands before by the method's relation. A project
    /// with a higher number never stands behind one that it is compared with, but groups are not formed by
    /// this number.
    Beats(u32),
    /// Majority judgment: the median grade and who is above and below it.
    Gauge(MajorityGauge),
    /// Majority judgment: nobody has graded it.
    Ungraded,
    /// Instant runoff: the last round in which it stood, and its votes there.
    Runoff {
        /// The round, from 1.
        round: u32,
        /// Its votes in that round.
        votes: Ratio,
    },
}

impl Figure {
    /// The sum of votes or points, where the method has one.
    #[must_use]
    pub fn total(&self) -> Option<&Ratio> {
        match self {
            Figure::Total(total) => Some(total),
            _ => None,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Total(total) => total.fmt(f),
            Figure::Contests { won, tied } => write!(f, "{won} won, {tied} tied"),
            Figure::Beats(number) => write!(f, "before {number}"),
            Figure::Gauge(gauge) => gauge.fmt(f),
            Figure::Ungraded => f.write_str("no grades"),
            Figure::Runoff { round, votes } => write!(f, "round {round} with {votes}"),
        }
    }
}
