//! Projects in the order of a score, and who goes first among those that several could be.

use crate::count::{Allocation, Halt};
use crate::election::ProjectIx;
use crate::exact::Ratio;

/// The scores of all projects, in the order of their ids.
pub(super) struct Scores(pub(super) Vec<Ratio>);

impl Scores {
    pub(super) fn of(&self, project: ProjectIx) -> Ratio {
        self.0.get(project.index()).cloned().unwrap_or_default()
    }

    /// Groups of equal score, the best first; within a group in the order of ids.
    pub(super) fn ranked(&self, mut projects: Vec<ProjectIx>) -> Vec<Vec<ProjectIx>> {
        projects.sort_by(|&a, &b| self.of(b).cmp(&self.of(a)).then(a.cmp(&b)));
        projects
            .chunk_by(|&a, &b| self.of(a) == self.of(b))
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
