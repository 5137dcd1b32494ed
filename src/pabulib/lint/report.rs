//! Where the checks put what they find.

use std::collections::BTreeSet;

use super::super::diagnostic::{Diagnostic, Fix, Place, Section};
use super::super::diagnostics::Diagnostics;
use super::super::fault::Fault;
use super::super::{Problem, ReadLimits};
use super::finding::Finding;
use super::tables::Field;

/// The diagnostics so far, and what the reader has already said, so that nothing is said twice.
#[derive(Debug)]
pub(super) struct Report {
    found: Diagnostics,
    /// Line and column of what the reader found.
    reader_places: BTreeSet<(u64, u64)>,
    /// Keys that the reader misses in META.
    missing_keys: BTreeSet<&'static str>,
}

impl Report {
    pub(super) fn new(limits: &ReadLimits) -> Report {
        Report {
            found: Diagnostics::capped(limits.diagnostics()),
            reader_places: BTreeSet::new(),
            missing_keys: BTreeSet::new(),
        }
    }

    /// Takes over what the reader found.
    pub(super) fn reader(&mut self, found: Diagnostics) {
        for diagnostic in &found {
            self.reader_places
                .insert((diagnostic.place().line, diagnostic.place().column));
            if let Problem::Format(Fault::MissingKey { key }) = diagnostic.problem() {
                self.missing_keys.insert(key);
            }
        }
        self.found.extend(found);
    }

    /// Has the reader already said that META has no such key?
    pub(super) fn reader_misses(&self, key: &str) -> bool {
        self.missing_keys.contains(key)
    }

    /// Has the reader already found something in this cell?
    pub(super) fn reader_has(&self, field: &Field<'_>) -> bool {
        let line = field.line.number;
        // Working out columns takes as long as the line is: not for the many lines without any problem.
        if self
            .reader_places
            .range((line, 1)..=(line, u64::MAX))
            .next()
            .is_none()
        {
            return false;
        }
        let place = field.place();
        let end = place.column.saturating_add(place.width.max(1));
        self.reader_places
            .range((place.line, place.column)..(place.line, end))
            .next()
            .is_some()
    }

    /// Something about a cell.
    pub(super) fn cell(&mut self, field: &Field<'_>, finding: Finding) {
        if self.wants(&finding) {
            let severity = finding.severity();
            self.found.push(
                Diagnostic::new(finding, severity, field.place()).with_excerpt(field.line.text),
            );
        }
    }

    /// Something about a cell that can be put right by writing this value into it.
    pub(super) fn fixed_cell(&mut self, field: &Field<'_>, finding: Finding, value: &str) {
        if self.wants(&finding) {
            let severity = finding.severity();
            let diagnostic =
                Diagnostic::new(finding, severity, field.place()).with_excerpt(field.line.text);
            self.found.push(match field.written(value) {
                Some(written) => diagnostic.with_fix(Fix::new(written)),
                None => diagnostic,
            });
        }
    }

    /// Something about a cell, unless the reader has said something about that cell.
    pub(super) fn cell_unless_reader(&mut self, field: &Field<'_>, finding: Finding) {
        if !self.reader_has(field) {
            self.cell(field, finding);
        }
    }

    /// Something about a section as a whole, shown on its first line.
    pub(super) fn section(&mut self, section: Section, line: u64, finding: Finding) {
        if self.wants(&finding) {
            let severity = finding.severity();
            self.found.push(Diagnostic::new(
                finding,
                severity,
                Place::line(section, line),
            ));
        }
    }

    pub(super) fn finish(self) -> Diagnostics {
        self.found
    }

    /// Is there room for it? If not, it is counted, and neither place nor excerpt are worked out.
    fn wants(&mut self, finding: &Finding) -> bool {
        let wanted = self.found.wants(finding.severity());
        if !wanted {
            self.found.count(finding.severity());
        }
        wanted
    }
}
