//! Grouped ballots as a table.

use std::io::BufRead;

use crate::election::{BallotKind, VoterClass};
use crate::exact::Ratio;
use crate::tally::read::{GroupedColumns, ReadError, ReadOptions, read_grouped};
use crate::tally::table::{Diagnostics, Fault, Report, Row, Severity, TableWriter, WriteError};

use super::text::{ballot_of_text, ballot_text};
use super::{GroupedBallot, GroupedBallots};

impl GroupedBallots {
    /// The ballots as a table, in the form that the type's documentation describes.
    ///
    /// # Errors
    /// [`WriteError`] if the name of a channel, an area, a project or a grade cannot be written in this form.
    pub fn to_csv(&self) -> Result<String, WriteError> {
        let ordinary = VoterClass::default();
        let weighted = self.rows.keys().any(|key| key.class != ordinary);
        let columns = ["channel", "area", "vote", "count", "weight", "endowment"];
        let used = columns.get(..if weighted { 6 } else { 4 });
        let mut table = TableWriter::new(used.unwrap_or(&columns));
        for (row, number) in self.rows().zip(1_u64..) {
            let about = format!("row {number}");
            let text = ballot_text(&row.ballot).ok_or_else(|| WriteError::NoPlace {
                what: "a project's id or a grade with a mark of the form in it".to_owned(),
                row: about.clone(),
                remedy: "write JSON",
            })?;
            let cells = table.row(&about).id(&row.channel)?.id(&row.area)?;
            let cells = cells.plain(&text)?.plain(&row.count.to_string())?;
            if weighted {
                let cells = cells.plain(&row.class.weight.to_string())?;
                cells.plain(&row.class.endowment.to_string())?.end();
            } else {
                cells.end();
            }
        }
        Ok(table.finish())
    }

    /// Reads ballots of a kind from a table with the columns `vote`, `count` and, where they are known, `channel`, `area`,
    /// `weight`, `endowment`; with them the warnings. The rows may come in any order, and rows of one content are
    /// added up.
    ///
    /// # Errors
    /// [`ReadError::Refused`] with all problems of the table, [`ReadError::Io`] if the source fails.
    pub fn read_csv(
        source: impl BufRead,
        name: &str,
        kind: BallotKind,
        options: &ReadOptions,
    ) -> Result<(GroupedBallots, Diagnostics), ReadError> {
        let mut ballots = GroupedBallots::new(kind);
        let diagnostics = read_grouped(source, name, options, |columns, row, report| {
            let Some(grouped) = grouped_ballot(columns, row, kind, report) else {
                return;
            };
            if let Err(error) = ballots.add_row(&grouped) {
                let why = error.to_string();
                report.row(Severity::Error, row, Fault::NotABallot { why });
            }
        })?;
        Ok((ballots, diagnostics))
    }
}

fn grouped_ballot(
    columns: &GroupedColumns,
    row: Row<'_>,
    kind: BallotKind,
    report: &mut Report,
) -> Option<GroupedBallot> {
    let channel = columns.channel(row, report);
    let area = columns.area(row, report);
    let count = columns.count(row, report);
    let weight = columns.weight(row, report);
    let endowment = columns.endowment(row, report);
    let cell = columns.vote(row);
    let ballot = ballot_of_text(cell.text(), kind)
        .map_err(|(before, part, why)| {
            report.within(
                Severity::Error,
                cell,
                before,
                &part,
                Fault::NotABallot { why },
            );
        })
        .ok();
    let one = || Ratio::from(1_u32);
    Some(GroupedBallot {
        channel: channel?.to_owned(),
        area: area?.to_owned(),
        ballot: ballot?,
        count: count?,
        class: VoterClass {
            weight: weight?.unwrap_or_else(one),
            endowment: endowment?.unwrap_or_else(one),
        },
    })
}
