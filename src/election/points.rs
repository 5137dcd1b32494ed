//! Points that a voter gives to a project.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::exact::Ratio;

const UNIT: i64 = 1_000_000;
const PLACES: usize = 6;
/// The largest magnitude: 10^12 points, in millionths it fits 63 bits and sums over 2^64 voters fit 128.
const LIMIT: i64 = 1_000_000_000_000_000_000;

/// Points on a ballot: an exact decimal number with at most six decimals, between −10^12 and 10^12.
///
/// ```
/// use quartier::election::Points;
/// assert_eq!("2.50".parse::<Points>()?.to_string(), "2.5");
/// assert_eq!(Points::from(3).to_string(), "3");
/// # Ok::<(), quartier::election::PointsError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// Why a text is not a number of points.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PointsError {
    /// Not a plain decimal number.
    #[error(
        "`{found}` is not a number of points: write digits with an optional sign and decimal point, such as 3 or 2.5"
    )]
    Malformed {
        /// The text that was read, shortened.
        found: String,
    },
    /// More than six decimals or beyond 10^12.
    #[error("`{found}` has more than 6 decimals or is beyond 10^12")]
    OutOfRange {
        /// The text that was read, shortened.
        found: String,
    },
}

impl Points {
    /// No points.
    pub const ZERO: Points = Points(0);

    /// Points from millionths; `None` beyond ±10^12 points.
    #[must_use]
    pub const fn from_millionths(parts: i64) -> Option<Points> {
        if parts > LIMIT || parts < -LIMIT {
            None
        } else {
            Some(Points(parts))
        }
    }

    /// The number of millionths of a point.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// The points as an exact fraction.
    #[must_use]
    pub fn to_ratio(self) -> Ratio {
        Points::ratio_of(i128::from(self.0))
    }

    /// A sum of millionths as an exact fraction.
    pub(crate) fn ratio_of(millionths: i128) -> Ratio {
        Ratio::new(millionths, i128::from(UNIT)).unwrap_or_default()
    }
}

impl From<i32> for Points {
    fn from(points: i32) -> Points {
        Points(i64::from(points) * UNIT)
    }
}

impl FromStr for Points {
    type Err = PointsError;

    fn from_str(text: &str) -> Result<Points, PointsError> {
        let shown = || text.chars().take(40).collect::<String>();
        let (negative, digits) = text
            .strip_prefix('-')
            .map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = digits
            .split_once('.')
            .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !decimals.is_none_or(plain) {
            return Err(PointsError::Malformed { found: shown() });
        }
        let whole = whole.trim_start_matches('0');
        let decimals = decimals.unwrap_or("").trim_end_matches('0');
        if whole.len() > 13 || decimals.len() > PLACES {
            return Err(PointsError::OutOfRange { found: shown() });
        }
        let digits = whole
            .bytes()
            .chain(decimals.bytes())
            .chain(std::iter::repeat_n(b'0', PLACES - decimals.len()));
        let parts = digits.fold(0_i64, |sum, digit| {
            sum.saturating_mul(10)
                .saturating_add(i64::from(digit - b'0'))
        });
        Points::from_millionths(if negative { -parts } else { parts })
            .ok_or_else(|| PointsError::OutOfRange { found: shown() })
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (whole, parts) = (
            magnitude / UNIT.unsigned_abs(),
            magnitude % UNIT.unsigned_abs(),
        );
        let sign = if self.0 < 0 { "-" } else { "" };
        if parts == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(
                f,
                "{sign}{whole}.{}",
                format!("{parts:06}").trim_end_matches('0')
            )
        }
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Points, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_and_refuses() {
        for (text, shown) in [
            ("0", "0"),
            ("3", "3"),
            ("2.50", "2.5"),
            ("-1", "-1"),
            ("0.000001", "0.000001"),
            ("1000000000000", "1000000000000"),
        ] {
            assert_eq!(text.parse::<Points>().unwrap().to_string(), shown);
        }
        for text in [
            "",
            "-",
            "+1",
            "1,5",
            "1e3",
            " 1",
            "1.",
            ".5",
            "1.0000001",
            "1000000000001",
            "99999999999999",
        ] {
            assert!(text.parse::<Points>().is_err(), "{text}");
        }
    }
}
