//! The text of a [`Ratio`]: printing, the decimal preview, reading, and serde.

use std::fmt;
use std::str::FromStr;

use dashu_int::ops::{DivRem, UnsignedAbs};
use dashu_int::{IBig, UBig};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Ratio;

/// Why a text is not a [`Ratio`]. Positions count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseRatioError {
    /// There is no text at all.
    #[error("empty text: write a number such as 12, -0.25 or 3/4")]
    Empty,
    /// The text is longer than [`Ratio::MAX_TEXT`] bytes.
    #[error(
        "the number has {length} characters, and at most {limit} are read: write a shorter number"
    )]
    TooLong {
        /// Length of the text in bytes.
        length: usize,
        /// The largest accepted length.
        limit: usize,
    },
    /// A character that is no part of a number: a blank, a grouping mark, an exponent, a plus sign, a second separator.
    #[error(
        "character {position} is {found:?}: only the digits 0 to 9, one minus sign in front, and one `/` or `.` are \
         read; write a number such as 12, -0.25 or 3/4"
    )]
    UnexpectedCharacter {
        /// The character.
        found: char,
        /// Its place, counted from 1.
        position: usize,
    },
    /// A digit has to stand here: at the start, or after a sign or separator.
    #[error("a digit is missing at character {position}: write a number such as 12, -0.25 or 3/4")]
    MissingDigits {
        /// The place of the missing digit, counted from 1.
        position: usize,
    },
    /// The number below the line is 0.
    #[error(
        "the denominator at character {position} is 0: nothing can be divided by 0, write another denominator"
    )]
    ZeroDenominator {
        /// The first digit of the denominator, counted from 1.
        position: usize,
    },
}

impl Ratio {
    /// The longest text that is read, in bytes: far above any amount or share, and small enough that hostile
    /// input costs nothing.
    pub const MAX_TEXT: usize = 65_536;

    /// A decimal preview with exactly `places` digits after the point, rounded half away from zero.
    ///
    /// The rounding is exact: it is decided in whole numbers. A value that rounds to zero has no minus sign. The
    /// cost grows with `places`; this is for showing a number, and the fraction itself remains the value.
    ///
    /// ```
    /// use quartier::exact::Ratio;
    ///
    /// let value = Ratio::new(-5, 8).ok_or("zero denominator")?;
    /// assert_eq!(value.decimal(2), "-0.63");
    /// assert_eq!(value.decimal(0), "-1");
    /// assert_eq!(value.decimal(4), "-0.6250");
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn decimal(&self, places: u32) -> String {
        let places = usize::try_from(places).unwrap_or(usize::MAX);
        let scale = UBig::from(10u8).pow(places);
        let denominator = self.0.denominator();
        // floor(|p|/q * scale + 1/2), written over the common denominator 2q.
        let doubled = (self.0.numerator().unsigned_abs() * &scale) << 1;
        let rounded = (doubled + denominator) / (denominator << 1);
        let sign = if self.is_negative() && !rounded.is_zero() {
            "-"
        } else {
            ""
        };
        if places == 0 {
            return format!("{sign}{rounded}");
        }
        let (whole, rest) = rounded.div_rem(&scale);
        let digits = rest.to_string();
        // Not a format width: the standard library panics on widths above 65535.
        let zeros = "0".repeat(places.saturating_sub(digits.len()));
        format!("{sign}{whole}.{zeros}{digits}")
    }
}

