//! An election: an instance and its profile, and the builder that checks both.

use std::sync::Arc;

use crate::exact::Ratio;

use super::area::Area;
use super::ballot::{Ballot, BallotKind, Stance};
use super::check::{Problem, Problems};
use super::id::ProjectIx;
use super::instance::{ExclusiveGroup, Instance, ZeroCost};
use super::instance_builder::InstanceBuilder;
use super::limits::BallotLimits;
use super::money::Money;
use super::profile::{Entry, Profile, VoterClass};
use super::profile_builder::{ProfileBuilder, RowError};
use super::project::Project;
use super::voters::Voters;

/// What is voted on, and the votes: checked, immutable, cheap to clone.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// let election = Election::builder()
///     .budget(100_000)
///     .project(("playground", 60_000))
///     .project(("trees", 30_000))
///     .project(("fountain", 50_000))
///     .ballots(Ballot::approval(["playground", "trees"]), 120)
///     .ballots(Ballot::approval(["fountain"]), 80)
///     .build()?;
/// assert_eq!(election.profile().voters(), 200);
/// # Ok::<(), quartier::election::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    instance: Arc<Instance>,
    profile: Arc<Profile>,
    voters: Option<Arc<Voters>>,
}

impl Election {
    /// Starts an election.
    pub fn builder() -> ElectionBuilder {
        ElectionBuilder::default()
    }

    /// An election from its checked parts.
    ///
    /// # Errors
    /// [`Problem::BadVoters`] if the profile is about other projects than the instance, or the voter table
    /// does not have each ballot as often as the profile counts it.
    pub fn new(instance: Instance, profile: Profile, voters: Option<Voters>) -> Result<Election, Problems> {
        if !profile.fits(&instance) {
            return Err(Problem::BadVoters { why: "the profile is about other projects than the instance".to_owned() }.into());
        }
        if let Some(voters) = &voters {
            check_voters(&profile, voters)?;
        }
        Ok(Election { instance: Arc::new(instance), profile: Arc::new(profile), voters: voters.map(Arc::new) })
    }

    /// The projects and the money.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The distinct ballots.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Who cast which ballot, where the source told it and it was kept.
    #[must_use]
    pub fn voters(&self) -> Option<&Voters> {
        self.voters.as_deref()
    }

    /// The same election with another budget; `None` if it is negative.
    #[must_use]
    pub fn with_budget(&self, budget: Money) -> Option<Election> {
        let instance = self.instance.with_budget(budget)?;
        Some(Election { instance: Arc::new(instance), ..self.clone() })
    }

    /// The same election, each ballot being the set of projects it names, see [`Profile::as_approval`].
    #[must_use]
    pub fn as_approval(&self) -> Election {
        if self.profile.kind() == BallotKind::Approval {
            return self.clone();
        }
        let (profile, map) = self.profile.as_approval();
        let voters = self.voters.as_ref().and_then(|voters| voters.renumbered(&map)).map(Arc::new);
        Election { instance: Arc::clone(&self.instance), profile: Arc::new(profile), voters }
    }
}

fn check_voters(profile: &Profile, voters: &Voters) -> Result<(), Problems> {
    let mut seen = vec![0_u64; profile.len()];
    for ballot in voters.ballots() {
        match seen.get_mut(ballot.index()) {
            Some(count) => *count += 1,
            None => return Err(Problem::BadVoters { why: "a voter's ballot is not in the profile".to_owned() }.into()),
        }
    }
    if profile.ballots().map(super::BallotView::count).eq(seen) {
        Ok(())
    } else {
        Err(Problem::BadVoters { why: "a ballot is in the table more or less often than in the profile".to_owned() }.into())
    }
}

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

    /// Replaces what is known of the instance so far.
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
        let ElectionBuilder { instance, kind, scale, ballots } = self;
        let mut problems = Problems::default();
        // With a faulty instance the ballots are still checked, against the projects that were given.
        let lookup = Lookup::new(&instance);
        let kind = kind.or_else(|| ballots.first().map(|(ballot, ..)| ballot.kind())).unwrap_or(BallotKind::Approval);
        let instance = instance.build().map_err(|found| problems.append(found)).ok();
        let mut profile = instance.as_ref().map(|instance| ProfileBuilder::for_ids(Arc::clone(instance.ids()), kind, scale.clone()));
        for (number, (ballot, count, class)) in (1..).zip(&ballots) {
            check_class(number, class, &mut problems);
            let Some(mut entries) = lookup.entries(number, ballot, kind, &scale, &mut problems) else { continue };
            if *count == 0 {
                problems.push(Problem::BadCount { ballot: number, count: *count });
            } else if let Some(profile) = &mut profile {
                let class = profile.class(class);
                if let Err(error) = profile.push(&mut entries, class, *count) {
                    problems.push(lookup.problem_of(number, *count, error));
                }
            } else if let Some(project) = repeated(&mut entries) {
                problems.push(lookup.problem_of(number, *count, RowError::Repeated(project)));
            }
        }
        match (instance, profile) {
            (Some(instance), Some(profile)) => {
                let profile = profile.finish().0;
                problems.or(Election { instance: Arc::new(instance), profile: Arc::new(profile), voters: None })
            }
            _ => Err(problems),
        }
    }
}

