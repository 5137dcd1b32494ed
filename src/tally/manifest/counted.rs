//! What was counted, as stations saw it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::tally::intake::Verdict;
use crate::tally::{Counts, RegisterRow, Tally};

use super::rows::ManifestRow;

/// What a station has to announce, counted: each vote by what it says, whoever cast it, whatever was ruled of it later
/// and whether or not the voter's other vote counts instead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ControlCounts {
    /// Votes received.
    pub received: u64,
    /// Those that name nothing.
    pub blank: u64,
    /// Those that are void by what they say, records that cannot be read included.
    pub void: u64,
}

/// A place: what its station has to announce, and what became of its votes.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) seen: ControlCounts,
    pub(super) counts: Counts,
}

/// The totals of a channel without single ballots: their voters, where all of them say how many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Totals {
    pub(super) voters: Option<u64>,
}

/// Everything that was counted.
pub(super) struct Counted {
    pub(super) channels: BTreeMap<String, Place>,
    pub(super) stations: BTreeMap<(String, String), Place>,
    pub(super) totals: BTreeMap<String, Totals>,
}

impl Counted {
    /// O(n log s) for n votes of s stations.
    pub(super) fn of(tally: &Tally) -> Counted {
        let ledger = tally.ledger();
        let place = |counts| Place {
            seen: ControlCounts::default(),
            counts,
        };
        let by_station = ledger.by_station().into_iter();
        let by_channel = ledger.by_channel().into_iter();
        let mut stations: BTreeMap<(String, String), Place> = by_station
            .map(|(key, counts)| (key, place(counts)))
            .collect();
        let mut channels: BTreeMap<String, Place> = by_channel
            .map(|(key, counts)| (key, place(counts)))
            .collect();
        for (key, seen) in seen(tally) {
            if let Some(channel) = channels.get_mut(&key.0) {
                channel.seen.add(seen);
            }
            if let Some(station) = stations.get_mut(&key) {
                station.seen.add(seen);
            }
        }
        let mut totals: BTreeMap<String, Totals> = BTreeMap::new();
        for aggregate in tally.aggregates() {
            let none = Totals { voters: Some(0) };
            let sum = totals.entry(aggregate.channel.clone()).or_insert(none);
            let both = sum.voters.zip(aggregate.voters);
            sum.voters = both.map(|(sum, more)| sum.saturating_add(more));
        }
        Counted {
            channels,
            stations,
            totals,
        }
    }

    pub(super) fn of_row(&self, row: &ManifestRow) -> Option<&Place> {
        if row.station.is_empty() {
            self.channels.get(&row.channel)
        } else {
            self.stations
                .get(&(row.channel.clone(), row.station.clone()))
        }
    }

    /// Every channel of which something was counted.
    pub(super) fn channel_names(&self) -> BTreeSet<&String> {
        self.channels.keys().chain(self.totals.keys()).collect()
    }
}

/// There are at most 2^32 contents.
fn content_of(row: RegisterRow<'_>) -> u32 {
    u32::try_from(row.content()).unwrap_or(u32::MAX)
}

/// What the votes of each station say.
fn seen(tally: &Tally) -> BTreeMap<(String, String), ControlCounts> {
    let register = tally.register();
    let mut seen: BTreeMap<(&str, &str), ControlCounts> = BTreeMap::new();
    for row in register.rows() {
        let of_station = seen.entry((row.channel(), row.station())).or_default();
        let count = row.count();
        of_station.add(match register.contents.verdict(content_of(row)) {
            Verdict::Accepted => ControlCounts {
                received: count,
                blank: 0,
                void: 0,
            },
            Verdict::Blank => ControlCounts {
                received: count,
                blank: count,
                void: 0,
            },
            Verdict::Void(_) => ControlCounts {
                received: count,
                blank: 0,
                void: count,
            },
        });
    }
    let owned = |((channel, station), seen): ((&str, &str), ControlCounts)| {
        ((channel.to_owned(), station.to_owned()), seen)
    };
    seen.into_iter().map(owned).collect()
}

impl ControlCounts {
    /// The intake refuses more than 2^62 votes in all.
    fn add(&mut self, more: ControlCounts) {
        self.received = self.received.saturating_add(more.received);
        self.blank = self.blank.saturating_add(more.blank);
        self.void = self.void.saturating_add(more.void);
    }
}
