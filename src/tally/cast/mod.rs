//! Votes as they were cast, before anybody has judged them.

mod vote;

pub use vote::{CastVote, Content, Eligible, Place};
