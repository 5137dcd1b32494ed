//! Why a count ends without an outcome.

use crate::budget::JournalFault;
use crate::election::UtilityError;
use crate::record::{DecisionFaults, TieError};

use super::outcome::LotRequired;

/// Why a rule stops before it is done. A rule passes it on with `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Halt {
    /// A tie must be settled by drawing a lot: an outcome, not an error.
    LotRequired(LotRequired),
    /// Anything else.
    Failed(CountError),
}

/// Why there is no outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CountError {
    /// The caller cancelled the count.
    #[error("the count was cancelled")]
    Cancelled,
    /// The count needs more steps than the caller allowed.
    #[error("the count needs more than the {limit} steps that were allowed: raise the work budget")]
    WorkExhausted {
        /// The steps that were allowed.
        limit: u64,
    },
    /// The rule cannot honour what is asked of it.
    #[error("rule `{rule}` cannot be used here: {why}")]
    Refused {
        /// The rule.
        rule: String,
        /// Why, and what to do.
        why: String,
    },
    /// The ballots do not say what the rule's utility needs.
    #[error(transparent)]
    Utility(#[from] UtilityError),
    /// The decisions contradict each other, or name what does not exist.
    #[error("the decisions cannot be applied:\n{0}")]
    Decisions(DecisionFaults),
    /// A decision that a count of one rule cannot carry out.
    #[error("decision {number} cannot be carried out: {why}")]
    Decision {
        /// Its number, from 1.
        number: usize,
        /// Why, and what to do.
        why: String,
    },
    /// A tie cannot be settled with the lot that was recorded.
    #[error(transparent)]
    Tie(#[from] TieError),
    /// A quote was kept too long.
    #[error(
        "the quote for project `{project}` is no longer true: the project was awarded or ruled out since, ask for a new quote"
    )]
    StaleQuote {
        /// The project.
        project: String,
    },
    /// The books do not balance. This is a fault of the program: please report it.
    #[error("the books do not balance, which is a fault of the program, please report it: {0}")]
    Books(#[from] JournalFault),
    /// The sum of funded, refused and not reached projects is not the number of projects.
    #[error("project `{project}` has no fate, which is a fault of the program, please report it")]
    NoFate {
        /// The project.
        project: String,
    },
}

impl<E: Into<CountError>> From<E> for Halt {
    fn from(error: E) -> Halt {
        Halt::Failed(error.into())
    }
}
