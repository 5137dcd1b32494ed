//! Totals per project, where no single ballots exist.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::cells::id_fault;
use super::columns::Columns;
use super::error::ReadError;
use super::form::{Told, read};
use super::number::whole;
use super::options::ReadOptions;
use super::projects_csv::needed_id;
use crate::election::Aggregate;
use crate::tally::table::{Diagnostics, Report, Row, Severity};

const KNOWN: [&str; 4] = ["channel", "area", "project_id", "votes"];

/// The votes that a project got through one channel in one area, as somebody has counted them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct AggregateRow {
    /// How they were cast.
    pub channel: String,
    /// The area; empty if the table does not say.
    pub area: String,
    /// The project.
    pub project: String,
    /// How many.
    pub votes: u64,
    /// The line it stands on.
    pub line: u64,
}

/// The rows of a table of totals, in its order, and the warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AggregatesRead {
    /// The rows.
    pub rows: Vec<AggregateRow>,
    /// What somebody should look at; no errors.
    pub diagnostics: Diagnostics,
}

impl AggregatesRead {
    /// The totals by channel and area, as an [`Intake`](crate::tally::Intake) or an election takes them. How many people
    /// voted is not part of the form: see [`Aggregate::of_voters`].
    #[must_use]
    pub fn aggregates(&self) -> Vec<Aggregate> {
        let mut votes: BTreeMap<(&str, &str), Vec<(&str, u64)>> = BTreeMap::new();
        for row in &self.rows {
            let of_area = votes.entry((&row.channel, &row.area)).or_default();
            of_area.push((&row.project, row.votes));
        }
        let aggregate = |((channel, area), votes)| Aggregate::new(channel, votes).in_area(area);
        votes.into_iter().map(aggregate).collect()
    }
}

/// Reads totals from a table with the columns `channel`, `project_id`, `votes` and, where it is known, `area`.
///
/// # Errors
/// [`ReadError::Refused`] with all problems of the table, such as two rows for one project of a channel and area;
/// [`ReadError::Io`] if the source fails.
///
/// ```
/// use quartier::tally::read::{ReadOptions, read_aggregates_csv};
/// let text = "channel;area;project_id;votes\npaper;north;7;1500\n";
/// let read = read_aggregates_csv(text.as_bytes(), "paper.csv", &ReadOptions::strict())?;
/// assert_eq!(read.rows[0].votes, 1500);
/// assert_eq!(read.aggregates()[0].area, "north");
/// # Ok::<(), quartier::tally::read::ReadError>(())
/// ```
pub fn read_aggregates_csv(
    source: impl BufRead,
    name: &str,
    options: &ReadOptions,
) -> Result<AggregatesRead, ReadError> {
    let mut told = Told::default();
    let (rows, diagnostics) = read(
        source,
        (name, &KNOWN),
        options,
        AggregateColumns::find,
        |columns: &AggregateColumns, row, report| {
            let found = columns.row(row, report)?;
            told.once(&[&found.channel, &found.area, &found.project], row, report);
            Some(found)
        },
    )?;
    Ok(AggregatesRead { rows, diagnostics })
}

#[derive(Debug)]
struct AggregateColumns {
    channel: usize,
    area: Option<usize>,
    project: usize,
    votes: usize,
}

impl AggregateColumns {
    fn find(columns: &mut Columns<'_>, report: &mut Report) -> Option<AggregateColumns> {
        let channel = columns.needed("channel", report);
        let project = columns.needed("project_id", report);
        let votes = columns.needed("votes", report);
        let area = columns.find("area", report);
        columns.warn_of_others(report);
        Some(AggregateColumns {
            channel: channel?,
            area,
            project: project?,
            votes: votes?,
        })
    }

    fn row(&self, row: Row<'_>, report: &mut Report) -> Option<AggregateRow> {
        let channel = needed_id(row.cell(self.channel), "channel", report);
        let project = needed_id(row.cell(self.project), "project_id", report);
        let votes = whole(row.cell(self.votes), "votes", report);
        let area = self.area.map(|at| row.cell(at));
        if let Some(cell) = area
            && let Some(fault) = id_fault(cell.text(), "area")
        {
            report.cell(Severity::Error, cell, fault);
        }
        Some(AggregateRow {
            channel: channel?,
            area: area.map_or("", |cell| cell.text()).to_owned(),
            project: project?,
            votes: votes?,
            line: row.number(),
        })
    }
}
