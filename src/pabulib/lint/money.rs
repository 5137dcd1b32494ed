//! Costs, the budget and what was selected: arithmetic that needs no rule to be run.
//!
//! Whether the selection is what the rule of META gives is another question, which the archive's recount
//! answers; here only sums are compared.

use super::Check;
use super::facts::{Candidate, Facts};
use super::finding::{Finding, shown};
use super::report::Report;
use super::tables::Sheet;
use crate::election::{Money, Points};

/// The checks of this file.
pub(super) const CHECKS: &[Check] = &[
    costs,
    selected_sum,
    unspent,
    below_threshold,
    fully_funded_flag,
    fully_funded_missing,
];

/// `sentinel-cost`, `sentinel-selected`, `cost-above-budget`.
fn costs(_: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let Some(budget) = facts.budget else { return };
    for project in &facts.projects {
        let Some((cost, field)) = project.cost.as_ref().filter(|(cost, _)| *cost > budget) else {
            continue;
        };
        if !project.is_sentinel() {
            report.cell_unless_reader(
                field,
                Finding::CostAboveBudget {
                    cost: cost.to_string(),
                    budget: budget.to_string(),
                },
            );
        } else if project.selected.is_some_and(|selected| selected > 0) {
            report.cell(field, Finding::SentinelSelected);
        } else {
            report.cell(field, Finding::SentinelCost);
        }
    }
}

/// `selected-above-budget`. Only what `selected` 1 marks is paid from the budget.
fn selected_sum(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let (Some(field), Some(budget), Some(cost)) =
        (sheet.meta("budget"), facts.budget, facts.selected_cost())
    else {
        return;
    };
    if cost > budget {
        report.cell(
            field,
            Finding::SelectedAboveBudget {
                cost: cost.to_string(),
                budget: budget.to_string(),
            },
        );
    }
}

/// The threshold that projects must reach, if META has one that is a number.
fn threshold(sheet: &Sheet<'_>) -> Option<Points> {
    sheet
        .meta("min_project_score_threshold")
        .and_then(|field| field.text().parse().ok())
}

/// `unspent-budget`, `unspent-budget-perhaps`: the first project that was not selected although it has
/// votes, reaches the threshold, and fits into what is left.
fn unspent(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let certain = match facts.rule {
        "greedy" | "greedy-threshold" => true,
        "greedy-exclusive" | "greedy-custom" => false,
        _ => return,
    };
    let Some(left) = facts.left() else { return };
    let threshold = threshold(sheet);
    let reaches = |project: &Candidate<'_>| {
        threshold.is_none_or(|least| project.score.is_some_and(|score| score >= least))
    };
    let fits = |project: &&Candidate<'_>| {
        project.selected == Some(0)
            && project.named > 0
            && reaches(project)
            && project.cost.as_ref().is_some_and(|(cost, _)| *cost <= left)
    };
    if let Some((cost, field)) = facts
        .projects
        .iter()
        .find(fits)
        .and_then(|project| project.cost.as_ref())
    {
        let (left, cost, rule) = (left.to_string(), cost.to_string(), facts.rule.to_owned());
        report.cell(
            field,
            if certain {
                Finding::UnspentBudget { left, cost, rule }
            } else {
                Finding::UnspentBudgetPerhaps { left, cost, rule }
            },
        );
    }
}

/// `selected-below-threshold`.
fn below_threshold(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let Some(least) = threshold(sheet) else {
        return;
    };
    for project in facts
        .projects
        .iter()
        .filter(|project| project.selected == Some(1))
    {
        if let Some(score) = project.score.filter(|score| *score < least) {
            report.cell(
                &project.id,
                Finding::SelectedBelowThreshold {
                    found: score.to_string(),
                    threshold: least.to_string(),
                },
            );
        }
    }
}

/// The total, if all projects together fit into the budget.
fn fitting_total(facts: &Facts<'_>) -> Option<Money> {
    facts
        .total_cost()
        .zip(facts.budget)
        .filter(|(total, budget)| total <= budget)
        .map(|(total, _)| total)
}

/// `fully-funded-value`, `fully-funded-wrong`.
fn fully_funded_flag(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let Some(field) = sheet.meta("fully_funded") else {
        return;
    };
    if field.text() != "1" {
        return report.cell_unless_reader(
            field,
            Finding::FullyFundedValue {
                found: shown(field.text()),
            },
        );
    }
    let left_out = facts
        .projects
        .iter()
        .filter(|project| project.selected == Some(0))
        .count();
    let why = match (facts.total_cost(), facts.budget) {
        (Some(total), Some(budget)) if total > budget => {
            format!("all together cost {total}, more than the budget of {budget}")
        }
        _ if left_out > 0 => format!("{left_out} of them are not selected"),
        _ => return,
    };
    report.cell(field, Finding::FullyFundedWrong { why });
}

/// `fully-funded-missing`.
fn fully_funded_missing(sheet: &Sheet<'_>, facts: &Facts<'_>, report: &mut Report) {
    let funded = facts
        .projects
        .iter()
        .all(|project| project.selected != Some(0))
        && !facts.projects.is_empty();
    if sheet.meta("fully_funded").is_none()
        && funded
        && fitting_total(facts).is_some()
        && let Some(field) = sheet.meta("budget")
    {
        report.cell(field, Finding::FullyFundedMissing);
    }
}
