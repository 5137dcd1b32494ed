//! The one grammar of numbers in tables. What could be meant in two ways is refused, never guessed.
//!
//! | kind | written | refused, with the place |
//! |---|---|---|
//! | whole number | ASCII digits: `1500` | `1,500` `1.500` `1 500` `1'500` `1e3` `+5` `-0` `0x10` `１２` |
//! | amount of money | digits, a point and up to four decimals: `12.5` | the same, and `1.500`: grouped digits in one country, three decimals in another; write `1500`, `1.5` or `1.5000` |
//! | figure of an area | as an amount, a minus sign in front, or a fraction: `-0.25`, `3/4` | the same, and `-0` |

use crate::election::{Date, Money};
use crate::exact::Ratio;
use crate::tally::table::{Cell, Fault, Report, Severity};

/// A whole number from 0.
pub(super) fn whole(cell: Cell<'_>, column: &str, report: &mut Report) -> Option<u64> {
    let fault = match whole_of(cell.text()) {
        Ok(number) => return Some(number),
        Err(Whole::Malformed(at)) => {
            let rest: String = cell.text().chars().skip(at).collect();
            let fault = Fault::NotANumber {
                column: column.to_owned(),
                at: at + 1,
            };
            report.within(Severity::Error, cell, at, &rest, fault);
            return None;
        }
        Err(Whole::TooLarge) => Fault::TooLarge {
            column: column.to_owned(),
            most: u64::MAX,
        },
    };
    report.cell(Severity::Error, cell, fault);
    None
}

/// A number of ballots or voters, at least 1.
pub(super) fn positive(cell: Cell<'_>, column: &'static str, report: &mut Report) -> Option<u64> {
    let number = whole(cell, column, report)?;
    if number == 0 {
        report.cell(Severity::Error, cell, Fault::NotAboveZero { column });
        return None;
    }
    Some(number)
}

/// A whole number, or nothing where it is not stated. `None` if the cell is wrong.
#[expect(
    clippy::option_option,
    reason = "not stated and not readable are two things"
)]
pub(super) fn stated(cell: Cell<'_>, column: &str, report: &mut Report) -> Option<Option<u64>> {
    if cell.text().is_empty() {
        return Some(None);
    }
    whole(cell, column, report).map(Some)
}

/// Why a text is not a whole number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// The characters before the first that does not fit.
    Malformed(usize),
    TooLarge,
}

pub(super) fn whole_of(text: &str) -> Result<u64, Whole> {
    let mut number = 0_u64;
    for (at, c) in text.chars().enumerate() {
        let digit = c.to_digit(10).ok_or(Whole::Malformed(at))?;
        let next = number
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(u64::from(digit)));
        number = match next {
            Some(next) => next,
            // A later character may still be the worse mistake.
            None if text.bytes().all(|b| b.is_ascii_digit()) => return Err(Whole::TooLarge),
            None => {
                let at = text.chars().position(|c| !c.is_ascii_digit());
                return Err(Whole::Malformed(at.unwrap_or(0)));
            }
        };
    }
    if text.is_empty() {
        Err(Whole::Malformed(0))
    } else {
        Ok(number)
    }
}

/// An amount of money.
pub(super) fn amount(cell: Cell<'_>, report: &mut Report) -> Option<Money> {
    if is_ambiguous(cell.text()) {
        report.cell(Severity::Error, cell, Fault::AmbiguousAmount);
        return None;
    }
    match cell.text().parse() {
        Ok(amount) => Some(amount),
        Err(error) => {
            report.cell(Severity::Error, cell, Fault::NotAnAmount(error));
            None
        }
    }
}

/// A figure such as a population.
pub(super) fn figure(cell: Cell<'_>, column: &str, report: &mut Report) -> Option<Ratio> {
    let text = cell.text();
    let fault = if is_ambiguous(text.strip_prefix('-').unwrap_or(text)) {
        Fault::AmbiguousAmount
    } else {
        match text.parse::<Ratio>() {
            Ok(figure) if figure.is_zero() && text.starts_with('-') => Fault::MinusNought {
                column: column.to_owned(),
            },
            Ok(figure) => return Some(figure),
            Err(error) => Fault::NotARatio(error),
        }
    };
    report.cell(Severity::Error, cell, fault);
    None
}

/// A day.
pub(super) fn day(cell: Cell<'_>, report: &mut Report) -> Option<Date> {
    match cell.text().parse() {
        Ok(day) => Some(day),
        Err(error) => {
            report.cell(Severity::Error, cell, Fault::NotADate(error));
            None
        }
    }
}

/// `1.500` and its like: a group of one to three digits that does not begin with 0, a point, three digits.
fn is_ambiguous(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, decimals)| {
        matches!(whole.len(), 1..=3) && !whole.starts_with('0') && decimals.len() == 3
    })
}

/// An amount as it is written, so that it reads back: never with exactly three decimals.
pub(super) fn written(amount: Money) -> String {
    let text = amount.to_string();
    if is_ambiguous(&text) {
        text + "0"
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_one_spelling() {
        for (text, number) in [("0", 0), ("1500", 1500), ("007", 7)] {
            assert_eq!(whole_of(text), Ok(number));
        }
        assert_eq!(whole_of(&u64::MAX.to_string()), Ok(u64::MAX));
        assert_eq!(whole_of("18446744073709551616"), Err(Whole::TooLarge));
        for (text, at) in [
            ("", 0),
            ("1,500", 1),
            ("1.500", 1),
            ("1 500", 1),
            ("1\u{a0}500", 1),
            ("1e3", 1),
            ("１２", 0),
            ("+5", 0),
            ("-0", 0),
            ("0x10", 1),
            ("12 ", 2),
            ("184467440737095516160x", 21),
        ] {
            assert_eq!(whole_of(text), Err(Whole::Malformed(at)), "{text}");
        }
    }

    #[test]
    fn three_decimals_could_be_a_group() {
        for text in ["1.500", "12.500", "123.000"] {
            assert!(is_ambiguous(text), "{text}");
        }
        for text in ["0.125", "1.5", "1.50", "1.5000", "1500", "1234.567", ".500"] {
            assert!(!is_ambiguous(text), "{text}");
        }
        assert_eq!(written("1.125".parse().unwrap()), "1.1250");
        assert_eq!(written("1.5".parse().unwrap()), "1.5");
    }
}
