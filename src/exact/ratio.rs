//! [`Ratio`]: the exact fraction and what can be asked of it.

use dashu_int::ops::{Abs, BitTest, Gcd};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// An exact fraction `p/q`, of any size.
///
/// What a citizen would want to know first: nothing is rounded. A price of 100 shared by 3 voters is `100/3` each,
/// and three such shares are 100 again.
///
/// # Definition
///
/// The rational number `p/q` with `q > 0` and no common factor, so each value has exactly one form: equality,
/// hashing and the printed text agree with each other. It has no unit; the type that holds it says what it counts.
///
/// # Limits
///
/// Both parts grow as needed: no operation overflows, and no operation panics. Division by zero cannot be written by
/// accident: there is no `/` operator, only [`Ratio::checked_div`]. Long sums with unrelated denominators grow; ask
/// [`Ratio::bits`] where that must be bounded.
///
/// # Text and serde
///
/// Printed as `p/q`, or `p` for a whole number; read from `3/4`, `-0.25` or `12` (see
/// [`ParseRatioError`](super::ParseRatioError)). Serde writes the same text as a string, and also reads whole numbers.
///
/// # Example
///
/// ```
/// use quartier::exact::Ratio;
///
/// let price = Ratio::from(100);
/// let share = price.checked_div(&Ratio::from(3)).ok_or("no voters")?;
/// assert_eq!(share.to_string(), "100/3");
/// assert_eq!(share.mul_int(3), price);
/// assert_eq!("-0.25".parse::<Ratio>()?, Ratio::new(-1, 4).ok_or("zero denominator")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ratio(pub(super) RBig);

impl Ratio {
    /// The number 0, which is also the default.
    pub const ZERO: Self = Self(RBig::ZERO);

    /// The number 1.
    pub const ONE: Self = Self(RBig::ONE);

    /// The fraction `numerator / denominator`, reduced; `None` if the denominator is 0.
    ///
    /// ```
    /// use quartier::exact::Ratio;
    ///
    /// assert_eq!(Ratio::new(6, -8), Ratio::new(-3, 4));
    /// assert_eq!(Ratio::new(1, 0), None);
    /// ```
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        (denominator != 0).then(|| {
            Self(RBig::from_parts_signed(
                numerator.into(),
                denominator.into(),
            ))
        })
    }

    /// The fraction of two big integers; the caller knows that the denominator is not 0, or gets `None`.
    pub(super) fn from_big(numerator: IBig, denominator: UBig) -> Option<Self> {
        (!denominator.is_zero()).then(|| Self(RBig::from_parts(numerator, denominator)))
    }

    /// Whether this is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        *self.0.numerator() < IBig::ZERO
    }

    /// Whether this is above 0.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        *self.0.numerator() > IBig::ZERO
    }

    /// Whether this is a whole number.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.is_int()
    }

    /// The exact quotient, or `None` if the divisor is 0.
    ///
    /// ```
    /// use quartier::exact::Ratio;
    ///
    /// assert_eq!(Ratio::from(3).checked_div(&Ratio::from(6)), Ratio::new(1, 2));
    /// assert_eq!(Ratio::from(3).checked_div(&Ratio::ZERO), None);
    /// ```
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// `1 / self`, or `None` for 0.
    #[must_use]
    pub fn checked_inverse(&self) -> Option<Self> {
        Self::ONE.checked_div(self)
    }

    /// The product with a whole number, without building a second fraction.
    ///
    /// ```
    /// use quartier::exact::Ratio;
    ///
    /// assert_eq!(Ratio::new(2, 3).map(|share| share.mul_int(6)), Some(Ratio::from(4)));
    /// ```
    #[must_use]
    pub fn mul_int(&self, factor: i128) -> Self {
        Self(&self.0 * IBig::from(factor))
    }

    /// The largest whole number that is not above this one: 7/2 gives 3, and -7/2 gives -4.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.floor().into())
    }

    /// The smallest whole number that is not below this one: 7/2 gives 4, and -7/2 gives -3.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(self.0.ceil().into())
    }

    /// The distance from 0: the value without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.clone().abs())
    }

    /// The value as a machine integer; `None` if it is not whole or does not fit in 128 bits.
    ///
    /// ```
    /// use quartier::exact::Ratio;
    ///
    /// assert_eq!(Ratio::from(12).to_i128(), Some(12));
    /// assert_eq!(Ratio::new(1, 2).and_then(|half| half.to_i128()), None);
    /// ```
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        if !self.is_integer() {
            return None;
        }
        i128::try_from(self.0.numerator()).ok()
    }

    /// The smallest whole number by which all of these become whole; 1 for none.
    pub(crate) fn common_denominator<'a>(ratios: impl IntoIterator<Item = &'a Self>) -> Self {
        let common = ratios.into_iter().fold(UBig::ONE, |common, ratio| {
            let denominator = ratio.0.denominator();
            let shared = (&common).gcd(denominator);
            common / shared * denominator
        });
        Self(RBig::from(common))
    }

    /// The size in bits of numerator and denominator together, to bound the growth of long sums.
    ///
    /// ```
    /// use quartier::exact::Ratio;
    ///
    /// assert_eq!(Ratio::new(5, 8).map(|value| value.bits()), Some(3 + 4));
    /// ```
    #[must_use]
    pub fn bits(&self) -> usize {
        self.0.numerator().bit_len() + self.0.denominator().bit_len()
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Whole numbers of these machine types become a [`Ratio`] without loss.
macro_rules! from_integers {
    ($($integer:ty),+) => {$(
        impl From<$integer> for Ratio {
            fn from(value: $integer) -> Self {
                Self(IBig::from(value).into())
            }
        }
    )+};
}

from_integers!(i32, i64, i128, u32, u64, u128);
