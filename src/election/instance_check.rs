//! The checks of an instance: ids, amounts and limits.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::check::{Problem, Problems};
use super::id::{check_id, looks};
use super::instance::{LookAlikes, ZeroCost};
use super::instance_builder::InstanceBuilder;
use super::limits::BallotLimits;
use super::money::Money;
use super::reference_check::check_references;

/// The most projects an instance can have.
const MOST_PROJECTS: usize = 1 << 24;

/// Reports all that is wrong with an instance.
pub(super) fn check(instance: &InstanceBuilder, problems: &mut Problems) {
    let ids = || instance.projects.iter().map(|project| project.id.as_str());
    check_money(instance, problems);
    check_ids("project", ids(), problems);
    check_ids(
        "area",
        instance.areas.iter().map(|area| area.id.as_str()),
        problems,
    );
    check_ids(
        "group",
        instance.groups.iter().map(|group| group.id.as_str()),
        problems,
    );
    if instance.look_alikes == LookAlikes::Refused {
        for (first, second) in look_alikes(ids()) {
            problems.push(Problem::LookAlike {
                first: first.to_owned(),
                second: second.to_owned(),
            });
        }
    }
    check_references(instance, problems);
    check_limits(&instance.limits, problems);
}

fn check_money(instance: &InstanceBuilder, problems: &mut Problems) {
    match instance.budget {
        None => problems.push(Problem::NoBudget),
        Some(budget) if budget.is_negative() => problems.push(Problem::NegativeBudget {
            budget: budget.to_string(),
        }),
        Some(_) => {}
    }
    if let Some(granularity) = instance
        .granularity
        .filter(|&granularity| granularity <= Money::ZERO)
    {
        problems.push(Problem::BadGranularity {
            granularity: granularity.to_string(),
        });
    }
    for project in &instance.projects {
        if project.cost.is_negative() {
            problems.push(Problem::NegativeCost {
                project: project.id.clone(),
                cost: project.cost.to_string(),
            });
        } else if project.cost.is_zero() && instance.zero_cost == ZeroCost::Refused {
            problems.push(Problem::ZeroCost {
                project: project.id.clone(),
            });
        }
    }
    if instance.projects.len() > MOST_PROJECTS {
        problems.push(Problem::TooMany {
            what: "projects",
            limit: MOST_PROJECTS as u64,
        });
    }
    let amounts = instance
        .projects
        .iter()
        .map(|project| project.cost)
        .chain(instance.budget);
    if Money::checked_sum(amounts).is_none() {
        problems.push(Problem::TotalTooLarge);
    }
}

fn check_ids<'a>(what: &'static str, ids: impl Iterator<Item = &'a str>, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (number, id) in ids.enumerate() {
        if let Err(fault) = check_id(id) {
            problems.push(Problem::of_id(what, number + 1, id, fault));
        } else if !seen.insert(id) {
            problems.push(Problem::DuplicateId {
                what,
                id: id.to_owned(),
            });
        }
    }
}

/// Pairs of different ids that people would take for each other: each id with the ones before it in byte
/// order that it was last alike to.
pub(crate) fn look_alikes<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let ids: BTreeSet<&str> = ids.collect();
    let mut known: [BTreeMap<String, &str>; 2] = Default::default();
    let mut pairs = Vec::new();
    for id in ids {
        let mut alike: Vec<&str> = known
            .iter_mut()
            .zip(looks(id))
            .filter_map(|(known, look)| known.insert(look, id))
            .collect();
        alike.dedup();
        pairs.extend(alike.into_iter().map(|other| (other, id)));
    }
    pairs
}

fn check_limits(limits: &BallotLimits, problems: &mut Problems) {
    fn pair<T: PartialOrd + Display>(
        name: &str,
        min: Option<T>,
        max: Option<T>,
        problems: &mut Problems,
    ) {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            problems.push(Problem::ContradictoryLimits {
                minimum: format!("min-{name} {min}"),
                maximum: format!("max-{name} {max}"),
            });
        }
    }
    pair("length", limits.min_length, limits.max_length, problems);
    pair(
        "sum-cost",
        limits.min_sum_cost,
        limits.max_sum_cost,
        problems,
    );
    pair("points", limits.min_points, limits.max_points, problems);
    pair(
        "sum-points",
        limits.min_sum_points,
        limits.max_sum_points,
        problems,
    );
}
