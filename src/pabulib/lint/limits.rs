//! Whether META fits the type of the vote: limits, points, thresholds.

use super::facts::Facts;
use super::finding::{Finding, shown};
use super::report::Report;
use super::tables::Sheet;
use super::{Check, MISSING};
use crate::pabulib::Section;

/// The checks of this file.
pub(super) const CHECKS: &[Check] = &[
    fields_of_other_types,
    unexpected_points,
    threshold,
    max_sum_points,
    choose_one,
    choose_one_suggested,
    max_length,
    average_length,
];

/// What a limit limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Points,
    Cost,
}

/// Fields that have a meaning for some types of vote only.
const LIMITS: &[(&str, Of)] = &[
    ("min_points", Of::Points),
    ("max_points", Of::Points),
    ("min_sum_points", Of::Points),
    ("max_sum_points", Of::Points),
    ("default_score", Of::Points),
    ("min_sum_cost", Of::Cost),
    ("max_sum_cost", Of::Cost),
    ("min_sum_cost_per_category", Of::Cost),
    ("max_sum_cost_per_category", Of::Cost),
];

/// `field-vote-type`.
fn fields_of_other_types(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    if !matches!(
        facts.vote_type,
        "approval" | "choose-1" | "ordinal" | "cumulative" | "scoring"
    ) {
        return;
    }
    for entry in &sheet.meta {
        let Some((_, of)) = LIMITS.iter().find(|(key, _)| *key == entry.key.text()) else {
            continue;
        };
        let fits = match of {
            Of::Points => facts.has_points(),
            Of::Cost => facts.vote_type == "approval",
        };
        if !fits {
            let finding = Finding::FieldVoteType {
                field: entry.key.text().to_owned(),
                vote_type: facts.vote_type.to_owned(),
            };
            report.cell(&entry.key, finding);
        }
    }
}

/// `unexpected-points`. Ordinal votes may have them: the archive notes the points of each rank so.
fn unexpected_points(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let points = sheet
        .votes
        .columns
        .iter()
        .find(|column| column.text() == "points");
    if let Some(column) = points.filter(|_| matches!(facts.vote_type, "approval" | "choose-1")) {
        report.cell_unless_reader(
            column,
            Finding::UnexpectedPoints {
                vote_type: facts.vote_type.to_owned(),
            },
        );
    }
}

/// `unused-threshold`, `missing-threshold`.
fn threshold(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    match (
        facts.rule,
        sheet.meta("min_project_score_threshold"),
        sheet.meta("rule"),
    ) {
        ("greedy", Some(field), _) => report.cell(field, Finding::UnusedThreshold),
        ("greedy-threshold", None, Some(rule)) => report.cell(rule, Finding::MissingThreshold),
        _ => {}
    }
}

/// `missing-max-sum-points`.
fn max_sum_points(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    if facts.vote_type == "cumulative"
        && sheet.meta("max_sum_points").is_none()
        && !report.reader_misses("max_sum_points")
        && let Some(field) = sheet.meta("vote_type")
    {
        report.cell(field, Finding::MissingMaxSumPoints);
    }
}

/// `choose-one-limit`.
fn choose_one(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    if !facts.is_choose_one() {
        return;
    }
    for key in ["min_length", "max_length"] {
        if let Some(field) = sheet.meta(key).filter(|field| field.text() != "1") {
            report.cell_unless_reader(
                field,
                Finding::ChooseOneLimit {
                    field: key,
                    found: shown(field.text()),
                },
            );
        }
    }
}

/// `choose-one-suggested`.
fn choose_one_suggested(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    if let Some(field) = sheet
        .meta("max_length")
        .filter(|field| facts.vote_type == "approval" && field.text() == "1")
    {
        report.cell(field, Finding::ChooseOneSuggested);
    }
}

/// `no-max-length`, `max-length-above-projects`. Points and costs limit a vote too.
fn max_length(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let limited = [
        "max_length",
        "max_length_per_category",
        "max_sum_cost",
        "max_sum_points",
    ];
    if matches!(
        facts.vote_type,
        "approval" | "ordinal" | "cumulative" | "scoring"
    ) && limited.iter().all(|key| sheet.meta(key).is_none())
        && let Some(field) = sheet.meta("vote_type")
        && !(facts.vote_type == "scoring" && sheet.meta("max_points").is_some())
    {
        report.cell(field, Finding::NoMaxLength);
    }
    let projects = u64::try_from(facts.projects.len()).unwrap_or(u64::MAX);
    let Some(field) = sheet.meta("max_length") else {
        return;
    };
    if let Some(limit) = field
        .text()
        .parse::<u64>()
        .ok()
        .filter(|&limit| projects > 0 && limit > projects)
    {
        report.cell_unless_reader(field, Finding::MaxLengthAboveProjects { limit, projects });
    }
}

/// `average-length-one`, unless META itself says that one project is chosen.
fn average_length(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let announced = facts.is_choose_one()
        || sheet
            .meta("max_length")
            .is_some_and(|field| field.text() == "1");
    let one_each = facts.ballots.named > 1 && facts.ballots.marks == facts.ballots.named;
    if one_each && !announced && facts.projects.len() > 1 && sheet.votes.line != MISSING {
        report.section(Section::Votes, sheet.votes.line, Finding::AverageLengthOne);
    }
}
