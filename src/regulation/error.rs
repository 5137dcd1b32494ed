//! Why a regulation cannot be applied to an election.

use std::fmt;

use crate::budget::JournalFault;
use crate::count::{CountError, Halt, LotRequired};
use crate::law::Faults;
use crate::record::DecisionFaults;
use crate::tally::ScoreError;

/// A condition of a project of which nobody has said whether it is met.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unknown {
    /// The project.
    pub project: String,
    /// The condition, as the regulation names it.
    pub condition: String,
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The regulation and the election do not fit together.
    #[error("the regulation does not fit this election:\n{0}")]
    Misfit(Faults),
    /// Nobody has said whether projects meet conditions, and the regulation refuses to count until then.
    #[error("the regulation refuses to count while conditions are unknown: attest them, decide `include` or `exclude`, or choose on-unknown = \"exclude\": {}", list(.0))]
    UnknownEligibility(Vec<Unknown>),
    /// The ballots are of another kind than the regulation says.
    #[error("the regulation asks for {asked} ballots and the election has {found} ones")]
    Ballots {
        /// What the regulation says.
        asked: String,
        /// What the election has.
        found: String,
    },
    /// A ballot names more or fewer projects than the regulation allows.
    #[error(
        "a ballot names {found} projects, and the regulation allows {allowed}: what happens to such ballots is decided when they are tallied"
    )]
    BallotLength {
        /// How many it names.
        found: usize,
        /// What is allowed, in words.
        allowed: String,
    },
    /// Decisions contradict each other, or name what does not exist.
    #[error("the decisions cannot be applied:\n{0}")]
    Decisions(DecisionFaults),
    /// A decision that cannot be carried out.
    #[error("decision {number} cannot be carried out: {why}")]
    Decision {
        /// Its number, from 1.
        number: usize,
        /// Why, and what to do.
        why: String,
    },
    /// The result of a stage was published, and the regulation would decide it afresh.
    #[error(
        "the result is published, so stage `{stage}` cannot be decided afresh: nobody may lose now; use mode = \"continue\""
    )]
    Published {
        /// The stage.
        stage: String,
    },
    /// A rest goes to the area that has most or least of something, and no single area has.
    #[error(
        "{path} = \"{rest}\": no single area has it, {} are equal: decide which of their pots receives and write it, such as rest = \"pot:{}\"",
        pots.join(", "),
        pots.first().map_or("ID", String::as_str)
    )]
    NoReceivingArea {
        /// The place in the regulation.
        path: String,
        /// What is written there.
        rest: String,
        /// The pots of the areas that are equal; of all areas where the number is not defined for any.
        pots: Vec<String>,
    },
    /// The ballots do not say what a score needs.
    #[error(transparent)]
    Score(#[from] ScoreError),
    /// A rule failed.
    #[error("stage `{stage}`: {error}")]
    Count {
        /// The stage.
        stage: String,
        /// Why.
        error: CountError,
    },
    /// The books do not balance. This is a fault of the program: please report it.
    #[error("the books do not balance, which is a fault of the program, please report it: {0}")]
    Books(#[from] JournalFault),
}

fn list(unknown: &[Unknown]) -> String {
    let items: Vec<String> = unknown.iter().map(Unknown::to_string).collect();
    items.join(", ")
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "project `{}`: {}", self.project, self.condition)
    }
}

/// Why applying ends early.
#[derive(Debug)]
pub(super) enum Stop {
    Lot(LotRequired),
    Error(ApplyError),
}

impl<E: Into<ApplyError>> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop::Error(error.into())
    }
}

/// What a halt of a rule means in a stage.
pub(super) fn halted(stage: &str) -> impl Fn(Halt) -> Stop {
    move |halt| match halt {
        Halt::LotRequired(lot) => Stop::Lot(lot),
        Halt::Failed(CountError::Books(fault)) => Stop::Error(ApplyError::Books(fault)),
        Halt::Failed(error) => Stop::Error(ApplyError::Count {
            stage: stage.to_owned(),
            error,
        }),
    }
}
