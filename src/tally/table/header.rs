//! The header row: which columns a table has, and how its cells are delimited.

use super::fault::Fault;
use super::limits::TableLimits;
use super::report::Report;
use super::row::Row;
use super::split::{Broken, Cells};
use crate::election::Severity;

/// What can stand between cells, the likelier first.
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// The columns of a table, in the order of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub(super) names: Vec<String>,
    pub(super) delimiter: u8,
    pub(super) line: u64,
    pub(super) text: String,
}

impl Header {
    /// The names as they are written, without blanks around them.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What stands between cells.
    #[must_use]
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The place of a column, from 0. The case of its name does not matter.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| is_same(known, name))
    }

    /// The place of a column that must be there; reports it if it is not.
    pub fn needed(&self, name: &'static str, report: &mut Report) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() {
            let fault = Fault::MissingColumn { column: name };
            report.line(Severity::Error, self.line, &self.text, fault);
        }
        found
    }

    /// Reads a header row; reports what is wrong with it.
    pub(super) fn read(
        (line, text): (u64, &str),
        separator: Option<u8>,
        known: &[&str],
        limits: TableLimits,
        report: &mut Report,
    ) -> Option<Header> {
        let mut cells = Cells::default();
        let delimiter = separator.unwrap_or_else(|| delimiter_of(text, known, &mut cells));
        let most = limits.columns();
        if let Err(Broken { fault, start, end }) = cells.quoted(text, delimiter, most) {
            report.part(line, text, (start, end), fault);
            return None;
        }
        if cells.beyond.is_some() {
            let fault = Fault::TooManyColumns { limit: most };
            report.line(Severity::Error, line, text, fault);
            return None;
        }
        let row = row_of(line, text, &cells);
        let mut header = Header {
            names: Vec::new(),
            delimiter,
            line,
            text: text.to_owned(),
        };
        // What spreadsheets add at the end has no name.
        let named = |at: &usize| !row.cell(*at).text().is_empty();
        let columns = (0..cells.spans.len())
            .rev()
            .find(named)
            .map_or(0, |at| at + 1);
        for at in 0..columns {
            let cell = row.cell(at);
            let name = cell.text();
            if name.is_empty() || name.chars().any(crate::election::is_invisible) {
                let fault = Fault::UnnamedColumn { number: at + 1 };
                report.cell(Severity::Error, cell, fault);
            } else if header.position(name).is_some() {
                let column = name.to_owned();
                report.cell(Severity::Error, cell, Fault::RepeatedColumn { column });
            }
            header.names.push(name.to_owned());
        }
        Some(header)
    }
}

pub(super) fn row_of<'a>(number: u64, line: &'a str, cells: &'a Cells) -> Row<'a> {
    Row {
        number,
        line,
        scratch: &cells.scratch,
        spans: &cells.spans,
    }
}

/// Are these names of the same column?
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    a.chars()
        .flat_map(char::to_lowercase)
        .eq(b.chars().flat_map(char::to_lowercase))
}

/// The delimiter that finds most of the known columns.
fn delimiter_of(text: &str, known: &[&str], cells: &mut Cells) -> u8 {
    let mut best = (0, b';');
    for delimiter in DELIMITERS {
        if cells.quoted(text, delimiter, usize::MAX).is_err() {
            continue;
        }
        let row = row_of(0, text, cells);
        let found = known
            .iter()
            .filter(|name| (0..cells.spans.len()).any(|at| is_same(row.cell(at).text(), name)))
            .count();
        if found > best.0 {
            best = (found, delimiter);
        }
    }
    best.1
}

/// The delimiter that a line such as `sep=;` declares: `None` if it is no such line.
pub(super) fn separator(line: &str) -> Option<Result<u8, Fault>> {
    let line = line.strip_prefix('"').unwrap_or(line);
    let (word, rest) = line.split_at_checked(4)?;
    if !word.eq_ignore_ascii_case("sep=") {
        return None;
    }
    let rest = rest.strip_suffix('"').unwrap_or(rest);
    let known = |rest: &str| {
        let [delimiter] = *rest.as_bytes() else {
            return None;
        };
        DELIMITERS.contains(&delimiter).then_some(delimiter)
    };
    Some(known(rest).ok_or(Fault::BadSeparator))
}
