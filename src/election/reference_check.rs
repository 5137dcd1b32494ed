//! The checks of what projects and areas say of each other.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Problem, Problems};
use super::instance_builder::InstanceBuilder;
use super::project::{Project, Relation};

/// Reports names that do not exist, circles, and projects that exclude what they require.
pub(super) fn check_references(instance: &InstanceBuilder, problems: &mut Problems) {
    check_projects(instance, problems);
    check_parents(instance, problems);
    check_conflicts(instance, problems);
    let parents = instance.areas.iter().map(|area| {
        (
            area.id.as_str(),
            area.parent.as_deref().into_iter().collect(),
        )
    });
    check_circles("area", "parent", parents, problems);
    let required = instance.projects.iter().map(|project| {
        let others = project
            .relations
            .iter()
            .filter_map(|relation| match relation {
                Relation::Requires(other) => Some(other.as_str()),
                _ => None,
            });
        (project.id.as_str(), others.collect())
    });
    check_circles("project", "requires", required, problems);
}

/// Reports areas, groups and projects that a project names and that do not exist.
fn check_projects(instance: &InstanceBuilder, problems: &mut Problems) {
    let projects: BTreeSet<&str> = instance
        .projects
        .iter()
        .map(|project| project.id.as_str())
        .collect();
    let areas: BTreeSet<&str> = instance.areas.iter().map(|area| area.id.as_str()).collect();
    let groups: BTreeSet<&str> = instance
        .groups
        .iter()
        .map(|group| group.id.as_str())
        .collect();
    for project in &instance.projects {
        let id = || project.id.clone();
        let unknown = |missing, name: &str| Problem::UnknownReference {
            what: "project",
            id: id(),
            missing,
            name: name.to_owned(),
        };
        for area in project
            .areas
            .iter()
            .filter(|area| !areas.contains(area.as_str()))
        {
            problems.push(unknown("area", area));
        }
        for relation in &project.relations {
            match relation {
                Relation::MemberOf(group) if !groups.contains(group.as_str()) => {
                    problems.push(unknown("group", group));
                }
                Relation::VariantOf(other) | Relation::Requires(other)
                    if !projects.contains(other.as_str()) =>
                {
                    problems.push(unknown("project", other));
                }
                Relation::VariantOf(other) if *other == project.id => {
                    problems.push(Problem::Circular {
                        what: "project",
                        id: id(),
                        relation: "variant-of",
                    });
                }
                _ => {}
            }
        }
    }
}

/// Reports areas that are a part of one that does not exist.
fn check_parents(instance: &InstanceBuilder, problems: &mut Problems) {
    let areas: BTreeSet<&str> = instance.areas.iter().map(|area| area.id.as_str()).collect();
    for area in &instance.areas {
        if let Some(parent) = area
            .parent
            .as_ref()
            .filter(|parent| !areas.contains(parent.as_str()))
        {
            problems.push(Problem::UnknownReference {
                what: "area",
                id: area.id.clone(),
                missing: "area",
                name: parent.clone(),
            });
        }
    }
}

/// Reports projects that can never win, since they require a project that is never funded beside them.
///
/// Looks at each requirement by itself, so it is linear in the relations (times the relations of one
/// project); contradictions over several steps are left to the count, which then funds none of them.
fn check_conflicts(instance: &InstanceBuilder, problems: &mut Problems) {
    let by_id: BTreeMap<&str, &Project> = instance
        .projects
        .iter()
        .map(|project| (project.id.as_str(), project))
        .collect();
    let single: BTreeSet<&str> = instance
        .groups
        .iter()
        .filter(|group| group.at_most <= 1)
        .map(|group| group.id.as_str())
        .collect();
    let is_variant = |project: &Project, of: &str| {
        project
            .relations
            .iter()
            .any(|relation| matches!(relation, Relation::VariantOf(other) if other == of))
    };
    let groups = |project: &Project| -> BTreeSet<String> {
        let names = project.relations.iter().filter_map(|relation| {
            if let Relation::MemberOf(group) = relation {
                Some(group)
            } else {
                None
            }
        });
        names
            .filter(|group| single.contains(group.as_str()))
            .cloned()
            .collect()
    };
    for project in &instance.projects {
        for relation in &project.relations {
            // Projects that require themselves are reported as circles.
            let Relation::Requires(name) = relation else {
                continue;
            };
            let Some(required) = by_id.get(name.as_str()).filter(|_| *name != project.id) else {
                continue;
            };
            let excluded = if is_variant(project, name) || is_variant(required, &project.id) {
                "is a variant of it".to_owned()
            } else if let Some(group) = groups(project).intersection(&groups(required)).next() {
                format!("is with it in group `{group}`, of which at most one is funded")
            } else {
                continue;
            };
            problems.push(Problem::NeverFunded {
                project: project.id.clone(),
                required: name.clone(),
                excluded,
            });
        }
    }
}

/// Reports every node from which following the edges comes back to it; each node is visited once.
fn check_circles<'a>(
    what: &'static str,
    relation: &'static str,
    edges: impl Iterator<Item = (&'a str, Vec<&'a str>)>,
    problems: &mut Problems,
) {
    let edges: BTreeMap<&str, Vec<&str>> = edges.collect();
    let mut waiting: BTreeMap<&str, usize> = edges
        .iter()
        .map(|(&node, next)| {
            (
                node,
                next.iter()
                    .filter(|other| edges.contains_key(*other))
                    .count(),
            )
        })
        .collect();
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (&node, next) in &edges {
        for &other in next {
            users.entry(other).or_default().push(node);
        }
    }
    // Kahn's order: whatever cannot be freed lies on a circle or behind one.
    let mut free: Vec<&str> = waiting
        .iter()
        .filter(|&(_, &count)| count == 0)
        .map(|(&node, _)| node)
        .collect();
    while let Some(node) = free.pop() {
        waiting.remove(node);
        for user in users.get(node).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(user) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    free.push(user);
                }
            }
        }
    }
    for node in waiting.keys() {
        problems.push(Problem::Circular {
            what,
            id: (*node).to_owned(),
            relation,
        });
    }
}
