//! The comparison of what was announced with what was counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::tally::{Counts, Tally};

use super::counted::{ControlCounts, Counted, Place};
use super::difference::{ControlFigure, Difference};
use super::rows::{Manifest, ManifestRow};

/// One line of the table of control totals: a station, or a channel as a whole, with what was announced and what
/// was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ControlLine {
    /// The channel.
    pub channel: String,
    /// The station; `None` for the channel's total, empty for the votes that name no station.
    pub station: Option<String>,
    /// What was announced, if anything was.
    pub announced: Option<ManifestRow>,
    /// The same figures, counted: each vote by what it says, before duplicates are settled.
    pub counted: ControlCounts,
    /// What became of the votes.
    pub counts: Counts,
}

impl Manifest {
    /// Every difference between what was announced and what was counted, by channel and station; for each, the
    /// figures in the order of [`ControlFigure`]. None at all means: all announced figures agree, everything that was
    /// announced was counted and the other way round, and the announcement agrees with itself.
    ///
    /// A channel whose total alone was announced is compared as a whole; once one station of it has a row, all of
    /// them need one. A figure that was not announced is not compared: it has no difference and no agreement either.
    ///
    /// **Blank and void** are what a station sees when it opens its votes, so they are compared with the votes by what
    /// they say ([`ControlCounts`]): a blank paper vote that the voter's vote by internet replaces is blank at its station.
    ///
    /// **Totals.** For a channel of which totals exist ([`Aggregate`](crate::election::Aggregate)), their voters and its single
    /// votes together are compared with what the channel received, or its stations together: as many, or fewer by no
    /// more than the blank and void votes that were announced, since whoever made the totals may have left these out.
    /// Where the totals do not say how many people voted, that is told.
    #[must_use]
    pub fn compare(&self, tally: &Tally) -> Vec<Difference> {
        let counted = Counted::of(tally);
        let mut differences: Vec<Difference> = Vec::new();
        let mut channels: BTreeSet<&String> = counted.channel_names();
        channels.extend(self.rows.keys().map(|(channel, _)| channel));
        for channel in channels {
            differences.extend(self.inconsistencies(channel));
            differences.extend(self.of_totals(channel, &counted));
            let has_totals = counted.totals.contains_key(channel);
            for row in self.of_channel(channel) {
                let place = counted.of_row(row);
                // With totals, the channel has been compared as a whole, and so have stations without single votes.
                if !(has_totals && (row.station.is_empty() || place.is_none())) {
                    differences.extend(of_row(row, place));
                }
            }
            differences.extend(self.not_announced(channel, &counted));
        }
        differences
    }

    /// The table that a report prints: for each channel its total and its stations, with what was announced and the
    /// whole identity of what was counted.
    #[must_use]
    pub fn table(&self, tally: &Tally) -> Vec<ControlLine> {
        let counted = Counted::of(tally);
        let channels = self.rows.keys().map(|(channel, _)| channel);
        let channels = channels.chain(counted.channel_names());
        let totals = channels.map(|channel| (channel, None));
        let stations = self
            .rows
            .keys()
            .filter(|(_, station)| !station.is_empty())
            .chain(counted.stations.keys())
            .map(|(channel, station)| (channel, Some(station)));
        let lines: BTreeSet<(&String, Option<&String>)> = totals.chain(stations).collect();
        lines
            .into_iter()
            .map(|(channel, station)| {
                let key = (channel.clone(), station.cloned().unwrap_or_default());
                let place = match station {
                    None => counted.channels.get(channel),
                    Some(_) => counted.stations.get(&key),
                };
                // The row without a station is the channel's total, never that of the votes without one.
                let announced = self.rows.get(&key);
                let is_other = station.is_some_and(String::is_empty);
                ControlLine {
                    channel: channel.clone(),
                    station: station.cloned(),
                    announced: announced.filter(|_| !is_other).cloned(),
                    counted: place.map(|place| place.seen).unwrap_or_default(),
                    counts: place.map(|place| place.counts.clone()).unwrap_or_default(),
                }
            })
            .collect()
    }

