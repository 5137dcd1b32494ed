//! What a rule can honour.

use std::fmt;

use crate::election::BallotKind;

/// Something that a city's regulation may ask of a rule beyond its definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Feature {
    /// Ceilings on money per quartier, theme, …: a project that would cross one is passed over.
    Caps,
    /// Ceilings on the number of projects: exclusive groups, at most k of a kind.
    Counts,
    /// Several pots that pay for different projects. A rule that gives voters purses runs each pot by itself, so it
    /// needs one pot for each project, and nothing that binds projects of different pots together.
    SeveralPots,
    /// Awards below a project's cost.
    PartialAwards,
    /// Voters with different weights.
    Weights,
    /// Voters with different shares of the money.
    Endowments,
    /// Grants below a project's cost, where a regulation's rates pay a part of it: the rule ranks by the cost and pays the
    /// grant.
    Grants,
    /// It starts from an allocation that others have begun, and continues with more money.
    Continues,
}

impl Feature {
    /// All features, in order.
    pub const ALL: [Feature; 8] = [
        Feature::Caps,
        Feature::Counts,
        Feature::SeveralPots,
        Feature::PartialAwards,
        Feature::Weights,
        Feature::Endowments,
        Feature::Grants,
        Feature::Continues,
    ];
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Feature::Caps => "caps",
            Feature::Counts => "counts",
            Feature::SeveralPots => "several pots",
            Feature::PartialAwards => "partial awards",
            Feature::Weights => "voter weights",
            Feature::Endowments => "endowments",
            Feature::Grants => "grants below the cost",
            Feature::Continues => "continues",
        })
    }
}

/// What a rule accepts and honours.
///
/// Ballots that no setting of the rule reads are refused by name, and so are voters of different endowments
/// where [`Feature::Endowments`] is not listed. A rule that does not list [`Feature::PartialAwards`] funds in
/// full or not at all. Features that no rule of this version lists cannot be asked for yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// The kinds of ballots that some setting of the rule reads.
    pub ballots: &'static [BallotKind],
    /// What it honours.
    pub honours: &'static [Feature],
}

impl Capabilities {
    pub(super) const fn new(
        ballots: &'static [BallotKind],
        honours: &'static [Feature],
    ) -> Capabilities {
        Capabilities { ballots, honours }
    }

    /// Does the rule honour this?
    #[must_use]
    pub fn honours(&self, feature: Feature) -> bool {
        self.honours.contains(&feature)
    }
}
