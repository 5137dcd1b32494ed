//! The instance: the projects, the areas and the money, checked and immutable.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::date::Date;
use super::id::{AreaIx, ProjectIx};
use super::instance_builder::InstanceBuilder;
use super::limits::BallotLimits;
use super::money::Money;
use super::project::{Project, Relation};

/// Projects of which at most k may be funded, such as several plans for one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct ExclusiveGroup {
    /// The group's id; projects name it in [`Relation::MemberOf`].
    pub id: String,
    /// How many of its projects may be funded.
    pub at_most: u32,
}

impl ExclusiveGroup {
    /// A group of which at most `at_most` projects may be funded.
    #[must_use]
    pub fn new(id: impl Into<String>, at_most: u32) -> ExclusiveGroup {
        ExclusiveGroup {
            id: id.into(),
            at_most,
        }
    }
}

/// Whether a project may cost nothing. There is no law of nature here: the caller says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ZeroCost {
    /// A cost of zero is a mistake and is reported.
    #[default]
    Refused,
    /// A cost of zero is meant.
    Allowed,
}

/// Whether two project ids may look alike, such as `7` and a full-width `７`, or `O1` and `01`.
///
/// Ids are byte-exact, so such projects are never mixed up by a count, only by people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LookAlikes {
    /// Ids that look alike are a mistake and are reported.
    #[default]
    Refused,
    /// They are in use already.
    Allowed,
}

/// The projects, the areas and the money of one election.
///
/// Projects and areas are kept in the order of their ids' bytes (Unicode code points), whatever the
/// order in which they were given, so no result can depend on the order of a file.
///
/// To files and back an instance travels with its ballots, in an [`ElectionDocument`](super::ElectionDocument).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    pub(super) name: String,
    pub(super) edition: String,
    pub(super) currency: String,
    pub(super) begins: Option<Date>,
    pub(super) ends: Option<Date>,
    pub(super) budget: Money,
    pub(super) granularity: Option<Money>,
    pub(super) zero_cost: ZeroCost,
    pub(super) look_alikes: LookAlikes,
    pub(super) limits: BallotLimits,
    pub(super) projects: Vec<Project>,
    pub(super) areas: Vec<Area>,
    pub(super) groups: Vec<ExclusiveGroup>,
    pub(super) ids: Arc<[Box<str>]>,
}

impl Instance {
    /// Starts an instance.
    pub fn builder() -> InstanceBuilder {
        InstanceBuilder::default()
    }

    /// What the election is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which edition of the participatory budget it is.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The currency of all amounts.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The first day of the vote.
    #[must_use]
    pub fn begins(&self) -> Option<Date> {
        self.begins
    }

    /// The last day of the vote.
    #[must_use]
    pub fn ends(&self) -> Option<Date> {
        self.ends
    }

    /// The money there is.
    #[must_use]
    pub fn budget(&self) -> Money {
        self.budget
    }

    /// The smallest amount that may be awarded or split off, if one was set.
    #[must_use]
    pub fn granularity(&self) -> Option<Money> {
        self.granularity
    }

    /// Whether projects may cost nothing.
    #[must_use]
    pub fn zero_cost(&self) -> ZeroCost {
        self.zero_cost
    }

    /// Whether project ids may look alike.
    #[must_use]
    pub fn look_alikes(&self) -> LookAlikes {
        self.look_alikes
    }

    /// What a ballot may hold.
    #[must_use]
    pub fn limits(&self) -> &BallotLimits {
        &self.limits
    }

    /// The projects in the order of their ids' bytes.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The indices of all projects, in order.
    pub fn project_indices(&self) -> impl ExactSizeIterator<Item = ProjectIx> + use<> {
        (0..self.projects.len()).map(ProjectIx::new)
    }

    /// The project of an index of this instance; `None` if the index is another election's.
    #[must_use]
    pub fn project(&self, project: ProjectIx) -> Option<&Project> {
        self.projects.get(project.index())
    }

    /// The external id of a project; empty if the index is another election's.
    #[must_use]
    pub fn id_of(&self, project: ProjectIx) -> &str {
        self.ids.get(project.index()).map_or("", |id| id)
    }

    /// The cost of a project; zero if the index is another election's.
    #[must_use]
    pub fn cost_of(&self, project: ProjectIx) -> Money {
        self.projects
            .get(project.index())
            .map_or(Money::ZERO, |project| project.cost)
    }

    /// Finds a project by its id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ProjectIx> {
        self.ids
            .binary_search_by(|known| (**known).cmp(id))
            .ok()
            .map(ProjectIx::new)
    }

    /// The areas in the order of their ids' bytes.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The area of an index of this instance.
    #[must_use]
    pub fn area(&self, area: AreaIx) -> Option<&Area> {
        self.areas.get(area.index())
    }

    /// Finds an area by its id.
    #[must_use]
    pub fn find_area(&self, id: &str) -> Option<AreaIx> {
        self.areas
            .binary_search_by(|known| known.id.as_str().cmp(id))
            .ok()
            .map(AreaIx::new)
    }

    /// The exclusive groups in the order of their ids' bytes.
    #[must_use]
    pub fn groups(&self) -> &[ExclusiveGroup] {
        &self.groups
    }

    /// The projects of an exclusive group, in order.
    pub fn members<'a>(&'a self, group: &'a str) -> impl Iterator<Item = ProjectIx> + 'a {
        self.projects
            .iter()
            .enumerate()
            .filter_map(move |(position, project)| {
                let member = project
                    .relations
                    .iter()
                    .any(|relation| matches!(relation, Relation::MemberOf(name) if name == group));
                member.then(|| ProjectIx::new(position))
            })
    }

    /// The cost of all projects together. The builder has checked that it can be represented.
    #[must_use]
    pub fn total_cost(&self) -> Money {
        Money::checked_sum(self.projects.iter().map(|project| project.cost)).unwrap_or(Money::MAX)
    }

    /// The same instance with another budget; `None` if it is negative.
    #[must_use]
    pub fn with_budget(&self, budget: Money) -> Option<Instance> {
        (!budget.is_negative()).then(|| Instance {
            budget,
            ..self.clone()
        })
    }

    /// The same instance with other limits of a ballot.
    #[must_use]
    pub fn with_limits(&self, limits: BallotLimits) -> Instance {
        Instance {
            limits,
            ..self.clone()
        }
    }

    /// The ids of all projects, shared with the profile.
    pub(crate) fn ids(&self) -> &Arc<[Box<str>]> {
        &self.ids
    }
}
