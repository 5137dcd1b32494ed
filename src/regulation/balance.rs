//! The balance: the area that has received least of its entitlement goes first.

use crate::budget::split_equally;
use crate::count::{Allocation, Halt};
use crate::election::{Money, ProjectIx};
use crate::exact::Ratio;
use crate::law::CityWideTurn;

use super::ground::Ground;
use super::ranking::Order;

/// At each step funds the best-ranked affordable project of the area that has received least of what it is entitled
/// to: money received divided by the area's weight, everything counted that was awarded before.
///
/// City-wide projects are charged to no area and have their turn by rank before or after all areas. A project of
/// several areas is charged to each with an equal part. Among areas that have received equally little, the one whose
/// best project ranks higher goes first, and the tie chain is asked among projects of equal score.
pub(super) struct Balance<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) order: &'a Order,
    pub(super) weights: &'a [Ratio],
    pub(super) city_wide: CityWideTurn,
}

impl Balance<'_> {
    pub(super) fn run(&self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        if self.city_wide == CityWideTurn::First {
            self.of_the_city(allocation)?;
        }
        self.of_areas(allocation)?;
        if self.city_wide == CityWideTurn::Last {
            self.of_the_city(allocation)?;
        }
        Ok(())
    }

    fn payable(&self, allocation: &Allocation<'_>, local: Local) -> Vec<ProjectIx> {
        let mut open = allocation.candidates();
        open.retain(|&project| {
            let is_local = !self.ground.charged(project).is_empty();
            is_local == (local == Local::Yes)
                && allocation
                    .quote(project, allocation.cost_of(project))
                    .is_ok()
        });
        open
    }

    fn of_the_city(&self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        while let Some(next) = {
            let open = self.payable(allocation, Local::No);
            self.order.best(open, allocation)?
        } {
            allocation.work(1)?;
            if allocation.select(next)?.is_err() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn of_areas(&self, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let mut received = received(self.ground, allocation);
        loop {
            let open = self.payable(allocation, Local::Yes);
            allocation.work(1 + open.len() as u64)?;
            let first = least_served(self.ground, &open, |area| self.served(&received, area));
            let Some(next) = self.order.best(first, allocation)? else {
                return Ok(());
            };
            if allocation.select(next)?.is_err() {
                return Ok(());
            }
            let cost = allocation.cost_of(next);
            charge(
                self.ground,
                next,
                cost,
                allocation.granularity(),
                &mut received,
            );
        }
    }

    /// What an area has received of its entitlement.
    fn served(&self, received: &[Money], area: usize) -> Ratio {
        let money = received.get(area).copied().unwrap_or_default().to_ratio();
        let weight = self.weights.get(area);
        // Weights are above zero where projects are; that was checked before.
        weight
            .and_then(|weight| money.checked_div(weight))
            .unwrap_or(money)
    }
}

/// Whether a project concerns areas.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Local {
    Yes,
    No,
}

/// Those of the projects that concern an area of which a measure is least.
pub(super) fn least_served<K: Ord>(
    ground: &Ground<'_>,
    projects: &[ProjectIx],
    measure: impl Fn(usize) -> K,
) -> Vec<ProjectIx> {
    let mut areas: Vec<usize> = projects
        .iter()
        .flat_map(|&project| ground.charged(project))
        .copied()
        .collect();
    areas.sort_unstable();
    areas.dedup();
    let measured: Vec<K> = areas.iter().map(|&area| measure(area)).collect();
    let least = measured.iter().min();
    let is_least = |area: &usize| {
        let at = areas.binary_search(area).ok();
        at.is_some_and(|at| measured.get(at) == least)
    };
    projects
        .iter()
        .copied()
        .filter(|&project| ground.charged(project).iter().any(is_least))
        .collect()
}

/// What each area has received so far, projects of several areas in equal parts.
pub(super) fn received(ground: &Ground<'_>, allocation: &Allocation<'_>) -> Vec<Money> {
    let mut all = vec![Money::ZERO; ground.areas.len()];
    for (at, _) in ground.charged.iter().enumerate() {
        let project = ProjectIx::new(at);
        if let Some(amount) = allocation.received(project) {
            charge(ground, project, amount, allocation.granularity(), &mut all);
        }
    }
    all
}

fn charge(
    ground: &Ground<'_>,
    project: ProjectIx,
    amount: Money,
    granularity: Money,
    all: &mut [Money],
) {
    let areas = ground.charged(project);
    let parts = split_equally(amount, areas.len(), granularity).unwrap_or_default();
    for (&area, part) in areas.iter().zip(parts) {
        if let Some(sum) = all.get_mut(area) {
            *sum = sum.checked_add(part).unwrap_or(Money::MAX);
        }
    }
}
