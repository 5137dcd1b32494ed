//! The order that a ranking gives: groups of tied projects, the best first.

use std::cmp::Ordering;

use crate::election::ProjectIx;
use crate::exact::Ratio;

use super::figure::Figure;

/// An order of projects in tied groups, the best first, with the figure of each.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// use quartier::tally::Score;
///
/// let election = Election::builder().budget(10)
///     .project(("a", 5)).project(("b", 5)).project(("c", 5))
///     .ballots(Ballot::ranked(["a", "b"]), 2)
///     .ballots(Ballot::ranked(["b", "a"]), 2)
///     .build()?;
/// let ranked = Score::Copeland.order(&election)?;
/// let ids: Vec<Vec<&str>> = ranked.groups().iter()
///     .map(|group| group.iter().map(|&project| election.instance().id_of(project)).collect())
///     .collect();
/// assert_eq!(ids, [vec!["a", "b"], vec!["c"]]);
/// let c = election.instance().find("c").ok_or("no c")?;
/// assert_eq!(ranked.place(c), Some(2));
/// assert_eq!(ranked.figure(c).ok_or("no figure")?.to_string(), "0 won, 0 tied");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    groups: Vec<Vec<ProjectIx>>,
    /// By the index of the project; `None` for those that were not to be ranked.
    figures: Vec<Option<(usize, Figure)>>,
}

impl Ranked {
    /// The groups, the best first, each in the order of ids; no group is empty.
    #[must_use]
    pub fn groups(&self) -> &[Vec<ProjectIx>] {
        &self.groups
    }

    /// The figure of a project; `None` if it is not in this order.
    #[must_use]
    pub fn figure(&self, project: ProjectIx) -> Option<&Figure> {
        self.entry(project).map(|(_, figure)| figure)
    }

    /// The number of the project's group, from 1; `None` if it is not in this order.
    #[must_use]
    pub fn place(&self, project: ProjectIx) -> Option<usize> {
        self.entry(project).map(|&(group, _)| group + 1)
    }

    fn entry(&self, project: ProjectIx) -> Option<&(usize, Figure)> {
        self.figures.get(project.index())?.as_ref()
    }

    /// From groups that are in order; the projects within are put in the order of ids.
    pub(super) fn from_groups(groups: Vec<Vec<(ProjectIx, Figure)>>) -> Ranked {
        let last = groups.iter().flatten().map(|(project, _)| project.index());
        let mut figures = vec![None; last.max().map_or(0, |last| last + 1)];
        let mut ranked = Vec::with_capacity(groups.len());
        for (number, group) in groups.into_iter().enumerate() {
            let mut members: Vec<ProjectIx> = group.iter().map(|&(project, _)| project).collect();
            members.sort_unstable();
            ranked.push(members);
            for (project, figure) in group {
                if let Some(slot) = figures.get_mut(project.index()) {
                    *slot = Some((number, figure));
                }
            }
        }
        Ranked {
            groups: ranked,
            figures,
        }
    }

    /// By a comparison of figures that puts the better one first.
    pub(super) fn sorted(
        mut figures: Vec<(ProjectIx, Figure)>,
        compare: impl Fn(&Figure, &Figure) -> Ordering,
    ) -> Ranked {
        figures.sort_by(|(_, a), (_, b)| compare(a, b));
        let groups = figures
            .chunk_by(|(_, a), (_, b)| compare(a, b).is_eq())
            .map(<[_]>::to_vec)
            .collect();
        Ranked::from_groups(groups)
    }

    /// By descending totals, one per project of the election.
    pub(crate) fn by_totals(among: &[ProjectIx], totals: &[Ratio]) -> Ranked {
        let total = |&project: &ProjectIx| {
            let total = totals.get(project.index()).cloned().unwrap_or_default();
            (project, Figure::Total(total))
        };
        Ranked::sorted(among.iter().map(total).collect(), |a, b| {
            b.total().cmp(&a.total())
        })
    }

    /// From a relation without circles: the first group holds those that nobody is before, the next those
    /// that nobody of the rest is before, and so on.
    ///
    /// `before(a, b)` takes positions in `among`.
    pub(super) fn layers(among: &[ProjectIx], before: impl Fn(usize, usize) -> bool) -> Ranked {
        let all = || 0..among.len();
        let mut behind: Vec<usize> = all()
            .map(|at| all().filter(|&other| before(other, at)).count())
            .collect();
        let beats = |at: usize| all().filter(|&other| before(at, other)).count();
        let mut rest: Vec<usize> = all().collect();
        let mut groups = Vec::new();
        while !rest.is_empty() {
            let free = |at: &usize| behind.get(*at).is_none_or(|&number| number == 0);
            let (mut layer, mut others): (Vec<usize>, Vec<usize>) =
                rest.into_iter().partition(free);
            if layer.is_empty() {
                // A relation without circles always has somebody whom nobody is before.
                std::mem::swap(&mut layer, &mut others);
            }
            for (at, number) in behind.iter_mut().enumerate() {
                *number -= layer.iter().filter(|&&gone| before(gone, at)).count();
            }
            let group = layer.iter().filter_map(|&at| {
                let number = u32::try_from(beats(at)).unwrap_or(u32::MAX);
                Some((*among.get(at)?, Figure::Beats(number)))
            });
            groups.push(group.collect());
            rest = others;
        }
        Ranked::from_groups(groups)
    }
}
