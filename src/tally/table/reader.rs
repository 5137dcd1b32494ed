//! Reading a table row by row.

use std::io::{self, BufRead};

use memchr::memchr_iter;

use super::fault::Fault;
use super::header::{Header, row_of, separator};
use super::limits::TableLimits;
use super::lines::Taken;
use super::padding::{EmptyRows, Padding};
use super::report::Report;
use super::row::Row;
use super::split::{Broken, Cells};
use super::text_lines::{Text, TextLines};
use crate::election::Severity;

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
    /// Rows of delimiters only, where these are records; `None` where they are passed over like empty lines.
    padding: Option<Padding>,
    /// The line that was read last, while padding before it is handed on.
    held: Option<(Taken, Text)>,
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
                padding: None,
                held: None,
                cut_line: (!taken.ended).then_some(taken.number),
            }));
        }
    }

    /// The columns.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The same table with rows of delimiters only (`;;`) as records of empty cells, except for those after the last
    /// other record, which are what spreadsheets add: these are passed over with one warning. In a table of votes such a
    /// row is an anonymous blank ballot, and must not be lost. Lines with nothing on them are passed over in any case.
    #[must_use]
    pub fn with_blank_records(mut self) -> Table<R> {
        self.padding = Some(Padding::default());
        self
    }

    /// The next record, or `None` at the end.
    ///
    /// # Errors
    /// What the source says if it fails. Then nothing is known of what it still held, and what was read so far
    /// must not be counted as if it were all.
    pub fn next(&mut self, report: &mut Report) -> io::Result<Option<Record<'_>>> {
        if self.held.is_none() {
            self.held = self.advance(report)?;
        }
        let Some((taken, text)) = self.held.take() else {
            self.at_end(report);
            return Ok(None);
        };
        if let Some(number) = self.padding.as_mut().and_then(Padding::take) {
            self.held = Some((taken, text));
            return Ok(Some(self.blank_record(number, report)));
        }
        let number = taken.number;
        let Text::Good { has_quote } = text else {
            return Ok(Some(Record::Unreadable(number)));
        };
        self.cut_line = (!taken.ended).then_some(number);
        if self.lines.text() == self.header.text.as_str() {
            let text = self.lines.text();
            report.line(Severity::Error, number, text, Fault::RepeatedHeader);
            return Ok(Some(Record::Unreadable(number)));
        }
        if self.split(number, has_quote, report) {
            let row = row_of(number, self.lines.text(), &self.cells);
            Ok(Some(Record::Row(row)))
        } else {
            Ok(Some(Record::Unreadable(number)))
        }
    }

    /// The row of delimiters that was taken last.
    fn blank_record(&mut self, number: u64, report: &mut Report) -> Record<'_> {
        let line = self.padding.as_ref().map_or("", Padding::line);
        let columns = self.header.names.len();
        self.cells.plain(line, self.header.delimiter, columns);
        let found = self.cells.total;
        if found < columns {
            let fault = Fault::TooFewCells { found, columns };
            report.part(number, line, (line.len(), line.len()), fault);
            return Record::Unreadable(number);
        }
        Record::Row(row_of(number, line, &self.cells))
    }

    /// Reads on to the next line with something on it; notes the others.
    fn advance(&mut self, report: &mut Report) -> io::Result<Option<(Taken, Text)>> {
        loop {
            let Some((taken, text)) = self.lines.next(report)? else {
                return Ok(None);
            };
            let has_quote = matches!(text, Text::Good { has_quote: true });
            if text == Text::Bad || has_quote || !self.is_empty_row() {
                self.empty.report(report);
                return Ok(Some((taken, text)));
            }
            let delimiters = memchr_iter(self.header.delimiter, self.lines.text().as_bytes());
            match (&mut self.padding, delimiters.count()) {
                (None, _) | (Some(_), 0) => self.empty.add(taken.number),
                (Some(padding), delimiters) => {
                    self.empty.report(report);
                    if !padding.add(taken.number, delimiters, self.header.delimiter) {
                        // Too ragged for what a spreadsheet adds: a row like any other.
                        return Ok(Some((taken, text)));
                    }
                }
            }
        }
    }

    fn is_empty_row(&self) -> bool {
        let delimiter = char::from(self.header.delimiter);
        self.lines
            .text()
            .chars()
            .all(|c| c == delimiter || c.is_whitespace())
    }

    fn at_end(&mut self, report: &mut Report) {
        if let Some((first, rows)) = self.padding.as_mut().and_then(Padding::clear) {
            report.line(Severity::Warning, first, "", Fault::Padding { rows });
        }
        if let Some(line) = self.cut_line.take() {
            report.line(Severity::Warning, line, "", Fault::MaybeCut);
        }
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
}
