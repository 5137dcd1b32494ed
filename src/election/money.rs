//! Amounts of money, exact to a ten-thousandth of the currency unit.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::exact::Ratio;

/// How many parts one currency unit has.
const UNIT: i128 = 10_000;
/// Digits after the point that an amount can have.
const PLACES: u32 = 4;
/// The largest magnitude that can be written, in ten-thousandths: 10^24 currency units.
const LIMIT: i128 = 10_i128.pow(28);

/// An amount of money, exact, in ten-thousandths of the currency unit.
///
/// There is one scale, so two amounts always add. An amount that is read or built from a number lies
/// between −10^24 and 10^24 currency units; sums may go beyond, and even the sum of 2^32 such amounts
/// fits, so the totals of an election cannot overflow. Where a sum could still fail, the operation is
/// called `checked_…` and says so.
///
/// Written and read as a decimal number in major units, in files too: `"80000"`, `"12.5"`.
///
/// ```
/// use quartier::election::Money;
/// let cost: Money = "106165.64".parse()?;
/// assert_eq!(cost.to_string(), "106165.64");
/// assert_eq!(Money::from(80_000).to_string(), "80000");
/// assert!("1,500".parse::<Money>().is_err());
/// # Ok::<(), quartier::election::MoneyError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

/// Why a text or a number is not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Nothing was written.
    #[error("the amount is empty: write digits, such as 80000 or 12.5")]
    Empty,
    /// Something that is not a plain decimal number.
    #[error(
        "`{found}` is not an amount at character {at}: write digits with an optional decimal point, such as 80000 or 12.5, without sign, blanks, grouping or exponent"
    )]
    Malformed {
        /// The text that was read, shortened.
        found: String,
        /// The first character that does not belong, counted from 1.
        at: usize,
    },
    /// More digits after the point than an amount keeps.
    #[error(
        "`{found}` has more than 4 decimals: amounts are exact to 0.0001 of the currency unit, round it first"
    )]
    TooPrecise {
        /// The text that was read, shortened.
        found: String,
    },
    /// Beyond the largest amount.
    #[error("the amount is too large: the largest is 10^24 currency units")]
    TooLarge,
}

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);
    /// The largest amount that can be written: 10^24 currency units.
    pub const MAX: Money = Money(LIMIT);

    /// An amount from ten-thousandths of the currency unit; `None` beyond [`Money::MAX`].
    #[must_use]
    pub const fn from_ten_thousandths(parts: i128) -> Option<Money> {
        if parts > LIMIT || parts < -LIMIT {
            None
        } else {
            Some(Money(parts))
        }
    }

    /// The amount in ten-thousandths of the currency unit.
    #[must_use]
    pub const fn ten_thousandths(self) -> i128 {
        self.0
    }

    /// Is it exactly nothing?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Is it below zero?
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The sum, or `None` where it cannot be represented.
    #[must_use]
    pub const fn checked_add(self, other: Money) -> Option<Money> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Money(sum)),
            None => None,
        }
    }

    /// The difference, or `None` where it cannot be represented.
    #[must_use]
    pub const fn checked_sub(self, other: Money) -> Option<Money> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Some(Money(rest)),
            None => None,
        }
    }

    /// The sum of many amounts, or `None` where it cannot be represented.
    #[must_use]
    pub fn checked_sum(amounts: impl IntoIterator<Item = Money>) -> Option<Money> {
        amounts
            .into_iter()
            .try_fold(Money::ZERO, Money::checked_add)
    }

    /// The amount as an exact fraction, in major units.
    #[must_use]
    pub fn to_ratio(self) -> Ratio {
        Ratio::new(self.0, UNIT).unwrap_or_default()
    }

    /// An exact fraction of major units as an amount, rounded down to a whole `granularity`.
    ///
    /// `None` if the granularity is not positive or the amount is too large.
    #[must_use]
    pub fn floor_to(value: &Ratio, granularity: Money) -> Option<Money> {
        if granularity.0 <= 0 {
            return None;
        }
        let steps = value
            .mul_int(UNIT)
            .checked_div(&Ratio::from(granularity.0))?
            .floor()
            .to_i128()?;
        Money::from_ten_thousandths(steps.checked_mul(granularity.0)?)
    }

    /// An amount written in a form that allows a sign, as `−` cannot occur in a cost.
    fn parse_signed(text: &str) -> Result<Money, MoneyError> {
        match text.strip_prefix('-') {
            Some(rest) => rest.parse::<Money>().map(|amount| Money(-amount.0)),
            None => text.parse(),
        }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() > 40 {
        text.chars().take(40).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Money, MoneyError> {
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        let malformed = |at: usize| MoneyError::Malformed {
            found: shortened(text),
            at,
        };
        let (whole, decimals) = text
            .split_once('.')
            .map_or((text, None), |(whole, rest)| (whole, Some(rest)));
        if whole.is_empty() || decimals.is_some_and(str::is_empty) {
            return Err(malformed(whole.len() + 1));
        }
        if let Some(at) = text
            .chars()
            .enumerate()
            .position(|(at, c)| !(c.is_ascii_digit() || c == '.' && at == whole.len()))
        {
            return Err(malformed(at + 1));
        }
        let decimals = decimals.unwrap_or("").trim_end_matches('0');
        if decimals.len() > PLACES as usize {
            return Err(MoneyError::TooPrecise {
                found: shortened(text),
            });
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 25 {
            return Err(MoneyError::TooLarge);
        }
        let digits = whole
            .bytes()
            .chain(decimals.bytes())
            .chain(std::iter::repeat_n(b'0', PLACES as usize - decimals.len()));
        let parts = digits.fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
        Money::from_ten_thousandths(parts).ok_or(MoneyError::TooLarge)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (whole, parts) = (
            magnitude / UNIT.unsigned_abs(),
            magnitude % UNIT.unsigned_abs(),
        );
        let mut text = whole.to_string();
        if parts > 0 {
            let decimals = format!("{parts:04}");
            text.push('.');
            text.push_str(decimals.trim_end_matches('0'));
        }
        f.pad_integral(self.0 >= 0, "", &text)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<i32> for Money {
    fn from(units: i32) -> Money {
        Money(i128::from(units) * UNIT)
    }
}

impl From<u32> for Money {
    fn from(units: u32) -> Money {
        Money(i128::from(units) * UNIT)
    }
}

impl From<i64> for Money {
    fn from(units: i64) -> Money {
        Money(i128::from(units) * UNIT)
    }
}

impl From<u64> for Money {
    fn from(units: u64) -> Money {
        Money(i128::from(units) * UNIT)
    }
}

impl TryFrom<Decimal> for Money {
    type Error = MoneyError;

    fn try_from(value: Decimal) -> Result<Money, MoneyError> {
        let value = value.normalize();
        let missing = PLACES
            .checked_sub(value.scale())
            .ok_or_else(|| MoneyError::TooPrecise {
                found: value.to_string(),
            })?;
        value
            .mantissa()
            .checked_mul(10_i128.pow(missing))
            .and_then(Money::from_ten_thousandths)
            .ok_or(MoneyError::TooLarge)
    }
}

impl TryFrom<Money> for Decimal {
    type Error = MoneyError;

    fn try_from(value: Money) -> Result<Decimal, MoneyError> {
        Decimal::try_from_i128_with_scale(value.0, PLACES)
            .map(|decimal| decimal.normalize())
            .map_err(|_| MoneyError::TooLarge)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Money::parse_signed(&text).map_err(de::Error::custom)
    }
}

impl Sum<Money> for Option<Money> {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Option<Money> {
        Money::checked_sum(amounts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_and_refuses() {
        for (text, shown) in [
            ("0", "0"),
            ("007", "7"),
            ("12.50", "12.5"),
            ("0.0001", "0.0001"),
            ("400000.0", "400000"),
            ("1000000000000000000000000", "1000000000000000000000000"),
        ] {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), shown);
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1,5",
            "1 500",
            "1e3",
            "+5",
            "-0",
            "-5",
            "0x10",
            "１２",
            "1.00001",
            "1000000000000000000000001",
            "99999999999999999999999999999999999999999",
        ] {
            assert!(text.parse::<Money>().is_err(), "{text}");
        }
    }

    #[test]
    fn decimal_round_trip() {
        let amount: Money = "106165.64".parse().unwrap();
        assert_eq!(
            Money::try_from(Decimal::try_from(amount).unwrap()).unwrap(),
            amount
        );
        assert!(matches!(
            Money::try_from(Decimal::new(1, 5)),
            Err(MoneyError::TooPrecise { .. })
        ));
        assert_eq!(
            Money::try_from(Decimal::new(-15, 1)).unwrap().to_string(),
            "-1.5"
        );
    }

    #[test]
    fn floors_to_granularity() {
        let third = Ratio::new(100, 3).unwrap();
        assert_eq!(
            Money::floor_to(&third, Money::from(1)).unwrap(),
            Money::from(33)
        );
        assert_eq!(
            Money::floor_to(&third, "0.01".parse().unwrap())
                .unwrap()
                .to_string(),
            "33.33"
        );
        assert!(Money::floor_to(&third, Money::ZERO).is_none());
    }
}
