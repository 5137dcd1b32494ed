//! The ground: which areas there are, and which of them a project is charged to.

use crate::election::{Area, AreaIx, Election, Project, ProjectIx};
use crate::exact::Ratio;
use crate::law::{Fault, FaultKind, Law, SeveralAreas};

/// The areas of an election, as a law looks at them. Areas are named by their place in the order of their ids.
pub(super) struct Ground<'a> {
    pub(super) areas: &'a [Area],
    /// Whether an area has no parts.
    pub(super) leaves: Vec<bool>,
    /// The areas to which each project is charged, in order; none for a city-wide project.
    pub(super) charged: Vec<Vec<usize>>,
}

impl<'a> Ground<'a> {
    pub(super) fn of(law: &Law, election: &'a Election, faults: &mut Vec<Fault>) -> Ground<'a> {
        let instance = election.instance();
        let areas = instance.areas();
        let is_parent = |area: &Area| {
            let mut parents = areas.iter().filter_map(|other| other.parent.as_ref());
            parents.any(|parent| *parent == area.id)
        };
        let mut charged = Vec::new();
        let mut shared: Vec<&str> = Vec::new();
        for project in instance.projects() {
            let mut own: Vec<usize> = match law.several_areas {
                Some(SeveralAreas::First) => project.areas.first().into_iter().collect::<Vec<_>>(),
                _ => project.areas.iter().collect(),
            }
            .into_iter()
            .filter_map(|id| instance.find_area(id))
            .map(AreaIx::index)
            .collect();
            own.sort_unstable();
            own.dedup();
            if own.len() > 1 && law.several_areas.is_none() {
                shared.push(&project.id);
            }
            charged.push(own);
        }
        if !shared.is_empty() {
            let why = format!("projects concern several areas: {}", shared.join(", "));
            faults.push(
                Fault::new("several-areas", FaultKind::ElectionNeedsChoice)
                    .allowed(["equal-shares", "first"])
                    .why(why),
            );
        }
        Ground {
            areas,
            leaves: areas.iter().map(|area| !is_parent(area)).collect(),
            charged,
        }
    }

    /// The areas without parts, in order.
    pub(super) fn leaves(&self) -> impl Iterator<Item = usize> {
        let leaves = self.leaves.iter().enumerate();
        leaves.filter(|(_, leaf)| **leaf).map(|(at, _)| at)
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.areas
            .binary_search_by(|area| area.id.as_str().cmp(id))
            .ok()
    }

    pub(super) fn id(&self, area: usize) -> &str {
        self.areas.get(area).map_or("", |area| &area.id)
    }

    pub(super) fn charged(&self, project: ProjectIx) -> &[usize] {
        self.charged.get(project.index()).map_or(&[], Vec::as_slice)
    }

    /// A number about an area, above zero.
    pub(super) fn positive(&self, area: usize, name: &str) -> Option<&Ratio> {
        let value = self.areas.get(area)?.attributes.get(name)?;
        value.is_positive().then_some(value)
    }
}

/// The themes of an election in order, each once, and those of each project.
pub(super) fn categories(projects: &[Project]) -> (Vec<String>, Vec<Vec<usize>>) {
    let mut all: Vec<String> = projects
        .iter()
        .flat_map(|project| project.categories.iter().cloned())
        .collect();
    all.sort_unstable();
    all.dedup();
    let of_project = projects
        .iter()
        .map(|project| {
            let own = project.categories.iter();
            let mut own: Vec<usize> = own
                .filter_map(|name| all.binary_search(name).ok())
                .collect();
            own.sort_unstable();
            own.dedup();
            own
        })
        .collect();
    (all, of_project)
}
