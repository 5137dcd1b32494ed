#![doc = include_str!("lib.md")]
#![forbid(unsafe_code)]

pub mod archive;
pub mod budget;
pub mod count;
pub mod election;
mod error;
pub mod exact;
pub mod guide;
pub mod law;
pub mod pabulib;
pub mod record;
pub mod regulation;
pub mod rules;
pub mod tally;

pub use count::{Count, Counted, Outcome};
pub use election::{Ballot, Election, Money, Project};
pub use error::{Error, Result};
pub use rules::Plan;

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
