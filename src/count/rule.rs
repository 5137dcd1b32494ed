//! What a rule is.

use std::fmt;

use crate::election::Election;

use super::allocation::Allocation;
use super::error::Halt;

/// Sealed while the crate is young: the catalogue serialises every rule, and a rule from outside could not be.
pub(crate) mod sealed {
    /// Implemented by the rules of this crate only.
    pub trait Sealed {}
}

/// What a rule remembers of its own awards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Memory {
    /// In which order they were made.
    Order,
    /// Only which they are.
    Set,
}

/// A rule: a way of deciding who is funded.
///
/// It is a small configuration value. It sees the election and an [`Allocation`], and knows nothing of
/// pots, limits, tie policy, observers or files. A rule that cannot honour something refuses by name
/// ([`super::CountError::Refused`]); none ignores it.
pub trait Rule: fmt::Debug + sealed::Sealed {
    /// The stable id used in files, such as `greedy`.
    fn id(&self) -> &'static str;

    /// The full text form, with every setting.
    fn text(&self) -> String;

    /// What the rest of a count can depend on. Finding all tied outcomes is much faster for a rule that
    /// forgets the order of its awards.
    fn memory(&self) -> Memory {
        Memory::Order
    }

    /// The id of the rule that needs every single ballot, and so refuses channels of which only totals are known;
    /// `None` if adding up votes is enough.
    fn needs_ballots(&self) -> Option<&'static str> {
        Some(self.id())
    }

    /// Decides who is funded.
    ///
    /// # Errors
    /// [`Halt`]: a lot must be drawn, the caller cancelled, or the rule cannot honour what is asked.
    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt>;
}
