//! Cancelling a count and bounding its work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::error::CountError;

/// A switch that another thread can throw to end a count.
///
/// ```
/// use quartier::count::Cancel;
/// let cancel = Cancel::new();
/// let other = cancel.clone();
/// other.cancel();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A switch that has not been thrown.
    #[must_use]
    pub fn new() -> Cancel {
        Cancel::default()
    }

    /// Ends the counts that hold this switch at their next step.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Has it been thrown?
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Counts the steps of a count against what the caller allows; clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Meter {
    pub(super) cancel: Option<Cancel>,
    pub(super) limit: Option<u64>,
    used: Arc<AtomicU64>,
}

impl Meter {
    pub(super) fn work(&self, steps: u64) -> Result<(), CountError> {
        if self.cancel.as_ref().is_some_and(Cancel::is_cancelled) {
            return Err(CountError::Cancelled);
        }
        let used = self
            .used
            .fetch_add(steps, Ordering::Relaxed)
            .saturating_add(steps);
        match self.limit {
            Some(limit) if used > limit => Err(CountError::WorkExhausted { limit }),
            _ => Ok(()),
        }
    }
}
