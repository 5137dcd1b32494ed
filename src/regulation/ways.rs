//! Which pots may pay for which project in a stage.

use crate::budget::PotIx;
use crate::count::Way;
use crate::election::{Instance, Project, ProjectIx};
use crate::law::{Law, Pot, Stage};

use super::ground::Ground;
use super::pots::OpenPot;

/// What ways are found from.
pub(super) struct Ways<'a> {
    pub(super) law: &'a Law,
    pub(super) ground: &'a Ground<'a>,
    pub(super) pots: &'a [OpenPot],
    pub(super) opened: &'a [PotIx],
}

impl Ways<'_> {
    /// The ways of every project in a stage, in the order in which the stage names its pots.
    pub(super) fn of_stage(&self, stage: &Stage, instance: &Instance) -> Vec<Vec<Way>> {
        instance
            .project_indices()
            .zip(instance.projects())
            .map(|(project, record)| {
                let ways = stage.pots.iter();
                ways.filter_map(|id| self.way(id, project, record))
                    .collect()
            })
            .collect()
    }

    /// How the pot of this id pays for a project: by itself, or a family by the members of the project's areas.
    fn way(&self, id: &str, project: ProjectIx, record: &Project) -> Option<Way> {
        let single = self.pots.iter().position(|pot| pot.id == id);
        if let Some(at) = single {
            let pot = self.pots.get(at)?;
            let own = pot
                .area
                .is_none_or(|area| self.ground.charged(project) == [area]);
            return (own && self.spec(pot)?.holds.selects(record))
                .then(|| self.opened.get(at).map(|&pot| vec![pot]))
                .flatten();
        }
        let spec = self.law.pots.iter().position(|pot| pot.id == id)?;
        let areas = self.ground.charged(project);
        if areas.is_empty() || !self.law.pots.get(spec)?.holds.selects(record) {
            return None;
        }
        areas
            .iter()
            .map(|&area| {
                let member = |pot: &OpenPot| pot.spec == spec && pot.area == Some(area);
                self.opened.get(self.pots.iter().position(member)?).copied()
            })
            .collect()
    }

    /// The pots that may pay for a project in any stage, each once, in order.
    pub(super) fn pots_of(&self, project: ProjectIx, record: &Project) -> Vec<usize> {
        let ids = self.law.stages.iter().flat_map(|stage| &stage.pots);
        let pots: Vec<PotIx> = ids
            .filter_map(|id| self.way(id, project, record))
            .flatten()
            .collect();
        let places = self.opened.iter().enumerate();
        places
            .filter(|(_, pot)| pots.contains(pot))
            .map(|(at, _)| at)
            .collect()
    }

    fn spec(&self, pot: &OpenPot) -> Option<&Pot> {
        self.law.pots.get(pot.spec)
    }
}
