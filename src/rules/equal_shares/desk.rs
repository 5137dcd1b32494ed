//! Where a run asks what the allocation allows, and how ties are settled.

use crate::count::{Allocation, Block, Halt};
use crate::election::{Election, Money, ProjectIx};

use super::run::{Desk, Permit};

/// The allocation as it is before the run is committed.
#[derive(Debug)]
pub(super) struct Trial<'t, 'a> {
    allocation: &'t mut Allocation<'a>,
    /// Nothing but the purses decides.
    is_plain: bool,
}

impl<'t, 'a> Trial<'t, 'a> {
    pub(super) fn new(election: &Election, allocation: &'t mut Allocation<'a>) -> Trial<'t, 'a> {
        let mut projects = election.instance().projects().iter();
        let is_plain =
            !allocation.is_limited() && projects.all(|project| project.relations.is_empty());
        Trial {
            allocation,
            is_plain,
        }
    }

    /// Does nothing but the purses decide: no limit, and no project excludes or requires another?
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Those of the projects that may be bought after these.
    pub(super) fn granted(
        &self,
        bought: &[ProjectIx],
        projects: impl Iterator<Item = ProjectIx>,
    ) -> Vec<ProjectIx> {
        if self.is_plain {
            return projects.collect();
        }
        let after = self.allocation.after(bought);
        projects
            .filter(|&project| after.permits(project).is_ok())
            .collect()
    }

    pub(super) fn work(&mut self, steps: u64) -> Result<(), Halt> {
        self.allocation.work(steps)
    }
}

impl Desk for Trial<'_, '_> {
    fn permit(&self, bought: &[ProjectIx], project: ProjectIx) -> Permit {
        if self.is_plain {
            return Permit::Granted;
        }
        // Too little money ends the run, which is seen from what it spent.
        match self.allocation.after(bought).permits(project) {
            Ok(()) => Permit::Granted,
            Err(Block::Requires { .. }) => Permit::Waits,
            Err(_) => Permit::Barred,
        }
    }

    fn permit_all(&self, bought: &[ProjectIx], projects: &[ProjectIx]) -> bool {
        let all: Vec<ProjectIx> = bought.iter().chain(projects).copied().collect();
        self.is_plain || self.allocation.admits(&all).is_ok()
    }

    fn available(&self) -> Money {
        self.allocation.available()
    }

    fn first(&self, tied: &[ProjectIx]) -> Option<ProjectIx> {
        self.allocation.would_untie(tied)
    }

    fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        self.allocation.try_untie(tied)
    }
}
