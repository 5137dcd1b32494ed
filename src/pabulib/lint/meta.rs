//! META: values of the right type, dates, codes, the rule's name, comments.

use super::Check;
use super::facts::Facts;
use super::fields::{self, Kind};
use super::finding::{Finding, shown};
use super::report::Report;
use super::tables::{Field, Sheet};
use crate::election::{Date, Money, Points};

/// The checks of this file.
pub(super) const CHECKS: &[Check] = &[field_types, dates, codes, rule, comments];

/// Is it digits only?
pub(super) fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the value should be, if it is not.
pub(super) fn wrong_type(kind: Kind, field: &Field<'_>) -> Option<&'static str> {
    let text = field.text();
    let (right, expected) = match kind {
        Kind::Text | Kind::List | Kind::Labels => return None,
        Kind::Whole => (is_whole(text), "a whole number"),
        Kind::Amount => (
            text.parse::<Money>().is_ok(),
            "an amount such as 80000 or 12.5",
        ),
        Kind::Number => (text.parse::<Points>().is_ok(), "a number"),
        Kind::Amounts => (
            field.items().all(|item| item.parse::<Money>().is_ok()),
            "a list of amounts separated by commas",
        ),
        Kind::Flag => (text == "1", "1 or absent"),
    };
    (!right).then_some(expected)
}

/// `field-type`, for the fields that the reader does not need.
fn field_types(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for entry in &sheet.meta {
        let Some(position) = fields::position(fields::META, entry.key.text()) else {
            continue;
        };
        let kind = fields::META
            .get(position)
            .map_or(Kind::Text, |known| known.kind);
        if entry.value.text().is_empty() {
            continue;
        }
        if let Some(expected) = wrong_type(kind, &entry.value) {
            let finding = Finding::FieldType {
                field: shown(entry.key.text()),
                expected,
                found: shown(entry.value.text()),
            };
            report.cell_unless_reader(&entry.value, finding);
        }
    }
}

/// The first and the last day that a date can mean: a year is all its days.
fn days(text: &str) -> Option<(Date, Date)> {
    let number = |part: &str, length: usize| {
        (part.len() == length && is_whole(part))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    if let Some(year) = number(text, 4) {
        return Date::new(year, 1, 1).zip(Date::new(year, 12, 31));
    }
    let mut parts = text.splitn(3, '.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let day = Date::new(
        number(year, 4)?,
        i8::try_from(number(month, 2)?).ok()?,
        i8::try_from(number(day, 2)?).ok()?,
    )?;
    Some((day, day))
}

/// `date-form`, `date-order`.
fn dates(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let mut read = |key: &str| {
        let field = sheet.meta(key)?;
        let days = days(field.text());
        if days.is_none() {
            report.cell(
                field,
                Finding::DateForm {
                    field: key.to_owned(),
                    found: shown(field.text()),
                },
            );
        }
        days.map(|days| (field, days))
    };
    let (Some((begin, (first, _))), Some((end, (_, last)))) =
        (read("date_begin"), read("date_end"))
    else {
        return;
    };
    if last < first {
        report.cell(
            end,
            Finding::DateOrder {
                begin: begin.text().to_owned(),
                end: end.text().to_owned(),
            },
        );
    }
}

/// Letters of any script, with what stands between them in the names of countries.
fn is_country(text: &str) -> bool {
    text.chars().count() >= 2
        && text.starts_with(char::is_uppercase)
        && text.chars().all(|c| {
            c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | '(' | ')' | '&')
        })
}

/// `country-form`, `currency-code`, `language-code`: the form only, since lists of names and codes change.
fn codes(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let code = |length: usize, right: fn(&u8) -> bool| {
        move |text: &str| text.len() == length && text.bytes().all(|byte| right(&byte))
    };
    if let Some(field) = sheet
        .meta("country")
        .filter(|field| !is_country(field.text()))
    {
        report.cell(
            field,
            Finding::CountryForm {
                found: shown(field.text()),
            },
        );
    }
    let currency = code(3, u8::is_ascii_uppercase);
    if let Some(field) = sheet
        .meta("currency")
        .filter(|field| !currency(field.text()))
    {
        report.cell(
            field,
            Finding::CurrencyCode {
                found: shown(field.text()),
            },
        );
    }
    let language = code(2, u8::is_ascii_lowercase);
    if let Some(field) = sheet
        .meta("language")
        .filter(|field| !language(field.text()))
    {
        report.cell(
            field,
            Finding::LanguageCode {
                found: shown(field.text()),
            },
        );
    }
}

/// The rules that the format knows.
const RULES: &[&str] = &[
    "greedy",
    "greedy-no-skip",
    "greedy-threshold",
    "greedy-exclusive",
    "greedy-custom",
    "equalshares",
    "equalshares-comparison",
    "equalshares/add1",
    "equalshares/add1-comparison",
    "unknown",
];

/// `unknown-rule`.
fn rule(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    if let Some(field) = sheet
        .meta("rule")
        .filter(|field| !RULES.contains(&field.text()))
    {
        report.cell_unless_reader(
            field,
            Finding::UnknownRule {
                found: shown(field.text()),
            },
        );
    }
}

/// The numbers of `#1: ... #2: ...`, where a number sign begins a word.
fn comment_numbers(text: &str) -> impl Iterator<Item = Option<u64>> {
    let begins_word = |at: usize| {
        text.get(..at)
            .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    };
    text.match_indices('#')
        .filter(move |&(at, _)| begins_word(at))
        .filter_map(|(at, _)| {
            let rest = text.get(at + 1..)?;
            let (number, after) =
                rest.split_at_checked(rest.bytes().take_while(u8::is_ascii_digit).count())?;
            (!number.is_empty() && after.starts_with(':')).then(|| number.parse().ok())
        })
}

/// `comment-numbering`.
fn comments(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let Some(field) = sheet.meta("comment") else {
        return;
    };
    if !field.text().starts_with("#1: ") {
        return report.cell(field, Finding::CommentNumbering { expected: 1 });
    }
    let wrong = (1..)
        .zip(comment_numbers(field.text()))
        .find(|(expected, number)| *number != Some(*expected));
    if let Some((expected, _)) = wrong {
        report.cell(field, Finding::CommentNumbering { expected });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_or_years() {
        for text in ["2024", "29.02.2024", "31.12.1999"] {
            assert!(days(text).is_some(), "{text}");
        }
        for text in [
            "",
            "24",
            "29.02.2023",
            "1.2.2024",
            "2024-01-01",
            "01.13.2024",
            "01.01.20244",
            "..",
            "31.12.+999",
        ] {
            assert!(days(text).is_none(), "{text}");
        }
    }

    #[test]
    fn comments_count_from_one() {
        let numbers = |text| {
            comment_numbers(text)
                .map(|n| n.unwrap_or(0))
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers("#1: a (see # and #5, or x#9: y) #2: b"), [1, 2]);
        assert_eq!(numbers("#99999999999999999999: a"), [0]);
        assert!(numbers("").is_empty());
    }
}
