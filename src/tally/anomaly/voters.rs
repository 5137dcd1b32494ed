//! Voters with more than one vote.

use std::collections::{BTreeMap, BTreeSet};

use crate::tally::{Register, RegisterRow};

use super::finding::{Anomaly, AnomalyCode, AnomalyPlace, Group};
use super::report::Found;

/// The votes of voters who have an id, those of one voter together, in the order of the ids' bytes.
fn by_voter(register: &Register) -> Result<Vec<RegisterRow<'_>>, String> {
    let named = register.rows().filter(|row| !row.voter().is_empty());
    let mut rows: Vec<RegisterRow<'_>> = named.collect();
    if rows.is_empty() {
        return Err(
            "no vote has a voter's id: nobody can see who voted twice among anonymous ballots"
                .to_owned(),
        );
    }
    rows.sort_by(|a, b| (a.voter(), a.number()).cmp(&(b.voter(), b.number())));
    Ok(rows)
}

fn voters<'a, 'b>(rows: &'b [RegisterRow<'a>]) -> impl Iterator<Item = &'b [RegisterRow<'a>]> {
    rows.chunk_by(|a, b| a.voter() == b.voter())
}

/// Voters, their votes, and the first vote of each as an example.
#[derive(Default)]
struct Again {
    voters: u64,
    group: Group,
}

impl Again {
    fn add(&mut self, votes: &[RegisterRow<'_>]) {
        self.voters = self.voters.saturating_add(1);
        let sum = votes
            .iter()
            .fold(0_u64, |sum, row| sum.saturating_add(row.count()));
        if let Some(first) = votes.first() {
            self.group.add(first.number(), sum);
        }
    }

    fn found(self, code: AnomalyCode, place: AnomalyPlace, at_most: u64) -> Option<Anomaly> {
        (self.voters > at_most).then(|| Anomaly::new(code, place, self.voters, at_most, self.group))
    }
}

pub(super) fn several_channels(register: &Register, at_most: u64) -> Found {
    let rows = by_voter(register)?;
    let mut again = Again::default();
    for votes in voters(&rows) {
        let channels: BTreeSet<&str> = votes.iter().map(|row| row.channel()).collect();
        if channels.len() > 1 {
            again.add(votes);
        }
    }
    let place = AnomalyPlace::default();
    let found = again.found(AnomalyCode::SeveralChannels, place, at_most);
    Ok(found.into_iter().collect())
}

pub(super) fn several_votes(register: &Register, at_most: u64) -> Found {
    let rows = by_voter(register)?;
    let mut channels: BTreeMap<&str, Again> = BTreeMap::new();
    for votes in voters(&rows) {
        let mut by_channel: BTreeMap<&str, Vec<RegisterRow<'_>>> = BTreeMap::new();
        for row in votes {
            by_channel.entry(row.channel()).or_default().push(*row);
        }
        for (channel, votes) in by_channel {
            if votes.len() > 1 {
                channels.entry(channel).or_default().add(&votes);
            }
        }
    }
    let found = channels.into_iter().filter_map(|(channel, again)| {
        let place = AnomalyPlace {
            channel: Some(channel.to_owned()),
            ..AnomalyPlace::default()
        };
        again.found(AnomalyCode::SeveralVotes, place, at_most)
    });
    Ok(found.collect())
}
