//! Building an election: the instance and the ballots are checked together.

use std::sync::Arc;

use crate::exact::Ratio;

use super::area::Area;
use super::ballot::{Ballot, BallotKind};
use super::ballot_lookup::Lookup;
use super::check::{Problem, Problems};
use super::date::Date;
use super::election::Election;
use super::id::{BallotIx, ProjectIx};
use super::instance::{ExclusiveGroup, LookAlikes, ZeroCost};
use super::instance_builder::InstanceBuilder;
use super::limits::BallotLimits;
use super::money::Money;
use super::profile::Entry;
use super::profile_builder::ProfileBuilder;
use super::project::Project;
use super::row_error::RowError;
use super::scale::check_scale;
use super::voter_class::VoterClass;

/// Collects an election; [`ElectionBuilder::build`] checks all of it and reports all problems at once.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ElectionBuilder {
    instance: InstanceBuilder,
    kind: Option<BallotKind>,
    scale: Vec<String>,
    ballots: Vec<(Ballot, u64, VoterClass)>,
}

impl ElectionBuilder {
    /// What the election is called.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.instance = self.instance.name(name);
        self
    }

    /// Which edition of the participatory budget it is.
    pub fn edition(mut self, edition: impl Into<String>) -> Self {
        self.instance = self.instance.edition(edition);
        self
    }

    /// The first and the last day of the vote, where known.
    pub fn days(mut self, begins: Option<Date>, ends: Option<Date>) -> Self {
        self.instance = self.instance.days(begins, ends);
        self
    }

    /// The currency of all amounts.
    pub fn currency(mut self, currency: impl Into<String>) -> Self {
        self.instance = self.instance.currency(currency);
        self
    }

    /// The money there is. Required.
    pub fn budget(mut self, budget: impl Into<Money>) -> Self {
        self.instance = self.instance.budget(budget);
        self
    }

    /// The smallest amount that may be awarded or split off, such as 1 or 0.01.
    pub fn granularity(mut self, granularity: impl Into<Money>) -> Self {
        self.instance = self.instance.granularity(granularity);
        self
    }

    /// Whether project ids may look alike; refused unless allowed here.
    pub fn look_alikes(mut self, look_alikes: LookAlikes) -> Self {
        self.instance = self.instance.look_alikes(look_alikes);
        self
    }

    /// Whether projects may cost nothing; refused unless allowed here.
    pub fn zero_cost(mut self, zero_cost: ZeroCost) -> Self {
        self.instance = self.instance.zero_cost(zero_cost);
        self
    }

    /// What a ballot may hold.
    pub fn limits(mut self, limits: BallotLimits) -> Self {
        self.instance = self.instance.limits(limits);
        self
    }

    /// Adds a project: `(id, cost)`, or a [`Project`] with all its data.
    pub fn project(mut self, project: impl Into<Project>) -> Self {
        self.instance = self.instance.project(project);
        self
    }

    /// Adds an area.
    pub fn area(mut self, area: Area) -> Self {
        self.instance = self.instance.area(area);
        self
    }

    /// Adds an exclusive group.
    pub fn group(mut self, group: ExclusiveGroup) -> Self {
        self.instance = self.instance.group(group);
        self
    }

    /// Starts from this instance.
    ///
    /// It *replaces* all that was said of the instance before (name, money, projects, areas, groups), so call
    /// it first; ballots, kind and scale stay.
    pub fn instance(mut self, instance: InstanceBuilder) -> Self {
        self.instance = instance;
        self
    }

    /// The kind of the ballots; needed only if there may be none.
    pub fn kind(mut self, kind: BallotKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// The names of the grades, the worst first, for ballots of grades.
    pub fn scale<I: Into<String>>(mut self, grades: impl IntoIterator<Item = I>) -> Self {
        self.scale = grades.into_iter().map(Into::into).collect();
        self
    }

    /// Adds one voter's ballot.
    pub fn ballot(self, ballot: Ballot) -> Self {
        self.ballots(ballot, 1)
    }

    /// Adds a ballot that `count` voters cast.
    pub fn ballots(self, ballot: Ballot, count: u64) -> Self {
        self.weighted(ballot, count, VoterClass::default())
    }

    /// Adds a ballot that `count` voters of a class cast.
    pub fn weighted(mut self, ballot: Ballot, count: u64, class: VoterClass) -> Self {
        self.ballots.push((ballot, count, class));
        self
    }

    /// Checks everything.
    ///
    /// # Errors
    /// All the mistakes that were found, see [`Problem`].
    pub fn build(self) -> Result<Election, Problems> {
        self.build_rows().map(|(election, _)| election)
    }

    /// Checks everything, and tells for each ballot given which distinct ballot it became.
    pub(super) fn build_rows(self) -> Result<(Election, Vec<BallotIx>), Problems> {
        let ElectionBuilder {
            instance,
            kind,
            scale,
            ballots,
        } = self;
        let mut problems = Problems::default();
        // With a faulty instance the ballots are still checked, against the projects that were given.
        let lookup = Lookup::new(&instance);
        let kind = kind
            .or_else(|| ballots.first().map(|(ballot, ..)| ballot.kind()))
            .unwrap_or(BallotKind::Approval);
        let instance = instance
            .build()
            .map_err(|found| problems.append(found))
            .ok();
        check_scale(&scale, &mut problems);
        let mut profile = instance.as_ref().map(|instance| {
            ProfileBuilder::for_ids(Arc::clone(instance.ids()), kind, scale.clone())
        });
        let mut rows = Vec::with_capacity(ballots.len());
        for (number, (ballot, count, class)) in (1..).zip(&ballots) {
            check_class(number, class, &mut problems);
            let Some(mut entries) = lookup.entries(number, ballot, kind, &scale, &mut problems)
            else {
                continue;
            };
            if *count == 0 {
                problems.push(Problem::BadCount {
                    ballot: number,
                    count: *count,
                });
            } else if let Some(profile) = &mut profile {
                match add(profile, &mut entries, class, *count) {
                    Ok(row) => rows.push(row),
                    Err(error) => problems.push(lookup.problem_of(number, *count, error)),
                }
            } else if let Some(project) = repeated(&mut entries) {
                problems.push(lookup.problem_of(number, *count, RowError::Repeated(project)));
            }
        }
        match (instance, profile) {
            (Some(instance), Some(profile)) => {
                let (profile, became) = profile.finish();
                let rows = rows
                    .into_iter()
                    .filter_map(|row| became.get(row as usize).copied())
                    .collect();
                problems.or((Election::checked(instance, profile), rows))
            }
            _ => Err(problems),
        }
    }
}

fn add(
    profile: &mut ProfileBuilder,
    entries: &mut [Entry],
    class: &VoterClass,
    count: u64,
) -> Result<u32, RowError> {
    // A class that is not positive has been reported with its values; the marks are checked all the same.
    let class = if class.is_positive() {
        profile.class(class)?
    } else {
        0
    };
    profile.push(entries, class, count)
}

/// A project that is named twice: what the profile would report if the instance were in order.
fn repeated(entries: &mut [Entry]) -> Option<ProjectIx> {
    entries.sort_unstable();
    entries.windows(2).find_map(|pair| {
        matches!(pair, [a, b] if a.project == b.project)
            .then(|| pair.first().map(|entry| entry.project))
            .flatten()
    })
}

fn check_class(ballot: usize, class: &VoterClass, problems: &mut Problems) {
    for (what, value) in [("weight", &class.weight), ("endowment", &class.endowment)] {
        if *value <= Ratio::default() {
            problems.push(Problem::BadWeight {
                ballot,
                what,
                value: value.to_string(),
            });
        }
    }
}
