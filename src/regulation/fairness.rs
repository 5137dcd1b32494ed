//! What each area received, on four measures, beside what it is entitled to.

use serde::Serialize;

use crate::budget::split;
use crate::election::{Area, Money};
use crate::exact::Ratio;
use crate::law::Territory;

use super::balance::received;
use super::run::Run;

/// One area's balance.
///
/// Four measures, because "fair" means different things to different people; only the regulation's limits and
/// guarantees enforce anything. Projects of several areas count in each, their money in equal parts; city-wide projects
/// are charged to no area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AreaReport {
    /// The area.
    pub area: String,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it is entitled to: its part of the money for areas by the regulation's `entitlement`, or without one what
    /// its own pots were opened with; absent where neither says anything.
    pub entitlement: Option<Money>,
    /// How many of its projects were funded.
    pub winners: u64,
    /// How many of its projects took part.
    pub candidates: u64,
    /// What they received.
    pub amount: Money,
    /// What they received by the number of inhabitants; absent where that is not known or zero.
    pub per_inhabitant: Option<Ratio>,
    /// Winners by candidates; absent without candidates.
    pub success_rate: Option<Ratio>,
}

impl Run<'_> {
    pub(super) fn areas(&self) -> Vec<AreaReport> {
        let ground = &self.setting.ground;
        let money = received(ground, &self.allocation);
        let entitlements = self.entitlements();
        let mut reports: Vec<AreaReport> = Vec::new();
        for (at, area) in ground.areas.iter().enumerate() {
            let (mut winners, mut candidates) = (0_u64, 0_u64);
            for project in self.setting.instance().project_indices() {
                if ground.charged(project).contains(&at) {
                    let won = self.allocation.received(project).is_some();
                    winners += u64::from(won);
                    candidates += u64::from(won || self.setting.is_admitted(project));
                }
            }
            let amount = money.get(at).copied().unwrap_or_default();
            let people = ground.positive(at, "population");
            reports.push(AreaReport {
                area: area.id.clone(),
                name: area.name.clone(),
                entitlement: entitlements.get(at).copied().flatten(),
                winners,
                candidates,
                amount,
                per_inhabitant: people.and_then(|people| amount.to_ratio().checked_div(people)),
                success_rate: Ratio::from(winners).checked_div(&Ratio::from(candidates)),
            });
        }
        reports
    }

    fn entitlements(&self) -> Vec<Option<Money>> {
        let setting = self.setting;
        let ground = &setting.ground;
        let Some(key) = &setting.law.entitlement else {
            return (0..ground.areas.len())
                .map(|at| self.own_pots(at))
                .collect();
        };
        let areas: Vec<&Area> = ground
            .leaves()
            .filter_map(|at| ground.areas.get(at))
            .collect();
        let parts = key.weights(&areas).ok().and_then(|weights| {
            split(self.for_areas(), &weights, setting.law.envelope.granularity).ok()
        });
        let mut all = vec![None; ground.areas.len()];
        for (at, part) in ground.leaves().zip(parts.into_iter().flatten()) {
            if let Some(slot) = all.get_mut(at) {
                *slot = Some(part);
            }
        }
        all
    }

    /// What the area's own pots were opened with.
    fn own_pots(&self, area: usize) -> Option<Money> {
        let own = self
            .setting
            .pots
            .iter()
            .filter(|pot| pot.area == Some(area));
        let amounts: Vec<Money> = own.map(|pot| pot.amount).collect();
        (!amounts.is_empty()).then(|| Money::checked_sum(amounts).unwrap_or(Money::MAX))
    }

    /// What the pots hold that may pay for projects of areas, parts not counted twice.
    fn for_areas(&self) -> Money {
        let law = self.setting.law;
        let amounts = self.setting.pots.iter().filter_map(|pot| {
            let spec = law.pots.get(pot.spec)?;
            let counts = spec.parent.is_none() && spec.holds.territory != Territory::CityWide;
            counts.then_some(pot.amount)
        });
        Money::checked_sum(amounts).unwrap_or(Money::MAX)
    }
}
