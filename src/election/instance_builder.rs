//! Building an instance: everything is checked, and all problems are reported at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::Arc;

use super::area::Area;
use super::check::{Problem, Problems};
use super::date::Date;
use super::id::{check_id, look};
use super::instance::{ExclusiveGroup, Instance, LookAlikes, ZeroCost};
use super::limits::BallotLimits;
use super::money::Money;
use super::project::{Project, Relation};

/// The most projects an instance can have.
const MOST_PROJECTS: usize = 1 << 24;

/// Collects an instance; [`InstanceBuilder::build`] checks it.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct InstanceBuilder {
    name: String,
    edition: String,
    currency: String,
    begins: Option<Date>,
    ends: Option<Date>,
    budget: Option<Money>,
    granularity: Option<Money>,
    zero_cost: ZeroCost,
    look_alikes: LookAlikes,
    limits: BallotLimits,
    projects: Vec<Project>,
    areas: Vec<Area>,
    groups: Vec<ExclusiveGroup>,
}

impl InstanceBuilder {
    /// What the election is called.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Which edition of the participatory budget it is.
    pub fn edition(mut self, edition: impl Into<String>) -> Self {
        self.edition = edition.into();
        self
    }

    /// The currency of all amounts.
    pub fn currency(mut self, currency: impl Into<String>) -> Self {
        self.currency = currency.into();
        self
    }

    /// The first and the last day of the vote, where known.
    pub fn days(mut self, begins: Option<Date>, ends: Option<Date>) -> Self {
        self.begins = begins;
        self.ends = ends;
        self
    }

    /// The money there is. Required.
    pub fn budget(mut self, budget: impl Into<Money>) -> Self {
        self.budget = Some(budget.into());
        self
    }

    /// The smallest amount that may be awarded or split off, such as 1 or 0.01.
    pub fn granularity(mut self, granularity: impl Into<Money>) -> Self {
        self.granularity = Some(granularity.into());
        self
    }

    /// Whether projects may cost nothing; refused unless allowed here.
    pub fn zero_cost(mut self, zero_cost: ZeroCost) -> Self {
        self.zero_cost = zero_cost;
        self
    }

    /// Whether project ids may look alike; refused unless allowed here.
    pub fn look_alikes(mut self, look_alikes: LookAlikes) -> Self {
        self.look_alikes = look_alikes;
        self
    }