/// A project that is named twice: what the profile would report if the instance were in order.
fn repeated(entries: &mut [Entry]) -> Option<ProjectIx> {
    entries.sort_unstable();
    entries.windows(2).find_map(|pair| matches!(pair, [a, b] if a.project == b.project).then(|| pair.first().map(|entry| entry.project)).flatten())
}

fn check_class(ballot: usize, class: &VoterClass, problems: &mut Problems) {
    for (what, value) in [("weight", &class.weight), ("endowment", &class.endowment)] {
        if *value <= Ratio::default() {
            problems.push(Problem::BadWeight { ballot, what, value: value.to_string() });
        }
    }
}

/// The ids of the given projects, in order.
struct Lookup(Vec<String>);

impl Lookup {
    fn new(instance: &InstanceBuilder) -> Lookup {
        let mut ids: Vec<String> = instance.projects().iter().map(|project| project.id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        Lookup(ids)
    }

    fn find(&self, number: usize, id: &str, problems: &mut Problems) -> Option<ProjectIx> {
        let found = self.0.binary_search_by(|known| known.as_str().cmp(id)).ok().map(ProjectIx::new);
        if found.is_none() {
            problems.push(Problem::UnknownProject { ballot: number, project: id.chars().take(60).flat_map(char::escape_debug).collect() });
        }
        found
    }

    /// The ballot's entries, or the problems it has.
    fn entries(&self, number: usize, ballot: &Ballot, kind: BallotKind, scale: &[String], problems: &mut Problems) -> Option<Vec<Entry>> {
        if ballot.kind() != kind {
            problems.push(Problem::MixedKinds { ballot: number, expected: kind, found: ballot.kind() });
            return None;
        }
        let pairs: Vec<(&str, Option<i64>)> = match ballot {
            Ballot::Approval(projects) => projects.iter().map(|project| (project.as_str(), Some(0))).collect(),
            Ballot::Ranked(tiers) => {
                let tiers = (0_i64..).zip(tiers);
                tiers.flat_map(|(tier, projects)| projects.iter().map(move |project| (project.as_str(), Some(tier)))).collect()
            }
            Ballot::Points(points) => points.iter().map(|(project, points)| (project.as_str(), Some(points.millionths()))).collect(),
            Ballot::Grades(grades) => grades.iter().map(|(project, grade)| (project.as_str(), Lookup::grade(number, grade, scale, problems))).collect(),
            Ballot::Signed(stances) => {
                let sign = |stance: &Stance| if *stance == Stance::For { 1 } else { -1 };
                stances.iter().map(|(project, stance)| (project.as_str(), Some(sign(stance)))).collect()
            }
        };
        // Every project is looked up, so that all unknown ones are reported.
        let entries: Vec<Option<Entry>> = pairs
            .into_iter()
            .map(|(id, weight)| self.find(number, id, problems).zip(weight).map(|(project, weight)| Entry { project, weight }))
            .collect();
        entries.into_iter().collect()
    }

    fn grade(number: usize, grade: &str, scale: &[String], problems: &mut Problems) -> Option<i64> {
        let found = scale.iter().position(|known| known == grade).and_then(|position| i64::try_from(position).ok());
        if found.is_none() {
            problems.push(Problem::UnknownGrade { ballot: number, grade: grade.to_owned(), scale: scale.join(", ") });
        }
        found
    }

    fn problem_of(&self, number: usize, count: u64, error: RowError) -> Problem {
        let id = |project: ProjectIx| self.0.get(project.index()).cloned().unwrap_or_default();
        match error {
            RowError::Repeated(project) => Problem::RepeatedProject { ballot: number, project: id(project) },
            RowError::Unknown(project) => Problem::UnknownProject { ballot: number, project: id(project) },
            RowError::Count => Problem::BadCount { ballot: number, count },
            RowError::TooManyMarks => Problem::TooMany { what: "marks on ballots", limit: u64::from(u32::MAX) },
        }
    }
}
