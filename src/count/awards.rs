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
}

/// The awards of a count.
#[derive(Debug, Clone, Default)]
pub(super) struct Awards {
    paid: Vec<Paid>,
    sums: Vec<Option<Money>>,
    /// Pairs of which at most one may be funded, both ways round, in order.
    variants: Vec<(ProjectIx, ProjectIx)>,
}

impl Awards {
    pub(super) fn new(instance: &Instance) -> Awards {
        let mut variants = Vec::new();
        for (project, record) in instance.project_indices().zip(instance.projects()) {
            for relation in &record.relations {
                if let Relation::VariantOf(other) = relation {
                    variants.extend(instance.find(other).into_iter().flat_map(|other| [(project, other), (other, project)]));
                }
            }
        }
        variants.sort_unstable();
        Awards { paid: Vec::new(), sums: vec![None; instance.projects().len()], variants }
    }

    /// Every payment in order.
    pub(super) fn paid(&self) -> &[Paid] {
        &self.paid
    }

    /// What a project has received; `None` if it was never awarded anything (it may have won for free).
    pub(super) fn sum(&self, project: ProjectIx) -> Option<Money> {
        self.sums.get(project.index()).copied().flatten()
    }

    pub(super) fn add(&mut self, paid: Paid) {
        if let Some(sum) = self.sums.get_mut(paid.project.index()) {
            *sum = Some(sum.unwrap_or_default().checked_add(paid.amount).unwrap_or(Money::MAX));
        }
        self.paid.push(paid);
    }

    fn has(&self, project: ProjectIx, also: &[ProjectIx]) -> bool {
        self.sum(project).is_some() || also.contains(&project)
    }

    /// What the relations of a project forbid, if `also` were awarded too.
    pub(super) fn relations(&self, instance: &Instance, project: ProjectIx, also: &[ProjectIx]) -> Option<Block> {
        let relations = &instance.project(project)?.relations;
        let own = relations.iter().find_map(|relation| match relation {
            Relation::MemberOf(group) => self.full(instance, project, group, also),
            Relation::Requires(other) => {
                let other = instance.find(other)?;
                (!self.has(other, also)).then_some(Block::Requires { project: other })
            }
            _ => None,
        });
        own.or_else(|| self.variant(project, also))
    }

    /// A funded project of which this one is a variant, or the other way round.
    fn variant(&self, project: ProjectIx, also: &[ProjectIx]) -> Option<Block> {
        let start = self.variants.partition_point(|&(first, _)| first < project);
        let others = self.variants.iter().skip(start).take_while(|&&(first, _)| first == project);
        let with = others.map(|&(_, other)| other).find(|&other| self.has(other, also))?;
        Some(Block::Exclusive { group: "variant-of".to_owned(), with })
    }

    fn full(&self, instance: &Instance, project: ProjectIx, group: &str, also: &[ProjectIx]) -> Option<Block> {
        let at_most = instance.groups().iter().find(|known| known.id == group)?.at_most as usize;
        let mut funded = instance.members(group).filter(|&other| other != project && self.has(other, also));
        let with = match at_most.checked_sub(1) {
            Some(last) => funded.nth(last)?,
            // A group of which none may be funded names the project itself.
            None => project,
        };
        Some(Block::Exclusive { group: group.to_owned(), with })
    }
}
