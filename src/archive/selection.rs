//! The published selection, and an outcome in the same form.

use std::collections::{BTreeMap, BTreeSet};

use crate::count::Outcome;
use crate::pabulib::Document;

/// What the column `selected` publishes, as far as a count can be compared with it.
///
/// The archive writes 0 for not selected and 1 for selected. Values above 1 mean money from elsewhere,
/// explained in a file's comment: a project topped up from a reserve, a bonus for turnout, later funds.
/// Of those only the top-up is part of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// Projects with the value 1, in the order of their ids.
    pub selected: Vec<String>,
    /// Projects with the value 2.
    pub with_extra: Vec<String>,
    /// Projects with a greater value.
    pub later: Vec<String>,
}

impl Selection {
    /// The published selection, if the file has the column.
    #[must_use]
    pub fn of(document: &Document) -> Option<Selection> {
        let values = document.selected()?;
        let projects = document.election().instance().projects();
        let with = |wanted: fn(u64) -> bool| {
            let chosen = projects
                .iter()
                .zip(values)
                .filter(|&(_, &value)| wanted(value));
            chosen.map(|(project, _)| project.id.clone()).collect()
        };
        Some(Selection {
            selected: with(|value| value == 1),
            with_extra: with(|value| value == 2),
            later: with(|value| value > 2),
        })
    }

    /// Is this outcome the published selection?
    ///
    /// Where the rule tops up from a reserve, the projects that it topped up must be those with the value
    /// 2; otherwise the values above 1 are not compared.
    #[must_use]
    pub fn is(&self, outcome: &Outcome) -> bool {
        let topped_up = topped_up(outcome);
        let plain: BTreeSet<&str> = outcome
            .winners
            .iter()
            .map(String::as_str)
            .filter(|winner| !topped_up.contains(winner))
            .collect();
        plain
            .iter()
            .copied()
            .eq(self.selected.iter().map(String::as_str))
            && (!has_reserve(outcome)
                || topped_up
                    .iter()
                    .copied()
                    .eq(self.with_extra.iter().map(String::as_str)))
    }

    /// The published projects that the outcome does not fund, and those that it funds unpublished: exactly
    /// what [`Selection::is`] compares.
    ///
    /// Where the rule tops up from a reserve, a project that is topped up on one side and funded from the
    /// budget alone on the other is in both.
    #[must_use]
    pub fn differences(&self, outcome: &Outcome) -> (Vec<String>, Vec<String>) {
        let published = marked(
            &self.selected,
            if has_reserve(outcome) {
                &self.with_extra
            } else {
                &[]
            },
        );
        let topped_up = topped_up(outcome);
        let counted: BTreeSet<(&str, bool)> = outcome
            .winners
            .iter()
            .map(|winner| (winner.as_str(), topped_up.contains(winner.as_str())))
            .collect();
        let only = |a: &BTreeSet<(&str, bool)>, b: &BTreeSet<(&str, bool)>| {
            a.difference(b).map(|(id, _)| (*id).to_owned()).collect()
        };
        (only(&published, &counted), only(&counted, &published))
    }
}

/// Projects with whether money from elsewhere topped them up.
fn marked<'a>(plain: &'a [String], extra: &'a [String]) -> BTreeSet<(&'a str, bool)> {
    let with =
        |ids: &'a [String], is_extra: bool| ids.iter().map(move |id| (id.as_str(), is_extra));
    with(plain, false).chain(with(extra, true)).collect()
}

fn has_reserve(outcome: &Outcome) -> bool {
    outcome.pots.iter().any(|pot| pot.pot == "reserve")
}

fn topped_up(outcome: &Outcome) -> BTreeSet<&str> {
    outcome
        .awards
        .iter()
        .filter(|award| award.pot == "reserve")
        .map(|award| award.project.as_str())
        .collect()
}

/// The values of the column `selected` for an outcome: 1 for a winner, 2 for one topped up from a reserve.
/// Projects that are not in the map have 0.
#[must_use]
pub fn selected_values(outcome: &Outcome) -> BTreeMap<String, u64> {
    let topped_up = topped_up(outcome);
    let value = |winner: &String| {
        if topped_up.contains(winner.as_str()) {
            2
        } else {
            1
        }
    };
    outcome
        .winners
        .iter()
        .map(|winner| (winner.clone(), value(winner)))
        .collect()
}
