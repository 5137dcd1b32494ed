//! Shares, written as percentages.

use std::fmt;

use crate::election::Money;
use crate::exact::Ratio;

/// A share between 0% and 100%, exact.
///
/// ```
/// use quartier::law::Share;
/// use quartier::election::Money;
/// let five: Share = "5%".parse().map_err(|()| "no share")?;
/// assert_eq!(five.floor_of(Money::from(100_000_000), Money::from(1)), Some(Money::from(5_000_000)));
/// assert!("5".parse::<Share>().is_err() && "101%".parse::<Share>().is_err());
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(Ratio);

impl Share {
    /// The most bits that a share may have.
    const BITS: usize = 200;

    /// Everything.
    pub const ALL: Share = Share(Ratio::ONE);

    /// The share as a fraction of 1.
    #[must_use]
    pub fn ratio(&self) -> &Ratio {
        &self.0
    }

    /// This share of an amount, rounded down to a whole granularity; `None` if the granularity is not positive.
    #[must_use]
    pub fn floor_of(&self, amount: Money, granularity: Money) -> Option<Money> {
        Money::floor_to(&(amount.to_ratio() * &self.0), granularity)
    }

    /// Is `part` at least this share of `whole`?
    #[must_use]
    pub fn is_reached(&self, part: Money, whole: Money) -> bool {
        part.to_ratio() >= whole.to_ratio() * &self.0
    }

    /// Is `part` more than this share of `whole`?
    #[must_use]
    pub fn is_exceeded(&self, part: Money, whole: Money) -> bool {
        part.to_ratio() > whole.to_ratio() * &self.0
    }
}

impl std::str::FromStr for Share {
    type Err = ();

    fn from_str(text: &str) -> Result<Share, ()> {
        let percent: Ratio = text.strip_suffix('%').ok_or(())?.parse().map_err(|_| ())?;
        let share = percent.checked_div(&Ratio::from(100)).ok_or(())?;
        let fits = !share.is_negative() && share <= Ratio::ONE && share.bits() <= Share::BITS;
        fits.then_some(Share(share)).ok_or(())
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0.mul_int(100))
    }
}