    fn of_channel<'a>(&'a self, channel: &'a str) -> impl Iterator<Item = &'a ManifestRow> + 'a {
        from_channel(&self.rows, channel).map(|(_, row)| row)
    }

    fn stations_of<'a>(&'a self, channel: &'a str) -> impl Iterator<Item = &'a ManifestRow> + 'a {
        self.of_channel(channel)
            .filter(|row| !row.station.is_empty())
    }

    /// What the channel announced: its total, or the sum of its stations where all of them have the figure.
    fn whole(&self, channel: &str) -> Option<ManifestRow> {
        let known = self.rows.get(&(channel.to_owned(), String::new()));
        if known.is_some() {
            return known.cloned();
        }
        self.of_channel(channel).next()?;
        let sum = |figure: ControlFigure| {
            let figures = self.of_channel(channel).map(|row| figure.announced(row));
            figures
                .map(|votes| votes.map(u128::from))
                .sum::<Option<u128>>()
                .map(|sum| u64::try_from(sum).unwrap_or(u64::MAX))
        };
        Some(ManifestRow {
            channel: channel.to_owned(),
            station: String::new(),
            received: sum(ControlFigure::Received),
            blank: sum(ControlFigure::Blank),
            void: sum(ControlFigure::Void),
        })
    }

    fn of_totals(&self, channel: &str, counted: &Counted) -> Option<Difference> {
        let totals = counted.totals.get(channel)?;
        let Some(row) = self.whole(channel) else {
            return (!counted.channels.contains_key(channel)).then(|| {
                let channel = channel.to_owned();
                Difference::TotalsNotAnnounced {
                    channel,
                    voters: totals.voters,
                }
            });
        };
        let (Some(received), Some(voters)) = (row.received, totals.voters) else {
            return Some(Difference::TotalsOnly { row });
        };
        let single = counted
            .channels
            .get(channel)
            .map_or(0, |place| place.seen.received);
        // Both are below 2^62.
        let all = voters.saturating_add(single);
        let invalid =
            u128::from(row.blank.unwrap_or_default()) + u128::from(row.void.unwrap_or_default());
        let most = u128::from(received);
        let agrees = (most.saturating_sub(invalid)..=most).contains(&u128::from(all));
        (!agrees).then_some(Difference::Totals {
            row,
            voters,
            counted: all,
        })
    }

    fn inconsistencies(&self, channel: &str) -> Vec<Difference> {
        let Some(total) = self.rows.get(&(channel.to_owned(), String::new())) else {
            return Vec::new();
        };
        if self.stations_of(channel).next().is_none() {
            return Vec::new();
        }
        ControlFigure::ALL
            .into_iter()
            .filter_map(|figure| {
                let announced = figure.announced(total)?;
                let figures: Vec<Option<u64>> = self
                    .stations_of(channel)
                    .map(|row| figure.announced(row))
                    .collect();
                let is_complete = figures.iter().all(Option::is_some);
                let sum: u128 = figures.into_iter().flatten().map(u128::from).sum();
                let whole = u128::from(announced);
                (sum > whole || is_complete && sum < whole).then(|| Difference::Inconsistent {
                    channel: channel.to_owned(),
                    figure,
                    total: announced,
                    stations: sum,
                })
            })
            .collect()
    }

    fn not_announced(&self, channel: &str, counted: &Counted) -> Vec<Difference> {
        if self.of_channel(channel).next().is_none() {
            let place = counted.channels.get(channel);
            let told = place.map(|place| Difference::ChannelNotAnnounced {
                channel: channel.to_owned(),
                counts: place.counts.clone(),
            });
            return told.into_iter().collect();
        }
        if self.stations_of(channel).next().is_none() {
            return Vec::new();
        }
        from_channel(&counted.stations, channel)
            .filter(|(key, _)| key.1.is_empty() || !self.rows.contains_key(*key))
            .map(|((_, station), place)| Difference::StationNotAnnounced {
                channel: channel.to_owned(),
                station: station.clone(),
                counts: place.counts.clone(),
            })
            .collect()
    }
}

/// The entries of one channel.
fn from_channel<'a, T>(
    table: &'a BTreeMap<(String, String), T>,
    channel: &'a str,
) -> impl Iterator<Item = (&'a (String, String), &'a T)> + 'a {
    table
        .range((channel.to_owned(), String::new())..)
        .take_while(move |((of, _), _)| of == channel)
}

/// The differences of one row.
fn of_row(row: &ManifestRow, place: Option<&Place>) -> Vec<Difference> {
    let announced = ControlFigure::ALL
        .into_iter()
        .filter_map(|figure| Some((figure, figure.announced(row)?)));
    let Some(place) = place else {
        // A station that announced nothing but zeros and has no vote is as announced.
        let is_empty = row.received == Some(0) && announced.clone().all(|(_, votes)| votes == 0);
        return if is_empty {
            Vec::new()
        } else {
            vec![Difference::NotCounted { row: row.clone() }]
        };
    };
    announced
        .filter(|(figure, votes)| figure.counted(place.seen) != *votes)
        .map(|(figure, votes)| Difference::Figure {
            channel: row.channel.clone(),
            station: row.station.clone(),
            figure,
            announced: votes,
            counted: figure.counted(place.seen),
            counts: place.counts.clone(),
        })
        .collect()
}
