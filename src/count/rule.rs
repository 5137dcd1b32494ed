//! What a rule is.

use std::fmt;

use crate::election::Election;

use super::allocation::Allocation;
use super::error::Halt;

/// A rule: a way of deciding who is funded.
///
/// It is a small configuration value. It sees the election and an [`Allocation`], and knows nothing of
/// pots, limits, tie policy, observers or files. A rule that cannot honour something refuses by name
/// ([`super::CountError::Refused`]); none ignores it.
pub trait Rule: fmt::Debug {
    /// The stable id used in files, such as `greedy`.
    fn id(&self) -> &'static str;

    /// The full text form, with every setting.
    fn text(&self) -> String;

    /// Decides who is funded.
    ///
    /// # Errors
    /// [`Halt`]: a lot must be drawn, the caller cancelled, or the rule cannot honour what is asked.
    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt>;
}
