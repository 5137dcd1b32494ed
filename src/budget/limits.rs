//! Limits: what was used of the ceilings of a count.

use std::sync::Arc;

use crate::election::{Money, ProjectIx};

use super::ceiling::{Ceiling, Crossed, Force, Phase, Room, Strictness};
use super::split::split_equally;

/// What a group has used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Used {
    money: Money,
    projects: u32,
}

/// The ceilings of a count and what was used of each. Every award is booked in all of them, whether they are in
/// force at that moment or not.
#[derive(Debug, Clone)]
pub struct Limits {
    ceilings: Arc<[Ceiling]>,
    used: Vec<Vec<Used>>,
    in_force: Vec<bool>,
    granularity: Money,
}

impl Limits {
    /// These ceilings, all in force and unused. Charges of several groups are split to `granularity`.
    #[must_use]
    pub fn new(ceilings: Vec<Ceiling>, granularity: Money) -> Limits {
        let used = ceilings
            .iter()
            .map(|ceiling| vec![Used::default(); ceiling.groups.len()])
            .collect();
        Limits {
            in_force: vec![true; ceilings.len()],
            used,
            ceilings: ceilings.into(),
            granularity,
        }
    }

    /// No ceilings.
    #[must_use]
    pub fn none() -> Limits {
        Limits::new(Vec::new(), Money::from(1))
    }

