//! Who receives a rest: a pot, or the pot of the area that has most or least of something.

use crate::election::{AreaIx, Election};
use crate::exact::Ratio;
use crate::law::{
    AreaMeasure, Extreme, Fault, FaultKind, Law, Measure, ReceivingArea, Redistribution, Rest,
};

use super::error::{ApplyError, Stop};
use super::ground::Ground;
use super::pots::OpenPot;
use super::run::Run;
use super::turnout::voters_of;

/// Which pot receives the rest of a rule.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// No pot: the treasury, or the next edition.
    None,
    /// The pot at this place.
    Pot(usize),
    /// One of those of areas that are equal, by their places: whoever needs to know which must be told.
    Tied(Vec<usize>),
}

impl Target {
    /// The place of the pot, where it is known.
    pub(super) fn pot(&self) -> Option<usize> {
        match self {
            Target::Pot(at) => Some(*at),
            _ => None,
        }
    }
}

impl Run<'_> {
    /// Which pot receives the rest of a rule.
    pub(super) fn target(&self, rule: &Redistribution) -> Target {
        match &rule.rest {
            Rest::Pot(id) => self
                .named(id)
                .first()
                .copied()
                .map_or(Target::None, Target::Pot),
            Rest::Area(area) => self.receiving(area),
            _ => Target::None,
        }
    }

    /// That somebody has to say which of several pots receives.
    pub(super) fn ask_receiver(&self, at: usize, rule: &Redistribution, tied: &[usize]) -> Stop {
        let pots = tied.iter().filter_map(|&pot| self.setting.pots.get(pot));
        Stop::Error(ApplyError::NoReceivingArea {
            path: format!("redistribute[{at}].rest"),
            rest: match &rule.rest {
                Rest::Area(area) => area.word().to_owned(),
                _ => String::new(),
            },
            pots: pots.map(|pot| pot.id.clone()).collect(),
        })
    }

    fn receiving(&self, area: &ReceivingArea) -> Target {
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
            return Target::Pot(*pot);
        }
        let tied = if first.is_empty() { members } else { first };
        Target::Tied(tied.into_iter().map(|(pot, _)| pot).collect())
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

/// How many voters each area has that may receive by turnout, in the order of all areas; what is not known is a fault.
pub(super) fn check(
    law: &Law,
    election: &Election,
    ground: &Ground<'_>,
    pots: &[OpenPot],
    faults: &mut Vec<Fault>,
) -> Vec<u64> {
    let mut voters = vec![0; ground.areas.len()];
    for (at, rule) in law.redistribution.iter().enumerate() {
        let Rest::Area(area) = &rule.rest else {
            continue;
        };
        let mut fault = |key: &str, why: String| {
            let path = format!("redistribute[{at}].{key}");
            faults.push(Fault::new(path, FaultKind::MissingAttribute).why(why));
        };
        let members = members(area, law, pots);
        let (key, number) = match &area.by {
            AreaMeasure::Turnout { of } => {
                let areas: Vec<AreaIx> =
                    members.iter().map(|&(_, area)| AreaIx::new(area)).collect();
                match voters_of(election, &areas) {
                    Ok(found) => {
                        for (area, count) in areas.iter().zip(found) {
                            if let Some(slot) = voters.get_mut(area.index()) {
                                *slot = count;
                            }
                        }
                    }
                    Err(found) => found.into_iter().for_each(|why| fault("rest", why)),
                }
                ("turnout-of", of.as_str())
            }
            AreaMeasure::Received(Measure::AmountPerInhabitant) => ("rest", "population"),
            _ => continue,
        };
        for (_, area) in members {
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
