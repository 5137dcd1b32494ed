//! Votes from a table.

use std::io::BufRead;

use super::cells::{eligible, id_fault, is_spreadsheet_error, voter_fault};
use super::columns::{Columns, drain, open};
use super::error::ReadError;
use super::number::positive;
use super::options::ReadOptions;
use super::votes_read::{Tallied, VotesRead};
use crate::tally::cast::PlaceUnit;
use crate::tally::cast::{CastVote, Content, Eligible, Place};
use crate::tally::table::{Cell, Fault, Record, Report, Row, Severity, Table};

const KNOWN: [&str; 8] = [
    "voter_id", "vote", "channel", "area", "station", "time", "eligible", "count",
];

/// A table of votes, one ballot a line, of which the header has been read.
///
/// * `vote` is handed on as it is written, with its place; the ballot rules read it. An empty cell is a blank ballot.
/// * `voter_id` may be empty for anonymous ballots; where some are, they are counted and reported once. An id that
///   a spreadsheet has turned into scientific notation, a formula's error, or `NaN` is an error: several voters have
///   become one there, and would be set aside as duplicates of each other.
/// * `count` says for how many anonymous ballots the row stands, 1 if there is no such column. A row with a voter id
///   stands for one.
/// * `eligible` is `yes` or `no` (also `oui`, `non`, `true`, `false`, `1`, `0`), with a reason after a colon:
///   `no: moved away`. Where there is the column, an empty cell is an error: nobody has decided.
/// * All other columns are attributes, named in lower case.
/// * A row of delimiters only (`;;`) is an anonymous blank ballot: it is received like any other. After the last
///   other record such rows cannot be told from what spreadsheets add; they are passed over with one warning that counts
///   them. A line with nothing on it is no record.
///
/// A row with an error is handed on as [`Content::Unreadable`], with the cells that are in order; its count is 1 where
/// the count is what is wrong.
///
/// ```
/// use quartier::tally::read::{ReadOptions, VotesCsv};
/// let text = "voter_id;vote;channel;Age\n17;12,7;internet;34\n;3;paper;\n";
/// let votes = VotesCsv::open(text.as_bytes(), "votes.csv", &ReadOptions::strict())?;
/// assert_eq!(votes.attributes(), ["age"]);
/// let mut seen = Vec::new();
/// let read = votes.read(0, &mut |vote| seen.push((vote.voter.to_owned(), vote.place.to_string())))?;
/// assert_eq!(seen, [("17".to_owned(), "line 2, column 4".to_owned()), (String::new(), "line 3, column 2".to_owned())]);
/// assert_eq!((read.rows, read.anonymous, read.diagnostics.warning_count()), (2, 1, 1));
/// # Ok::<(), quartier::tally::read::ReadError>(())
/// ```
#[derive(Debug)]
pub struct VotesCsv<R> {
    table: Table<R>,
    report: Report,
    columns: VoteColumns,
    attributes: Vec<String>,
}

/// Where the cells of a vote are.
#[derive(Debug)]
struct VoteColumns {
    vote: usize,
    voter: Option<usize>,
    channel: Option<usize>,
    area: Option<usize>,
    station: Option<usize>,
    time: Option<usize>,
    eligible: Option<usize>,
    count: Option<usize>,
    attributes: Vec<usize>,
}

impl VoteColumns {
    fn find(columns: &mut Columns<'_>, report: &mut Report) -> Option<VoteColumns> {
        let count = columns.find("count", report);
        let voter = if count.is_some() {
            columns.find("voter_id", report)
        } else {
            columns.needed("voter_id", report)
        };
        let vote = columns.needed("vote", report);
        let mut found = VoteColumns {
            vote: vote?,
            voter,
            count,
            channel: columns.find("channel", report),
            area: columns.find("area", report),
            station: columns.find("station", report),
            time: columns.find("time", report),
            eligible: columns.find("eligible", report),
            attributes: Vec::new(),
        };
        found.attributes = columns.others().into_iter().map(|(at, _)| at).collect();
        Some(found)
    }
}

impl<R: BufRead> VotesCsv<R> {
    /// Reads the header of a table of votes.
    ///
    /// # Errors
    /// [`ReadError::Refused`] if a column is missing, repeated or unnamed, or if there is no header that can be read:
    /// with all that is wrong with the table, its rows included. [`ReadError::Io`] if the source fails.
    pub fn open(source: R, name: &str, options: &ReadOptions) -> Result<VotesCsv<R>, ReadError> {
        let mut report = Report::new(name, options.table_limits());
        let Some(table) = open(source, &KNOWN, options, &mut report)? else {
            return Err(ReadError::Refused(report.into_found()));
        };
        let mut columns = Columns::new(table.header(), options);
        let found = VoteColumns::find(&mut columns, &mut report);
        let others = columns.others();
        match found {
            Some(columns) if !report.has_errors() => Ok(VotesCsv {
                table: table.with_blank_records(),
                report,
                columns,
                attributes: others
                    .into_iter()
                    .map(|(_, name)| name.to_lowercase())
                    .collect(),
            }),
            _ => Err(drain(table, report)?),
        }
    }

    /// The names of the further columns, in the order in which every vote's attributes come.
    #[must_use]
    pub fn attributes(&self) -> Vec<&str> {
        self.attributes.iter().map(String::as_str).collect()
    }