    /// Is there no ceiling?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ceilings.is_empty()
    }

    /// The ceilings, in order.
    #[must_use]
    pub fn ceilings(&self) -> &[Ceiling] {
        &self.ceilings
    }

    /// Puts a ceiling in force, or out of it.
    pub fn set_in_force(&mut self, ceiling: usize, force: Force) {
        if let Some(flag) = self.in_force.get_mut(ceiling) {
            *flag = force == Force::On;
        }
    }

    /// Could any ceiling that is in force forbid an award now?
    #[must_use]
    pub fn can_forbid(&self, phase: Phase) -> bool {
        (0..self.ceilings.len()).any(|ceiling| self.forbids(ceiling, phase))
    }

    /// Is a ceiling in force, and does it forbid?
    fn forbids(&self, ceiling: usize, phase: Phase) -> bool {
        let lifted = match self.ceilings.get(ceiling).map(|ceiling| ceiling.strictness) {
            Some(Strictness::Hard) => false,
            Some(Strictness::HardUntilTopUp) => phase == Phase::TopUp,
            Some(Strictness::Soft) | None => true,
        };
        !lifted && self.in_force.get(ceiling).copied().unwrap_or(false)
    }

    /// Which ceiling would be crossed by this award, if any: the first in order.
    #[must_use]
    pub fn crossed(&self, project: ProjectIx, amount: Money, phase: Phase) -> Option<Crossed> {
        self.first_crossed(phase, |ceiling| self.charges(ceiling, project, amount))
    }

    /// Which ceiling would be crossed if a project that has received `had` received `more` on top of it. Ceilings on the
    /// number of projects are not: the project counts already.
    #[must_use]
    pub fn crossed_by_more(
        &self,
        project: ProjectIx,
        had: Money,
        more: Money,
        phase: Phase,
    ) -> Option<Crossed> {
        self.first_crossed(phase, |ceiling| {
            let is_amount = |group: usize| {
                let group = ceiling.groups.get(group);
                group.is_some_and(|(_, room)| matches!(room, Room::Amount(_)))
            };
            let mut charges = self.charges_of_more(ceiling, project, had, more);
            charges.retain(|&(group, charge)| is_amount(group) && !charge.is_zero());
            charges
        })
    }

    /// The first ceiling that binds in a phase and that charges to its groups would cross.
    fn first_crossed(
        &self,
        phase: Phase,
        charges: impl Fn(&Ceiling) -> Vec<(usize, Money)>,
    ) -> Option<Crossed> {
        for (at, ceiling) in self.ceilings.iter().enumerate() {
            if !self.forbids(at, phase) {
                continue;
            }
            if let Some(group) = self.crossing(at, ceiling, charges(ceiling)) {
                return Some(Crossed {
                    label: ceiling.label.clone(),
                    group,
                });
            }
        }
        None
    }

    fn crossing(
        &self,
        at: usize,
        ceiling: &Ceiling,
        charges: Vec<(usize, Money)>,
    ) -> Option<String> {
        for (group, charge) in charges {
            let used = self.used.get(at)?.get(group)?;
            let (name, room) = ceiling.groups.get(group)?;
            if would_cross(*used, *room, charge) {
                return Some(name.clone());
            }
        }
        None
    }

    /// What more money for a project charges to each group: its part of all less its part of what the project had, so
    /// that two payments charge what one of both would.
    fn charges_of_more(
        &self,
        ceiling: &Ceiling,
        project: ProjectIx,
        had: Money,
        more: Money,
    ) -> Vec<(usize, Money)> {
        let all = had.checked_add(more).unwrap_or(Money::MAX);
        let before = self.charges(ceiling, project, had);
        let after = self.charges(ceiling, project, all).into_iter();
        after
            .zip(before)
            .map(|((group, after), (_, before))| {
                (group, after.checked_sub(before).unwrap_or_default())
            })
            .collect()
    }

    /// What an award charges to each group of a ceiling.
    fn charges(&self, ceiling: &Ceiling, project: ProjectIx, amount: Money) -> Vec<(usize, Money)> {
        let groups = ceiling
            .members
            .get(project.index())
            .map_or(&[][..], Vec::as_slice);
        if groups.is_empty() {
            return Vec::new();
        }
        let parts = split_equally(amount, groups.len(), self.granularity)
            .unwrap_or_else(|| vec![Money::MAX; groups.len()]);
        groups.iter().copied().zip(parts).collect()
    }

    /// Books an award in all ceilings.
    pub fn book(&mut self, project: ProjectIx, amount: Money) {
        self.change(project, amount, |used, charge| {
            used.money = used.money.checked_add(charge).unwrap_or(Money::MAX);
            used.projects = used.projects.saturating_add(1);
        });
    }

    /// Books more money for a project that has received `had`; it is not counted as a project again.
    pub fn book_more(&mut self, project: ProjectIx, had: Money, more: Money) {
        let ceilings = Arc::clone(&self.ceilings);
        for (at, ceiling) in ceilings.iter().enumerate() {
            for (group, charge) in self.charges_of_more(ceiling, project, had, more) {
                let used = self.used.get_mut(at).and_then(|used| used.get_mut(group));
                if let Some(used) = used {
                    used.money = used.money.checked_add(charge).unwrap_or(Money::MAX);
                }
            }
        }
    }

    /// Takes an award back from all ceilings.
    pub fn take_back(&mut self, project: ProjectIx, amount: Money) {
        self.change(project, amount, |used, charge| {
            used.money = used.money.checked_sub(charge).unwrap_or_default();
            used.projects = used.projects.saturating_sub(1);
        });
    }

    fn change(&mut self, project: ProjectIx, amount: Money, change: impl Fn(&mut Used, Money)) {
        let ceilings = Arc::clone(&self.ceilings);
        for (at, ceiling) in ceilings.iter().enumerate() {
            for (group, charge) in self.charges(ceiling, project, amount) {
                let used = self.used.get_mut(at).and_then(|used| used.get_mut(group));
                if let Some(used) = used {
                    change(used, charge);
                }
            }
        }
    }

    /// What each group of a ceiling has used: its name, money and projects.
    pub fn usage(&self, ceiling: usize) -> impl Iterator<Item = (&str, Money, u32)> {
        let groups = self.ceilings.get(ceiling).map(|ceiling| &ceiling.groups);
        let used = self.used.get(ceiling);
        groups
            .into_iter()
            .flatten()
            .zip(used.into_iter().flatten())
            .map(|((name, _), used)| (name.as_str(), used.money, used.projects))
    }

    /// The groups of a ceiling that are beyond their room: what soft and lifted ceilings report at the close.
    pub fn exceeded_of(&self, ceiling: usize) -> impl Iterator<Item = &str> {
        let groups = self.ceilings.get(ceiling).map(|ceiling| &ceiling.groups);
        let used = self.used.get(ceiling);
        groups
            .into_iter()
            .flatten()
            .zip(used.into_iter().flatten())
            .filter(|((_, room), used)| match room {
                Room::Amount(most) => used.money > *most,
                Room::Projects(most) => used.projects > *most,
            })
            .map(|((name, _), _)| name.as_str())
    }

    /// The groups of a project under the ceilings in force that may forbid, as pairs of ceiling and group.
    pub(crate) fn groups_of(
        &self,
        project: ProjectIx,
        phase: Phase,
    ) -> impl Iterator<Item = (usize, usize)> {
        self.ceilings
            .iter()
            .enumerate()
            .filter(move |&(at, _)| self.forbids(at, phase))
            .flat_map(move |(at, ceiling)| {
                let groups = ceiling.members.get(project.index());
                groups.into_iter().flatten().map(move |&group| (at, group))
            })
    }
}

