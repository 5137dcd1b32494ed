//! What cannot be in a journal.

use crate::election::Money;

/// An entry or a balance that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JournalFault {
    /// The postings of an entry do not add up to zero.
    #[error("an entry of the journal does not balance: {difference} too much")]
    Unbalanced {
        /// What is too much.
        difference: Money,
    },
    /// A pot would go below zero.
    #[error("pot `{pot}` would be overdrawn by {by}")]
    Overdrawn {
        /// The pot.
        pot: String,
        /// What is missing.
        by: Money,
    },
    /// There is no such pot.
    #[error("the journal has no such pot")]
    NoSuchPot,
    /// The account is none of a project.
    #[error("money is saved by projects, and the account is none of a project")]
    NoSuchProject,
    /// An amount that is negative or too large to be represented.
    #[error("an amount in the journal is negative or too large")]
    BadAmount,
    /// What came in is not what went out and is left.
    #[error("the identity does not close: {difference} are unaccounted for")]
    IdentityBroken {
        /// The difference.
        difference: Money,
    },
    /// At the close, what was opened is not what was funded and left.
    #[error("pot `{pot}` does not close: {difference} are unaccounted for")]
    DoesNotClose {
        /// The pot.
        pot: String,
        /// The difference.
        difference: Money,
    },
}

/// The amount with the other sign; amounts in the books are never below zero before.
pub(super) fn negated(amount: Money) -> Result<Money, JournalFault> {
    Money::ZERO
        .checked_sub(amount)
        .ok_or(JournalFault::BadAmount)
}