impl fmt::Display for Ratio {
    /// `p/q`, or `p` for a whole number. A requested precision is ignored, since it would cut digits off.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = self.0.numerator().unsigned_abs().to_string();
        if !self.is_integer() {
            digits.push('/');
            digits.push_str(&self.0.denominator().to_string());
        }
        formatter.pad_integral(!self.is_negative(), "", &digits)
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Ratio {
    type Err = ParseRatioError;

    /// Reads `12`, `-0.25` or `3/4`: an optional minus sign, ASCII digits, and at most one `/` or `.` with digits on
    /// both sides. Blanks, plus signs, grouping marks and exponents are refused rather than guessed.
    ///
    /// # Errors
    ///
    /// A [`ParseRatioError`] that names the place. Whatever is printed can be read back, up to [`Ratio::MAX_TEXT`].
    fn from_str(text: &str) -> Result<Self, ParseRatioError> {
        if text.is_empty() {
            return Err(ParseRatioError::Empty);
        }
        if text.len() > Self::MAX_TEXT {
            return Err(ParseRatioError::TooLong {
                length: text.len(),
                limit: Self::MAX_TEXT,
            });
        }
        let unsigned = text.strip_prefix('-');
        let start = if unsigned.is_some() { 2 } else { 1 };
        let (magnitude, denominator) = parts(unsigned.unwrap_or(text), start)?;
        let numerator = if unsigned.is_some() {
            -IBig::from(magnitude)
        } else {
            IBig::from(magnitude)
        };
        // Only the form `p/q` can hold a zero denominator, and `parts` has refused it with its place.
        Self::from_big(numerator, denominator)
            .ok_or(ParseRatioError::ZeroDenominator { position: start })
    }
}

/// Numerator and denominator of a text without sign whose first character stands at `start`.
fn parts(text: &str, start: usize) -> Result<(UBig, UBig), ParseRatioError> {
    if let Some((above, below)) = text.split_once('/') {
        let numerator = digits(above, start)?;
        let position = start + above.len() + 1;
        let denominator = digits(below, position)?;
        if denominator.is_zero() {
            return Err(ParseRatioError::ZeroDenominator { position });
        }
        return Ok((numerator, denominator));
    }
    if let Some((whole, fraction)) = text.split_once('.') {
        let integer = digits(whole, start)?;
        let decimals = digits(fraction, start + whole.len() + 1)?;
        let scale = UBig::from(10u8).pow(fraction.len());
        return Ok((integer * &scale + decimals, scale));
    }
    Ok((digits(text, start)?, UBig::ONE))
}

/// A run of ASCII digits whose first character stands at `start`.
fn digits(text: &str, start: usize) -> Result<UBig, ParseRatioError> {
    if let Some((offset, found)) = text
        .chars()
        .enumerate()
        .find(|(_, found)| !found.is_ascii_digit())
    {
        return Err(ParseRatioError::UnexpectedCharacter {
            found,
            position: start + offset,
        });
    }
    // With every character a digit, the only mistake left is that there is none.
    UBig::from_str_radix(text, 10).map_err(|_| ParseRatioError::MissingDigits { position: start })
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(RatioVisitor)
        } else {
            deserializer.deserialize_str(RatioVisitor)
        }
    }
}

/// Accepts the text form and whole numbers. A number with a decimal point is refused where the format has already
/// turned it into a float: its digits are no longer known.
struct RatioVisitor;

