//! What a project costs, who votes for it, and what the relations between projects forbid.

use quartier::election::BallotKind;
use quartier::exact::Ratio;

use super::State;
use crate::common::{Case, QUARTER, weight_of};

pub(crate) fn quarters(number: u32) -> Ratio {
    Ratio::new(i128::from(number) * QUARTER, 10_000).unwrap()
}

pub(crate) fn cost(case: &Case, project: usize) -> Ratio {
    quarters(case.projects[project].cost)
}

/// Every voter by themselves, with their weight.
pub(crate) fn voters(case: &Case) -> Vec<(usize, Ratio)> {
    let each = case.voters.iter().enumerate();
    each.flat_map(|(at, voter)| (0..voter.count).map(move |_| (at, weight_of(voter.class))))
        .collect()
}

/// The weight of the voters who name the project.
pub(crate) fn votes(case: &Case, project: usize) -> Ratio {
    let grades = case.kind == BallotKind::Grades;
    voters(case)
        .iter()
        .filter(|(voter, _)| !grades && case.named(&case.voters[*voter]).contains(&project))
        .map(|(_, weight)| weight)
        .sum()
}

/// Do exclusive groups and variants allow the project?
pub(crate) fn is_allowed(case: &Case, state: &State, project: usize) -> bool {
    let own = &case.projects[project];
    let group_is_full = own.group.is_some_and(|group| {
        let funded = (0..case.projects.len())
            .filter(|&other| case.projects[other].group == Some(group) && state.has(other))
            .count();
        funded >= case.groups[group] as usize
    });
    let is_variant = |other: usize| {
        own.variant_of == Some(other) || case.projects[other].variant_of == Some(project)
    };
    !group_is_full && !(0..case.projects.len()).any(|other| is_variant(other) && state.has(other))
}

/// The projects that it requires and that are not funded.
pub(crate) fn missing(case: &Case, state: &State, project: usize) -> Vec<usize> {
    case.projects[project]
        .requires
        .iter()
        .copied()
        .filter(|&other| !state.has(other))
        .collect()
}
