//! VOTES: what is known of the voters, and the order of points.

use super::Check;
use super::facts::Facts;
use super::fields::{self, Kind};
use super::finding::{Finding, shown};
use super::meta::{is_whole, wrong_type};
use super::report::Report;
use super::tables::{Field, Seen, Sheet};
use crate::election::Points;

/// The checks of this file. A wrong value is reported once, where it is first, with how often it occurs:
/// one mistake in an export spoils a whole column.
pub(super) const CHECKS: &[Check] = &[ages, sexes, voting_methods, column_types, points_order];

/// Reports each distinct value of a column that is not right.
fn wrong_values(
    sheet: &Sheet<'_>,
    column: &str,
    right: impl Fn(&str) -> bool,
    finding: impl Fn(String, u64) -> Finding,
    report: &mut Report,
) {
    for (value, Seen { field, count }) in sheet.votes.distinct(column) {
        if !right(&value) {
            report.cell_unless_reader(&field, finding(shown(&value), count));
        }
    }
}

/// A number of at most three digits, or two of them with the smaller first.
fn is_age(text: &str) -> bool {
    let age = |text: &str| {
        if is_whole(text) && text.len() <= 3 {
            text.parse::<u16>().ok()
        } else {
            None
        }
    };
    match text.split_once('-') {
        Some((from, to)) => age(from).zip(age(to)).is_some_and(|(from, to)| from <= to),
        None => age(text).is_some(),
    }
}

/// `age-form`.
fn ages(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    wrong_values(
        sheet,
        "age",
        is_age,
        |found, count| Finding::AgeForm { found, count },
        report,
    );
}

/// `sex-value`.
fn sexes(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let right = |value: &str| matches!(value, "F" | "M" | "O");
    wrong_values(
        sheet,
        "sex",
        right,
        |found, count| Finding::SexValue { found, count },
        report,
    );
}

/// `voting-method-value`.
fn voting_methods(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let right = |value: &str| matches!(value, "internet" | "paper");
    wrong_values(
        sheet,
        "voting_method",
        right,
        |found, count| Finding::VotingMethodValue { found, count },
        report,
    );
}

/// `column-type`, in VOTES and in PROJECTS.
fn column_types(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for (table, known) in [
        (&sheet.projects, fields::PROJECTS),
        (&sheet.votes, fields::VOTES),
    ] {
        for column in known
            .iter()
            .filter(|known| !matches!(known.kind, Kind::Text | Kind::List | Kind::Labels))
        {
            for (_, Seen { field, count }) in table.distinct(column.name) {
                if let Some(expected) = wrong_type(column.kind, &field) {
                    let finding = Finding::ColumnType {
                        column: column.name.to_owned(),
                        expected,
                        found: shown(field.text()),
                        count,
                    };
                    report.cell_unless_reader(&field, finding);
                }
            }
        }
    }
}

/// Do the points never rise from one project to the next? What is not a number is the reader's.
fn is_descending(field: &Field<'_>) -> bool {
    let mut last: Option<Points> = None;
    for points in field.items().filter_map(|item| item.parse::<Points>().ok()) {
        if last.is_some_and(|last| points > last) {
            return false;
        }
        last = Some(points);
    }
    true
}

/// `points-unsorted`, once, at the first such vote.
fn points_order(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let Some(column) = sheet.votes.column("points") else {
        return;
    };
    let mut unsorted = sheet
        .votes
        .values(column)
        .filter(|field| !is_descending(field));
    if let Some(first) = unsorted.next() {
        let count = u64::try_from(unsorted.count())
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        report.cell(&first, Finding::PointsUnsorted { count });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_numbers_or_ranges() {
        for text in ["0", "37", "117", "40-59", "0-12"] {
            assert!(is_age(text), "{text}");
        }
        for text in [
            "", "-1", "59-40", "4-", "forty", "1000", "1-2-3", "18+", "37.5",
        ] {
            assert!(!is_age(text), "{text}");
        }
    }
}
