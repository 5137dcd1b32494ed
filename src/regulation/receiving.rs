//! Who receives a rest: a pot, or the pot of the area that has most or least of something.

use crate::election::Election;
use crate::exact::Ratio;
use crate::law::{
    AreaMeasure, Extreme, Fault, FaultKind, Law, Measure, ReceivingArea, Redistribution, Rest,
};

use super::error::{ApplyError, Stop};
use super::ground::Ground;
use super::pots::OpenPot;
use super::run::Run;

impl Run<'_> {
    /// The place of the pot that receives the rest of a rule, if a pot does.
    pub(super) fn target(&self, at: usize, rule: &Redistribution) -> Result<Option<usize>, Stop> {
        match &rule.rest {
            Rest::Pot(id) => Ok(self.named(id).first().copied()),
            Rest::Area(area) => self.receiving(at, area).map(Some),
            _ => Ok(None),
        }
    }

    fn receiving(&self, at: usize, area: &ReceivingArea) -> Result<usize, Stop> {
        let setting = self.setting;
        let members = members(area, setting.law, &setting.pots);
        let values = self.values(&area.by);
        let of = |area: usize| values.get(area).and_then(Option::as_ref);
        let known = || members.iter().filter_map(|&(_, area)| of(area));
        let extreme = match area.which {
            Extreme::Most => known().max(),
            Extreme::Least => known().min(),
        };
        let first: Vec<(usize, usize)> = members
            .iter()
            .copied()
            .filter(|&(_, area)| of(area).is_some() && of(area) == extreme)
            .collect();
        if let [(pot, _)] = first.as_slice() {
            return Ok(*pot);
        }
        let tied = if first.is_empty() { members } else { first };
        Err(Stop::Error(ApplyError::NoReceivingArea {
            path: format!("redistribute[{at}].rest"),
            rest: area.word().to_owned(),
            pots: tied
                .iter()
                .filter_map(|&(pot, _)| Some(setting.pots.get(pot)?.id.clone()))
                .collect(),
        }))
    }

    /// How much each area has of what is measured; `None` where that is not defined.
    fn values(&self, by: &AreaMeasure) -> Vec<Option<Ratio>> {
        let setting = self.setting;
        match by {
            AreaMeasure::Turnout { of } => {
                let voters = setting.voters.iter().enumerate();
                voters
                    .map(|(area, &voters)| {
                        let base = setting.ground.positive(area, of)?;
                        Ratio::from(voters).checked_div(base)
                    })
                    .collect()
            }
            AreaMeasure::Received(measure) => {
                let served = self.served(*measure).into_iter();
                served.map(|(_, value)| value).collect()
            }
        }
    }
}

/// The pots of areas that may receive, by their place, with their areas.
fn members(area: &ReceivingArea, law: &Law, pots: &[OpenPot]) -> Vec<(usize, usize)> {
    let Some(family) = area.family(&law.pots) else {
        return Vec::new();
    };
    let is_of = |pot: &OpenPot| {
        law.pots
            .get(pot.spec)
            .is_some_and(|spec| spec.id == family.id)
    };
    let pots = pots.iter().enumerate().filter(|(_, pot)| is_of(pot));
    pots.filter_map(|(at, pot)| Some((at, pot.area?))).collect()
}

/// How many voters each area has, in the order of the areas, if some rule asks for turnout; what is not known is a fault.
pub(super) fn check(
    law: &Law,
    election: &Election,
    ground: &Ground<'_>,
    pots: &[OpenPot],
    faults: &mut Vec<Fault>,
) -> Vec<u64> {
    let mut voters = Vec::new();
    for (at, rule) in law.redistribution.iter().enumerate() {
        let Rest::Area(area) = &rule.rest else {
            continue;
        };
        let mut fault = |key: &str, why: String| {
            let path = format!("redistribute[{at}].{key}");
            faults.push(Fault::new(path, FaultKind::MissingAttribute).why(why));
        };
        let (key, number) = match &area.by {
            AreaMeasure::Turnout { of } => {
                match voters_of(election, ground) {
                    Ok(found) => voters = found,
                    Err(why) => fault("rest", why),
                }
                ("turnout-of", of.as_str())
            }
            AreaMeasure::Received(Measure::AmountPerInhabitant) => ("rest", "population"),
            _ => continue,
        };
        for (_, area) in members(area, law, pots) {
            if ground.positive(area, number).is_none() {
                let id = ground.id(area);
                fault(
                    key,
                    format!("area `{id}` has no number `{number}` above zero"),
                );
            }
        }
    }
    voters
}

/// The voters of each area whose ballots count, by the column `area` of the voter table (`neighborhood` in `.pb` files) and
/// by the totals of channels without single ballots. Voters of whom no area is known are counted in none.
fn voters_of(election: &Election, ground: &Ground<'_>) -> Result<Vec<u64>, String> {
    let mut all = vec![0_u64; ground.areas.len()];
    let mut add = |area: &str, more: u64| {
        let slot = ground.find(area).and_then(|at| all.get_mut(at));
        if let Some(slot) = slot {
            *slot = slot.saturating_add(more);
        }
    };
    let table = election.voters();
    let column = table.and_then(|voters| {
        let mut columns = ["area", "neighborhood"].into_iter();
        columns.find_map(|name| voters.column(name))
    });
    match column {
        Some(column) => column.iter().for_each(|area| add(area, 1)),
        None if election.profile().voters() == 0 => {}
        None => {
            return Err(
                "turnout is counted by the area of each voter, and the election has no voter table with a column `area`"
                    .to_owned(),
            );
        }
    }
    for totals in election.aggregates() {
        match totals.voters {
            Some(voters) if ground.find(&totals.area).is_some() => add(&totals.area, voters),
            _ => {
                return Err(format!(
                    "turnout is counted by the area of each voter, and the totals of channel `{}` do not say their area and how many voted",
                    totals.channel
                ));
            }
        }
    }
    Ok(all)
}
