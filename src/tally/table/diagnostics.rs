//! All problems of one source together.

use std::fmt;

use serde::{Serialize, Serializer};

use super::diagnostic::{Diagnostic, Severity};

/// The problems of a source, by their places.
///
/// Of each severity only so many are kept (a broken file can have millions); the others are counted, so
/// [`has_errors`](Diagnostics::has_errors) is always right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    cap: usize,
    errors: u64,
    warnings: u64,
}

impl Diagnostics {
    pub(super) fn capped(cap: usize) -> Diagnostics {
        Diagnostics {
            kept: Vec::new(),
            cap,
            errors: 0,
            warnings: 0,
        }
    }

    /// Counts a problem; makes and keeps it only if there is room.
    pub(super) fn push_with(&mut self, severity: Severity, make: impl FnOnce() -> Diagnostic) {
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count = count.saturating_add(1);
        if usize::try_from(*count).is_ok_and(|count| count <= self.cap) {
            let diagnostic = make();
            let key = |d: &Diagnostic| (d.line, d.column, d.severity);
            let place = key(&diagnostic);
            let at = self.kept.partition_point(|other| key(other) <= place);
            self.kept.insert(at, diagnostic);
        }
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
    pub fn places_only(mut self) -> Diagnostics {
        self.kept = self.kept.into_iter().map(Diagnostic::withheld).collect();
        self
    }

    /// The problems that were kept, by place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.kept.iter()
    }

    /// How many problems were kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Was nothing found at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }

    /// Is there any error?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors were found, kept or not.
    #[must_use]
    pub fn error_count(&self) -> u64 {
        self.errors
    }

    /// How many warnings were found, kept or not.
    #[must_use]
    pub fn warning_count(&self) -> u64 {
        self.warnings
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
        for (number, diagnostic) in self.kept.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        let kept = u64::try_from(self.kept.len()).unwrap_or(u64::MAX);
        match self
            .errors
            .saturating_add(self.warnings)
            .saturating_sub(kept)
        {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Diagnostics {}

impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kept.serialize(serializer)
    }
}