    /// What a ballot may hold.
    pub fn limits(mut self, limits: BallotLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Adds a project. Without a position it gets the next one.
    pub fn project(mut self, project: impl Into<Project>) -> Self {
        self.push_project(project.into());
        self
    }

    /// Adds a project in place, for readers that loop.
    pub fn push_project(&mut self, mut project: Project) {
        let next = u32::try_from(self.projects.len() + 1).unwrap_or(u32::MAX);
        project.position.get_or_insert(next);
        self.projects.push(project);
    }

    /// The projects so far, in the order given.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// Adds an area.
    pub fn area(mut self, area: Area) -> Self {
        self.areas.push(area);
        self
    }

    /// Adds an exclusive group.
    pub fn group(mut self, group: ExclusiveGroup) -> Self {
        self.groups.push(group);
        self
    }

    /// Checks everything.
    ///
    /// # Errors
    /// All the mistakes that were found, see [`Problem`].
    pub fn build(mut self) -> Result<Instance, Problems> {
        let mut problems = Problems::default();
        self.check_money(&mut problems);
        check_ids("project", self.projects.iter().map(|project| project.id.as_str()), &mut problems);
        check_ids("area", self.areas.iter().map(|area| area.id.as_str()), &mut problems);
        check_ids("group", self.groups.iter().map(|group| group.id.as_str()), &mut problems);
        if self.look_alikes == LookAlikes::Refused {
            for (first, second) in look_alikes(self.projects.iter().map(|project| project.id.as_str())) {
                problems.push(Problem::LookAlike { first: first.to_owned(), second: second.to_owned() });
            }
        }
        self.check_references(&mut problems);
        check_limits(&self.limits, &mut problems);
        self.projects.sort_by(|a, b| a.id.cmp(&b.id));
        self.areas.sort_by(|a, b| a.id.cmp(&b.id));
        self.groups.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: Arc<[Box<str>]> = self.projects.iter().map(|project| project.id.as_str().into()).collect();
        problems.or(Instance {
            name: self.name,
            edition: self.edition,
            currency: self.currency,
            begins: self.begins,
            ends: self.ends,
            budget: self.budget.unwrap_or_default(),
            granularity: self.granularity,
            zero_cost: self.zero_cost,
            look_alikes: self.look_alikes,
            limits: self.limits,
            projects: self.projects,
            areas: self.areas,
            groups: self.groups,
            ids,
        })
    }

    fn check_money(&self, problems: &mut Problems) {
        match self.budget {
            None => problems.push(Problem::NoBudget),
            Some(budget) if budget.is_negative() => problems.push(Problem::NegativeBudget { budget: budget.to_string() }),
            Some(_) => {}
        }
        if let Some(granularity) = self.granularity.filter(|&granularity| granularity <= Money::ZERO) {
            problems.push(Problem::BadGranularity { granularity: granularity.to_string() });
        }
        for project in &self.projects {
            if project.cost.is_negative() {
                problems.push(Problem::NegativeCost { project: project.id.clone(), cost: project.cost.to_string() });
            } else if project.cost.is_zero() && self.zero_cost == ZeroCost::Refused {
                problems.push(Problem::ZeroCost { project: project.id.clone() });
            }
        }
        if self.projects.len() > MOST_PROJECTS {
            problems.push(Problem::TooMany { what: "projects", limit: MOST_PROJECTS as u64 });
        }
        let amounts = self.projects.iter().map(|project| project.cost).chain(self.budget);
        if Money::checked_sum(amounts).is_none() {
            problems.push(Problem::TotalTooLarge);
        }
    }

    fn check_references(&self, problems: &mut Problems) {
        let projects: BTreeSet<&str> = self.projects.iter().map(|project| project.id.as_str()).collect();
        let areas: BTreeSet<&str> = self.areas.iter().map(|area| area.id.as_str()).collect();
        let groups: BTreeSet<&str> = self.groups.iter().map(|group| group.id.as_str()).collect();
        for project in &self.projects {
            let unknown = |missing, name: &str| Problem::UnknownReference { what: "project", id: project.id.clone(), missing, name: name.to_owned() };
            for area in project.areas.iter().filter(|area| !areas.contains(area.as_str())) {
                problems.push(unknown("area", area));
            }
            for relation in &project.relations {
                match relation {
                    Relation::MemberOf(group) if !groups.contains(group.as_str()) => problems.push(unknown("group", group)),
                    Relation::VariantOf(other) | Relation::Requires(other) if !projects.contains(other.as_str()) => problems.push(unknown("project", other)),
                    Relation::VariantOf(other) if *other == project.id => {
                        problems.push(Problem::Circular { what: "project", id: project.id.clone(), relation: "variant-of" });
                    }
                    _ => {}
                }
            }
        }
        for area in &self.areas {
            if let Some(parent) = area.parent.as_ref().filter(|parent| !areas.contains(parent.as_str())) {
                problems.push(Problem::UnknownReference { what: "area", id: area.id.clone(), missing: "area", name: parent.clone() });
            }
        }
        let parents = self.areas.iter().map(|area| (area.id.as_str(), area.parent.as_deref().into_iter().collect()));
        check_circles("area", "parent", parents, problems);
        let required = self.projects.iter().map(|project| {
            let others = project.relations.iter().filter_map(|relation| match relation {
                Relation::Requires(other) => Some(other.as_str()),
                _ => None,
            });
            (project.id.as_str(), others.collect())
        });
        check_circles("project", "requires", required, problems);
    }
}

fn check_ids<'a>(what: &'static str, ids: impl Iterator<Item = &'a str>, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (number, id) in ids.enumerate() {
        if let Err(fault) = check_id(id) {
            problems.push(Problem::of_id(what, number + 1, id, fault));
        } else if !seen.insert(id) {
            problems.push(Problem::DuplicateId { what, id: id.to_owned() });
        }
    }
}

/// Pairs of different ids that people would take for each other, each id in one pair with the one before
/// it in byte order.
pub(crate) fn look_alikes<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let ids: BTreeSet<&str> = ids.collect();
    let mut looks: BTreeMap<String, &str> = BTreeMap::new();
    ids.into_iter().filter_map(|id| Some((looks.insert(look(id), id)?, id))).collect()
}

/// Reports every node from which following the edges comes back to it; each node is visited once.
fn check_circles<'a>(what: &'static str, relation: &'static str, edges: impl Iterator<Item = (&'a str, Vec<&'a str>)>, problems: &mut Problems) {
    let edges: BTreeMap<&str, Vec<&str>> = edges.collect();
    let mut waiting: BTreeMap<&str, usize> = edges.iter().map(|(&node, next)| (node, next.iter().filter(|other| edges.contains_key(*other)).count())).collect();
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (&node, next) in &edges {
        for &other in next {
            users.entry(other).or_default().push(node);
        }
    }
    // Kahn's order: whatever cannot be freed lies on a circle or behind one.
    let mut free: Vec<&str> = waiting.iter().filter(|&(_, &count)| count == 0).map(|(&node, _)| node).collect();
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
        problems.push(Problem::Circular { what, id: (*node).to_owned(), relation });
    }
}

fn check_limits(limits: &BallotLimits, problems: &mut Problems) {
    fn pair<T: PartialOrd + Display>(name: &str, min: Option<T>, max: Option<T>, problems: &mut Problems) {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            problems.push(Problem::ContradictoryLimits { minimum: format!("min-{name} {min}"), maximum: format!("max-{name} {max}") });
        }
    }
    pair("length", limits.min_length, limits.max_length, problems);
    pair("sum-cost", limits.min_sum_cost, limits.max_sum_cost, problems);
    pair("points", limits.min_points, limits.max_points, problems);
    pair("sum-points", limits.min_sum_points, limits.max_sum_points, problems);
}
