//! Votes from an election that is a value already, such as one of the public archive.

use super::votes_read::{Tallied, VotesRead};
use crate::election::{Ballot, Column, Election};
use crate::tally::cast::PlaceUnit;
use crate::tally::cast::{CastVote, Content, Place};
use crate::tally::grouped::ballot_of;
use crate::tally::table::{Report, TableLimits};

/// Hands on the votes of an election, as votes of the source with this number: one by one from its voter table, with the
/// place of the row; or, where no table was kept, the distinct ballots with how many voters cast each.
///
/// The table's columns `area` or `neighborhood`, `channel` or `voting_method`, `station` and `time` become what they say;
/// the others are the attributes, in the order of [`attributes_of_election`]'s names. Weights and endowments of voters are
/// not part of a vote and are not handed on.
///
/// An election does not keep in which order a voter named the projects, except on ranked ballots: the others come in the
/// order of the projects. So rules that cut off what was named last ([`ExcessPolicy::Truncate`](crate::tally::ExcessPolicy))
/// must not be applied to them.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// use quartier::tally::read::votes_of_election;
/// let election = Election::builder()
///     .budget(100)
///     .project(("a", 60))
///     .ballots(Ballot::approval(["a"]), 3)
///     .build()?;
/// let mut counts = Vec::new();
/// let read = votes_of_election(&election, "X.pb", 0, &mut |vote| counts.push(vote.count));
/// assert_eq!((counts, read.votes), (vec![3], 3));
/// # Ok::<(), quartier::election::Problems>(())
/// ```
pub fn votes_of_election(
    election: &Election,
    name: &str,
    source: u32,
    sink: &mut dyn FnMut(&CastVote<'_>),
) -> VotesRead {
    let (instance, profile) = (election.instance(), election.profile());
    let ballots: Vec<Ballot> = profile
        .ballots()
        .map(|view| ballot_of(instance, profile, view))
        .collect();
    let mut tallied = Tallied::default();
    let mut hand_on = |vote: &CastVote<'_>| {
        tallied.add(vote);
        sink(vote);
    };
    let place = |line: u64| Place {
        source,
        line,
        column: 0,
    };
    if let Some(voters) = election.voters() {
        let columns = VoterColumns::of(election);
        let mut attributes = Vec::new();
        for (row, line) in (0..voters.len()).zip(1_u64..) {
            attributes.clear();
            attributes.extend(
                columns
                    .others
                    .iter()
                    .map(|(_, column)| cell(Some(column), row)),
            );
            let ballot = voters.ballots().get(row);
            let ballot = ballot.and_then(|ballot| ballots.get(ballot.index()));
            hand_on(&CastVote {
                place: place(line),
                voter: cell(Some(voters.ids()), row),
                channel: cell(columns.channel, row),
                area: cell(columns.area, row),
                station: cell(columns.station, row),
                time: cell(columns.time, row),
                attributes: &attributes,
                ..CastVote::new(ballot.map_or(Content::Unreadable, Content::Ballot))
            });
        }
    } else {
        for ((view, ballot), line) in profile.ballots().zip(&ballots).zip(1_u64..) {
            hand_on(&CastVote {
                place: place(line),
                count: view.count(),
                ..CastVote::new(Content::Ballot(ballot))
            });
        }
    }
    tallied.with(
        PlaceUnit::Record,
        Report::new(name, TableLimits::new()).into_found(),
    )
}

/// The names of the further columns of an election's voter table, in the order in which every vote's attributes come.
#[must_use]
pub fn attributes_of_election(election: &Election) -> Vec<&str> {
    let columns = VoterColumns::of(election);
    columns.others.iter().map(|(name, _)| *name).collect()
}

fn cell(column: Option<&Column>, row: usize) -> &str {
    let cell = column.and_then(|column| column.get(row));
    cell.map(str::trim).unwrap_or_default()
}

/// Which columns of the voter table say what.
#[derive(Debug, Default)]
struct VoterColumns<'e> {
    channel: Option<&'e Column>,
    area: Option<&'e Column>,
    station: Option<&'e Column>,
    time: Option<&'e Column>,
    others: Vec<(&'e str, &'e Column)>,
}

impl<'e> VoterColumns<'e> {
    fn of(election: &'e Election) -> VoterColumns<'e> {
        let mut columns = VoterColumns::default();
        let Some(voters) = election.voters() else {
            return columns;
        };
        let has = |name: &str| voters.column(name).is_some();
        for (name, column) in voters.columns() {
            let place = match name.as_str() {
                "area" => &mut columns.area,
                "neighborhood" if !has("area") => &mut columns.area,
                "channel" => &mut columns.channel,
                "voting_method" if !has("channel") => &mut columns.channel,
                "station" => &mut columns.station,
                "time" => &mut columns.time,
                _ => {
                    columns.others.push((name, column));
                    continue;
                }
            };
            *place = Some(column);
        }
        columns
    }
}
