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
            let chosen = projects.iter().zip(values).filter(|&(_, &value)| wanted(value));
            chosen.map(|(project, _)| project.id.clone()).collect()
        };
        Some(Selection { selected: with(|value| value == 1), with_extra: with(|value| value == 2), later: with(|value| value > 2) })
    }

    /// Is this outcome the published selection?
    ///
    /// Where the rule tops up from a reserve, the projects that it topped up must be those with the value
    /// 2; otherwise the values above 1 are not compared.
    #[must_use]
    pub fn is(&self, outcome: &Outcome) -> bool {
        let topped_up = topped_up(outcome);
        let plain: BTreeSet<&str> = outcome.winners.iter().map(String::as_str).filter(|winner| !topped_up.contains(winner)).collect();
        let has_reserve = outcome.pots.iter().any(|pot| pot.pot == "reserve");
        plain.iter().copied().eq(self.selected.iter().map(String::as_str))
            && (!has_reserve || topped_up.iter().copied().eq(self.with_extra.iter().map(String::as_str)))
    }

    /// The published projects that the outcome does not fund, and those that it funds unpublished.
    #[must_use]
    pub fn differences(&self, outcome: &Outcome) -> (Vec<String>, Vec<String>) {
        let published: BTreeSet<&String> = self.selected.iter().collect();
        let counted: BTreeSet<&String> = outcome.winners.iter().collect();
        let only = |a: &BTreeSet<&String>, b: &BTreeSet<&String>| a.difference(b).map(|id| (*id).clone()).collect();
        (only(&published, &counted), only(&counted, &published))
    }
}

fn topped_up(outcome: &Outcome) -> BTreeSet<&str> {
    outcome.awards.iter().filter(|award| award.pot == "reserve").map(|award| award.project.as_str()).collect()
}

/// The values of the column `selected` for an outcome: 1 for a winner, 2 for one topped up from a reserve.
/// Projects that are not in the map have 0.
#[must_use]
pub fn selected_values(outcome: &Outcome) -> BTreeMap<String, u64> {
    let topped_up = topped_up(outcome);
    let value = |winner: &String| if topped_up.contains(winner.as_str()) { 2 } else { 1 };
    outcome.winners.iter().map(|winner| (winner.clone(), value(winner))).collect()
}
