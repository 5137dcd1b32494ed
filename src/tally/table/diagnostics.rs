//! All problems of one source together.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::election::{Kept, Severity};

use super::diagnostic::Diagnostic;

/// The problems of a source, by their places.
///
/// Of each severity only so many are kept (a broken file can have millions); the others are counted, so
/// [`has_errors`](Diagnostics::has_errors) is always right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(Kept<Diagnostic>);

impl Diagnostics {
    pub(super) fn capped(cap: usize) -> Diagnostics {
        Diagnostics(Kept::capped(cap))
    }

    /// Counts a problem; makes and keeps it only if there is room.
    pub(super) fn push_with(&mut self, severity: Severity, make: impl FnOnce() -> Diagnostic) {
        self.0.push_with(severity, make);
    }

    /// The same with places and codes only, without values and excerpts: for output that must not show what the
    /// source says, such as the ids of voters who have pseudonyms.
    ///
    /// ```
    /// use quartier::tally::read::{ReadOptions, VotesCsv};
    /// let text = "voter_id;vote\n1984-05-17 Weber;\"a\n";
    /// let votes = VotesCsv::open(text.as_bytes(), "votes.csv", &ReadOptions::strict())?;
    /// let found = votes.read(0, &mut |_| {})?.diagnostics;
    /// assert!(found.to_string().contains("Weber"));
    /// assert!(found.places_only().to_string().starts_with(
    ///     "error[unclosed-quote] votes.csv: line 2, column 18: unclosed-quote: close it"
    /// ));
    /// # Ok::<(), quartier::tally::read::ReadError>(())
    /// ```
    #[must_use]
    pub fn places_only(self) -> Diagnostics {
        Diagnostics(self.0.map(Diagnostic::withheld))
    }

    /// The problems that were kept, by place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.as_slice().iter()
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
    pub fn error_count(&self) -> u64 {
        self.0.counted(Severity::Error)
    }

    /// How many warnings were found, kept or not.
    #[must_use]
    pub fn warning_count(&self) -> u64 {
        self.0.counted(Severity::Warning)
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

impl std::error::Error for Diagnostics {}

impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}