fn would_cross(used: Used, room: Room, charge: Money) -> bool {
    match room {
        Room::Amount(most) => used.money.checked_add(charge).is_none_or(|sum| sum > most),
        Room::Projects(most) => used.projects >= most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: usize = 0;

    fn limits(room: Room) -> Limits {
        let groups = vec![("centre".to_owned(), room), ("port".to_owned(), room)];
        let members = vec![vec![0], vec![1], vec![0, 1], vec![]];
        Limits::new(vec![Ceiling::new("cap", groups, members)], Money::from(1))
    }

    #[test]
    fn a_shared_project_is_charged_in_parts() {
        let mut limits = limits(Room::Amount(Money::from(50)));
        limits.book(ProjectIx::new(2), Money::from(61));
        // 31 for the centre, 30 for the port.
        let crossed = |limits: &Limits, project, amount| {
            limits.crossed(ProjectIx::new(project), Money::from(amount), Phase::Count)
        };
        assert_eq!(crossed(&limits, 0, 19), None);
        assert_eq!(crossed(&limits, 0, 20).unwrap().group, "centre");
        assert_eq!(crossed(&limits, 1, 20), None);
        assert_eq!(crossed(&limits, 3, 1_000), None);
        limits.set_in_force(FIRST, Force::Off);
        assert_eq!(crossed(&limits, 0, 20), None);
    }

    #[test]
    fn projects_are_counted_and_taken_back() {
        let mut limits = limits(Room::Projects(1));
        let (first, amount) = (ProjectIx::new(0), Money::from(5));
        limits.book(first, amount);
        assert!(limits.crossed(first, amount, Phase::TopUp).is_some());
        limits.take_back(first, amount);
        assert!(limits.crossed(first, amount, Phase::Count).is_none());
    }

    #[test]
    fn more_money_is_charged_as_one_payment_of_both_and_counts_no_project() {
        let (shared, phase) = (ProjectIx::new(2), Phase::TopUp);
        let mut limits = limits(Room::Amount(Money::from(50)));
        limits.book(shared, Money::from(61));
        // 31 and 30; 8 more make 69: 35 and 34.
        limits.book_more(shared, Money::from(61), Money::from(8));
        let usage: Vec<Money> = limits.usage(FIRST).map(|(_, money, _)| money).collect();
        assert_eq!(usage, [35, 34].map(Money::from));
        let more = |limits: &Limits, more| {
            limits.crossed_by_more(shared, Money::from(69), Money::from(more), phase)
        };
        assert_eq!(more(&limits, 30), None);
        // 100 in all are 50 and 50; one more is the centre's.
        assert_eq!(more(&limits, 31), None);
        assert_eq!(more(&limits, 32).unwrap().group, "centre");
        let counted: Vec<u32> = limits
            .usage(FIRST)
            .map(|(_, _, projects)| projects)
            .collect();
        assert_eq!(counted, [1, 1]);
        let mut limits = self::limits(Room::Projects(1));
        limits.book(shared, Money::from(5));
        assert_eq!(
            limits.crossed_by_more(shared, Money::from(5), Money::from(5), phase),
            None
        );
    }

    #[test]
    fn what_is_lifted_is_still_reported() {
        let groups = vec![("all".to_owned(), Room::Amount(Money::from(10)))];
        let ceiling = Ceiling::new("cap", groups, vec![vec![0]]);
        let ceiling = ceiling.strictness(Strictness::HardUntilTopUp);
        let mut limits = Limits::new(vec![ceiling], Money::from(1));
        let project = ProjectIx::new(0);
        assert!(
            limits
                .crossed(project, Money::from(11), Phase::Count)
                .is_some()
        );
        assert!(
            limits
                .crossed(project, Money::from(11), Phase::TopUp)
                .is_none()
        );
        limits.book(project, Money::from(11));
        assert_eq!(limits.exceeded_of(FIRST).collect::<Vec<_>>(), ["all"]);
    }
}
