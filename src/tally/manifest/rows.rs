//! The announced figures.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What one station, or a channel as a whole, announced: the signed sheet, the counter of the server.
///
/// ```
/// use quartier::tally::manifest::ManifestRow;
/// let school = ManifestRow::of_channel("paper").at_station("school").received(655).blank(3);
/// assert_eq!((school.received, school.blank, school.void), (Some(655), Some(3), None));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct ManifestRow {
    /// The channel, as the votes name it.
    pub channel: String,
    /// The station, as the votes name it; empty for the total of the channel.
    #[serde(default)]
    pub station: String,
    /// Votes received, whatever became of them; `None` if it was not announced.
    #[serde(default)]
    pub received: Option<u64>,
    /// Blank votes; `None` if it was not announced.
    #[serde(default)]
    pub blank: Option<u64>,
    /// Void votes of all reasons; `None` if it was not announced.
    #[serde(default)]
    pub void: Option<u64>,
}

/// The control totals of an election: what was announced by channel and station, without looking at the votes.
///
/// A city writes down how many votes each polling station and each server received, before the votes are brought
/// together. If a station is missing afterwards, or a file was read twice, the figures tell.
///
/// ```
/// use quartier::tally::manifest::{Manifest, ManifestRow};
/// let paper = |station, received| ManifestRow::of_channel("paper").at_station(station).received(received);
/// let manifest = Manifest::new([paper("town hall", 812), paper("school", 655), paper("", 1467)])?;
/// assert_eq!(manifest.rows().count(), 3);
/// assert!(Manifest::new([paper("school", 655), paper("school", 655)]).is_err());
/// # Ok::<(), quartier::tally::manifest::ManifestFaults>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By channel and station.
    pub(super) rows: BTreeMap<(String, String), ManifestRow>,
}

/// A row that makes a manifest worthless.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestFault {
    /// Two rows about the same thing: which of them is right, only the city knows.
    #[error(
        "row {second} announces {} again after row {first}: keep the right one",
        named(channel, station)
    )]
    Repeated {
        /// The channel.
        channel: String,
        /// The station; empty for the channel's total.
        station: String,
        /// The number of the first row, from 1.
        first: usize,
        /// The number of the other.
        second: usize,
    },
    /// More blank and void votes than votes.
    #[error(
        "row {number} announces {received} votes for {} and {invalid} of them blank or void: correct the row",
        named(channel, station)
    )]
    Impossible {
        /// The channel.
        channel: String,
        /// The station; empty for the channel's total.
        station: String,
        /// The number of the row, from 1.
        number: usize,
        /// Votes received.
        received: u64,
        /// Blank and void votes together.
        invalid: u128,
    },
}

/// All faults of a manifest, in the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFaults(Vec<ManifestFault>);

/// A channel and its station in words.
pub(super) fn named(channel: &str, station: &str) -> String {
    match (channel, station) {
        ("", "") => "the votes that name no channel".to_owned(),
        (channel, "") => format!("channel `{channel}`"),
        ("", station) => format!("station `{station}`"),
        (channel, station) => format!("station `{station}` of channel `{channel}`"),
    }
}

impl ManifestRow {
    /// The row of a channel as a whole, which announces nothing yet.
    #[must_use]
    pub fn of_channel(channel: impl Into<String>) -> ManifestRow {
        ManifestRow {
            channel: channel.into(),
            ..ManifestRow::default()
        }
    }

    /// The same row, of this station.
    #[must_use]
    pub fn at_station(mut self, station: impl Into<String>) -> ManifestRow {
        self.station = station.into();
        self
    }

    /// The same row, with so many votes received, whatever became of them.
    #[must_use]
    pub fn received(mut self, votes: u64) -> ManifestRow {
        self.received = Some(votes);
        self
    }

    /// The same row, with so many blank votes.
    #[must_use]
    pub fn blank(mut self, votes: u64) -> ManifestRow {
        self.blank = Some(votes);
        self
    }

    /// The same row, with so many void votes.
    #[must_use]
    pub fn void(mut self, votes: u64) -> ManifestRow {
        self.void = Some(votes);
        self
    }

    fn fault(&self, number: usize) -> Option<ManifestFault> {
        let received = self.received?;
        let invalid =
            u128::from(self.blank.unwrap_or_default()) + u128::from(self.void.unwrap_or_default());
        (invalid > u128::from(received)).then(|| ManifestFault::Impossible {
            channel: self.channel.clone(),
            station: self.station.clone(),
            number,
            received,
            invalid,
        })
    }
}

impl Manifest {
    /// A manifest from its rows, in any order. That the rows agree with each other is for
    /// [`Manifest::compare`] to say: a total that is not the sum of its stations is news, not a typing fault.
    ///
    /// # Errors
    /// All the [`ManifestFaults`]: two rows for one station, or more blank and void votes than votes.
    pub fn new(rows: impl IntoIterator<Item = ManifestRow>) -> Result<Manifest, ManifestFaults> {
        let mut known: BTreeMap<(String, String), (usize, ManifestRow)> = BTreeMap::new();
        let mut faults = Vec::new();
        for (number, row) in (1..).zip(rows) {
            faults.extend(row.fault(number));
            let key = (row.channel.clone(), row.station.clone());
            if let Some((first, _)) = known.get(&key) {
                faults.push(ManifestFault::Repeated {
                    channel: row.channel,
                    station: row.station,
                    first: *first,
                    second: number,
                });
            } else {
                known.insert(key, (number, row));
            }
        }
        if faults.is_empty() {
            let rows = known.into_iter().map(|(key, (_, row))| (key, row));
            Ok(Manifest {
                rows: rows.collect(),
            })
        } else {
            Err(ManifestFaults(faults))
        }
    }

    /// The rows, by channel and station; a channel's total comes before its stations.
    pub fn rows(&self) -> impl Iterator<Item = &ManifestRow> {
        self.rows.values()
    }
}

impl ManifestFaults {
    /// The faults, in the order of the rows.
    pub fn iter(&self) -> std::slice::Iter<'_, ManifestFault> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a ManifestFaults {
    type Item = &'a ManifestFault;
    type IntoIter = std::slice::Iter<'a, ManifestFault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for ManifestFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if number == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for ManifestFaults {}
