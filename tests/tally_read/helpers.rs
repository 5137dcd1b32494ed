//! What several of these tests need.

use std::io::BufRead;

use quartier::tally::read::{ReadError, ReadOptions, VotesCsv, VotesRead};
use quartier::tally::table::{Diagnostics, Severity};
use quartier::tally::{CastVote, Content, Eligible};

/// A vote that owns what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) voter: String,
    /// The vote's text; `None` if it is unreadable.
    pub(crate) vote: Option<String>,
    pub(crate) channel: String,
    pub(crate) area: String,
    pub(crate) station: String,
    pub(crate) time: String,
    /// The reason why the voter may not vote.
    pub(crate) ineligible: Option<String>,
    pub(crate) count: u64,
    pub(crate) attributes: Vec<String>,
}

impl Seen {
    pub(crate) fn of(vote: &CastVote<'_>) -> Seen {
        Seen {
            line: vote.place.line,
            column: vote.place.column,
            voter: vote.voter.to_owned(),
            vote: match vote.content {
                Content::Text(text) => Some(text.to_owned()),
                Content::Ballot(ballot) => Some(serde_json::to_string(ballot).unwrap()),
                Content::Unreadable => None,
                other => panic!("{other:?}"),
            },
            channel: vote.channel.to_owned(),
            area: vote.area.to_owned(),
            station: vote.station.to_owned(),
            time: vote.time.to_owned(),
            ineligible: match vote.eligible {
                Eligible::Yes => None,
                Eligible::No(reason) => Some(reason.to_owned()),
            },
            count: vote.count,
            attributes: vote
                .attributes
                .iter()
                .map(|&cell| cell.to_owned())
                .collect(),
        }
    }

    /// The same without its place, which quoting and the order of columns change.
    pub(crate) fn placeless(mut self) -> Seen {
        self.column = 0;
        self
    }
}

pub(crate) fn read_with(
    source: impl BufRead,
    options: &ReadOptions,
) -> Result<(Vec<Seen>, VotesRead), ReadError> {
    let votes = VotesCsv::open(source, "votes.csv", options)?;
    let mut seen = Vec::new();
    let read = votes.read(0, &mut |vote| seen.push(Seen::of(vote)))?;
    assert_eq!(read.rows, u64::try_from(seen.len()).unwrap());
    Ok((seen, read))
}

pub(crate) fn read(text: impl AsRef<[u8]>) -> (Vec<Seen>, VotesRead) {
    read_with(text.as_ref(), &ReadOptions::strict()).unwrap()
}

pub(crate) fn refused(text: impl AsRef<[u8]>) -> Diagnostics {
    match read_with(text.as_ref(), &ReadOptions::strict()) {
        Err(ReadError::Refused(diagnostics)) => diagnostics,
        other => panic!("not refused: {other:?}"),
    }
}

/// Code, line and column of every error and, marked with `~`, every warning.
pub(crate) fn places(diagnostics: &Diagnostics) -> Vec<(String, u64, u64)> {
    diagnostics
        .iter()
        .map(|found| {
            let mark = if found.severity() == Severity::Warning {
                "~"
            } else {
                ""
            };
            (
                format!("{mark}{}", found.code()),
                found.line(),
                found.column(),
            )
        })
        .collect()
}

pub(crate) fn place(code: &str, line: u64, column: u64) -> (String, u64, u64) {
    (code.to_owned(), line, column)
}
