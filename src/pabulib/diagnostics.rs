//! All problems of a file together.

use std::error::Error;
use std::fmt;

use serde::Serialize;

use crate::election::Kept;

use super::diagnostic::{Diagnostic, Severity};

/// The problems of a file, in the order of their places, errors before warnings on the same spot.
///
/// Of each severity only so many are kept (a broken file can have millions); the others are counted, so
/// [`has_errors`](Diagnostics::has_errors) is always right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(Kept<Diagnostic>);

impl Default for Diagnostics {
    fn default() -> Diagnostics {
        Diagnostics::capped(super::limits::ReadLimits::default().diagnostics())
    }
}

impl Diagnostics {
    /// No problems yet, of which `cap` of each severity will be kept.
    #[must_use]
    pub fn capped(cap: usize) -> Diagnostics {
        Diagnostics(Kept::capped(cap))
    }

    /// Adds a problem at its place; beyond the cap it is only counted.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push_with(diagnostic.severity(), || diagnostic);
    }

    /// Adds all problems of another list.
    pub fn extend(&mut self, others: Diagnostics) {
        self.0.extend(others.0);
    }

    /// Is there room for another problem of this severity, or would it only be counted?
    pub(crate) fn wants(&self, severity: Severity) -> bool {
        self.0.wants(severity)
    }

    /// Counts a problem that [`wants`](Diagnostics::wants) has no room for.
    pub(crate) fn count(&mut self, severity: Severity) {
        self.0.count(severity, 1);
    }

    /// The problems that were kept, by place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.as_slice().iter()
    }

    /// The errors that were kept, by place.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.iter().filter(|d| d.severity() == Severity::Error)
    }

    /// The warnings that were kept, by place.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.iter().filter(|d| d.severity() == Severity::Warning)
    }

    /// How many problems were kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_slice().len()
    }

    /// Was nothing found at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Is there any error?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.error_count() > 0
    }

    /// How many errors were found, kept or not.
    #[must_use]
    pub fn error_count(&self) -> usize {
        usize::try_from(self.0.counted(Severity::Error)).unwrap_or(usize::MAX)
    }

    /// How many warnings were found, kept or not.
    #[must_use]
    pub fn warning_count(&self) -> usize {
        usize::try_from(self.0.counted(Severity::Warning)).unwrap_or(usize::MAX)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Diagnostics {}

impl Serialize for Diagnostics {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pabulib::diagnostic::{Place, Section};
    use crate::pabulib::fault::Fault;

    fn at(line: u64, severity: Severity) -> Diagnostic {
        Diagnostic::new(
            Fault::BlankLine,
            severity,
            Place::line(Section::Votes, line),
        )
    }

    #[test]
    fn sorted_capped_and_counted() {
        let mut all = Diagnostics::capped(2);
        for line in [5, 3, 4] {
            all.push(at(line, Severity::Warning));
        }
        all.push(at(1, Severity::Error));
        assert_eq!(
            all.iter().map(|d| d.place().line).collect::<Vec<_>>(),
            [1, 3, 5]
        );
        assert_eq!((all.error_count(), all.warning_count()), (1, 3));
        assert!(all.to_string().ends_with("and 1 more"));
        let mut sum = Diagnostics::capped(9);
        sum.extend(all);
        assert_eq!(
            (sum.len(), sum.error_count(), sum.warning_count()),
            (3, 1, 3)
        );
    }

    #[test]
    fn the_caret_stands_under_the_column() {
        let shown = Diagnostic::new(
            Fault::BlankLine,
            Severity::Error,
            Place::cell(Section::Projects, 12, 3, 2),
        )
        .with_excerpt("é;ab;c")
        .to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].starts_with("error[blank-line] line 12, column 3 (PROJECTS): "));
        assert_eq!(lines[1..], ["12 | é;ab;c", "   |   ^^"]);
    }

    #[test]
    fn long_lines_are_cut_around_the_column() {
        let line = "x".repeat(500) + "HERE" + &"y".repeat(500);
        let shown = Diagnostic::new(
            Fault::BlankLine,
            Severity::Error,
            Place::cell(Section::Votes, 7, 501, 4),
        )
        .with_excerpt(&line)
        .to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[1].find("HERE"), lines[2].find("^^^^"));
        assert!(lines[1].len() < 140);
    }
}
