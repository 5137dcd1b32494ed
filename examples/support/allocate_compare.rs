//! Comparing a result with a published list, or with what another regulation gives on the same votes.

use std::collections::BTreeMap;
use std::path::Path;

use quartier::election::Money;
use quartier::regulation::{Applied, Edition};
use serde::Serialize;

use crate::Ended;
use crate::allocate_json::Failed;
use crate::input::read_path;
use crate::status::Stop;

/// The comparison with a published list of winners.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Expected {
    /// Published and not in the result.
    pub(crate) missing: Vec<String>,
    /// In the result and not published.
    pub(crate) unexpected: Vec<String>,
    /// In both with another amount: the project, what was published and what it receives.
    pub(crate) other_amount: Vec<(String, Money, Money)>,
}

impl Expected {
    pub(crate) fn agrees(&self) -> bool {
        self.missing.is_empty() && self.unexpected.is_empty() && self.other_amount.is_empty()
    }
}

/// What another regulation gives on the same votes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Compared {
    pub(crate) regulation: String,
    /// Funded under the other regulation only.
    pub(crate) gained: Vec<String>,
    /// Funded under the first regulation only.
    pub(crate) lost: Vec<String>,
    /// Funded under both with other amounts.
    pub(crate) changed: Vec<(String, Money, Money)>,
    /// What each quartier receives under the first and the other regulation.
    pub(crate) areas: Vec<(String, Money, Money)>,
    pub(crate) funded: (Money, Money),
}

fn received(edition: &Edition) -> BTreeMap<&str, Money> {
    edition
        .winners()
        .into_iter()
        .map(|winner| (winner, edition.received(winner)))
        .collect()
}

/// Reads the list and compares.
pub(crate) fn expected(file: &Path, edition: &Edition) -> Result<Expected, Ended> {
    let published = published(file)?;
    let received = received(edition);
    let missing = published
        .keys()
        .filter(|id| !received.contains_key(id.as_str()));
    let unexpected = received.keys().filter(|id| !published.contains_key(**id));
    let other_amount = published.iter().filter_map(|(id, amount)| {
        let (published, received) = ((*amount)?, *received.get(id.as_str())?);
        (published != received).then(|| (id.clone(), published, received))
    });
    Ok(Expected {
        missing: missing.cloned().collect(),
        unexpected: unexpected.map(|id| (*id).to_owned()).collect(),
        other_amount: other_amount.collect(),
    })
}

/// A table with the column `project_id` and perhaps `amount`, separated by `;` or `,`.
fn published(file: &Path) -> Result<BTreeMap<String, Option<Money>>, Ended> {
    let place = file.display();
    let bytes = read_path(file).map_err(Stop::Input)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Failed::error(&format!("{place} is not UTF-8: {error}")))?;
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let header = lines.next().unwrap_or_default();
    let separator = if header.contains(';') { ';' } else { ',' };
    let column = |name: &str| header.split(separator).position(|cell| cell.trim() == name);
    let Some(id) = column("project_id") else {
        return Err(Failed::error(&format!("{place}: line 1 has no column `project_id`")).into());
    };
    let amount = column("amount");
    let mut published = BTreeMap::new();
    for (number, line) in (2..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(separator).map(str::trim).collect();
        let cell = |at: usize| cells.get(at).copied().filter(|cell| !cell.is_empty());
        let wrong =
            |why: String| Ended::from(Failed::error(&format!("{place}: line {number}: {why}")));
        let id = cell(id).ok_or_else(|| wrong("no project_id".to_owned()))?;
        let amount = amount.and_then(cell).map(str::parse).transpose();
        let amount =
            amount.map_err(|error: quartier::election::MoneyError| wrong(error.to_string()))?;
        if published.insert(id.to_owned(), amount).is_some() {
            return Err(wrong(format!("project `{id}` is listed twice")));
        }
    }
    Ok(published)
}

/// Compares two results on the same votes.
pub(crate) fn compared(first: &Edition, other: &Applied) -> Result<Compared, Ended> {
    let Some(other) = other.edition() else {
        return Err(Failed::error(
            "under the second regulation a lot must be drawn: choose a tie chain with --ties",
        )
        .into());
    };
    let (one, two) = (received(first), received(other));
    let only = |a: &BTreeMap<&str, Money>, b: &BTreeMap<&str, Money>| {
        let only = a.keys().filter(|id| !b.contains_key(*id));
        only.map(|id| (*id).to_owned()).collect()
    };
    let changed = one.iter().filter_map(|(id, amount)| {
        let other = two.get(id)?;
        (other != amount).then(|| ((*id).to_owned(), *amount, *other))
    });
    let areas = first.areas.iter().zip(&other.areas);
    Ok(Compared {
        regulation: other.regulation.clone(),
        gained: only(&two, &one),
        lost: only(&one, &two),
        changed: changed.collect(),
        areas: areas
            .map(|(one, two)| (one.area.clone(), one.amount, two.amount))
            .collect(),
        funded: (first.envelope.funded, other.envelope.funded),
    })
}
