//! Where the reader puts the problems that it finds.

use crate::pabulib::diagnostic::{Diagnostic, Fix, Place, Section, place_in};
use crate::pabulib::diagnostics::Diagnostics;
use crate::pabulib::fault::Fault;
use crate::pabulib::lexer::Line;
use crate::pabulib::options::ReadOptions;

/// Collects problems, each with the severity that the strictness gives it.
#[derive(Debug)]
pub(super) struct Report {
    found: Diagnostics,
    options: ReadOptions,
}

/// A part of a line that something can be said about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) section: Section,
    pub(super) line: Line<'a>,
    /// In bytes of the line.
    pub(super) start: usize,
    pub(super) part: &'a str,
}

impl<'a> Spot<'a> {
    /// A part of the same line that lies within this one, by its bytes from the start of this one.
    pub(super) fn within(self, offset: usize, part: &'a str) -> Spot<'a> {
        Spot {
            start: self.start + offset,
            part,
            ..self
        }
    }
}

impl Report {
    pub(super) fn new(options: ReadOptions) -> Report {
        Report {
            found: Diagnostics::capped(options.read_limits().diagnostics()),
            options,
        }
    }

    /// About the whole file.
    pub(super) fn file(&mut self, fault: Fault) {
        self.add(fault, || Place::FILE, None, None);
    }

    /// About a whole line.
    pub(super) fn line(&mut self, section: Section, line: Line<'_>, fault: Fault) {
        self.add(
            fault,
            || Place::line(section, line.number),
            Some(line.text),
            None,
        );
    }

    /// About a part of a line.
    pub(super) fn spot(&mut self, spot: Spot<'_>, fault: Fault) {
        self.fixable(spot, fault, None);
    }

    /// About a part of a line, with what to write instead.
    pub(super) fn fixable(&mut self, spot: Spot<'_>, fault: Fault, fix: Option<String>) {
        let place = || {
            place_in(
                spot.section,
                spot.line.number,
                spot.line.text,
                spot.start,
                spot.part,
            )
        };
        self.add(fault, place, Some(spot.line.text), fix);
    }

    /// At a place that is found out only if the problem is kept: counting columns takes as long as the
    /// line is, and a bad line can have thousands of problems.
    fn add(
        &mut self,
        fault: Fault,
        place: impl FnOnce() -> Place,
        line: Option<&str>,
        fix: Option<String>,
    ) {
        let severity = fault.severity(self.options.strictness());
        if !self.found.wants(severity) {
            return self.found.count(severity);
        }
        let mut diagnostic = Diagnostic::new(fault, severity, place());
        if let Some(line) = line {
            diagnostic = diagnostic.with_excerpt(line);
        }
        if let Some(fix) = fix {
            diagnostic = diagnostic.with_fix(Fix::new(fix));
        }
        self.found.push(diagnostic);
    }

    /// More of something than the limit allows; tells whether it was.
    pub(super) fn over(
        &mut self,
        section: Section,
        line: Line<'_>,
        what: &'static str,
        found: usize,
        limit: usize,
    ) -> bool {
        if found > limit {
            self.line(section, line, Fault::LimitExceeded { what, limit });
        }
        found > limit
    }

    pub(super) fn options(&self) -> &ReadOptions {
        &self.options
    }

    pub(super) fn error_count(&self) -> usize {
        self.found.error_count()
    }

    pub(super) fn has_errors(&self) -> bool {
        self.found.has_errors()
    }

    pub(super) fn into_found(self) -> Diagnostics {
        self.found
    }
}
