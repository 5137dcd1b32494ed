//! How many ballots tell who cast them, before anything is published.

mod equal;
mod groups;

pub(in crate::tally) use equal::{Equal, EqualBallots};
pub use groups::{BallotGroups, Uniqueness, UniquenessLine};
