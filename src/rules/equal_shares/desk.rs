//! Where a run asks what the allocation allows, and how ties are settled.

use crate::count::{Allocation, Block, Halt};
use crate::election::{Election, Money, ProjectIx};

use super::run::{Desk, Permit};

/// The allocation as it is before the run is committed.
#[derive(Debug)]
pub(super) struct Trial<'t, 'a> {
    allocation: &'t mut Allocation<'a>,
    /// Projects neither exclude nor require each other.
    is_plain: bool,
}

impl<'t, 'a> Trial<'t, 'a> {
    pub(super) fn new(election: &Election, allocation: &'t mut Allocation<'a>) -> Trial<'t, 'a> {
        let projects = election.instance().projects();
        Trial {
            allocation,
            is_plain: projects.iter().all(|project| project.relations.is_empty()),
        }
    }

    /// Do projects neither exclude nor require each other?
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
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
        let all: Vec<ProjectIx> = bought.iter().copied().chain([project]).collect();
        match self.allocation.admits(&all) {
            // Too little money ends the run, which is seen from what it spent.
            Ok(()) | Err((_, Block::PotEmpty { .. })) => Permit::Granted,
            Err((_, Block::Requires { .. })) => Permit::Waits,
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

    fn untie(&mut self, tied: &[ProjectIx]) -> Result<ProjectIx, Halt> {
        self.allocation.try_untie(tied)
    }
}
