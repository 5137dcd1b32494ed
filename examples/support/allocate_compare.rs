//! Comparing a result with a published list, or with what another regulation gives on the same votes.

use std::collections::BTreeMap;

use quartier::election::{Election, Money};
use quartier::regulation::{Applied, Edition};
use serde::Serialize;

use crate::Ended;
use crate::allocate_json::Failed;

/// The comparison with a published list of winners.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Expected {
    /// Published and not in the result.
    pub(crate) missing: Vec<String>,
    /// Of those, the ids that no project of the election has: probably another spelling.
    pub(crate) unknown: Vec<String>,
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

/// Compares with a published list.
pub(crate) fn expected(
    published: &BTreeMap<String, Option<Money>>,
    election: &Election,
    edition: &Edition,
) -> Expected {
    let received = received(edition);
    let missing = published
        .keys()
        .filter(|id| !received.contains_key(id.as_str()));
    let unexpected = received.keys().filter(|id| !published.contains_key(**id));
    let other_amount = published.iter().filter_map(|(id, amount)| {
        let (published, received) = ((*amount)?, *received.get(id.as_str())?);
        (published != received).then(|| (id.clone(), published, received))
    });
    let unknown = published
        .keys()
        .filter(|id| election.instance().find(id).is_none());
    Expected {
        missing: missing.cloned().collect(),
        unexpected: unexpected.map(|id| (*id).to_owned()).collect(),
        unknown: unknown.cloned().collect(),
        other_amount: other_amount.collect(),
    }
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