    /// Reads all votes and hands them on one by one, as votes of the source with this number.
    ///
    /// Takes time linear in the table and memory for one line.
    ///
    /// # Errors
    /// [`ReadError::Io`] if the source fails: what was handed on is not all, and must not be counted.
    pub fn read(
        mut self,
        source: u32,
        sink: &mut dyn FnMut(&CastVote<'_>),
    ) -> Result<VotesRead, ReadError> {
        let mut tallied = Tallied::default();
        let mut blank_ids = BlankIds::default();
        let nothing = vec![""; self.columns.attributes.len()];
        let mut kept: Vec<&str> = Vec::new();
        while let Some(record) = self.table.next(&mut self.report)? {
            match record {
                Record::Unreadable(line) => {
                    let mut vote = CastVote::new(Content::Unreadable);
                    vote.place = Place {
                        source,
                        line,
                        column: 0,
                    };
                    vote.attributes = &nothing;
                    tallied.add(&vote);
                    sink(&vote);
                }
                Record::Row(row) => {
                    let mut attributes = recycled(kept);
                    let cells = self.columns.attributes.iter();
                    attributes.extend(cells.map(|&at| row.cell(at).text()));
                    let mut vote = self.columns.vote(row, &mut self.report);
                    vote.place.source = source;
                    vote.attributes = &attributes;
                    blank_ids.add(&vote, self.columns.voter);
                    tallied.add(&vote);
                    sink(&vote);
                    kept = recycled(attributes);
                }
            }
        }
        blank_ids.report(&mut self.report);
        Ok(tallied.with(PlaceUnit::Line, self.report.into_found()))
    }
}

/// The same memory for other texts.
fn recycled<'a>(mut texts: Vec<&str>) -> Vec<&'a str> {
    texts.clear();
    texts.into_iter().map(|_| "").collect()
}

/// Rows without a voter id where others have one.
#[derive(Debug, Default)]
struct BlankIds {
    first: u64,
    rows: u64,
}

impl BlankIds {
    fn add(&mut self, vote: &CastVote<'_>, column: Option<usize>) {
        if column.is_some() && vote.voter.is_empty() && vote.content != Content::Unreadable {
            if self.rows == 0 {
                self.first = vote.place.line;
            }
            self.rows += 1;
        }
    }

    fn report(&self, report: &mut Report) {
        if self.rows > 0 {
            let fault = Fault::BlankVoterIds { rows: self.rows };
            report.line(Severity::Warning, self.first, "", fault);
        }
    }
}

/// The cells of one row as they are judged.
struct Judged<'r> {
    report: &'r mut Report,
    is_good: bool,
}

impl Judged<'_> {
    /// Reports a fault, if there is one; tells whether there is none.
    fn check(&mut self, cell: Cell<'_>, fault: Option<Fault>) -> bool {
        let Some(fault) = fault else { return true };
        self.report.cell(Severity::Error, cell, fault);
        self.is_good = false;
        false
    }
}

impl VoteColumns {
    fn vote<'a>(&self, row: Row<'a>, report: &mut Report) -> CastVote<'a> {
        let mut judged = Judged {
            report,
            is_good: true,
        };
        let cell = |column: Option<usize>| column.map(|at| row.cell(at));
        let mut name = |column: Option<usize>, what: &'static str| {
            let Some(cell) = cell(column) else { return "" };
            let is_good = judged.check(cell, id_fault(cell.text(), what));
            if is_good { cell.text() } else { "" }
        };
        let (channel, area) = (name(self.channel, "channel"), name(self.area, "area"));
        let station = name(self.station, "station");
        let mut voter = cell(self.voter).map_or("", |cell| {
            let is_good = judged.check(cell, voter_fault(cell.text()));
            if is_good { cell.text() } else { "" }
        });
        let eligible = cell(self.eligible).map_or(Eligible::Yes, |cell| judged.eligible(cell));
        let count = cell(self.count).map_or(1, |cell| judged.count(cell));
        if count > 1 && !voter.is_empty() {
            let fault = Some(Fault::GroupedWithId { count });
            judged.check(row.cell(self.count.unwrap_or_default()), fault);
            // The ballots are what was received; whose they are is what cannot be right.
            voter = "";
        }
        let vote = row.cell(self.vote);
        let is_error = is_spreadsheet_error(vote.text());
        judged.check(vote, is_error.then_some(Fault::SpreadsheetError));
        CastVote {
            place: Place {
                source: 0,
                line: row.number(),
                column: vote.column(),
            },
            voter,
            channel,
            area,
            station,
            time: cell(self.time).map_or("", Cell::text),
            eligible,
            content: if judged.is_good {
                Content::Text(vote.text())
            } else {
                Content::Unreadable
            },
            count,
            attributes: &[],
        }
    }
}

impl Judged<'_> {
    fn eligible<'a>(&mut self, cell: Cell<'a>) -> Eligible<'a> {
        eligible(cell.text()).unwrap_or_else(|| {
            let fault = if cell.text().is_empty() {
                Fault::Missing { column: "eligible" }
            } else {
                let column = "eligible".to_owned();
                Fault::NotYesOrNo { column }
            };
            self.check(cell, Some(fault));
            Eligible::Yes
        })
    }

    fn count(&mut self, cell: Cell<'_>) -> u64 {
        positive(cell, "count", self.report).unwrap_or_else(|| {
            self.is_good = false;
            1
        })
    }
}
