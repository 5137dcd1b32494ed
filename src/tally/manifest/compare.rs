//! The comparison of what was announced with what was counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::tally::{Counts, Ledger};

use super::difference::{ControlFigure, Difference};
use super::rows::{Manifest, ManifestRow};

/// One line of the table of control totals: a station, or a channel as a whole, with what was announced and what
/// was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlLine {
    /// The channel.
    pub channel: String,
    /// The station; `None` for the channel's total, empty for the votes that name no station.
    pub station: Option<String>,
    /// What was announced, if anything was.
    pub announced: Option<ManifestRow>,
    /// What was counted, and what became of it.
    pub counts: Counts,
}

/// What was counted, by channel and station.
struct Counted {
    channels: BTreeMap<String, Counts>,
    stations: BTreeMap<(String, String), Counts>,
}

impl Counted {
    fn of(ledger: &Ledger) -> Counted {
        Counted {
            stations: ledger.by_station(),
            channels: ledger.by_channel(),
        }
    }

    fn of_row(&self, row: &ManifestRow) -> Option<&Counts> {
        if row.station.is_empty() {
            self.channels.get(&row.channel)
        } else {
            self.stations
                .get(&(row.channel.clone(), row.station.clone()))
        }
    }
}

impl Manifest {
    /// Every difference between what was announced and what was counted, by channel and station; for each, the
    /// figures in the order of [`ControlFigure`]. None at all means: all announced figures agree, everything that was
    /// announced was counted and the other way round, and the announcement agrees with itself.
    ///
    /// A channel whose total alone was announced is compared as a whole; once one station of it has a row, all of
    /// them need one. A figure that was not announced is not compared: it has no difference and no agreement either.
    ///
    /// The ledger holds single votes. A channel of which only totals exist
    /// ([`Aggregate`](crate::election::Aggregate)) has none in it, so what was announced for it is told as not counted.
    #[must_use]
    pub fn compare(&self, ledger: &Ledger) -> Vec<Difference> {
        let counted = Counted::of(ledger);
        let mut differences: Vec<Difference> = Vec::new();
        let channels: BTreeSet<&String> = self
            .rows
            .keys()
            .map(|(channel, _)| channel)
            .chain(counted.channels.keys())
            .collect();
        for channel in channels {
            differences.extend(self.inconsistencies(channel));
            differences.extend(
                self.of_channel(channel)
                    .flat_map(|row| of_row(row, counted.of_row(row))),
            );
            differences.extend(self.not_announced(channel, &counted));
        }
        differences
    }

    /// The table that a report prints: for each channel its total and its stations, with what was announced and the
    /// whole identity of what was counted.
    #[must_use]
    pub fn table(&self, ledger: &Ledger) -> Vec<ControlLine> {
        let counted = Counted::of(ledger);
        let channels = self
            .rows
            .keys()
            .map(|(channel, _)| channel)
            .chain(counted.channels.keys());
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
                let counts = match station {
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
                    counts: counts.cloned().unwrap_or_default(),
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
            let counts = counted.channels.get(channel).cloned();
            return vec![Difference::ChannelNotAnnounced {
                channel: channel.to_owned(),
                counts: counts.unwrap_or_default(),
            }];
        }
        if self.stations_of(channel).next().is_none() {
            return Vec::new();
        }
        from_channel(&counted.stations, channel)
            .filter(|(key, _)| key.1.is_empty() || !self.rows.contains_key(*key))
            .map(|((_, station), counts)| Difference::StationNotAnnounced {
                channel: channel.to_owned(),
                station: station.clone(),
                counts: counts.clone(),
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
fn of_row(row: &ManifestRow, counts: Option<&Counts>) -> Vec<Difference> {
    let announced = ControlFigure::ALL
        .into_iter()
        .filter_map(|figure| Some((figure, figure.announced(row)?)));
    let Some(counts) = counts else {
        // A station that announced nothing but zeros and has no vote is as announced.
        let is_empty = row.received == Some(0) && announced.clone().all(|(_, votes)| votes == 0);
        return if is_empty {
            Vec::new()
        } else {
            vec![Difference::NotCounted { row: row.clone() }]
        };
    };
    announced
        .filter(|(figure, votes)| figure.counted(counts) != *votes)
        .map(|(figure, votes)| Difference::Figure {
            channel: row.channel.clone(),
            station: row.station.clone(),
            figure,
            announced: votes,
            counted: figure.counted(counts),
            counts: counts.clone(),
        })
        .collect()
}
