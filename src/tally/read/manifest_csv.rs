//! The control totals that polling stations announce.

use std::io::BufRead;

use super::cells::id_fault;
use super::columns::Columns;
use super::error::ReadError;
use super::form::{Told, read};
use super::number::stated;
use super::options::ReadOptions;
use super::projects_csv::needed_id;
use crate::tally::manifest::{Manifest, ManifestFaults, ManifestRow};
use crate::tally::table::{Diagnostics, Report, Row, Severity};

const KNOWN: [&str; 5] = ["channel", "station", "received", "blank", "void"];

/// The rows of a manifest, in its order, and the warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestRead {
    /// The rows.
    pub rows: Vec<ManifestRow>,
    /// What somebody should look at; no errors.
    pub diagnostics: Diagnostics,
}

impl ManifestRead {
    /// The manifest, to be compared with a ledger.
    ///
    /// # Errors
    /// [`ManifestFaults`] where its figures contradict each other.
    pub fn manifest(&self) -> Result<Manifest, ManifestFaults> {
        Manifest::new(self.rows.iter().cloned())
    }
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
/// assert_eq!(read.manifest()?.rows().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
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

    fn row(&self, row: Row<'_>, report: &mut Report) -> Option<ManifestRow> {
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
        let mut found =
            ManifestRow::of_channel(channel?).at_station(station.map_or("", |cell| cell.text()));
        (found.received, found.blank, found.void) = (received?, blank?, void?);
        Some(found)
    }
}