impl Visitor<'_> for RatioVisitor {
    type Value = Ratio;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .write_str("a whole number, or an exact number in quotes such as \"3/4\" or \"-0.25\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Ratio, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Ratio, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Ratio, E> {
        Ok(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Ratio, E> {
        Ok(value.into())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Ratio, E> {
        Ok(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> ParseRatioError {
        text.parse::<Ratio>().unwrap_err()
    }

    #[test]
    fn reads_the_three_forms() {
        let forms = [
            ("12", 12, 1),
            ("-0.25", -1, 4),
            ("3/4", 3, 4),
            ("-6/8", -3, 4),
            ("007.50", 15, 2),
            ("-0", 0, 1),
            ("0/9", 0, 1),
        ];
        for (text, numerator, denominator) in forms {
            assert_eq!(
                text.parse(),
                Ok(Ratio::new(numerator, denominator).unwrap()),
                "{text}"
            );
        }
    }

    #[test]
    fn names_the_place_of_a_strange_character() {
        let cases = [
            ("+1", '+', 1),
            (" 1", ' ', 1),
            ("1 ", ' ', 2),
            ("1e3", 'e', 2),
            ("1_000", '_', 2),
            ("1,5", ',', 2),
            ("--1", '-', 2),
            ("3/-4", '-', 3),
            ("3/+4", '+', 3),
            ("1.5/2", '.', 2),
            ("1/2/3", '/', 4),
            ("1.2.3", '.', 4),
            ("-1.2x", 'x', 5),
            ("١", '١', 1),
            ("1/2\n", '\n', 4),
            ("0x1", 'x', 2),
            ("NaN", 'N', 1),
        ];
        for (text, found, position) in cases {
            assert_eq!(
                refused(text),
                ParseRatioError::UnexpectedCharacter { found, position },
                "{text:?}"
            );
        }
    }

    #[test]
    fn names_the_place_of_a_missing_digit() {
        for (text, position) in [
            ("-", 2),
            (".5", 1),
            ("5.", 3),
            ("-.5", 2),
            ("/2", 1),
            ("1/", 3),
            (".", 1),
        ] {
            assert_eq!(
                refused(text),
                ParseRatioError::MissingDigits { position },
                "{text:?}"
            );
        }
    }

    #[test]
    fn refuses_nothing_zero_below_and_endless_text() {
        assert_eq!(refused(""), ParseRatioError::Empty);
        assert_eq!(
            refused("-12/00"),
            ParseRatioError::ZeroDenominator { position: 5 }
        );
        let longest = "1".repeat(Ratio::MAX_TEXT);
        assert_eq!(longest.parse::<Ratio>().unwrap().to_string(), longest);
        let error = refused(&(longest + "1"));
        assert_eq!(
            error,
            ParseRatioError::TooLong {
                length: Ratio::MAX_TEXT + 1,
                limit: Ratio::MAX_TEXT
            }
        );
    }

    #[test]
    fn messages_name_place_and_remedy() {
        assert_eq!(
            refused("1,5").to_string(),
            "character 2 is ',': only the digits 0 to 9, one minus sign in front, and one `/` or `.` are read; \
             write a number such as 12, -0.25 or 3/4"
        );
    }

    #[test]
    fn decimal_rounds_half_away_from_zero() {
        let cases = [
            ("1/2", 0, "1"),
            ("-1/2", 0, "-1"),
            ("1/3", 4, "0.3333"),
            ("2/3", 4, "0.6667"),
            ("0.005", 2, "0.01"),
            ("-0.004", 2, "0.00"),
            ("999.995", 2, "1000.00"),
            ("7", 3, "7.000"),
            ("0", 2, "0.00"),
            ("1/20", 1, "0.1"),
        ];
        for (text, places, expected) in cases {
            assert_eq!(
                text.parse::<Ratio>().unwrap().decimal(places),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn decimal_places_beyond_a_format_width() {
        let preview = Ratio::new(1, 1000).unwrap().decimal(70_000);
        assert_eq!(preview.len(), 70_002);
        assert!(preview.starts_with("0.0010000"));
    }

    #[test]
    fn width_pads_and_precision_cuts_nothing() {
        let value = Ratio::new(-1234, 5).unwrap();
        assert_eq!(format!("{value:>9}|{value:.2}"), "  -1234/5|-1234/5");
    }

    #[test]
    fn json_reads_strings_and_whole_numbers_but_no_floats() {
        let values: Vec<Ratio> =
            serde_json::from_str(r#"["3/4", 12, -7, 18446744073709551615]"#).unwrap();
        assert_eq!(format!("{values:?}"), "[3/4, 12, -7, 18446744073709551615]");
        let error = serde_json::from_str::<Ratio>("0.1")
            .unwrap_err()
            .to_string();
        assert!(error.contains("an exact number in quotes"), "{error}");
        let error = serde_json::from_str::<Ratio>("\"1/0\"")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("the denominator at character 3 is 0"),
            "{error}"
        );
    }
}
