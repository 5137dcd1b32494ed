//! What can be wrong with a ballot that an engine gives to the profile's builder.

use super::ballot::BallotKind;
use super::id::ProjectIx;

/// A ballot that cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// A project is named twice.
    #[error("a project is named more than once on one ballot")]
    Repeated(ProjectIx),
    /// A project of another instance.
    #[error("the ballot names a project of another instance")]
    Unknown(ProjectIx),
    /// The number of voters is 0, or there are more than 2^63 in all.
    #[error("a ballot must stand for at least one voter, and all together for at most 2^63")]
    Count,
    /// More than 2^32 marks in all.
    #[error("the distinct ballots hold more than 2^32 marks")]
    TooManyMarks,
    /// A class number that the builder has not given.
    #[error(
        "there is no voter class number {0}: ask ProfileBuilder::class for the number of a class, 0 is the ordinary voter"
    )]
    UnknownClass(u32),
    /// A class whose weight or endowment is not above 0.
    #[error(
        "the weight and the endowment of a voter class must be above 0: leave a voter out instead of weighing it with 0"
    )]
    BadClass,
    /// More than 2^32 classes of voters.
    #[error(
        "there are more than 2^32 classes of voters: round weights and endowments so that more voters are alike"
    )]
    TooManyClasses,
    /// A mark that the kind of ballot does not have.
    #[error("{weight} is no mark of {kind} ballots: {}", marks_of(*kind))]
    BadMark {
        /// The project that is marked.
        project: ProjectIx,
        /// The mark.
        weight: i64,
        /// The kind of the profile.
        kind: BallotKind,
    },
}

/// What the marks of a kind are.
fn marks_of(kind: BallotKind) -> &'static str {
    match kind {
        BallotKind::Approval | BallotKind::Ranked => "any whole number is",
        BallotKind::Points => "give millionths of a point, between -10^18 and 10^18",
        BallotKind::Grades => "give the place of the grade in the profile's scale, 0 for the worst",
        BallotKind::Signed => "give 1 for or -1 against",
    }
}

impl RowError {
    pub(super) fn unknown(mark: u32) -> RowError {
        RowError::Unknown(ProjectIx::new(mark as usize))
    }

    pub(super) fn repeated(mark: u32) -> RowError {
        RowError::Repeated(ProjectIx::new(mark as usize))
    }
}
