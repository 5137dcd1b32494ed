//! Rivals: which projects compete for the same money.

use std::collections::BTreeMap;

use crate::budget::PotIx;
use crate::election::ProjectIx;

use super::allocation::Allocation;
use super::sources::Sources;

/// Something that two projects can have in common, so that funding one can matter to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Common {
    Pot(PotIx),
    Limit(usize, usize),
    Group(usize),
    Project(ProjectIx),
}

impl Allocation<'_> {
    /// The open projects that may be paid from a pot that may pay for this one, in the order of their ids; itself
    /// among them, if it is open. With one pot these are all candidates.
    #[must_use]
    pub fn rivals(&self, project: ProjectIx) -> Vec<ProjectIx> {
        let mut open = self.candidates();
        if let Sources::Each(_) = self.sources {
            let own = self.sources.ways(project).concat();
            open.retain(|&other| {
                let mut pots = self.sources.ways(other).iter().flatten();
                pots.any(|pot| own.contains(pot))
            });
        }
        open
    }

    /// Parts a group of projects, so that funding projects of one part can never matter to those of another: they
    /// share no pot, no limit and no relation. Each part is in the order of ids, and so are the parts by their
    /// first project. With one pot there is one part.
    #[must_use]
    pub fn independent(&self, group: Vec<ProjectIx>) -> Vec<Vec<ProjectIx>> {
        if matches!(self.sources, Sources::Common(_)) || group.len() < 2 {
            return if group.is_empty() {
                Vec::new()
            } else {
                vec![group]
            };
        }
        let mut parts: Vec<Vec<ProjectIx>> = Vec::new();
        let mut part_of: BTreeMap<Common, usize> = BTreeMap::new();
        for project in group {
            let commons = self.commons(project);
            let mut joined: Vec<usize> = commons
                .iter()
                .filter_map(|common| part_of.get(common).copied())
                .collect();
            joined.sort_unstable();
            joined.dedup();
            let at = joined.first().copied().unwrap_or(parts.len());
            if at == parts.len() {
                parts.push(Vec::new());
            }
            for &other in joined.iter().skip(1) {
                let moved = parts.get_mut(other).map(std::mem::take).unwrap_or_default();
                if let Some(part) = parts.get_mut(at) {
                    part.extend(moved);
                }
                part_of
                    .values_mut()
                    .filter(|part| **part == other)
                    .for_each(|part| *part = at);
            }
            if let Some(part) = parts.get_mut(at) {
                part.push(project);
            }
            part_of.extend(commons.into_iter().map(|common| (common, at)));
        }
        parts.retain(|part| !part.is_empty());
        for part in &mut parts {
            part.sort_unstable();
        }
        parts.sort_unstable();
        parts
    }

    fn commons(&self, project: ProjectIx) -> Vec<Common> {
        let pots = self.sources.ways(project).iter().flatten();
        let limits = self.limits.groups_of(project, self.phase);
        let (groups, projects) = self.awards.related(project);
        pots.map(|&pot| Common::Pot(pot))
            .chain(limits.map(|(limit, group)| Common::Limit(limit, group)))
            .chain(groups.iter().map(|&group| Common::Group(group)))
            .chain(projects.into_iter().map(Common::Project))
            .chain([Common::Project(project)])
            .collect()
    }
}
