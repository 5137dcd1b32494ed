//! What has been awarded so far, and what that forbids.

use crate::budget::PotIx;
use crate::election::{Instance, Money, ProjectIx, Relation};

use super::funding::Block;

/// One payment, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paid {
    pub(super) project: ProjectIx,
    pub(super) pot: PotIx,
    pub(super) amount: Money,
    /// The number of the run that made it.
    pub(super) during: usize,
}

/// How one project depends on others, by index.
#[derive(Debug, Clone, Default)]
struct Ties {
    groups: Vec<usize>,
    requires: Vec<ProjectIx>,
    variants: Vec<ProjectIx>,
}

/// Projects that are looked at as if they were awarded too.
#[derive(Debug, Clone, Default)]
pub(super) struct Also {
    projects: Vec<bool>,
    groups: Vec<usize>,
}

/// The awards of a count.
#[derive(Debug, Clone, Default)]
pub(super) struct Awards {
    paid: Vec<Paid>,
    sums: Vec<Option<Money>>,
    ties: Vec<Ties>,
    /// How many projects of each exclusive group are awarded.
    in_group: Vec<usize>,
}

impl Awards {
    pub(super) fn new(instance: &Instance) -> Awards {
        let projects = instance.projects().len();
        let mut ties = vec![Ties::default(); projects];
        for (project, record) in instance.project_indices().zip(instance.projects()) {
            for relation in &record.relations {
                let variants = match relation {
                    Relation::VariantOf(other) => instance
                        .find(other)
                        .map(|other| [(project, other), (other, project)]),
                    _ => None,
                };
                for (project, other) in variants.into_iter().flatten() {
                    if let Some(ties) = ties.get_mut(project.index()) {
                        ties.variants.push(other);
                    }
                }
                let Some(ties) = ties.get_mut(project.index()) else {
                    continue;
                };
                match relation {
                    Relation::MemberOf(group) => ties.groups.extend(
                        instance
                            .groups()
                            .iter()
                            .position(|known| known.id == *group),
                    ),
                    Relation::Requires(other) => ties.requires.extend(instance.find(other)),
                    _ => {}
                }
            }
        }
        Awards {
            paid: Vec::new(),
            sums: vec![None; projects],
            ties,
            in_group: vec![0; instance.groups().len()],
        }
    }

    /// Every payment in order.
    pub(super) fn paid(&self) -> &[Paid] {
        &self.paid
    }

    /// What every project has received, in the order of their ids.
    pub(super) fn sums(&self) -> &[Option<Money>] {
        &self.sums
    }

    /// What a project has received; `None` if it was never awarded anything (it may have won for free).
    pub(super) fn sum(&self, project: ProjectIx) -> Option<Money> {
        self.sums.get(project.index()).copied().flatten()
    }

    pub(super) fn add(&mut self, paid: Paid) {
        if let Some(sum) = self.sums.get_mut(paid.project.index()) {
            if sum.is_none() {
                let groups = self
                    .ties
                    .get(paid.project.index())
                    .map_or(&[][..], |ties| &ties.groups);
                count_in(&mut self.in_group, groups);
            }
            *sum = Some(
                sum.unwrap_or_default()
                    .checked_add(paid.amount)
                    .unwrap_or(Money::MAX),
            );
        }
        self.paid.push(paid);
    }

    /// Takes back all payments to a project, and gives them.
    pub(super) fn take(&mut self, project: ProjectIx) -> Vec<Paid> {
        let (taken, kept) = self
            .paid
            .iter()
            .copied()
            .partition(|paid: &Paid| paid.project == project);
        self.paid = kept;
        let had = self.sums.get_mut(project.index()).and_then(Option::take);
        if had.is_some() {
            let groups = self.ties.get(project.index()).map(|ties| &ties.groups);
            for &group in groups.into_iter().flatten() {
                if let Some(count) = self.in_group.get_mut(group) {
                    *count = count.saturating_sub(1);
                }
            }
        }
        taken
    }

    /// The exclusive groups of a project, and the projects that it requires or is a variant of.
    pub(super) fn related(&self, project: ProjectIx) -> (&[usize], Vec<ProjectIx>) {
        self.ties
            .get(project.index())
            .map_or((&[], Vec::new()), |ties| {
                (
                    &ties.groups,
                    [&ties.requires[..], &ties.variants[..]].concat(),
                )
            })
    }

    /// No projects as if they were awarded too.
    pub(super) fn also(&self) -> Also {
        Also {
            projects: vec![false; self.sums.len()],
            groups: vec![0; self.in_group.len()],
        }
    }

    /// One more project as if it were awarded too.
    pub(super) fn think_of(&self, also: &mut Also, project: ProjectIx) {
        let flag = also.projects.get_mut(project.index());
        let Some(flag) = flag.filter(|flag| !**flag) else {
            return;
        };
        *flag = true;
        let groups = self.ties.get(project.index());
        count_in(
            &mut also.groups,
            groups.map_or(&[][..], |ties| &ties.groups),
        );
    }

    fn has(&self, project: ProjectIx, also: &Also) -> bool {
        self.sum(project).is_some() || also.projects.get(project.index()).copied().unwrap_or(false)
    }

    /// What the relations of a project forbid, if `also` were awarded too.
    pub(super) fn relations(
        &self,
        instance: &Instance,
        project: ProjectIx,
        also: &Also,
    ) -> Option<Block> {
        let ties = self.ties.get(project.index())?;
        let full = ties
            .groups
            .iter()
            .find_map(|&group| self.full(instance, project, group, also));
        let variant = || {
            let with = ties
                .variants
                .iter()
                .copied()
                .find(|&other| self.has(other, also))?;
            Some(Block::Exclusive {
                group: "variant-of".to_owned(),
                with,
            })
        };
        let missing = || {
            let project = ties
                .requires
                .iter()
                .copied()
                .find(|&other| !self.has(other, also))?;
            Some(Block::Requires { project })
        };
        full.or_else(variant).or_else(missing)
    }

    fn full(
        &self,
        instance: &Instance,
        project: ProjectIx,
        group: usize,
        also: &Also,
    ) -> Option<Block> {
        let record = instance.groups().get(group)?;
        let own = usize::from(also.projects.get(project.index()).copied().unwrap_or(false));
        let others = self.in_group.get(group)? + also.groups.get(group).copied().unwrap_or(0) - own;
        if others < record.at_most as usize {
            return None;
        }
        // A group of which none may be funded names the project itself.
        let with = instance
            .members(&record.id)
            .find(|&other| other != project && self.has(other, also))
            .unwrap_or(project);
        Some(Block::Exclusive {
            group: record.id.clone(),
            with,
        })
    }
}

/// Counts one more project in each of these groups.
fn count_in(counts: &mut [usize], groups: &[usize]) {
    for &group in groups {
        if let Some(count) = counts.get_mut(group) {
            *count += 1;
        }
    }
}
