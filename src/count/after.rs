//! What the law would say after purchases that are only thought of.

use crate::budget::Limits;
use crate::election::ProjectIx;

use super::allocation::Allocation;
use super::awards::Also;
use super::funding::Block;

/// The law as it would be if some projects were funded in full too.
#[derive(Debug)]
pub(crate) struct After<'p, 'a> {
    allocation: &'p Allocation<'a>,
    also: Also,
    /// The limits with those projects booked; `None` where none can forbid anything.
    limits: Option<Limits>,
}

impl<'a> Allocation<'a> {
    /// Could a limit that is in force now forbid an award?
    pub(crate) fn is_limited(&self) -> bool {
        self.limits.can_forbid(self.phase)
    }

    /// The law as it would be if these projects were funded in full too.
    pub(crate) fn after(&self, projects: &[ProjectIx]) -> After<'_, 'a> {
        let limits = self.is_limited().then(|| {
            let mut limits = self.limits.clone();
            for &project in projects {
                limits.book(project, self.cost_of(project));
            }
            limits
        });
        After {
            allocation: self,
            also: self.awards.also(projects),
            limits,
        }
    }
}

impl After<'_, '_> {
    /// May this project be funded in full next, were there money enough?
    ///
    /// # Errors
    /// The [`Block`] that forbids it: relations before limits.
    pub(crate) fn permits(&self, project: ProjectIx) -> Result<(), Block> {
        self.allocation.permitted(project, &self.also)?;
        let cost = self.allocation.cost_of(project);
        let crossed = self
            .limits
            .as_ref()
            .and_then(|limits| limits.crossed(project, cost, self.allocation.phase));
        crossed.map_or(Ok(()), |crossed| Err(Block::limit(&crossed)))
    }
}
