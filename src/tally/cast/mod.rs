//! Votes as they were cast, before anybody has judged them.

mod marks;
mod place_unit;
mod time;
mod vote;

pub use marks::{Mark, MarkValue, Marks};
pub use place_unit::PlaceUnit;
pub use time::{CastTime, CastTimeError};
pub use vote::{CastVote, Content, Eligible, Place};
