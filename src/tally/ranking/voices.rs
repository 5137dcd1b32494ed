//! How much each ballot weighs, in whole units where that is possible.

use crate::election::{BallotView, Profile};
use crate::exact::Ratio;

/// The weight of one voter of each class.
#[derive(Debug)]
pub(super) enum Voices {
    /// In whole units, of which all voters together have less than 2^127; and what one unit is.
    Whole { classes: Vec<i128>, unit: Ratio },
    /// In fractions, where weights have no common unit that is large enough.
    Exact { classes: Vec<Ratio> },
}

impl Voices {
    pub(super) fn of(profile: &Profile) -> Voices {
        let weights = || profile.classes().iter().map(|class| &class.weight);
        let units = Ratio::common_denominator(weights());
        let whole: Option<Vec<i128>> = weights()
            .map(|weight| (weight * &units).to_i128())
            .collect();
        let fits = (profile.total_weight() * &units).to_i128().is_some();
        match (whole, units.checked_inverse()) {
            (Some(classes), Some(unit)) if fits => Voices::Whole { classes, unit },
            _ => Voices::Exact {
                classes: weights().cloned().collect(),
            },
        }
    }
}

/// The weight of all voters who cast a ballot.
pub(super) fn weight(profile: &Profile, ballot: BallotView<'_>) -> Ratio {
    profile
        .classes()
        .get(ballot.class())
        .map(|class| class.weight.mul_int(i128::from(ballot.count())))
        .unwrap_or_default()
}
