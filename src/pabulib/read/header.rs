//! Header rows: the names of a section's columns.

use super::cursor::Cursor;
use super::report::{Report, Spot};
use crate::election::is_invisible;
use crate::pabulib::diagnostic::Section;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::{Cell, Line, Quoting, cells};

/// The columns of a section, in the order of the file.
#[derive(Debug)]
pub(super) struct Header<'a> {
    pub(super) names: Vec<String>,
    line: Line<'a>,
    section: Section,
}

impl<'a> Header<'a> {
    /// Reads the next row as the names of columns; reports what is wrong with them.
    pub(super) fn read(
        cursor: &mut Cursor<'a>,
        section: Section,
        first: &'static str,
        title: Line<'a>,
        report: &mut Report,
    ) -> Option<Header<'a>> {
        let Some(line) = cursor.row(section, report) else {
            report.line(section, title, Fault::MissingHeader { section });
            return None;
        };
        let mut names: Vec<String> = Vec::new();
        for cell in cells(line.text) {
            if report.over(
                section,
                line,
                "columns",
                names.len() + 1,
                report.options().read_limits().cells(),
            ) {
                return None;
            }
            let name = cell.text.to_string();
            let spot = Spot {
                section,
                line,
                start: cell.start,
                part: cell.raw,
            };
            check_quoting(&cell, spot, report);
            if names.contains(&name) {
                report.spot(
                    spot,
                    Fault::RepeatedColumn {
                        column: name.clone(),
                    },
                );
            }
            if name.is_empty() || name.trim() != name || name.chars().any(is_invisible) {
                report.spot(
                    spot,
                    Fault::BadColumnName {
                        found: name.clone(),
                    },
                );
            }
            if names.is_empty() && name != first {
                report.spot(
                    spot,
                    Fault::WrongFirstColumn {
                        expected: first,
                        found: name.clone(),
                    },
                );
            }
            names.push(name);
        }
        Some(Header {
            names,
            line,
            section,
        })
    }

    /// The place of a column.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The place of a column that must be there.
    pub(super) fn needed(&self, name: &'static str, report: &mut Report) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() {
            report.line(
                self.section,
                self.line,
                Fault::MissingColumn { column: name },
            );
        }
        found
    }
}

/// Reports a quote that is not closed, or text after one that is.
#[inline]
pub(super) fn check_quoting(cell: &Cell<'_>, spot: Spot<'_>, report: &mut Report) {
    match cell.quoting {
        Quoting::Plain | Quoting::Quoted => {}
        Quoting::Unclosed => report.spot(spot, Fault::UnclosedQuote),
        Quoting::TextAfterQuote => report.spot(spot, Fault::TextAfterQuote),
    }
}
