//! What a manifest and a count disagree about.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::tally::Counts;

use super::counted::ControlCounts;
use super::rows::{ManifestRow, named};

/// A figure that stations announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ControlFigure {
    /// Votes received, whatever became of them.
    Received,
    /// Blank votes.
    Blank,
    /// Void votes of all reasons.
    Void,
}

/// A difference between what was announced and what was counted, or of the announcement with itself.
///
/// Each shows the whole identity *received = accepted + blank + void + superseded + duplicate + ineligible* of the
/// station, so that a reader sees at once where the votes went. Nothing is decided by it: that somebody explains every
/// difference, or that the result is not certified, is for the city to rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
#[non_exhaustive]
pub enum Difference {
    /// A figure is not the one that was announced.
    #[error(
        "{}: {announced} {figure} votes were announced and {counted} counted; {}",
        named(channel, station),
        Identity(counts)
    )]
    Figure {
        /// The channel.
        channel: String,
        /// The station; empty for the channel's total.
        station: String,
        /// Which figure.
        figure: ControlFigure,
        /// What was announced.
        announced: u64,
        /// What was counted, blank and void votes by what they say ([`ControlCounts`]).
        counted: u64,
        /// Everything that was counted there.
        counts: Counts,
    },
    /// Votes came from a station that nobody announced, or name no station where others do.
    #[error(
        "{}: not announced; {}",
        station_named(channel, station),
        Identity(counts)
    )]
    StationNotAnnounced {
        /// The channel.
        channel: String,
        /// The station; empty for the votes that name none.
        station: String,
        /// Everything that was counted there.
        counts: Counts,
    },
    /// Votes came by a channel of which nothing was announced.
    #[error("{}: not announced; {}", named(channel, ""), Identity(counts))]
    ChannelNotAnnounced {
        /// The channel.
        channel: String,
        /// Everything that was counted there.
        counts: Counts,
    },
    /// Something was announced of which not one vote was counted.
    #[error("{}: announced with {}, and not one vote of it was counted", named(&row.channel, &row.station), Announced(row))]
    NotCounted {
        /// The announcement.
        row: ManifestRow,
    },
    /// The totals of a channel, of which no single ballots were entered, are of more voters than it received votes, or of
    /// fewer than the votes that were announced and are not blank or void.
    #[error(
        "{}: announced with {}, and {counted} counted: {voters} as voters of its totals, the others as single votes",
        named(&row.channel, ""),
        Announced(row)
    )]
    Totals {
        /// The announcement; that of all stations together where the channel has none of its own.
        row: ManifestRow,
        /// The voters of its totals.
        voters: u64,
        /// They and the channel's single votes.
        counted: u64,
    },
    /// Only totals of a channel were entered, and they do not say how many people voted.
    #[error(
        "{}: announced with {}, and only totals were entered, which do not say how many people voted: enter the voters or the single votes",
        named(&row.channel, ""),
        Announced(row)
    )]
    TotalsOnly {
        /// The announcement; that of all stations together where the channel has none of its own.
        row: ManifestRow,
    },
    /// Totals were entered for a channel of which nothing was announced.
    #[error(
        "{}: totals were entered, and nothing was announced",
        named(channel, "")
    )]
    TotalsNotAnnounced {
        /// The channel.
        channel: String,
        /// The voters of its totals, where they say so.
        voters: Option<u64>,
    },
    /// A channel's announced total is not the sum of what its stations announced; or is below it, where some stations
    /// have not announced the figure.
    #[error(
        "{}: {total} {figure} votes were announced in all, and {stations} by its stations together",
        named(channel, "")
    )]
    Inconsistent {
        /// The channel.
        channel: String,
        /// Which figure.
        figure: ControlFigure,
        /// The announced total.
        total: u64,
        /// The sum over the stations.
        #[serde(deserialize_with = "sum_of_stations")]
        stations: u128,
    },
}

impl Difference {
    /// The stable kebab-case code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Difference::Figure { .. } => "figure",
            Difference::StationNotAnnounced { .. } => "station-not-announced",
            Difference::ChannelNotAnnounced { .. } => "channel-not-announced",
            Difference::NotCounted { .. } => "not-counted",
            Difference::Totals { .. } => "totals",
            Difference::TotalsOnly { .. } => "totals-only",
            Difference::TotalsNotAnnounced { .. } => "totals-not-announced",
            Difference::Inconsistent { .. } => "inconsistent",
        }
    }
}

impl ControlFigure {
    /// All figures, in order.
    pub const ALL: [ControlFigure; 3] = [
        ControlFigure::Received,
        ControlFigure::Blank,
        ControlFigure::Void,
    ];

    pub(super) fn announced(self, row: &ManifestRow) -> Option<u64> {
        match self {
            ControlFigure::Received => row.received,
            ControlFigure::Blank => row.blank,
            ControlFigure::Void => row.void,
        }
    }

    pub(super) fn counted(self, seen: ControlCounts) -> u64 {
        match self {
            ControlFigure::Received => seen.received,
            ControlFigure::Blank => seen.blank,
            ControlFigure::Void => seen.void,
        }
    }
}

impl fmt::Display for ControlFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ControlFigure::Received => "received",
            ControlFigure::Blank => "blank",
            ControlFigure::Void => "void",
        })
    }
}

/// Serde's tagged enums hold whole numbers up to 2^64 − 1, which no real sum of stations comes near; a larger one is refused.
fn sum_of_stations<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
    u64::deserialize(deserializer).map(u128::from)
}

fn station_named(channel: &str, station: &str) -> String {
    match station {
        "" => format!("the votes of {} that name no station", named(channel, "")),
        station => named(channel, station),
    }
}

/// The identity in words.
struct Identity<'a>(&'a Counts);

impl fmt::Display for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.0;
        write!(
            f,
            "{} received = {} accepted + {} blank + {} void",
            counts.received,
            counts.accepted,
            counts.blank,
            counts.voids()
        )?;
        for (number, (reason, votes)) in counts.void.iter().enumerate() {
            write!(
                f,
                "{}{votes} {reason}",
                if number == 0 { " (" } else { ", " }
            )?;
        }
        if !counts.void.is_empty() {
            f.write_str(")")?;
        }
        write!(
            f,
            " + {} superseded + {} duplicate + {} ineligible",
            counts.superseded, counts.duplicate, counts.ineligible
        )
    }
}

/// The figures of an announcement in words.
struct Announced<'a>(&'a ManifestRow);

impl fmt::Display for Announced<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figures = ControlFigure::ALL
            .into_iter()
            .filter_map(|figure| Some((figure, figure.announced(self.0)?)));
        let mut none = true;
        for (figure, votes) in figures {
            write!(f, "{}{votes} {figure}", if none { "" } else { ", " })?;
            none = false;
        }
        if none {
            f.write_str("no figure")?;
        }
        Ok(())
    }
}
