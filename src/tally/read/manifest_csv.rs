//! The control totals that polling stations announce.

use std::io::BufRead;

use super::cells::id_fault;
use super::columns::Columns;
use super::error::ReadError;
use super::form::{Told, read};
use super::number::stated;
use super::options::ReadOptions;
use super::projects_csv::needed_id;
use crate::tally::table::{Diagnostics, Report, Row, Severity};

const KNOWN: [&str; 5] = ["channel", "station", "received", "blank", "void"];

/// What one station, or a channel as a whole, says of its own votes. What is not stated is `None`, which is not 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ManifestFigures {
    /// The channel.
    pub channel: String,
    /// The station; empty for the channel as a whole.
    pub station: String,
    /// Votes received.
    pub received: Option<u64>,
    /// Blank ballots among them.
    pub blank: Option<u64>,
    /// Void ballots among them.
    pub void: Option<u64>,
    /// The line it stands on.
    pub line: u64,
}

/// The rows of a manifest, in its order, and the warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestRead {
    /// The rows.
    pub rows: Vec<ManifestFigures>,
    /// What somebody should look at; no errors.
    pub diagnostics: Diagnostics,
}

/// Reads a manifest from a table with the column `channel` and, where they are stated, `station`, `received`, `blank` and
/// `void`. An empty cell, or a missing column, states nothing.
///
/// # Errors
/// [`ReadError::Refused`] with all problems of the table, such as two rows for one station; [`ReadError::Io`] if
/// the source fails.
///
/// ```
/// use quartier::tally::read::{ReadOptions, read_manifest_csv};
/// let text = "channel;station;received;blank;void\npaper;school;120;3;\n";
/// let read = read_manifest_csv(text.as_bytes(), "manifest.csv", &ReadOptions::strict())?;
/// assert_eq!((read.rows[0].received, read.rows[0].void), (Some(120), None));
/// # Ok::<(), quartier::tally::read::ReadError>(())
/// ```
pub fn read_manifest_csv(
    source: impl BufRead,
    name: &str,
    options: &ReadOptions,
) -> Result<ManifestRead, ReadError> {
    let mut told = Told::default();
    let (rows, diagnostics) = read(
        source,
        (name, &KNOWN),
        options,
        ManifestColumns::find,
        |columns: &ManifestColumns, row, report| {
            let found = columns.row(row, report)?;
            told.once(&[&found.channel, &found.station], row, report);
            Some(found)
        },
    )?;
    Ok(ManifestRead { rows, diagnostics })
}

#[derive(Debug)]
struct ManifestColumns {
    channel: usize,
    station: Option<usize>,
    received: Option<usize>,
    blank: Option<usize>,
    void: Option<usize>,
}

impl ManifestColumns {
    fn find(columns: &mut Columns<'_>, report: &mut Report) -> Option<ManifestColumns> {
        let found = ManifestColumns {
            channel: columns.needed("channel", report)?,
            station: columns.find("station", report),
            received: columns.find("received", report),
            blank: columns.find("blank", report),
            void: columns.find("void", report),
        };
        columns.warn_of_others(report);
        Some(found)
    }

    fn row(&self, row: Row<'_>, report: &mut Report) -> Option<ManifestFigures> {
        let channel = needed_id(row.cell(self.channel), "channel", report);
        let station = self.station.map(|at| row.cell(at));
        if let Some(cell) = station
            && let Some(fault) = id_fault(cell.text(), "station")
        {
            report.cell(Severity::Error, cell, fault);
        }
        let mut number = |column: Option<usize>, name: &str| {
            column.map_or(Some(None), |at| stated(row.cell(at), name, report))
        };
        let received = number(self.received, "received");
        let blank = number(self.blank, "blank");
        let void = number(self.void, "void");
        Some(ManifestFigures {
            channel: channel?,
            station: station.map_or("", |cell| cell.text()).to_owned(),
            received: received?,
            blank: blank?,
            void: void?,
            line: row.number(),
        })
    }
}
