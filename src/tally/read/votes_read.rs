//! What a reader of votes has to say when it is done.

use crate::tally::cast::{CastVote, Content, PlaceUnit};
use crate::tally::table::Diagnostics;

/// How much was read. `rows` is the number of records that were handed on, each of them one call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VotesRead {
    /// Records handed on, readable or not: the records of the source, without header and empty rows.
    pub rows: u64,
    /// The votes they stand for: more than the rows where ballots were grouped.
    pub votes: u64,
    /// Records that cannot be read, each handed on as such.
    pub unreadable: u64,
    /// Readable records without a voter id.
    pub anonymous: u64,
    /// What the numbers of the places are.
    pub unit: PlaceUnit,
    /// What was found, at its places. An error means that a record was handed on as unreadable.
    pub diagnostics: Diagnostics,
}

/// Counts while it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tallied {
    pub(super) rows: u64,
    votes: u64,
    unreadable: u64,
    anonymous: u64,
}

impl Tallied {
    pub(super) fn add(&mut self, vote: &CastVote<'_>) {
        self.rows += 1;
        self.votes = self.votes.saturating_add(vote.count);
        if vote.content == Content::Unreadable {
            self.unreadable += 1;
        } else if vote.voter.is_empty() {
            self.anonymous += 1;
        }
    }

    pub(super) fn with(self, unit: PlaceUnit, diagnostics: Diagnostics) -> VotesRead {
        VotesRead {
            rows: self.rows,
            votes: self.votes,
            unreadable: self.unreadable,
            anonymous: self.anonymous,
            unit,
            diagnostics,
        }
    }
}
