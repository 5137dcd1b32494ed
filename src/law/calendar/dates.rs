//! Days in a document, and texts that people read.

use crate::election::{Date, is_invisible};
use crate::law::fault::FaultKind;
use crate::law::reader::Reader;
use crate::law::value::Value;

/// What a day looks like, for messages.
pub(in crate::law) const DATE: &str = "a day in quotes, such as \"2018-12-17\"";

/// Years in which editions take place: outside, a digit was forgotten or doubled.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// Is the day of a year in which editions take place?
pub(super) fn is_usual(day: Date) -> bool {
    YEARS.contains(&day.year())
}

/// The day that a value says.
pub(in crate::law) fn as_date(reader: &Reader<'_>, key: &str, value: &Value) -> Option<Date> {
    let text = reader.as_text(key, value, &[DATE])?;
    let fault = |why: &str| {
        reader.fault(key, FaultKind::BadValue, &[DATE], why);
        None
    };
    match text.parse::<Date>() {
        Ok(day) if is_usual(day) => Some(day),
        Ok(day) => fault(&format!("{day} is not in the years 1900 to 2999")),
        Err(error) => fault(&error.to_string()),
    }
}

/// A day that must be written.
pub(super) fn date(reader: &Reader<'_>, key: &'static str) -> Option<Date> {
    let value = reader.require(key, &[DATE])?;
    as_date(reader, key, value)
}

/// An id that must be written: visible, and no blanks around it.
pub(super) fn id(reader: &Reader<'_>, what: &'static str) -> Option<String> {
    let text = reader.text("id", &[what])?;
    checked(reader, "id", text, what)
}

/// The same text, if every character of it can be seen.
pub(in crate::law) fn checked(
    reader: &Reader<'_>,
    key: &str,
    text: &str,
    what: &str,
) -> Option<String> {
    if text.trim() != text || text.chars().any(is_invisible) {
        let why = "it has blanks around it or characters that cannot be seen";
        reader.fault(key, FaultKind::BadValue, &[what], why);
        return None;
    }
    Some(text.to_owned())
}

/// Notes the ids that were written before, at the place of the later one.
pub(super) fn check_twice<'a>(
    reader: &Reader<'_>,
    list: &str,
    ids: impl IntoIterator<Item = &'a str>,
) {
    let mut known: Vec<&str> = Vec::new();
    for (at, id) in ids.into_iter().enumerate() {
        if known.contains(&id) {
            let why = format!("`{id}` is written before: rename one of them");
            let key = format!("{list}[{at}].id");
            reader.fault(&key, FaultKind::DuplicateId, &[], &why);
        }
        known.push(id);
    }
}
