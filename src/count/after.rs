//! What the law would say after purchases that are only thought of.

use crate::budget::Limits;
use crate::election::ProjectIx;

use super::allocation::Allocation;
use super::awards::Also;
use super::funding::Block;

/// What the law looks at, as it would be if some projects were funded in full too. It belongs to the allocation that made it, for
/// as long as that does not change.
#[derive(Debug, Clone)]
pub(crate) struct After {
    also: Also,
    /// The limits with those projects booked; `None` where none can forbid anything.
    limits: Option<Limits>,
}

impl Allocation<'_> {
    /// Could a limit that is in force now forbid an award?
    pub(crate) fn is_limited(&self) -> bool {
        self.limits.can_forbid(self.phase)
    }

    /// The law as it would be if these projects were funded in full too.
    pub(crate) fn after(&self, projects: &[ProjectIx]) -> After {
        let mut after = After {
            also: self.awards.also(),
            limits: self.is_limited().then(|| self.limits.clone()),
        };
        for &project in projects {
            self.go_on(&mut after, project);
        }
        after
    }

    /// One more project is thought of as funded in full.
    pub(crate) fn go_on(&self, after: &mut After, project: ProjectIx) {
        self.awards.think_of(&mut after.also, project);
        if let Some(limits) = &mut after.limits {
            limits.book(project, self.cost_of(project));
        }
    }

    /// May this project be funded in full next, were there money enough?
    ///
    /// # Errors
    /// The [`Block`] that forbids it: relations before limits.
    pub(crate) fn permits_after(&self, after: &After, project: ProjectIx) -> Result<(), Block> {
        self.permitted(project, &after.also)?;
        let limits = after.limits.as_ref();
        let cost = self.cost_of(project);
        let crossed = limits.and_then(|limits| limits.crossed(project, cost, self.phase));
        crossed.map_or(Ok(()), |crossed| Err(Block::limit(&crossed)))
    }
}
