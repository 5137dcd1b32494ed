//! A pass: the best-ranked projects of every group, until each has what it is to have.

use crate::budget::split_equally;
use crate::count::{Allocation, Halt};
use crate::election::{Money, ProjectIx};
use crate::law::Goal;

use super::ranking::Order;

/// What a group has so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress {
    pub(super) projects: u32,
    pub(super) money: Money,
}

impl Progress {
    pub(super) fn meets(self, goal: Goal) -> bool {
        match goal {
            Goal::Projects(wanted) => self.projects >= wanted,
            Goal::Amount(wanted) => self.money >= wanted,
        }
    }

    fn add(&mut self, money: Money) {
        self.projects = self.projects.saturating_add(1);
        self.money = self.money.checked_add(money).unwrap_or(Money::MAX);
    }
}

/// Charges an amount to the groups of a project, in equal parts.
pub(super) fn charge(
    groups_of: &[Vec<usize>],
    project: ProjectIx,
    amount: Money,
    allocation: &Allocation<'_>,
    all: &mut [Progress],
) {
    let groups = groups_of
        .get(project.index())
        .map_or(&[][..], Vec::as_slice);
    let parts = split_equally(amount, groups.len(), allocation.granularity()).unwrap_or_default();
    for (&group, part) in groups.iter().zip(parts) {
        if let Some(progress) = all.get_mut(group) {
            progress.add(part);
        }
    }
}

/// Funds the best-ranked projects of every group until its goal is met. Nobody is ruled out by it.
pub(super) struct Pass<'a> {
    order: &'a Order,
    groups_of: &'a [Vec<usize>],
    goal: Goal,
    pub(super) progress: Vec<Progress>,
    pub(super) counts: Vec<bool>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        order: &'a Order,
        groups_of: &'a [Vec<usize>],
        goal: Goal,
        groups: usize,
    ) -> Pass<'a> {
        Pass {
            order,
            groups_of,
            goal,
            progress: vec![Progress::default(); groups],
            counts: vec![true; groups],
        }
    }

    /// The groups of a project that still want one.
    fn wanting(&self, project: ProjectIx) -> impl Iterator<Item = usize> {
        let groups = self.groups_of.get(project.index()).into_iter().flatten();
        groups.copied().filter(|&group| {
            let open = self
                .progress
                .get(group)
                .is_some_and(|done| !done.meets(self.goal));
            open && self.counts.get(group).copied().unwrap_or(false)
        })
    }

    pub(super) fn run(
        &mut self,
        allocation: &mut Allocation<'_>,
        candidates: Vec<ProjectIx>,
    ) -> Result<(), Halt> {
        for group in self.order.ranked(candidates) {
            self.tied(allocation, group)?;
        }
        Ok(())
    }

    /// Gives a tied group its turns; the order among them is asked for only where it matters.
    fn tied(
        &mut self,
        allocation: &mut Allocation<'_>,
        mut group: Vec<ProjectIx>,
    ) -> Result<(), Halt> {
        loop {
            group.retain(|&project| {
                allocation.is_open(project)
                    && self.wanting(project).next().is_some()
                    && is_quotable(allocation, project)
            });
            let Some(part) = self.first_part(allocation, &group) else {
                return Ok(());
            };
            let all = self.wants_all(allocation, &part) && allocation.admits(&part).is_ok();
            let next = if all {
                part
            } else {
                vec![allocation.untie(&part)?]
            };
            for project in next {
                if let Ok(()) = allocation.select(project)? {
                    let cost = allocation.received(project).unwrap_or_default();
                    charge(
                        self.groups_of,
                        project,
                        cost,
                        allocation,
                        &mut self.progress,
                    );
                }
            }
        }
    }

    /// The first of the parts of a group that cannot matter to each other.
    fn first_part(
        &self,
        allocation: &Allocation<'_>,
        group: &[ProjectIx],
    ) -> Option<Vec<ProjectIx>> {
        let mut parts = allocation.independent(group.to_vec()).into_iter();
        let mut part = parts.next()?;
        let mut others: Vec<Vec<ProjectIx>> = parts.collect();
        loop {
            let shares = |other: &[ProjectIx]| {
                other.iter().any(|&a| {
                    self.wanting(a).any(|group| {
                        part.iter()
                            .any(|&b| self.wanting(b).any(|own| own == group))
                    })
                })
            };
            let Some(at) = others.iter().position(|other| shares(other)) else {
                part.sort_unstable();
                return Some(part);
            };
            part.extend(others.remove(at));
        }
    }

    /// Would every one of these be wanted, whoever of them came last?
    fn wants_all(&self, allocation: &Allocation<'_>, part: &[ProjectIx]) -> bool {
        part.iter().all(|&last| {
            let mut before = self.progress.clone();
            for &project in part.iter().filter(|&&project| project != last) {
                let cost = allocation.cost_of(project);
                charge(self.groups_of, project, cost, allocation, &mut before);
            }
            self.wanting(last)
                .any(|group| before.get(group).is_some_and(|done| !done.meets(self.goal)))
        })
    }
}

fn is_quotable(allocation: &Allocation<'_>, project: ProjectIx) -> bool {
    allocation
        .quote(project, allocation.cost_of(project))
        .is_ok()
}
