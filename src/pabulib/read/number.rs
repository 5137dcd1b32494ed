//! Numbers as people and spreadsheets write them: one grammar, everything else refused by name.

use std::str::FromStr;

use super::report::{Report, Spot};
use crate::election::{Money, Points};
use crate::pabulib::fault::Fault;

/// A text short enough to be shown.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

fn too_long(spot: Spot<'_>, text: &str, report: &mut Report) -> bool {
    let limit = report.options().read_limits().digits();
    let long = text.len() > limit;
    if long {
        report.spot(
            spot,
            Fault::LimitExceeded {
                what: "characters in a number",
                limit,
            },
        );
    }
    long
}

/// A whole number in ASCII digits.
pub(super) fn whole(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Reads a whole number, or reports why not.
pub(super) fn read_whole(
    what: &str,
    text: &str,
    spot: Spot<'_>,
    report: &mut Report,
) -> Option<u64> {
    if too_long(spot, text, report) {
        return None;
    }
    let number = whole(text);
    if number.is_none() {
        report.spot(
            spot,
            Fault::BadWholeNumber {
                what: what.to_owned(),
                found: shortened(text),
            },
        );
    }
    number
}

/// Reads an amount, or reports why not.
pub(super) fn read_money(
    what: &str,
    text: &str,
    spot: Spot<'_>,
    report: &mut Report,
) -> Option<Money> {
    let bad = |what, error| Fault::BadAmount { what, error };
    read_decimal(what, text, spot, report, bad)
}

/// Reads points, or reports why not.
pub(super) fn read_points(
    what: &str,
    text: &str,
    spot: Spot<'_>,
    report: &mut Report,
) -> Option<Points> {
    let bad = |what, error| Fault::BadPoints { what, error };
    read_decimal(what, text, spot, report, bad)
}

fn read_decimal<T: FromStr>(
    what: &str,
    text: &str,
    spot: Spot<'_>,
    report: &mut Report,
    bad: impl FnOnce(String, T::Err) -> Fault,
) -> Option<T> {
    if too_long(spot, text, report) {
        return None;
    }
    match text.parse() {
        Ok(number) => return Some(number),
        Err(_) if text.contains(',') => {
            let fault = Fault::CommaInNumber {
                what: what.to_owned(),
                found: shortened(text),
            };
            report.fixable(spot, fault, with_point(text));
        }
        Err(error) => report.spot(spot, bad(what.to_owned(), error)),
    }
    None
}

/// The number with a decimal point, where that is surely what was meant: three digits after a comma may be
/// thousands, so `1,500` is not touched.
fn with_point(text: &str) -> Option<String> {
    let (units, decimals) = text.split_once(',')?;
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (plain(units) && plain(decimals) && decimals.len() < 3).then(|| format!("{units}.{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_is_turned_into_a_point_only_where_that_is_sure() {
        assert_eq!(with_point("1,5").as_deref(), Some("1.5"));
        assert_eq!(with_point("1200,50").as_deref(), Some("1200.50"));
        for text in ["1,500", "1,2,3", ",5", "1,", "1,5 ", "1.000,50"] {
            assert_eq!(with_point(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_digits() {
        assert_eq!(whole("007"), Some(7));
        for text in [
            "",
            "+5",
            "-0",
            "1e3",
            "0x10",
            "1 500",
            "１２",
            "5.0",
            "99999999999999999999",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
