//! What all readers of small tables share: open, check every row, refuse with everything that is wrong.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::columns::{Columns, drain, open};
use super::error::ReadError;
use super::options::ReadOptions;
use crate::tally::table::{Diagnostics, Fault, Record, Report, Row, Severity};

/// Reads a table whose rows are kept, each by a function that finds its cells by the columns found before.
///
/// What the function makes of a row is kept even if the row has errors: then all is refused in the end.
pub(super) fn read<T, C>(
    source: impl BufRead,
    (name, known): (&str, &[&'static str]),
    options: &ReadOptions,
    find: impl FnOnce(&mut Columns<'_>, &mut Report) -> Option<C>,
    mut row_of: impl FnMut(&C, Row<'_>, &mut Report) -> Option<T>,
) -> Result<(Vec<T>, Diagnostics), ReadError> {
    let mut report = Report::new(name, options.table_limits());
    let Some(mut table) = open(source, known, options, &mut report)? else {
        return Err(ReadError::Refused(report.into_found()));
    };
    let found = find(&mut Columns::new(table.header(), options), &mut report);
    let found = match found {
        Some(found) if !report.has_errors() => found,
        _ => return Err(drain(table, report)?),
    };
    let mut rows = Vec::new();
    while let Some(record) = table.next(&mut report)? {
        if let Record::Row(row) = record {
            rows.extend(row_of(&found, row, &mut report));
        }
    }
    let is_refused = report.has_errors();
    let diagnostics = report.into_found();
    if is_refused {
        Err(ReadError::Refused(diagnostics))
    } else {
        Ok((rows, diagnostics))
    }
}

/// On which line each thing was first told of.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeMap<Vec<String>, u64>);

impl Told {
    /// Reports a row about something that another row was about.
    pub(super) fn once(&mut self, key: &[&str], row: Row<'_>, report: &mut Report) {
        let owned: Vec<String> = key.iter().map(|&part| part.to_owned()).collect();
        if let Some(&first) = self.0.get(&owned) {
            let named: Vec<String> = key
                .iter()
                .filter(|part| !part.is_empty())
                .map(|part| format!("`{part}`"))
                .collect();
            let what = named.join(" ");
            report.row(Severity::Error, row, Fault::RepeatedRow { what, first });
        } else {
            self.0.insert(owned, row.number());
        }
    }
}
