//! Why a tally cannot be closed.

use crate::tally::cast::Place;
use crate::tally::duplicates::DuplicateFault;
use crate::tally::ledger::Cell;

/// Why a tally cannot be closed. Each is about the intake as a whole; a vote that does not count is no error but a
/// row of the register with its reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// Votes of one voter that the rules do not settle.
    #[error(transparent)]
    Duplicate(#[from] DuplicateFault),
    /// Two sources of one name: the same file twice would count its votes twice.
    #[error("two sources are called `{name}`: give each file once, and each its own name")]
    RepeatedSource {
        /// The name.
        name: String,
    },
    /// A group of ballots with a voter's id, or of nobody.
    #[error(
        "{place} of `{source_name}`: {count} ballots in one row: grouped ballots are anonymous and at least 1"
    )]
    BadCount {
        /// The source.
        source_name: String,
        /// Where.
        place: Place,
        /// How many.
        count: u64,
    },
    /// A ruling about a vote that was not received.
    #[error(
        "the ruling by {by} about line {line} of `{source_name}` is about no vote that was received"
    )]
    UnmatchedRuling {
        /// Who ruled.
        by: String,
        /// The source.
        source_name: String,
        /// The line.
        line: u64,
    },
    /// Totals that cannot be added.
    #[error("the totals of channel `{channel}` cannot be used: {why}")]
    BadAggregate {
        /// The channel.
        channel: String,
        /// Why, and what to do.
        why: String,
    },
    /// More than can be numbered.
    #[error(
        "more than 2^32 voters, contents or places, or 2^62 votes: split the vote by quartier and merge the results"
    )]
    TooMany,
    /// The account does not balance: a fault of this library, and no result is given out.
    #[error("the account of channel `{}`, area `{}`, station `{}` does not balance: please report this", cell.channel, cell.area, cell.station)]
    Unbalanced {
        /// Where.
        cell: Cell,
    },
}

/// Everything that keeps a tally from being closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeErrors(pub(super) Vec<IntakeError>);

impl IntakeErrors {
    /// All of them; those about voters in the order of the register.
    #[must_use]
    pub fn errors(&self) -> &[IntakeError] {
        &self.0
    }
}

impl std::fmt::Display for IntakeErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, error) in self.0.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for IntakeErrors {}
