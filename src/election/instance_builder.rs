//! Building an instance: everything is checked, and all problems are reported at once.

use std::sync::Arc;

use super::area::Area;
use super::check::Problems;
use super::date::Date;
use super::instance::{ExclusiveGroup, Instance, LookAlikes, ZeroCost};
use super::instance_check::check;
use super::limits::BallotLimits;
use super::money::Money;
use super::project::Project;

/// Collects an instance; [`InstanceBuilder::build`] checks it.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct InstanceBuilder {
    pub(super) name: String,
    pub(super) edition: String,
    pub(super) currency: String,
    pub(super) begins: Option<Date>,
    pub(super) ends: Option<Date>,
    pub(super) budget: Option<Money>,
    pub(super) granularity: Option<Money>,
    pub(super) zero_cost: ZeroCost,
    pub(super) look_alikes: LookAlikes,
    pub(super) limits: BallotLimits,
    pub(super) projects: Vec<Project>,
    pub(super) areas: Vec<Area>,
    pub(super) groups: Vec<ExclusiveGroup>,
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
    /// All the mistakes that were found, see [`Problem`](super::Problem).
    pub fn build(mut self) -> Result<Instance, Problems> {
        let mut problems = Problems::default();
        check(&self, &mut problems);
        self.projects.sort_by(|a, b| a.id.cmp(&b.id));
        self.areas.sort_by(|a, b| a.id.cmp(&b.id));
        self.groups.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: Arc<[Box<str>]> = self
            .projects
            .iter()
            .map(|project| project.id.as_str().into())
            .collect();
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
}
