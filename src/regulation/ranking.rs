//! Projects in the order of a score, and who goes first among those that several could be.

use crate::count::{Allocation, Halt};
use crate::election::ProjectIx;
use crate::tally::ranking::Ranked;

/// The place of each project in an order of candidates, in the order of their ids; equals share a place, and who was
/// no candidate comes last.
#[derive(Debug, Clone)]
pub(super) struct Order(Vec<usize>);

impl Order {
    pub(super) fn of(ranked: &Ranked, projects: usize) -> Order {
        let mut places = vec![usize::MAX; projects];
        for (place, group) in ranked.groups().iter().enumerate() {
            for project in group {
                if let Some(slot) = places.get_mut(project.index()) {
                    *slot = place;
                }
            }
        }
        Order(places)
    }

    /// The place of a project; less is better.
    pub(super) fn place(&self, project: ProjectIx) -> usize {
        self.0.get(project.index()).copied().unwrap_or(usize::MAX)
    }

    /// Groups of equals, the best first; within a group in the order of ids.
    pub(super) fn ranked(&self, mut projects: Vec<ProjectIx>) -> Vec<Vec<ProjectIx>> {
        projects.sort_by_key(|&project| (self.place(project), project));
        projects
            .chunk_by(|&a, &b| self.place(a) == self.place(b))
            .map(<[ProjectIx]>::to_vec)
            .collect()
    }

    /// The best of some projects; the tie chain is asked among equals.
    pub(super) fn best(
        &self,
        projects: Vec<ProjectIx>,
        allocation: &mut Allocation<'_>,
    ) -> Result<Option<ProjectIx>, Halt> {
        match self.ranked(projects).first() {
            Some(group) => allocation.untie(group).map(Some),
            None => Ok(None),
        }
    }
}
