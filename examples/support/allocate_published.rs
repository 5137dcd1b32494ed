//! A published list of winners: a table with the column `project_id` and, where known, `amount`.

use std::collections::BTreeMap;
use std::path::Path;

use quartier::election::{Money, MoneyError};
use quartier::tally::table::{Record, Report, Row, Table, TableLimits};

use crate::Ended;
use crate::allocate_json::Failed;
use crate::input::{Encoding, decoded, read_path};
use crate::status::Stop;

/// Reads the list; all that is wrong with it is told at once.
pub(crate) fn read(
    file: &Path,
    encoding: Encoding,
) -> Result<BTreeMap<String, Option<Money>>, Ended> {
    let bytes = decoded(read_path(file).map_err(Stop::Input)?, encoding);
    let place = file.display().to_string();
    let limits = TableLimits::new();
    let mut report = Report::new(&place, limits);
    let mut list = List::default();
    let known = ["project_id", "amount"];
    let opened = Table::open(&bytes[..], &known, limits, &mut report).map_err(Stop::Output)?;
    if let Some(mut table) = opened {
        let id = table.header().needed("project_id", &mut report);
        let amount = table.header().position("amount");
        while let (Some(id), Some(record)) = (id, table.next(&mut report).map_err(Stop::Output)?) {
            if let Record::Row(row) = record {
                list.take(row, id, amount);
            }
        }
    }
    let found = report.into_found();
    let mut wrong = Vec::new();
    if found.has_errors() {
        wrong.push(found.to_string().trim_end().to_owned());
    }
    wrong.extend(list.wrong.iter().map(|why| format!("{place}: {why}")));
    if wrong.is_empty() {
        return Ok(list.published);
    }
    Err(Failed::error(&wrong.join("\n")).into())
}

/// What was read so far.
#[derive(Default)]
struct List {
    published: BTreeMap<String, Option<Money>>,
    wrong: Vec<String>,
}

impl List {
    fn take(&mut self, row: Row<'_>, id: usize, amount: Option<usize>) {
        let line = row.number();
        let project = row.cell(id).text();
        if project.is_empty() {
            self.wrong.push(format!("line {line}: no project_id"));
        }
        let text = amount.map_or("", |at| row.cell(at).text());
        let parsed: Result<Money, MoneyError> = text.parse();
        if let (Err(error), false) = (&parsed, text.is_empty()) {
            self.wrong.push(format!("line {line}: {error}"));
        }
        let before = self.published.insert(project.to_owned(), parsed.ok());
        if before.is_some() && !project.is_empty() {
            self.wrong
                .push(format!("line {line}: project `{project}` is listed twice"));
        }
    }
}
