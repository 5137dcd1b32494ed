//! The table of grouped ballots, up to the ballots themselves.

use std::io::BufRead;

use super::cells::id_fault;
use super::columns::Columns;
use super::error::ReadError;
use super::form::read;
use super::number::{figure, positive};
use super::options::ReadOptions;
use crate::exact::Ratio;
use crate::tally::table::{Cell, Diagnostics, Fault, Report, Row, Severity};

const KNOWN: [&str; 6] = ["channel", "area", "vote", "count", "weight", "endowment"];

/// Where the cells of a grouped ballot are.
#[derive(Debug)]
pub(crate) struct GroupedColumns {
    vote: usize,
    count: usize,
    channel: Option<usize>,
    area: Option<usize>,
    weight: Option<usize>,
    endowment: Option<usize>,
}

/// Reads a table of grouped ballots and hands on its rows.
pub(crate) fn read_grouped(
    source: impl BufRead,
    name: &str,
    options: &ReadOptions,
    mut sink: impl FnMut(&GroupedColumns, Row<'_>, &mut Report),
) -> Result<Diagnostics, ReadError> {
    let (_, diagnostics) = read(
        source,
        (name, &KNOWN),
        options,
        GroupedColumns::find,
        |columns, row, report| {
            sink(columns, row, report);
            None::<()>
        },
    )?;
    Ok(diagnostics)
}

impl GroupedColumns {
    fn find(columns: &mut Columns<'_>, report: &mut Report) -> Option<GroupedColumns> {
        let vote = columns.needed("vote", report);
        let count = columns.needed("count", report);
        let found = GroupedColumns {
            vote: vote?,
            count: count?,
            channel: columns.find("channel", report),
            area: columns.find("area", report),
            weight: columns.find("weight", report),
            endowment: columns.find("endowment", report),
        };
        columns.warn_of_others(report);
        Some(found)
    }

    pub(crate) fn vote<'a>(&self, row: Row<'a>) -> Cell<'a> {
        row.cell(self.vote)
    }

    pub(crate) fn count(&self, row: Row<'_>, report: &mut Report) -> Option<u64> {
        positive(row.cell(self.count), "count", report)
    }

    pub(crate) fn channel<'a>(&self, row: Row<'a>, report: &mut Report) -> Option<&'a str> {
        named(self.channel.map(|at| row.cell(at)), "channel", report)
    }

    pub(crate) fn area<'a>(&self, row: Row<'a>, report: &mut Report) -> Option<&'a str> {
        named(self.area.map(|at| row.cell(at)), "area", report)
    }

    #[expect(
        clippy::option_option,
        reason = "not stated and not readable are two things"
    )]
    pub(crate) fn weight(&self, row: Row<'_>, report: &mut Report) -> Option<Option<Ratio>> {
        stated(self.weight.map(|at| row.cell(at)), "weight", report)
    }

    #[expect(
        clippy::option_option,
        reason = "not stated and not readable are two things"
    )]
    pub(crate) fn endowment(&self, row: Row<'_>, report: &mut Report) -> Option<Option<Ratio>> {
        stated(self.endowment.map(|at| row.cell(at)), "endowment", report)
    }
}

fn named<'a>(cell: Option<Cell<'a>>, column: &'static str, report: &mut Report) -> Option<&'a str> {
    let Some(cell) = cell else { return Some("") };
    if let Some(fault) = id_fault(cell.text(), column) {
        report.cell(Severity::Error, cell, fault);
        return None;
    }
    Some(cell.text())
}

#[expect(
    clippy::option_option,
    reason = "not stated and not readable are two things"
)]
fn stated(
    cell: Option<Cell<'_>>,
    column: &'static str,
    report: &mut Report,
) -> Option<Option<Ratio>> {
    let Some(cell) = cell else { return Some(None) };
    if cell.text().is_empty() {
        report.cell(Severity::Error, cell, Fault::Missing { column });
        return None;
    }
    let figure = figure(cell, column, report)?;
    if !figure.is_positive() {
        report.cell(Severity::Error, cell, Fault::NotAboveZero { column });
        return None;
    }
    Some(Some(figure))
}
