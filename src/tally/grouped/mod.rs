//! Ballots grouped by content: the form in which partial tallies are exchanged and merged.

mod csv;
mod error;
mod json;
mod marks;
mod profile;
mod tally;
mod text;

use std::collections::BTreeMap;

use crate::election::{Ballot, BallotKind, VoterClass};
use crate::tally::cast::{CastVote, Content, Place};

pub use error::GroupedError;
pub(crate) use profile::ballot_of;
pub(crate) use text::ballot_text;

use marks::Marks;

/// Distinct ballots, each with the number of voters who cast it: what a polling station, or a database that groups
/// ballots by content, hands on.
///
/// Two partial tallies [merge](GroupedBallots::merge) to the tally of both, in any order and any grouping: equal
/// ballots of one channel and area are one row, and rows are kept in the order of their content. So equal tallies
/// are equal values and are written as equal bytes, whoever counted them and from which files.
///
/// # What is lost
/// The voters: their ids, times, stations and attributes. **Two ballots of one voter in two partial tallies can no
/// longer be told from two voters.** Settle duplicates before grouping, or exchange the votes themselves.
///
/// # The form, as CSV
/// `channel;area;vote;count`, and `weight;endowment` if any voter has others than 1. A row for each ballot, sorted.
/// The cell `vote` is, by the kind of ballot, which the reader must be told:
///
/// | kind | text | meaning |
/// |---|---|---|
/// | approval | `12,7` | both are approved of; sorted by the bytes of the ids |
/// | ranked | `7=9,12` | 7 and 9 tied before 12 |
/// | points | `12:3,7:2.5` | 3 points for 12 |
/// | grades | `12:good,7:poor` | the grades by their names |
/// | signed | `+12,-7` | for 12, against 7 |
///
/// An empty cell is a blank ballot. An id with a comma, `=`, `:` or a blank in it, or with a sign in front, cannot be
/// written so; the JSON form holds it.
///
/// # The form, as JSON
/// The serde form: `{"kind": "ranked", "rows": [{"channel": "paper", "area": "north", "vote": {"ranked": [["7", "9"], ["12"]]},
/// "count": 120}]}`, where `vote` is the serde form of [`Ballot`], and `weight` and `endowment` are left out where they are 1.
///
/// ```
/// use quartier::election::{Ballot, BallotKind};
/// use quartier::tally::GroupedBallots;
/// let mut school = GroupedBallots::new(BallotKind::Ranked);
/// let tied = Ballot::Ranked(vec![vec!["9".into(), "7".into()], vec!["12".into()]]);
/// school.add("paper", "north", &tied, 120)?;
/// let mut hall = GroupedBallots::new(BallotKind::Ranked);
/// hall.add("paper", "north", &Ballot::ranked(["12"]), 80)?;
/// hall.merge(&school)?;
/// assert_eq!(hall.to_csv()?, "channel;area;vote;count\npaper;north;12;80\npaper;north;7=9,12;120\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupedBallots {
    kind: BallotKind,
    rows: BTreeMap<Key, u64>,
    voters: u64,
}

/// What makes two rows one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    channel: String,
    area: String,
    marks: Marks,
    class: VoterClass,
}

/// One row: a ballot and how many voters of a channel and area cast it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupedBallot {
    /// The channel; empty if it is not known.
    pub channel: String,
    /// The area; empty if it is not known.
    pub area: String,
    /// The ballot.
    pub ballot: Ballot,
    /// How many voters cast it, at least 1.
    pub count: u64,
    /// What these voters weigh.
    pub class: VoterClass,
}

impl GroupedBallots {
    /// No ballots yet of this kind.
    #[must_use]
    pub fn new(kind: BallotKind) -> GroupedBallots {
        GroupedBallots {
            kind,
            rows: BTreeMap::new(),
            voters: 0,
        }
    }

    /// The kind of all ballots.
    #[must_use]
    pub fn kind(&self) -> BallotKind {
        self.kind
    }

