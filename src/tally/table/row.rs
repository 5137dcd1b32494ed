//! A row of a table and its cells.

use super::split::Span;

/// One row; it borrows the table's memory and is gone with the next one.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub(super) number: u64,
    pub(super) line: &'a str,
    pub(super) scratch: &'a str,
    pub(super) spans: &'a [Span],
}

/// One cell, with its place.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    row: Row<'a>,
    text: &'a str,
    /// The first byte of the text in the line.
    at: usize,
}

impl<'a> Row<'a> {
    /// The number of its line, from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        self.number
    }

    /// The line as it was written.
    #[must_use]
    pub fn line(self) -> &'a str {
        self.line
    }

    /// The cell of a column, counted from 0 in the order of the table; an empty one where there is no such column.
    #[must_use]
    #[inline]
    pub fn cell(self, column: usize) -> Cell<'a> {
        let Some(span) = self.spans.get(column) else {
            return Cell {
                row: self,
                text: "",
                at: self.line.len(),
            };
        };
        let home = if span.in_line {
            self.line
        } else {
            self.scratch
        };
        let whole = home.get(span.start..span.end).unwrap_or_default();
        let text = whole.trim_start();
        Cell {
            row: self,
            text: text.trim_end(),
            at: span.at + (whole.len() - text.len()),
        }
    }
}

impl<'a> Cell<'a> {
    /// The text, without quotes and without blanks around it.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The row it belongs to.
    #[must_use]
    pub fn row(self) -> Row<'a> {
        self.row
    }

    /// The column of its text in the line, in characters from 1.
    #[must_use]
    pub fn column(self) -> u64 {
        let before = self.row.line.get(..self.at).unwrap_or(self.row.line);
        u64::try_from(before.chars().count())
            .unwrap_or(u64::MAX)
            .saturating_add(1)
    }
}
