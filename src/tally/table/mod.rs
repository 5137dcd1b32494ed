//! Tables as offices and spreadsheets send them: CSV, one record a line, with every mistake at its place.
//!
//! This is not a general CSV reader, on purpose. In general CSV a cell may span lines, so one stray quote takes
//! everything up to the next quote into a single cell, and the votes in between are gone without a word. Here
//! **one line is one record**: a quote that is not closed on its line makes that line unreadable, which is
//! reported with its line and column, and the next line is read as if nothing had happened. So the number of
//! records can be counted by anybody who can count lines. (The `csv` crate reads general CSV and does not tell the
//! column of a cell; that is why it is not used.)
//!
//! # The form
//!
//! * UTF-8, a byte-order mark allowed; lines end with LF or CR LF.
//! * A first line `sep=;` is obeyed. Otherwise the delimiter is the one of `;`, tab and `,` that finds most of
//!   the known columns in the header; where they find equally many, the first of the three.
//! * The header names the columns. Case and blanks around a name do not matter, nor does the order.
//! * A cell that begins with a quote ends at the next single quote; `""` inside stands for one quote. A quote
//!   further in is an ordinary character. Blanks around a cell do not belong to it.
//! * Empty cells beyond the last named column, and empty rows after the last record, are what spreadsheets
//!   add: they are passed over. Empty rows between records are passed over with a warning. An empty row holds
//!   nothing but delimiters and blanks; `""` is a record with an empty cell.
//! * In a table of votes a row of delimiters only is a record, an anonymous blank ballot; after the last other
//!   record such rows are passed over with a warning that counts them ([`Table::with_blank_records`]).
//!
//! # What is refused, and how
//!
//! | code | what becomes of it |
//! |---|---|
//! | `utf-16`, `empty-table`, `bad-separator`, `missing-column`, `repeated-column`, `unnamed-column`, `too-many-columns` | the table as a whole is refused |
//! | `not-utf-8`, `nul-character`, `lone-carriage-return`, `line-too-long`, `unclosed-quote`, `text-after-quote`, `too-few-cells`, `too-many-cells`, `repeated-header` | the row is unreadable, the next one is read |
//! | `empty-row`, `padding`, `maybe-cut` | warnings |
//!
//! A header line with one of the faults of rows refuses the table. A line longer than the limit is read past, not
//! kept: memory is bounded by the limits whatever the table holds.

mod diagnostic;
mod diagnostics;
mod fault;
mod header;
mod limits;
mod lines;
mod padding;
mod reader;
mod report;
mod row;
mod split;
mod text_lines;
mod write;

pub use crate::election::Severity;
pub use diagnostic::Diagnostic;
pub use diagnostics::Diagnostics;
pub use fault::Fault;
pub use header::Header;
pub(crate) use header::is_same;
pub use limits::TableLimits;
pub use reader::{Record, Table};
pub use report::Report;
pub use row::{Cell, Row};
pub(crate) use text_lines::{Text, TextLines, is_utf16, report_bytes};
pub(crate) use write::unprotected;
pub use write::{RowWriter, TableWriter, WriteError};