    /// How many distinct rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many voters there are.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.voters
    }

    /// Adds a ballot that so many ordinary voters cast.
    ///
    /// # Errors
    /// [`GroupedError`] if it is of another kind, names a project twice, stands for nobody, or if there are more than
    /// 2^64 - 1 voters then. Nothing is added then.
    pub fn add(
        &mut self,
        channel: &str,
        area: &str,
        ballot: &Ballot,
        count: u64,
    ) -> Result<(), GroupedError> {
        self.add_row(&GroupedBallot {
            channel: channel.to_owned(),
            area: area.to_owned(),
            ballot: ballot.clone(),
            count,
            class: VoterClass::default(),
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`add`](GroupedBallots::add), and if the voters' weight or endowment is not above 0.
    pub fn add_row(&mut self, row: &GroupedBallot) -> Result<(), GroupedError> {
        if row.ballot.kind() != self.kind {
            return Err(GroupedError::OtherKind {
                expected: self.kind,
                found: row.ballot.kind(),
            });
        }
        if row.count == 0 {
            return Err(GroupedError::Nobody);
        }
        if !row.class.is_positive() {
            return Err(GroupedError::BadClass);
        }
        let key = Key {
            channel: row.channel.clone(),
            area: row.area.clone(),
            marks: Marks::of(&row.ballot)?,
            class: row.class.clone(),
        };
        let voters = self.voters.checked_add(row.count);
        self.voters = voters.ok_or(GroupedError::TooManyVoters)?;
        // No row can hold more than all of them together.
        let count = self.rows.entry(key).or_insert(0);
        *count = count.saturating_add(row.count);
        Ok(())
    }

    /// Adds all ballots of another partial tally.
    ///
    /// The result does not depend on the order in which tallies are merged.
    ///
    /// # Errors
    /// [`GroupedError::OtherKind`], or [`GroupedError::TooManyVoters`] beyond 2^64 - 1 voters. Nothing is added then.
    pub fn merge(&mut self, other: &GroupedBallots) -> Result<(), GroupedError> {
        if other.kind != self.kind {
            return Err(GroupedError::OtherKind {
                expected: self.kind,
                found: other.kind,
            });
        }
        let voters = self.voters.checked_add(other.voters);
        self.voters = voters.ok_or(GroupedError::TooManyVoters)?;
        for (key, count) in &other.rows {
            let sum = self.rows.entry(key.clone()).or_insert(0);
            *sum = sum.saturating_add(*count);
        }
        Ok(())
    }

    /// The rows, in the order of channel, area, ballot and voters' class.
    pub fn rows(&self) -> impl Iterator<Item = GroupedBallot> + '_ {
        self.rows.iter().map(|(key, &count)| GroupedBallot {
            channel: key.channel.clone(),
            area: key.area.clone(),
            ballot: key.marks.ballot(self.kind),
            count,
            class: key.class.clone(),
        })
    }

    /// Hands the ballots on as anonymous votes of the source with this number, the number of the row as its line.
    ///
    /// Weights and endowments are not part of a vote: where there are others than 1, nothing is handed on.
    ///
    /// # Errors
    /// [`GroupedError::Weighted`] where voters have other weights or endowments than 1.
    pub fn hand_on(
        &self,
        source: u32,
        sink: &mut dyn FnMut(&CastVote<'_>),
    ) -> Result<(), GroupedError> {
        let ordinary = VoterClass::default();
        if self.rows.keys().any(|key| key.class != ordinary) {
            return Err(GroupedError::Weighted);
        }
        for (row, line) in self.rows().zip(1_u64..) {
            sink(&CastVote {
                place: Place {
                    source,
                    line,
                    column: 0,
                },
                channel: &row.channel,
                area: &row.area,
                count: row.count,
                ..CastVote::new(Content::Ballot(&row.ballot))
            });
        }
        Ok(())
    }
}
