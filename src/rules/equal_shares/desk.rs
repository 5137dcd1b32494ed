//! Where a run asks what the allocation allows, and how ties are settled.

use crate::count::{After, Allocation, Block, Halt};
use crate::election::{Election, Money, ProjectIx};

use super::run::{Desk, Permit};

/// The allocation as it is before the run is committed.
#[derive(Debug)]
pub(super) struct Trial<'t, 'a> {
    allocation: &'t mut Allocation<'a>,
    /// Nothing but the purses decides: no limit, and no project excludes or requires another.
    is_plain: bool,
}

/// The law after what one run has bought so far: it grows with the run, and is begun anew with the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    bought: Vec<ProjectIx>,
    after: Option<After>,
}

impl Standing {
    /// The law after these purchases.
    fn after(&mut self, allocation: &Allocation<'_>, bought: &[ProjectIx]) -> &After {
        if !bought.starts_with(&self.bought) {
            *self = Standing::default();
        }
        let after = self.after.get_or_insert_with(|| allocation.after(&[]));
        for &project in bought.iter().skip(self.bought.len()) {
            allocation.go_on(after, project);
            self.bought.push(project);
        }
        after
    }
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
            .filter(|&project| self.allocation.permits_after(&after, project).is_ok())
            .collect()
    }
}

impl Desk for Trial<'_, '_> {
    fn permit(&self, standing: &mut Standing, bought: &[ProjectIx], project: ProjectIx) -> Permit {
        if self.is_plain {
            return Permit::Granted;
        }
        // Too little money ends the run, which is seen from what it spent.
        let after = standing.after(self.allocation, bought);
        match self.allocation.permits_after(after, project) {
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

    fn work(&mut self, steps: u64) -> Result<(), Halt> {
        self.allocation.work(steps)
    }

    fn first(&self, tied: &[ProjectIx]) -> Option<ProjectIx> {
        self.allocation.would_untie(tied)
    }

    fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        self.allocation.try_untie(tied)
    }
}
