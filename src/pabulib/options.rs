//! How a file is to be read.

use super::limits::ReadLimits;

/// What is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strictness {
    /// Only files that keep the format and agree with their own totals.
    Strict,
    /// Also what the public archive really contains; each such thing is a warning.
    Lenient,
}

/// Whether the voter table (ids, ages, channels ...) is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VoterTable {
    /// Keep it: the document can be written again as it was.
    Keep,
    /// Drop it: counting needs it not, and it takes most of the memory. Everything is still checked.
    Drop,
}

/// How a file is to be read: choose [`strict`](ReadOptions::strict) or [`lenient`](ReadOptions::lenient).
///
/// ```
/// use quartier::pabulib::{ReadLimits, ReadOptions, VoterTable};
/// let options = ReadOptions::lenient().voters(VoterTable::Drop).limits(ReadLimits::new().max_votes(1_000));
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    strictness: Strictness,
    limits: ReadLimits,
    voters: VoterTable,
}

impl ReadOptions {
    /// Accepts only files that keep the format and agree with their own totals.
    #[must_use]
    pub fn strict() -> ReadOptions {
        ReadOptions {
            strictness: Strictness::Strict,
            limits: ReadLimits::new(),
            voters: VoterTable::Keep,
        }
    }

    /// Accepts also what the public archive really contains, with a warning for each.
    #[must_use]
    pub fn lenient() -> ReadOptions {
        ReadOptions {
            strictness: Strictness::Lenient,
            ..ReadOptions::strict()
        }
    }

    /// The same with other bounds.
    #[must_use]
    pub fn limits(mut self, limits: ReadLimits) -> ReadOptions {
        self.limits = limits;
        self
    }

    /// The same, keeping or dropping the voter table.
    #[must_use]
    pub fn voters(mut self, voters: VoterTable) -> ReadOptions {
        self.voters = voters;
        self
    }

    /// What is accepted.
    #[must_use]
    pub fn strictness(&self) -> Strictness {
        self.strictness
    }

    /// The bounds.
    #[must_use]
    pub fn read_limits(&self) -> &ReadLimits {
        &self.limits
    }

    /// Whether the voter table is kept.
    #[must_use]
    pub fn voter_table(&self) -> VoterTable {
        self.voters
    }
}
