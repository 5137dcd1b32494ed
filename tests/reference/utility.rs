//! What one voter gains from a set of projects, straight from the definitions of FIELD.md 1.2.

use quartier::exact::{Ratio, fixed};

use super::scores::{archive_borda, by_place};
use super::support::{cost, quarters, voters};
use crate::common::{Case, VoterCase};

/// The greatest value of a subset of these projects that the budget can buy: all subsets are tried.
fn best(case: &Case, projects: &[usize], value: impl Fn(&[usize]) -> Ratio) -> Ratio {
    let subsets = (0_u32..1 << projects.len()).map(|bits| {
        projects
            .iter()
            .enumerate()
            .filter(|(at, _)| bits >> at & 1 == 1)
            .map(|(_, &project)| project)
            .collect::<Vec<_>>()
    });
    let affordable = subsets.filter(|subset| total(case, subset) <= quarters(case.budget));
    affordable.map(|subset| value(&subset)).max().unwrap()
}

fn total(case: &Case, projects: &[usize]) -> Ratio {
    projects.iter().map(|&project| cost(case, project)).sum()
}

fn points(voter: &VoterCase, projects: &[usize]) -> Ratio {
    voter
        .marks
        .iter()
        .filter(|(project, _)| projects.contains(project))
        .map(|&(_, value)| Ratio::new(i128::from(value), 1_000).unwrap())
        .sum()
}

fn share(part: &Ratio, whole: &Ratio) -> Ratio {
    part.checked_div(whole).unwrap_or_default()
}

/// What a voter gains from a set.
pub(crate) fn of_voter(case: &Case, utility: &str, voter: &VoterCase, set: &[usize]) -> Ratio {
    let named = case.named(voter);
    let gained: Vec<usize> = named
        .iter()
        .copied()
        .filter(|project| set.contains(project))
        .collect();
    let number = |projects: &[usize]| Ratio::from(projects.len() as u64);
    let each = |value: &dyn Fn(usize) -> Ratio| -> Ratio {
        gained.iter().map(|&project| value(project)).sum()
    };
    match utility {
        "cost" => total(case, &gained),
        "cardinality" => number(&gained),
        "points" => points(voter, &gained),
        "borda" => each(&|project| {
            by_place(&voter.marks, project, |place| {
                Ratio::from((named.len() - place - 1) as u64)
            })
        }),
        "archive-borda" => each(&|project| archive_borda(case, &voter.marks, project)),
        "effort" => each(&|project| {
            let naming = voters(case)
                .into_iter()
                .filter(|(other, _)| case.named(&case.voters[*other]).contains(&project));
            share(
                &cost(case, project),
                &naming.map(|(_, weight)| weight).sum(),
            )
        }),
        "relative-cost" => share(
            &total(case, &gained),
            &best(case, &named, |subset| total(case, subset)),
        ),
        "relative-cost-approx" => share(
            &total(case, &gained),
            &total(case, &named).min(quarters(case.budget)),
        ),
        "relative-cardinality" => share(&number(&gained), &best(case, &named, number)),
        "relative-points" => share(
            &points(voter, &gained),
            &best(case, &named, |subset| points(voter, subset)),
        ),
        "cost-sqrt" => fixed::sqrt(&total(case, &gained)).unwrap(),
        "cost-log" => fixed::ln_1p(&total(case, &gained)).unwrap(),
        "additive-cost-sqrt" => each(&|project| fixed::sqrt(&cost(case, project)).unwrap()),
        "additive-cost-log" => each(&|project| fixed::ln_1p(&cost(case, project)).unwrap()),
        "chamberlin-courant" if case.kind == quartier::election::BallotKind::Points => gained
            .iter()
            .map(|&project| points(voter, &[project]))
            .max()
            .unwrap_or_default()
            .max(Ratio::ZERO),
        "chamberlin-courant" => Ratio::from(u32::from(!gained.is_empty())),
        other => panic!("no utility {other}"),
    }
}

/// What all voters gain from a set, with their weights.
pub(crate) fn of_all(case: &Case, utility: &str, set: &[usize]) -> Ratio {
    voters(case)
        .iter()
        .map(|(voter, weight)| of_voter(case, utility, &case.voters[*voter], set) * weight)
        .sum()
}
