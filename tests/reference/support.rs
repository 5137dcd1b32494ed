//! Votes, scores, and what relations between projects forbid.

use quartier::election::BallotKind;
use quartier::exact::Ratio;

use super::State;
use crate::common::{Case, QUARTER, tiers, weight_of};

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

/// The mean of `value` over the places that the project's tier takes, or 0 if it is not ranked.
pub(crate) fn by_place(
    marks: &[(usize, i64)],
    project: usize,
    value: impl Fn(usize) -> Ratio,
) -> Ratio {
    let mut place = 0;
    for tier in tiers(marks) {
        if tier.contains(&project) {
            let sum: Ratio = (place..place + tier.len()).map(&value).sum();
            return sum.checked_div(&Ratio::from(tier.len() as u64)).unwrap();
        }
        place += tier.len();
    }
    Ratio::ZERO
}

/// Maximum length − place, nothing beyond the maximum; a tier has the mean of its places.
pub(crate) fn archive_borda(case: &Case, marks: &[(usize, i64)], project: usize) -> Ratio {
    let top = case.max_length.map_or(marks.len() as u64, u64::from);
    by_place(marks, project, |place| {
        Ratio::from(top.saturating_sub(place as u64))
    })
}

/// The score of the contract's `score=...`, over all voters.
pub(crate) fn score(case: &Case, text: &str, project: usize) -> Ratio {
    if text == "votes" {
        return votes(case, project);
    }
    let of_ballot = |marks: &[(usize, i64)]| match text {
        "points" => marks
            .iter()
            .filter(|(other, _)| *other == project)
            .map(|&(_, value)| Ratio::new(i128::from(value), 1_000).unwrap())
            .sum(),
        "borda" => archive_borda(case, marks, project),
        weights => {
            let weights: Vec<Ratio> = weights
                .strip_prefix("weights;")
                .unwrap()
                .split(';')
                .map(|weight| weight.parse().unwrap())
                .collect();
            by_place(marks, project, |place| {
                weights.get(place).cloned().unwrap_or_default()
            })
        }
    };
    voters(case)
        .iter()
        .map(|(voter, weight)| of_ballot(&case.voters[*voter].marks) * weight)
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
