//! Pots whose money is divided among voters: who has a purse in which, and one pot at a time.

use crate::budget::PotIx;
use crate::election::{AreaIx, ProjectIx};

use super::allocation::Allocation;
use super::sources::Sources;

/// Why the pots of a run cannot be taken one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entangled {
    /// One of several pots may pay for the project.
    Choice(ProjectIx),
    /// Several pots pay for the project together.
    Joint(ProjectIx),
    /// Two projects of different pots share a limit or a relation, so that it matters whose turn is first.
    Bound(ProjectIx, ProjectIx),
}

impl Allocation<'_> {
    /// From here on only those who live in an area have a purse in this pot. Otherwise everybody has.
    pub(crate) fn entitle(&mut self, pot: PotIx, area: AreaIx) {
        self.entitled.push((pot, area));
    }

    /// The area whose voters alone have a purse in a pot; `None` if all voters have.
    pub(crate) fn entitled(&self, pot: PotIx) -> Option<AreaIx> {
        let own = self.entitled.iter().find(|(known, _)| *known == pot);
        own.map(|&(_, area)| area)
    }

    /// The pots that pay for the candidates, in order, if each candidate is paid by one of them alone and funding
    /// projects of one can never matter to those of another. `None` where one pot pays for everything.
    ///
    /// # Errors
    /// All that stands against it.
    pub(crate) fn pots_apart(&self) -> Result<Option<Vec<PotIx>>, Vec<Entangled>> {
        let Sources::Each(_) = self.sources else {
            return Ok(None);
        };
        let candidates = self.candidates();
        let (mut pots, mut entangled) = (Vec::new(), Vec::new());
        for &project in &candidates {
            match self.sources.ways(project) {
                [way] => match way.as_slice() {
                    [pot] => pots.push(*pot),
                    _ => entangled.push(Entangled::Joint(project)),
                },
                _ => entangled.push(Entangled::Choice(project)),
            }
        }
        if !entangled.is_empty() {
            return Err(entangled);
        }
        for part in self.independent(candidates) {
            let Some(&first) = part.first() else { continue };
            let pot = self.own_pot(first);
            let other = part.iter().find(|&&other| self.own_pot(other) != pot);
            entangled.extend(other.map(|&other| Entangled::Bound(first, other)));
        }
        pots.sort_unstable();
        pots.dedup();
        if entangled.is_empty() {
            Ok(Some(pots))
        } else {
            Err(entangled)
        }
    }

    /// The only pot that may pay for a project.
    fn own_pot(&self, project: ProjectIx) -> Option<PotIx> {
        match self.sources.ways(project) {
            [way] => match way.as_slice() {
                [pot] => Some(*pot),
                _ => None,
            },
            _ => None,
        }
    }

    /// From here on the run sees one pot alone: its money, its projects, what it has paid. `None` ends that.
    pub(crate) fn look_at(&mut self, pot: Option<PotIx>) {
        self.looked_at = pot;
    }

    /// Is this a project of the pot that the run is looking at?
    pub(super) fn is_looked_at(&self, project: ProjectIx) -> bool {
        self.looked_at
            .is_none_or(|pot| self.own_pot(project) == Some(pot))
    }

    /// What a pot is called.
    pub(crate) fn pot_id(&self, pot: PotIx) -> &str {
        self.journal.pot_id(pot)
    }
}
