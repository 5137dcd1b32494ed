//! The law's limits, as ceilings on the projects of an election.

use crate::budget::{Ceiling, Room, Strictness};
use crate::election::{Instance, Money, ProjectIx};
use crate::law::{Bound, Limit, Per, PerAreaConcerned, Share, Strength, TopUp, proposer_text};

use super::ground::categories;
use super::ways::Ways;

/// A ceiling or a floor with the limit that it comes from.
pub(super) struct Watched {
    /// The limit's place in the law.
    pub(super) limit: usize,
    /// A floor is checked at the close, and watched like a ceiling that is never in force.
    pub(super) least: Option<Room>,
    pub(super) ceiling: Ceiling,
}

/// All bounds of all limits, in order.
pub(super) fn watched(ways: &Ways<'_>, instance: &Instance, whole: Money) -> Vec<Watched> {
    let limits = ways.law.limits.iter().enumerate();
    limits
        .flat_map(|(at, limit)| {
            let (names, members) = groups(ways, instance, limit);
            limit.bounds.iter().map(move |bound| {
                let room = |group: usize| room(ways, instance, limit, bound, group, whole);
                let numbered = names.iter().cloned().enumerate();
                let groups = numbered.map(|(group, name)| (name, room(group))).collect();
                let least = match bound {
                    Bound::AtLeast(amount) => Some(Room::Amount(*amount)),
                    Bound::AtLeastProjects(number) => Some(Room::Projects(*number)),
                    _ => None,
                };
                let ceiling = Ceiling::new(limit.label(bound), groups, members.clone());
                Watched {
                    limit: at,
                    ceiling: ceiling.strictness(strictness(limit, bound)),
                    least,
                }
            })
        })
        .collect()
}

fn strictness(limit: &Limit, bound: &Bound) -> Strictness {
    match (limit.strength, limit.after_top_up) {
        _ if !bound.is_ceiling() => Strictness::Soft,
        (Strength::Hard, Some(TopUp::Lifted)) => Strictness::HardUntilTopUp,
        (Strength::Hard, _) => Strictness::Hard,
        _ => Strictness::Soft,
    }
}

/// The names of the groups, and to which of them each project belongs.
fn groups(ways: &Ways<'_>, instance: &Instance, limit: &Limit) -> (Vec<String>, Vec<Vec<usize>>) {
    let projects = instance.projects();
    let (names, mut members) = match limit.per {
        Per::Project => (
            projects.iter().map(|project| project.id.clone()).collect(),
            (0..projects.len()).map(|at| vec![at]).collect(),
        ),
        Per::Area => (
            ways.ground
                .areas
                .iter()
                .map(|area| area.id.clone())
                .collect(),
            ways.ground.charged.clone(),
        ),
        Per::Category => categories(projects),
        Per::Proposer => {
            let kind =
                |project: &crate::election::Project| project.proposer.as_ref().map(proposer_text);
            let mut names: Vec<String> = projects.iter().filter_map(kind).collect();
            names.sort_unstable();
            names.dedup();
            let of = |project| kind(project).and_then(|name| names.binary_search(&name).ok());
            let members = projects
                .iter()
                .map(|project| of(project).into_iter().collect());
            let members = members.collect();
            (names, members)
        }
        _ => (vec!["all".to_owned()], vec![vec![0]; projects.len()]),
    };
    for (members, project) in members.iter_mut().zip(projects) {
        if !limit.holds.selects(project) {
            members.clear();
        }
    }
    (names, members)
}

/// How much room a group has under a bound.
fn room(
    ways: &Ways<'_>,
    instance: &Instance,
    limit: &Limit,
    bound: &Bound,
    group: usize,
    whole: Money,
) -> Room {
    let areas = match limit.per_area_concerned {
        PerAreaConcerned::Scaled => ways.ground.charged(ProjectIx::new(group)).len().max(1),
        PerAreaConcerned::Same => 1,
    };
    let scaled = |amount: Money| {
        let all = std::iter::repeat_n(amount, areas);
        Room::Amount(Money::checked_sum(all).unwrap_or(Money::MAX))
    };
    match bound {
        Bound::AtMost(amount) => scaled(*amount),
        Bound::AtLeast(amount) => Room::Amount(*amount),
        Bound::AtMostProjects(number) | Bound::AtLeastProjects(number) => Room::Projects(*number),
        Bound::AtMostShare(share) => {
            let base = if limit.per == Per::Project {
                own_pots(ways, instance, group)
            } else {
                whole
            };
            scaled(share_of(share, base))
        }
    }
}

/// A share that nothing may exceed: rounded down to what money can express.
fn share_of(share: &Share, base: Money) -> Money {
    let finest = Money::from_ten_thousandths(1).unwrap_or_default();
    share.floor_of(base, finest).unwrap_or(Money::MAX)
}

/// What the pots that may pay for a project were opened with.
fn own_pots(ways: &Ways<'_>, instance: &Instance, project: usize) -> Money {
    let Some(record) = instance.projects().get(project) else {
        return Money::ZERO;
    };
    let pots = ways.pots_of(ProjectIx::new(project), record);
    let amounts = pots
        .into_iter()
        .filter_map(|at| ways.pots.get(at))
        .map(|pot| pot.amount);
    Money::checked_sum(amounts).unwrap_or(Money::MAX)
}
