//! The problems of a source, of which only so many are kept.

use std::fmt;

use super::severity::Severity;

/// A problem with a place.
pub(crate) trait Placed {
    /// The line and the column.
    fn spot(&self) -> (u64, u64);

    fn severity(&self) -> Severity;
}

/// Problems in the order of their places, errors before warnings on the same spot. Of each severity only so many are kept
/// (a broken source can have millions); the others are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept<T> {
    list: Vec<T>,
    cap: usize,
    errors: u64,
    warnings: u64,
}

impl<T: Placed> Kept<T> {
    /// None yet, of which `cap` of each severity will be kept.
    pub(crate) fn capped(cap: usize) -> Kept<T> {
        Kept {
            list: Vec::new(),
            cap,
            errors: 0,
            warnings: 0,
        }
    }

    /// Counts a problem; makes and keeps it only if there is room.
    pub(crate) fn push_with(&mut self, severity: Severity, make: impl FnOnce() -> T) {
        let wanted = self.wants(severity);
        self.count(severity, 1);
        if wanted {
            let problem = make();
            let key = |problem: &T| (problem.spot(), problem.severity());
            let place = key(&problem);
            let at = self.list.partition_point(|other| key(other) <= place);
            self.list.insert(at, problem);
        }
    }

    /// Adds all problems of another list.
    pub(crate) fn extend(&mut self, others: Kept<T>) {
        let not_kept = |severity| {
            let kept = others.list.iter();
            let kept = kept.filter(|problem| problem.severity() == severity);
            let kept = u64::try_from(kept.count()).unwrap_or(u64::MAX);
            others.counted(severity).saturating_sub(kept)
        };
        // What was only counted comes after all that there is room for.
        let rest =
            [Severity::Error, Severity::Warning].map(|severity| (severity, not_kept(severity)));
        for problem in others.list {
            self.push_with(problem.severity(), || problem);
        }
        for (severity, more) in rest {
            self.count(severity, more);
        }
    }

    /// Is there room for another problem of this severity, or would it only be counted?
    pub(crate) fn wants(&self, severity: Severity) -> bool {
        usize::try_from(self.counted(severity)).is_ok_and(|count| count < self.cap)
    }

    /// Counts problems that are not kept.
    pub(crate) fn count(&mut self, severity: Severity, more: u64) {
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count = count.saturating_add(more);
    }

    /// How many of a severity were found, kept or not.
    pub(crate) fn counted(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
        }
    }

    /// Changes every problem that was kept, not its place.
    pub(crate) fn map(mut self, change: impl Fn(T) -> T) -> Kept<T> {
        self.list = self.list.into_iter().map(change).collect();
        self
    }

    /// Those that were kept, by place.
    pub(crate) fn as_slice(&self) -> &[T] {
        &self.list
    }

    /// Was nothing found at all?
    pub(crate) fn is_empty(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

impl<T: Placed + fmt::Display> fmt::Display for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.list.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        let kept = u64::try_from(self.list.len()).unwrap_or(u64::MAX);
        let all = self.errors.saturating_add(self.warnings);
        match all.saturating_sub(kept) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}
