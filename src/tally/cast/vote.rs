//! One vote as it was received.

use std::fmt;

use crate::election::Ballot;

/// Where a vote stands in what was read: the source's number, the line and the column of the vote's cell.
///
/// Sources are numbered by [`Intake::source`](crate::tally::Intake::source). Lines and columns count from 1, columns in
/// characters; 0 stands for "as a whole".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The number of the source.
    pub source: u32,
    /// The line, from 1; for a list, the number of the element.
    pub line: u64,
    /// The column of the vote in the line, in characters from 1; 0 where there is none.
    pub column: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            0 => write!(f, "line {}", self.line),
            column => write!(f, "line {}, column {column}", self.line),
        }
    }
}

/// May the voter vote? Decided by whoever keeps the electoral roll; never guessed here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Eligible<'a> {
    /// Yes, or nobody has said otherwise.
    #[default]
    Yes,
    /// No, with the reason that was given (it may be empty).
    No(&'a str),
}

/// What the voter said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content<'a> {
    /// A text such as `12,7`, `12:3,7:2` or `+12,-7`, as files have it; see [`Marks`](crate::tally::Marks).
    Text(&'a str),
    /// A ballot that is a value already.
    Ballot(&'a Ballot),
    /// A record that was received and cannot be read; the reader has said why. It is counted as void.
    Unreadable,
}

/// One vote as it was received, with what is known of it.
///
/// It borrows everything: readers hand votes on one by one, and an [`Intake`](crate::tally::Intake) keeps what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CastVote<'a> {
    /// Where it was read.
    pub place: Place,
    /// The voter's id or pseudonym; empty if the ballot is anonymous, as paper often is. Anonymous ballots
    /// are never duplicates of anything.
    pub voter: &'a str,
    /// How it was cast: `internet`, `paper`, …; empty if the source does not say.
    pub channel: &'a str,
    /// The voter's quartier; empty if the source does not say.
    pub area: &'a str,
    /// The polling station or server; empty if the source does not say.
    pub station: &'a str,
    /// When it was cast, see [`CastTime`](crate::tally::CastTime); empty if the source does not say.
    pub time: &'a str,
    /// May the voter vote?
    pub eligible: Eligible<'a>,
    /// What the voter said.
    pub content: Content<'a>,
    /// How many voters cast exactly this: 1, except for ballots that were grouped by content before.
    /// Only anonymous ballots can be more than one.
    pub count: u64,
    /// Further cells, in the order of the columns that were announced with the source.
    pub attributes: &'a [&'a str],
}

impl<'a> CastVote<'a> {
    /// One anonymous vote with this content, of which nothing else is known.
    #[must_use]
    pub fn new(content: Content<'a>) -> CastVote<'a> {
        CastVote {
            place: Place::default(),
            voter: "",
            channel: "",
            area: "",
            station: "",
            time: "",
            eligible: Eligible::Yes,
            content,
            count: 1,
            attributes: &[],
        }
    }
}
