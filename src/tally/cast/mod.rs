//! Votes as they were cast, before anybody has judged them.

mod marks;
mod time;
mod vote;

pub use marks::{Mark, MarkValue, Marks};
pub use time::{CastTime, CastTimeError};
pub use vote::{CastVote, Content, Eligible, Place};
