//! Machine numbers near exact ones, and certified bounds.

use std::cmp::Ordering;

use crate::exact::Ratio;

use super::UNIT;

/// A machine number within a relative error of 4u of a number that is not negative, or a number that cannot be
/// trusted (see [`Near::is_sure`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near(pub(super) f64);

impl Near {
    /// Near this fraction. The conversion rounds to the nearest; 4u leaves room for a conversion that does not.
    pub(crate) fn of(value: &Ratio) -> Near {
        // Whole numbers below 2^53 are exact either way, and this is the faster.
        let whole = value.is_integer().then(|| value.0.numerator());
        let whole = whole.and_then(|whole| u64::try_from(whole).ok());
        match whole.filter(|&whole| whole <= super::levels::MOST) {
            Some(whole) => Near::of_count(whole),
            None => Near(value.0.to_f64().value()),
        }
    }

    /// Near this whole number.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the error of rounding to the nearest is what `Near` allows"
    )]
    pub(crate) fn of_count(value: u64) -> Near {
        Near(value as f64)
    }

    /// Is it in the range in which products and quotients of a few such numbers neither overflow nor lose
    /// precision? 0 is.
    pub(crate) fn is_sure(self) -> bool {
        self.0 == 0.0 || (1e-60..=1e60).contains(&self.0)
    }
}

/// A certified lower or upper bound. Bounds are compared, never equated with the value that they bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound(pub(super) f64);

impl Bound {
    /// The least bound there is.
    pub(crate) const ZERO: Bound = Bound(0.0);
    /// The greatest bound there is.
    pub(crate) const INFINITE: Bound = Bound(f64::INFINITY);

    /// A lower bound of what this is near.
    pub(crate) fn below(value: Near) -> Bound {
        Bound(value.0 * (1.0 - 8.0 * UNIT))
    }

    /// A lower bound of `level / part` from one of a level.
    pub(crate) fn low_per(self, part: Near) -> Bound {
        Bound(self.0 / part.0 * (1.0 - 16.0 * UNIT))
    }

    /// An upper bound of `level / part` from one of a level.
    pub(crate) fn high_per(self, part: Near) -> Bound {
        Bound(self.0 / part.0 * (1.0 + 16.0 * UNIT))
    }

    /// An upper bound of `key * part` from one of a key.
    pub(crate) fn high_times(self, part: Near) -> Bound {
        Bound(self.0 * part.0 * (1.0 + 16.0 * UNIT))
    }

    /// The exact value of this bound; `None` if it is infinite.
    pub(crate) fn to_ratio(self) -> Option<Ratio> {
        dashu_ratio::RBig::try_from(self.0).ok().map(Ratio)
    }

    /// A lower bound of a rate of which the level is certainly above this times its part, rounded up as
    /// [`high_times`](Bound::high_times) does: the next machine number, which is less than that rounding away.
    pub(crate) fn beyond(self) -> Bound {
        Bound(self.0.next_up())
    }

    /// The greater of two bounds.
    pub(crate) fn max(self, other: Bound) -> Bound {
        if self.cmp(other) == Ordering::Less {
            other
        } else {
            self
        }
    }

    /// The smaller of two bounds.
    pub(crate) fn min(self, other: Bound) -> Bound {
        if self.cmp(other) == Ordering::Greater {
            other
        } else {
            self
        }
    }

    /// The order of the bounds.
    pub(crate) fn cmp(self, other: Bound) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}
