//! Why a vote does not count.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Why a ballot, or a mark on it, is void.
        ///
        /// The reason of a ballot with several faults is the first one that was met, in the order of the marks as
        /// they were written; what concerns the ballot as a whole comes after.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum VoidReason {
            $($(#[$doc])* $name,)*
        }

        impl VoidReason {
            /// All reasons, in order.
            pub const ALL: &'static [VoidReason] = &[$(VoidReason::$name,)*];

            /// The machine-readable name.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(VoidReason::$name => $code,)*
                }
            }
        }
    };
}

reasons! {
    /// The record was received and could not be read.
    Unreadable = "unreadable";
    /// It came by a channel that the regulation does not name.
    UnknownChannel = "unknown-channel";
    /// The voter's quartier is not one of the city's, and the ballot rule depends on it.
    UnknownArea = "unknown-area";
    /// A mark is not of the ballot's form, such as points that are not a number.
    MalformedMark = "malformed-mark";
    /// A mark names a project that does not stand.
    UnknownProject = "unknown-project";
    /// A project is named twice.
    RepeatedProject = "repeated-project";
    /// A project that this voter may not vote for: another quartier's, or of a group that is closed to them.
    OutsideScope = "outside-scope";
    /// A grade that the scale does not have.
    UnknownGrade = "unknown-grade";
    /// More or fewer points on one project than allowed.
    PointsOutOfRange = "points-out-of-range";
    /// Projects share a rank where each must have its own.
    TiedRanks = "tied-ranks";
    /// More projects than allowed.
    TooMany = "too-many";
    /// Projects of more quartiers than allowed.
    TooManyAreas = "too-many-areas";
    /// The projects cost more than one ballot may spend.
    CostAbove = "cost-above";
    /// More points in all than allowed.
    SumAbove = "sum-above";
    /// Fewer projects than required.
    TooFew = "too-few";
    /// The projects cost less than one ballot must spend.
    CostBelow = "cost-below";
    /// Fewer points in all than required.
    SumBelow = "sum-below";
    /// Somebody ruled so, by a recorded decision.
    Ruled = "ruled";
}

impl fmt::Display for VoidReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for VoidReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
