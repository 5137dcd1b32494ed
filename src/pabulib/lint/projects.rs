//! PROJECTS: totals present, `selected` in range, every project voted for, coordinates on the globe.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::finding::{Finding, shown};
use super::meta::is_whole;
use super::report::Report;
use super::tables::{Field, Sheet};
use super::{Check, MISSING};
use crate::pabulib::Section;

/// The checks of this file.
pub(super) const CHECKS: &[Check] = &[
    total_columns,
    selected_values,
    without_votes,
    coordinates,
    shared_coordinates,
];

/// `no-votes-column`, `no-score-column`.
fn total_columns(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let table = &sheet.projects;
    if table.line == MISSING || table.columns.is_empty() {
        return;
    }
    if table.column("votes").is_none() {
        report.section(Section::Projects, table.line, Finding::NoVotesColumn);
    }
    if table.column("score").is_none() && (facts.has_points() || facts.vote_type == "ordinal") {
        report.section(Section::Projects, table.line, Finding::NoScoreColumn);
    }
}

/// `selected-value`.
fn selected_values(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    for field in sheet
        .projects
        .column("selected")
        .into_iter()
        .flat_map(|column| sheet.projects.values(column))
    {
        if !matches!(field.text(), "0" | "1" | "2" | "3") {
            report.cell_unless_reader(
                &field,
                Finding::SelectedValue {
                    found: shown(field.text()),
                },
            );
        }
    }
}

/// `project-without-votes`.
fn without_votes(_: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    if facts.ballots.named == 0 {
        return;
    }
    for project in facts.projects.iter().filter(|project| project.named == 0) {
        report.cell(
            &project.id,
            Finding::ProjectWithoutVotes {
                project: shown(project.id.text()),
            },
        );
    }
}

/// Whole degrees, and whether there is a part of a degree besides; `None` if it is not a plain decimal number.
fn degrees(text: &str) -> Option<(u32, bool)> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    (is_whole(whole) && is_whole(part)).then(|| {
        (
            whole.parse().unwrap_or(u32::MAX),
            part.bytes().any(|digit| digit != b'0'),
        )
    })
}

/// `coordinate-form`, `coordinate-range` of one coordinate.
fn coordinate(field: &Field<'_>, what: &'static str, limit: u32, report: &mut Report) {
    let found = || shown(field.text());
    match degrees(field.text()) {
        _ if field.text().is_empty() => {}
        None => report.cell_unless_reader(
            field,
            Finding::CoordinateForm {
                what,
                found: found(),
            },
        ),
        Some((whole, part)) if whole > limit || (whole == limit && part) => {
            report.cell(
                field,
                Finding::CoordinateRange {
                    what,
                    found: found(),
                    limit,
                },
            );
        }
        Some(_) => {}
    }
}

/// The pairs of latitude and longitude, row by row, if there are both columns.
fn pairs<'s>(sheet: &'s Sheet<'_>) -> impl Iterator<Item = (Field<'s>, Field<'s>)> {
    let table = &sheet.projects;
    let columns = table.column("latitude").zip(table.column("longitude"));
    columns.into_iter().flat_map(move |(latitude, longitude)| {
        table
            .rows
            .iter()
            .filter_map(move |&row| table.cell(row, latitude).zip(table.cell(row, longitude)))
    })
}

/// `coordinate-alone`, `coordinate-form`, `coordinate-range`.
fn coordinates(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let column = |name: &str| {
        sheet
            .projects
            .columns
            .iter()
            .find(|column| column.text() == name)
    };
    match (column("latitude"), column("longitude")) {
        (Some(found), None) => report.cell(
            found,
            Finding::CoordinateAlone {
                missing: "longitude",
            },
        ),
        (None, Some(found)) => report.cell(
            found,
            Finding::CoordinateAlone {
                missing: "latitude",
            },
        ),
        _ => {}
    }
    for (latitude, longitude) in pairs(sheet) {
        coordinate(&latitude, "latitude", 90, report);
        coordinate(&longitude, "longitude", 180, report);
        match (latitude.text().is_empty(), longitude.text().is_empty()) {
            (true, false) => report.cell(
                &longitude,
                Finding::CoordinateAlone {
                    missing: "latitude",
                },
            ),
            (false, true) => report.cell(
                &latitude,
                Finding::CoordinateAlone {
                    missing: "longitude",
                },
            ),
            _ => {}
        }
    }
}

/// A coordinate in one way of writing.
fn normal(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

/// `coordinate-shared`, once for each point, at the second project.
fn shared_coordinates(sheet: &Sheet<'_>, _: &Facts<'_>, report: &mut Report) {
    let mut points: BTreeMap<(String, String), (u64, Option<Field<'_>>, u64)> = BTreeMap::new();
    for (latitude, longitude) in pairs(sheet) {
        if degrees(latitude.text()).is_none() || degrees(longitude.text()).is_none() {
            continue;
        }
        let point = (
            normal(latitude.text()).to_owned(),
            normal(longitude.text()).to_owned(),
        );
        let (count, second, _) = points
            .entry(point)
            .or_insert((0, None, latitude.line.number));
        *count += 1;
        if *count == 2 {
            *second = Some(latitude);
        }
    }
    for (count, second, line) in points.into_values() {
        if let Some(second) = second {
            report.cell(&second, Finding::CoordinateShared { count, line });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_plain_decimals() {
        assert_eq!(degrees("52.2297"), Some((52, true)));
        assert_eq!(degrees("-90.000"), Some((90, false)));
        assert_eq!(degrees("99999999999"), Some((u32::MAX, false)));
        for text in ["", "-", "52,2", "5.", ".5", "1e3", "+5", "--5", "N52"] {
            assert_eq!(degrees(text), None, "{text}");
        }
        assert_eq!(
            (normal("5.10"), normal("5.0"), normal("50")),
            ("5.1", "5", "50")
        );
    }
}
