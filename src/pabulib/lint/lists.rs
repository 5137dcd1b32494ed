//! Lists in cells: items separated by commas, and the values that META announces for them.

use std::collections::BTreeSet;

use super::Check;
use super::facts::{Facts, distinct_items};
use super::fields::Kind;
use super::finding::{Finding, shown};
use super::report::Report;
use super::tables::{Field, Sheet};

/// The checks of this file.
pub(super) const CHECKS: &[Check] = &[announced_values, list_lengths];

/// Are there blanks at a comma?
pub(super) fn has_inner_blanks(text: &str) -> bool {
    text.contains(',') && text.split(',').any(|item| item.trim().len() < item.len())
}

/// The first item that occurs again.
pub(super) fn repeated_item(text: &str) -> Option<&str> {
    if !text.contains(',') {
        return None;
    }
    let mut seen = BTreeSet::new();
    text.split(',')
        .map(str::trim)
        .find(|item| !item.is_empty() && !seen.insert(*item))
}

/// A value as it should be written: without blanks around it; a list of ids or numbers without blanks at
/// its commas; a list of labels with each label once, and its commas left alone.
pub(super) fn clean(text: &str, kind: Kind) -> String {
    let text = text.trim();
    match kind {
        Kind::List | Kind::Amounts => text.split(',').map(str::trim).collect::<Vec<_>>().join(","),
        Kind::Labels => {
            let mut seen = BTreeSet::new();
            let mut kept = Vec::new();
            for item in text.split(',') {
                if item.trim().is_empty() || seen.insert(item.trim()) {
                    kept.push(item);
                }
            }
            kept.join(",")
        }
        _ => text.to_owned(),
    }
}

/// META's list and the column whose values it announces.
const ANNOUNCED: &[(&str, &str)] = &[
    ("categories", "category"),
    ("neighborhoods", "neighborhood"),
];

/// `unused-value`, `undeclared-value`.
fn announced_values(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for &(field, column) in ANNOUNCED {
        let Some(list) = sheet.meta(field) else {
            continue;
        };
        if sheet.projects.column(column).is_none() && sheet.votes.column(column).is_none() {
            continue;
        }
        let announced: BTreeSet<&str> = list.items().collect();
        let mut used = distinct_items(&sheet.projects, column);
        for (value, field) in distinct_items(&sheet.votes, column) {
            used.entry(value).or_insert(field);
        }
        for &value in announced
            .iter()
            .filter(|value| !value.is_empty() && !used.contains_key(**value))
        {
            report.cell(
                list,
                Finding::UnusedValue {
                    field,
                    value: shown(value),
                    column,
                },
            );
        }
        for (value, place) in used
            .iter()
            .filter(|(value, _)| !announced.contains(value.as_str()))
        {
            report.cell(
                place,
                Finding::UndeclaredValue {
                    column,
                    value: shown(value),
                    field,
                },
            );
        }
    }
}

/// Lists with one value for each category or neighborhood.
const PER: &[(&str, &str)] = &[
    ("budget_per_category", "categories"),
    ("budget_per_neighborhood", "neighborhoods"),
    ("min_sum_cost_per_category", "categories"),
    ("max_sum_cost_per_category", "categories"),
];

/// `list-length`.
fn list_lengths(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let count = |field: &Field<'_>| u64::try_from(field.items().count()).unwrap_or(u64::MAX);
    for &(field, names) in PER {
        let (Some(values), Some(expected)) = (sheet.meta(field), sheet.meta(names)) else {
            continue;
        };
        let (found, expected) = (count(values), count(expected));
        if found != expected {
            report.cell(
                values,
                Finding::ListLength {
                    field,
                    found,
                    names,
                    expected,
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cleaned() {
        assert_eq!(clean(" a , b,a ", Kind::Labels), "a , b");
        assert_eq!(clean(" 3, 3 ,5", Kind::List), "3,3,5");
        assert_eq!(clean("3, 3", Kind::Amounts), "3,3");
        assert_eq!(clean(" a , b ", Kind::Text), "a , b");
        assert_eq!(clean(",,", Kind::Labels), ",,");
        assert!(has_inner_blanks("a, b") && !has_inner_blanks("a b"));
        assert_eq!(
            (repeated_item("a,b, a"), repeated_item("a,,")),
            (Some("a"), None)
        );
    }
}
