//! Who took part, by channel and quartier.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::election::Instance;
use crate::exact::Ratio;
use crate::tally::{Counts, Role, Tally};

use super::BreakdownError;

/// What turnout is measured against.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TurnoutBase {
    /// Nothing: turnout is not stated.
    NotStated,
    /// A number that areas have, such as `population` or `registered`.
    Attribute(String),
}

/// One channel in one quartier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct TurnoutCell {
    /// The channel.
    pub channel: String,
    /// What the channel's votes are for; `None` for one that the rules do not know.
    #[serde(serialize_with = "word")]
    pub role: Option<Role>,
    /// The quartier; empty where it is not known.
    pub area: String,
    /// What was received, and what became of it.
    pub counts: Counts,
    /// The voters of totals without single ballots, where their number is known.
    pub voters_of_totals: Option<u64>,
    /// Are there totals whose number of voters is not known? Then some who took part are missing here.
    pub lacks_voters: bool,
    /// How many took part.
    pub took_part: u64,
    /// The share of those who took part in the quartier, in channels of this role; `None` if nobody did.
    pub share: Option<Ratio>,
}

/// A quartier, or the city as a whole, in all binding channels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AreaTurnout {
    /// The quartier; empty where it is not known, and for the city as a whole.
    pub area: String,
    /// How many took part in binding channels.
    pub took_part: u64,
    /// The number that turnout is measured against; `None` where it is not stated.
    pub base: Option<Ratio>,
    /// Those who took part ÷ the base; `None` where it is not stated or not above 0.
    pub turnout: Option<Ratio>,
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields on so"
)]
fn word<S: Serializer>(role: &Option<Role>, serializer: S) -> Result<S::Ok, S::Error> {
    role.map(Role::word).serialize(serializer)
}

pub(super) struct Turnout {
    pub(super) cells: Vec<TurnoutCell>,
    pub(super) areas: Vec<AreaTurnout>,
    pub(super) whole: AreaTurnout,
}

pub(super) fn turnout(tally: &Tally, base: &TurnoutBase) -> Result<Turnout, BreakdownError> {
    check(tally.instance(), base)?;
    let mut cells = cells(tally);
    // Those who took part in a quartier by the role of the channel.
    let mut sums: BTreeMap<(String, Option<Role>), u64> = BTreeMap::new();
    for cell in &cells {
        let sum = sums.entry((cell.area.clone(), cell.role)).or_default();
        *sum = sum.saturating_add(cell.took_part);
    }
    for cell in &mut cells {
        let all = sums.get(&(cell.area.clone(), cell.role)).copied();
        cell.share = Ratio::from(cell.took_part).checked_div(&Ratio::from(all.unwrap_or_default()));
    }
    let instance = tally.instance();
    let known = instance.areas().iter().map(|area| area.id.clone());
    let voting = cells.iter().map(|cell| cell.area.clone());
    let names: BTreeSet<String> = known.chain(voting).collect();
    let areas = names.into_iter().map(|area| {
        let key = (area, Some(Role::Binding));
        let took_part = sums.get(&key).copied().unwrap_or_default();
        let base = base_of(instance, &key.0, base);
        of(key.0, took_part, base)
    });
    let areas: Vec<AreaTurnout> = areas.collect();
    let all = areas
        .iter()
        .fold(0_u64, |all, area| all.saturating_add(area.took_part));
    let whole = of(String::new(), all, base_of_all(instance, base));
    Ok(Turnout {
        cells,
        areas,
        whole,
    })
}

fn of(area: String, took_part: u64, base: Option<Ratio>) -> AreaTurnout {
    let positive = base.as_ref().filter(|base| base.is_positive());
    let turnout = positive.and_then(|base| Ratio::from(took_part).checked_div(base));
    AreaTurnout {
        area,
        took_part,
        base,
        turnout,
    }
}

/// The account with the quartiers' stations added up, and the totals beside it.
fn cells(tally: &Tally) -> Vec<TurnoutCell> {
    let ledger = tally.ledger();
    let mut places: BTreeSet<(&str, &str)> = ledger
        .cells()
        .map(|(cell, _)| (cell.channel.as_str(), cell.area.as_str()))
        .collect();
    let mut totals: BTreeMap<(&str, &str), (Option<u64>, bool)> = BTreeMap::new();
    for aggregate in tally.aggregates() {
        let place = (aggregate.channel.as_str(), aggregate.area.as_str());
        places.insert(place);
        let (voters, lacks) = totals.entry(place).or_default();
        match aggregate.voters {
            Some(more) => *voters = Some(voters.unwrap_or_default().saturating_add(more)),
            None => *lacks = true,
        }
    }
    let mut counts = ledger.by(|cell| (cell.channel.clone(), cell.area.clone()));
    let cell = |(channel, area): (&str, &str)| {
        let key = (channel.to_owned(), area.to_owned());
        let counts = counts.remove(&key).unwrap_or_default();
        let (voters_of_totals, lacks_voters) =
            totals.get(&(channel, area)).copied().unwrap_or_default();
        let more = voters_of_totals.unwrap_or_default();
        TurnoutCell {
            role: tally.rules().channels.get(channel).copied(),
            channel: key.0,
            area: key.1,
            took_part: counts.voters().saturating_add(more),
            counts,
            voters_of_totals,
            lacks_voters,
            share: None,
        }
    };
    places.into_iter().map(cell).collect()
}

fn check(instance: &Instance, base: &TurnoutBase) -> Result<(), BreakdownError> {
    let TurnoutBase::Attribute(name) = base else {
        return Ok(());
    };
    let attributes = instance
        .areas()
        .iter()
        .flat_map(|area| area.attributes.keys());
    let known: BTreeSet<&str> = attributes.map(String::as_str).collect();
    if known.contains(name.as_str()) {
        return Ok(());
    }
    let known: Vec<&str> = known.into_iter().collect();
    Err(BreakdownError::UnknownBase {
        name: name.clone(),
        known: if known.is_empty() {
            "none (areas have no attributes)".to_owned()
        } else {
            known.join(", ")
        },
    })
}

fn base_of(instance: &Instance, area: &str, base: &TurnoutBase) -> Option<Ratio> {
    let TurnoutBase::Attribute(name) = base else {
        return None;
    };
    let area = instance.area(instance.find_area(area)?)?;
    area.attributes.get(name).cloned()
}

/// The sum over the areas that are not divided further; not stated if one of them lacks the number.
fn base_of_all(instance: &Instance, base: &TurnoutBase) -> Option<Ratio> {
    let areas = instance.areas();
    let parents: BTreeSet<&str> = areas
        .iter()
        .filter_map(|area| area.parent.as_deref())
        .collect();
    let leaves = areas
        .iter()
        .filter(|area| !parents.contains(area.id.as_str()));
    leaves
        .map(|area| base_of(instance, &area.id, base))
        .sum::<Option<Ratio>>()
        .filter(|sum| !sum.is_zero())
}
