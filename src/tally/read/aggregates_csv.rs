//! Totals per project, where no single ballots exist.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::cells::id_fault;
use super::columns::Columns;
use super::error::ReadError;
use super::form::{Told, read};
use super::number::{stated, whole};
use super::options::ReadOptions;
use super::projects_csv::needed_id;
use crate::election::Aggregate;
use crate::tally::table::{Diagnostics, Fault, Report, Row, Severity};

const KNOWN: [&str; 5] = ["channel", "area", "project_id", "votes", "voters"];

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
    /// How many people voted through this channel in this area, where the row says so.
    pub voters: Option<u64>,
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
    /// The totals by channel and area, as an [`Intake`](crate::tally::Intake) or an election takes them, with the voters
    /// where a row of them says how many.
    #[must_use]
    pub fn aggregates(&self) -> Vec<Aggregate> {
        let mut totals: BTreeMap<(&str, &str), Aggregate> = BTreeMap::new();
        for row in &self.rows {
            let key = (row.channel.as_str(), row.area.as_str());
            let of_area = totals.entry(key).or_insert_with(|| {
                let none: [(String, u64); 0] = [];
                Aggregate::new(&row.channel, none).in_area(&row.area)
            });
            of_area.votes.push((row.project.clone(), row.votes));
            of_area.voters = of_area.voters.or(row.voters);
        }
        totals.into_values().collect()
    }
}

/// Reads totals from a table with the columns `channel`, `project_id`, `votes` and, where they are known, `area` and `voters`.
///
/// `voters` is how many people voted through the channel in the area, as ballots are counted for shares. It stands on one row of
/// them, or on several with the same number.
///
/// # Errors
/// [`ReadError::Refused`] with all problems of the table, such as two rows for one project of a channel and area, or
/// two numbers of voters;
/// [`ReadError::Io`] if the source fails.
///
/// ```
/// use quartier::tally::read::{ReadOptions, read_aggregates_csv};
/// let text = "channel;area;project_id;votes;voters\npaper;north;7;1500;1700\npaper;north;8;900;\n";
/// let read = read_aggregates_csv(text.as_bytes(), "paper.csv", &ReadOptions::strict())?;
/// assert_eq!(read.rows[0].votes, 1500);
/// let totals = &read.aggregates()[0];
/// assert_eq!((totals.area.as_str(), totals.voters), ("north", Some(1700)));
/// # Ok::<(), quartier::tally::read::ReadError>(())
/// ```
pub fn read_aggregates_csv(
    source: impl BufRead,
    name: &str,
    options: &ReadOptions,
) -> Result<AggregatesRead, ReadError> {
    let mut told = Told::default();
    let mut voters: BTreeMap<(String, String), u64> = BTreeMap::new();
    let (rows, diagnostics) = read(
        source,
        (name, &KNOWN),
        options,
        AggregateColumns::find,
        |columns: &AggregateColumns, row, report| {
            let found = columns.row(row, report)?;
            told.once(&[&found.channel, &found.area, &found.project], row, report);
            columns.check_voters(&found, &mut voters, row, report);
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
    voters: Option<usize>,
}

impl AggregateColumns {
    fn find(columns: &mut Columns<'_>, report: &mut Report) -> Option<AggregateColumns> {
        let channel = columns.needed("channel", report);
        let project = columns.needed("project_id", report);
        let votes = columns.needed("votes", report);
        let area = columns.find("area", report);
        let of_voters = columns.find("voters", report);
        columns.warn_of_others(report);
        Some(AggregateColumns {
            channel: channel?,
            area,
            project: project?,
            votes: votes?,
            voters: of_voters,
        })
    }

    fn row(&self, row: Row<'_>, report: &mut Report) -> Option<AggregateRow> {
        let channel = needed_id(row.cell(self.channel), "channel", report);
        let project = needed_id(row.cell(self.project), "project_id", report);
        let votes = whole(row.cell(self.votes), "votes", report);
        let of_voters = self
            .voters
            .map_or(Some(None), |at| stated(row.cell(at), "voters", report));
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
            voters: of_voters?,
            line: row.number(),
        })
    }

    /// One channel and area has one number of voters.
    fn check_voters(
        &self,
        found: &AggregateRow,
        known: &mut BTreeMap<(String, String), u64>,
        row: Row<'_>,
        report: &mut Report,
    ) {
        let (Some(at), Some(voters)) = (self.voters, found.voters) else {
            return;
        };
        let key = (found.channel.clone(), found.area.clone());
        let &mut first = known.entry(key).or_insert(voters);
        if first != voters {
            let fault = Fault::OtherVoters { first };
            report.cell(Severity::Error, row.cell(at), fault);
        }
    }
}
