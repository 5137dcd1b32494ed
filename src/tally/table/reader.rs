//! Reading a table row by row.

use std::io::{self, BufRead};

use super::diagnostic::Severity;
use super::fault::Fault;
use super::header::{Header, row_of, separator};
use super::limits::TableLimits;
use super::report::Report;
use super::row::Row;
use super::split::{Broken, Cells};
use super::text_lines::{Text, TextLines};

/// A table that is read row by row, each into the same piece of memory.
///
/// ```
/// use quartier::tally::table::{Record, Report, Table, TableLimits};
/// let text = "voter_id;vote\n1;12,7\n2;\"7\n3;12\n";
/// let limits = TableLimits::new();
/// let mut report = Report::new("paper.csv", limits);
/// let table = Table::open(text.as_bytes(), &["voter_id", "vote"], limits, &mut report)?;
/// let mut table = table.ok_or("no header")?;
/// let (mut read, mut unreadable) = (Vec::new(), Vec::new());
/// while let Some(record) = table.next(&mut report)? {
///     match record {
///         Record::Row(row) => read.push(row.cell(1).text().to_owned()),
///         Record::Unreadable(line) => unreadable.push(line),
///     }
/// }
/// assert_eq!((read, unreadable), (vec!["12,7".to_owned(), "12".to_owned()], vec![3]));
/// assert!(report.into_found().to_string().starts_with(
///     "error[unclosed-quote] paper.csv: line 3, column 3: the quote is not closed on its line"
/// ));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Table<R> {
    lines: TextLines<R>,
    header: Header,
    cells: Cells,
    empty: EmptyRows,
    cut_line: Option<u64>,
}

/// A record of a table: one line.
#[derive(Debug, Clone, Copy)]
pub enum Record<'a> {
    /// A row with a cell for every column.
    Row(Row<'a>),
    /// The line with this number cannot be read; why has been reported.
    Unreadable(u64),
}

/// Empty rows that may turn out to be the last.
#[derive(Debug, Default)]
struct EmptyRows {
    first: u64,
    rows: u64,
}

impl EmptyRows {
    fn add(&mut self, line: u64) {
        if self.rows == 0 {
            self.first = line;
        }
        self.rows += 1;
    }

    /// Another row follows, so they were not the last.
    fn report(&mut self, report: &mut Report) {
        if self.rows > 0 {
            let fault = Fault::EmptyRows { rows: self.rows };
            report.line(Severity::Warning, self.first, "", fault);
            self.rows = 0;
        }
    }
}

impl<R: BufRead> Table<R> {
    /// Reads the header. `known` are the columns by which the delimiter is recognised.
    ///
    /// `None` if there is no header that could be read; then, as where columns are repeated or unnamed, the report has errors.
    ///
    /// # Errors
    /// What the source says if it fails.
    pub fn open(
        source: R,
        known: &[&str],
        limits: TableLimits,
        report: &mut Report,
    ) -> io::Result<Option<Table<R>>> {
        let mut lines = TextLines::new(source, limits);
        let mut declared = None;
        loop {
            let Some(taken) = lines.next(report)? else {
                report.whole(Severity::Error, Fault::EmptyTable);
                return Ok(None);
            };
            let (taken, Text::Good { .. }) = taken else {
                return Ok(None);
            };
            let text = lines.text();
            match separator(text) {
                Some(Ok(delimiter)) if taken.number == 1 => {
                    declared = Some(delimiter);
                    continue;
                }
                Some(Err(fault)) if taken.number == 1 => {
                    report.part(taken.number, text, (0, text.len()), fault);
                    return Ok(None);
                }
                _ => {}
            }
            if text
                .bytes()
                .all(|b| matches!(b, b' ' | b'\t' | b';' | b','))
            {
                continue;
            }
            let line = (taken.number, text);
            let header = Header::read(line, declared, known, limits, report);
            return Ok(header.map(|header| Table {
                lines,
                header,
                cells: Cells::default(),
                empty: EmptyRows::default(),
                cut_line: (!taken.ended).then_some(taken.number),
            }));
        }
    }

    /// The columns.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next record, or `None` at the end.
    ///
    /// # Errors
    /// What the source says if it fails. Then nothing is known of what it still held, and what was read so far
    /// must not be counted as if it were all.
    pub fn next(&mut self, report: &mut Report) -> io::Result<Option<Record<'_>>> {
        let (taken, has_quote) = loop {
            let taken = self.lines.next(report)?;
            let Some((taken, text)) = taken else {
                self.warn_of_cut(report);
                return Ok(None);
            };
            let Text::Good { has_quote } = text else {
                self.empty.report(report);
                return Ok(Some(Record::Unreadable(taken.number)));
            };
            if !has_quote && self.is_empty_row() {
                self.empty.add(taken.number);
                continue;
            }
            break (taken, has_quote);
        };
        self.empty.report(report);
        self.cut_line = (!taken.ended).then_some(taken.number);
        let number = taken.number;
        if self.lines.text() == self.header.text.as_str() {
            report.line(
                Severity::Error,
                number,
                self.lines.text(),
                Fault::RepeatedHeader,
            );
            return Ok(Some(Record::Unreadable(number)));
        }
        if self.split(number, has_quote, report) {
            Ok(Some(Record::Row(row_of(
                number,
                self.lines.text(),
                &self.cells,
            ))))
        } else {
            Ok(Some(Record::Unreadable(number)))
        }
    }

    fn is_empty_row(&self) -> bool {
        let delimiter = char::from(self.header.delimiter);
        self.lines
            .text()
            .chars()
            .all(|c| c == delimiter || c.is_whitespace())
    }

    /// Splits the line into cells, one for each column; or reports why that cannot be.
    fn split(&mut self, number: u64, has_quote: bool, report: &mut Report) -> bool {
        let (delimiter, columns) = (self.header.delimiter, self.header.names.len());
        if has_quote {
            if let Err(broken) = self.cells.quoted(self.lines.text(), delimiter, columns) {
                let Broken { fault, start, end } = broken;
                report.part(number, self.lines.text(), (start, end), fault);
                return false;
            }
        } else {
            self.cells.plain(self.lines.text(), delimiter, columns);
        }
        let found = self.cells.total;
        if found < columns {
            let fault = Fault::TooFewCells { found, columns };
            report.part(
                number,
                self.lines.text(),
                (self.lines.text().len(), self.lines.text().len()),
                fault,
            );
            return false;
        }
        if let Some(beyond) = self.cells.beyond {
            let fault = Fault::TooManyCells { found, columns };
            report.part(
                number,
                self.lines.text(),
                (beyond.at, self.lines.text().len()),
                fault,
            );
            return false;
        }
        true
    }

    fn warn_of_cut(&mut self, report: &mut Report) {
        if let Some(line) = self.cut_line.take() {
            report.line(Severity::Warning, line, "", Fault::MaybeCut);
        }
    }
}
