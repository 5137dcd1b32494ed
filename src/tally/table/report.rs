//! Where readers put the problems that they find.

use std::sync::Arc;

use crate::election::Severity;

use super::diagnostic::Diagnostic;
use super::diagnostics::Diagnostics;
use super::fault::Fault;
use super::limits::TableLimits;
use super::row::{Cell, Row};

/// Collects the problems of one source.
#[derive(Debug, Clone)]
pub struct Report {
    source: Arc<str>,
    found: Diagnostics,
}

impl Report {
    /// No problems yet of the source with this name, such as a file's.
    #[must_use]
    pub fn new(source: &str, limits: TableLimits) -> Report {
        Report {
            source: source.into(),
            found: Diagnostics::capped(limits.diagnostics()),
        }
    }

    /// About the source as a whole.
    pub fn whole(&mut self, severity: Severity, fault: Fault) {
        let source = &self.source;
        self.found
            .push_with(severity, || Diagnostic::new(fault, severity, source));
    }

    /// About a line, of which `text` is shown where there is any.
    pub fn line(&mut self, severity: Severity, line: u64, text: &str, fault: Fault) {
        let source = &self.source;
        self.found.push_with(severity, || {
            let diagnostic = Diagnostic::new(fault, severity, source).on_line(line);
            if text.is_empty() {
                diagnostic
            } else {
                diagnostic.with_excerpt(text)
            }
        });
    }

    /// About the bytes from `start` to `end` of a line.
    pub fn part(&mut self, line: u64, text: &str, (start, end): (usize, usize), fault: Fault) {
        let source = &self.source;
        self.found.push_with(Severity::Error, || {
            let before = text.get(..start).unwrap_or(text).chars().count();
            let column = u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1);
            let value = text.get(start..end).unwrap_or_default();
            let diagnostic = Diagnostic::new(fault, Severity::Error, source).on_line(line);
            diagnostic.at(column, value).with_excerpt(text)
        });
    }

    /// About a whole row.
    pub fn row(&mut self, severity: Severity, row: Row<'_>, fault: Fault) {
        self.line(severity, row.number(), row.line(), fault);
    }

    /// About a cell.
    pub fn cell(&mut self, severity: Severity, cell: Cell<'_>, fault: Fault) {
        self.within(severity, cell, 0, cell.text(), fault);
    }

    /// About the part of a cell that begins after so many characters of its text.
    pub fn within(
        &mut self,
        severity: Severity,
        cell: Cell<'_>,
        after: usize,
        part: &str,
        fault: Fault,
    ) {
        let (source, row) = (&self.source, cell.row());
        let after = u64::try_from(after).unwrap_or(u64::MAX);
        self.found.push_with(severity, || {
            let diagnostic = Diagnostic::new(fault, severity, source).on_line(row.number());
            let column = cell.column().saturating_add(after);
            diagnostic.at(column, part).with_excerpt(row.line())
        });
    }

    /// About one record of a list, counted from 1, of which `text` is shown.
    pub fn record(&mut self, severity: Severity, record: u64, text: &str, fault: Fault) {
        let source = &self.source;
        self.found.push_with(severity, || {
            let mut diagnostic = Diagnostic::new(fault, severity, source).on_line(record);
            diagnostic.is_record = true;
            diagnostic.with_excerpt(text)
        });
    }

    /// Has anything been found that is an error?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.has_errors()
    }

    /// All that was found.
    #[must_use]
    pub fn into_found(self) -> Diagnostics {
        self.found
    }
}
