//! Lines without anything but delimiters: what spreadsheets add, or blank records.

use std::collections::VecDeque;

use super::fault::Fault;
use super::report::Report;
use crate::election::Severity;

/// Empty lines that may turn out to be the last.
#[derive(Debug, Default)]
pub(super) struct EmptyRows {
    first: u64,
    rows: u64,
}

impl EmptyRows {
    pub(super) fn add(&mut self, line: u64) {
        if self.rows == 0 {
            self.first = line;
        }
        self.rows += 1;
    }

    /// Another row follows, so they were not the last.
    pub(super) fn report(&mut self, report: &mut Report) {
        if self.rows > 0 {
            let fault = Fault::EmptyRows { rows: self.rows };
            report.line(Severity::Warning, self.first, "", fault);
            self.rows = 0;
        }
    }
}

/// As many runs are remembered, so that no table can fill the memory with them. A spreadsheet adds one.
const MOST_RUNS: usize = 1 << 16;

/// Rows of delimiters only that are records if another record follows, and padding if none does.
#[derive(Debug, Default)]
pub(super) struct Padding {
    runs: VecDeque<Run>,
    /// The row that is handed on.
    line: String,
}

/// Rows on consecutive lines with equally many delimiters.
#[derive(Debug)]
struct Run {
    first: u64,
    rows: u64,
    delimiters: usize,
    delimiter: u8,
}

impl Padding {
    /// Notes a row; tells whether there was room for it.
    pub(super) fn add(&mut self, line: u64, delimiters: usize, delimiter: u8) -> bool {
        if let Some(run) = self.runs.back_mut()
            && run.delimiters == delimiters
            && run.first.saturating_add(run.rows) == line
        {
            run.rows += 1;
            return true;
        }
        if self.runs.len() >= MOST_RUNS {
            return false;
        }
        self.runs.push_back(Run {
            first: line,
            rows: 1,
            delimiters,
            delimiter,
        });
        true
    }

    /// The number of the line of the first row that is left.
    pub(super) fn take(&mut self) -> Option<u64> {
        let run = self.runs.front_mut()?;
        let number = run.first;
        if self.line.len() != run.delimiters {
            self.line.clear();
            let delimiter = char::from(run.delimiter);
            self.line
                .extend(std::iter::repeat_n(delimiter, run.delimiters));
        }
        run.first += 1;
        run.rows -= 1;
        if run.rows == 0 {
            self.runs.pop_front();
        }
        Some(number)
    }

    /// The text of the row that was taken last.
    pub(super) fn line(&self) -> &str {
        &self.line
    }

    /// Forgets all rows, and tells the line of the first and how many they were.
    pub(super) fn clear(&mut self) -> Option<(u64, u64)> {
        let first = self.runs.front()?.first;
        let rows = self.runs.drain(..).map(|run| run.rows).sum();
        Some((first, rows))
    }
}
