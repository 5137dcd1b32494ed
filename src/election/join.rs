//! Several lists put together as one election: the districts of a city, each with its own file.

use std::collections::BTreeMap;

use super::area::Area;
use super::ballot::Ballot;
use super::document::{ElectionDocument, VoterTable};
use super::election::Election;
use super::instance::{LookAlikes, ZeroCost};
use super::join_error::{JoinError, JoinProblem};
use super::limits::BallotLimits;
use super::money::Money;
use super::project::{Project, Relation};

/// Lists that were voted on apart, put together as one election.
///
/// **What becomes of what.** Projects and ballots of all lists are taken as they are. A ballot names projects of its own
/// list only, and *voters of different lists are different voters*, whatever ids they have: published files number
/// their voters anew, so equal ids say nothing. The voter table, if every list has one, has the ids `list/id`. Whoever voted in two
/// lists is two voters here, so a threshold in percent is of all ballots of all lists.
///
/// Two projects with one id are refused, or all ids of a list are written `list/id` if the list is
/// [`qualified`](JoinPart::qualified). Budgets are added up. Bounds on ballots, the granularity, name and edition are
/// kept where all lists agree and dropped where they differ.
///
/// ```
/// use quartier::election::{Ballot, Election, Join, JoinPart};
/// let list = |id: &str| Election::builder().budget(10).project((id, 5)).ballots(Ballot::approval([id]), 3).build();
/// let city = Join::new()
///     .part(JoinPart::new("wola", list("1")?).in_area("wola"))
///     .part(JoinPart::new("ursus", list("2")?).in_area("ursus"))
///     .build()?;
/// assert_eq!((city.instance().budget(), city.profile().voters()), (20.into(), 6));
/// assert_eq!(city.instance().projects()[1].areas, ["ursus"]);
/// let twice = Join::new().part(JoinPart::new("wola", list("1")?)).part(JoinPart::new("ursus", list("1")?));
/// assert!(twice.build().unwrap_err().to_string().contains("project `1`"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Join {
    parts: Vec<JoinPart>,
    areas: Vec<Area>,
}

/// One list of a [`Join`].
#[derive(Debug, Clone)]
pub struct JoinPart {
    name: String,
    election: Election,
    area: Option<String>,
    category: Option<String>,
    is_qualified: bool,
}

impl JoinPart {
    /// A list with the name that messages, qualified ids and voters' ids use.
    pub fn new(name: impl Into<String>, election: Election) -> JoinPart {
        JoinPart {
            name: name.into(),
            election,
            area: None,
            category: None,
            is_qualified: false,
        }
    }

    /// The same list, whose projects concern this area where they name none.
    #[must_use]
    pub fn in_area(mut self, area: impl Into<String>) -> JoinPart {
        self.area = Some(area.into());
        self
    }

    /// The same list, whose projects have this theme too.
    #[must_use]
    pub fn in_category(mut self, category: impl Into<String>) -> JoinPart {
        self.category = Some(category.into());
        self
    }

    /// The same list, all ids of its projects and groups written `list/id`.
    #[must_use]
    pub fn qualified(mut self) -> JoinPart {
        self.is_qualified = true;
        self
    }

    /// The list as a document, with what was said of it.
    fn document(&self) -> ElectionDocument {
        let mut document = ElectionDocument::from(&self.election);
        for project in &mut document.projects {
            self.place(project);
        }
        if self.is_qualified {
            let name = |id: &mut String| *id = format!("{}/{id}", self.name);
            document
                .groups
                .iter_mut()
                .for_each(|group| name(&mut group.id));
            let ballots = document.ballots.iter_mut();
            ballots.for_each(|row| rename(&mut row.ballot, &name));
            let votes = document
                .aggregates
                .iter_mut()
                .flat_map(|all| &mut all.votes);
            votes.for_each(|(id, _)| name(id));
        }
        if let Some(voters) = &mut document.voters {
            let ids = voters.ids.iter_mut();
            ids.for_each(|id| *id = format!("{}/{id}", self.name));
        }
        document
    }

    fn place(&self, project: &mut Project) {
        if let Some(area) = self.area.as_ref().filter(|_| project.areas.is_empty()) {
            project.areas.push(area.clone());
        }
        if let Some(category) = &self.category
            && !project.categories.contains(category)
        {
            project.categories.push(category.clone());
        }
        if self.is_qualified {
            project.id = format!("{}/{}", self.name, project.id);
            for relation in &mut project.relations {
                match relation {
                    Relation::MemberOf(id) | Relation::VariantOf(id) | Relation::Requires(id) => {
                        *id = format!("{}/{id}", self.name);
                    }
                }
            }
        }
    }
}

fn rename(ballot: &mut Ballot, name: &impl Fn(&mut String)) {
    match ballot {
        Ballot::Approval(ids) => ids.iter_mut().for_each(name),
        Ballot::Ranked(tiers) => tiers.iter_mut().flatten().for_each(name),
        Ballot::Points(marks) => marks.iter_mut().for_each(|(id, _)| name(id)),
        Ballot::Grades(marks) => marks.iter_mut().for_each(|(id, _)| name(id)),
        Ballot::Signed(marks) => marks.iter_mut().for_each(|(id, _)| name(id)),
    }
}

impl Join {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Join {
        Join::default()
    }

    /// Adds a list.
    #[must_use]
    pub fn part(mut self, part: JoinPart) -> Join {
        self.parts.push(part);
        self
    }

    /// Adds what is known of an area, such as its population.
    #[must_use]
    pub fn area(mut self, area: Area) -> Join {
        self.areas.push(area);
        self
    }

    /// Puts the lists together. Linear in their content.
    ///
    /// # Errors
    /// [`JoinError`]: all problems of the lists, or all of the election that they would be.
    pub fn build(self) -> Result<Election, JoinError> {
        let mut problems = Vec::new();
        let mut documents = Vec::new();
        for part in &self.parts {
            documents.push((part.name.as_str(), part.document()));
        }
        check_lists(&documents, &mut problems);
        let areas = self.areas(&documents, &mut problems);
        let budgets = documents.iter().map(|(_, document)| document.budget);
        let budget = Money::checked_sum(budgets);
        if budget.is_none() {
            problems.push(JoinProblem::TooMuchMoney);
        }
        let joined = documents
            .into_iter()
            .map(|(_, document)| document)
            .reduce(together);
        let (Some(mut joined), Some(budget), true) = (joined, budget, problems.is_empty()) else {
            if problems.is_empty() {
                problems.push(JoinProblem::Nothing);
            }
            return Err(JoinError::Lists(problems));
        };
        (joined.budget, joined.areas) = (budget, areas);
        Election::try_from(joined).map_err(JoinError::Election)
    }

    /// Every area once: what says more of it wins over its bare id.
    fn areas(
        &self,
        documents: &[(&str, ElectionDocument)],
        problems: &mut Vec<JoinProblem>,
    ) -> Vec<Area> {
        let named = self.parts.iter().filter_map(|part| part.area.as_ref());
        let mut known: BTreeMap<String, Area> =
            named.map(|id| (id.clone(), Area::new(id))).collect();
        let of_lists = documents.iter().flat_map(|(_, document)| &document.areas);
        for area in self.areas.iter().chain(of_lists) {
            let bare = Area::new(&area.id);
            let slot = known.entry(area.id.clone()).or_insert_with(|| bare.clone());
            if *slot == bare {
                *slot = area.clone();
            } else if *area != bare && area != slot {
                problems.push(JoinProblem::OtherArea {
                    area: area.id.clone(),
                });
            }
        }
        known.into_values().collect()
    }
}

fn check_lists(documents: &[(&str, ElectionDocument)], problems: &mut Vec<JoinProblem>) {
    let (mut projects, mut groups) = (BTreeMap::new(), BTreeMap::new());
    let pair = |one: &str, two: &str| [one.to_owned(), two.to_owned()];
    let mut first: Option<&(&str, ElectionDocument)> = None;
    for list in documents {
        let (name, document) = list;
        for project in &document.projects {
            if let Some(other) = projects.insert(&project.id, *name) {
                problems.push(JoinProblem::SameProject {
                    project: project.id.clone(),
                    lists: pair(other, name),
                });
            }
        }
        for group in &document.groups {
            if let Some(other) = groups.insert(&group.id, *name) {
                problems.push(JoinProblem::SameGroup {
                    group: group.id.clone(),
                    lists: pair(other, name),
                });
            }
        }
        let (other, one) = first.get_or_insert(list);
        if (one.kind, &one.scale) != (document.kind, &document.scale) {
            problems.push(JoinProblem::OtherBallots {
                lists: pair(other, name),
                kinds: [one.kind, document.kind],
            });
        }
        let known = |currency: &str| !currency.is_empty();
        if known(&one.currency) && known(&document.currency) && one.currency != document.currency {
            problems.push(JoinProblem::OtherCurrency {
                lists: pair(other, name),
            });
        }
    }
}

/// Two lists that go together. What they say differently and decides nothing is dropped.
fn together(mut one: ElectionDocument, mut other: ElectionDocument) -> ElectionDocument {
    let rows = one.ballots.len();
    one.projects.append(&mut other.projects);
    one.groups.append(&mut other.groups);
    one.ballots.append(&mut other.ballots);
    one.aggregates.append(&mut other.aggregates);
    one.voters = one
        .voters
        .zip(other.voters)
        .map(|(one, other)| both(one, other, rows));
    if one.currency.is_empty() {
        one.currency = other.currency;
    }
    for (text, differs) in [
        (&mut one.name, other.name),
        (&mut one.edition, other.edition),
    ] {
        if *text != differs {
            text.clear();
        }
    }
    one.begins = one
        .begins
        .zip(other.begins)
        .map(|(one, other)| one.min(other));
    one.ends = one.ends.zip(other.ends).map(|(one, other)| one.max(other));
    if one.granularity != other.granularity {
        one.granularity = None;
    }
    if one.limits != other.limits {
        one.limits = BallotLimits::default();
    }
    if other.zero_cost == ZeroCost::Allowed {
        one.zero_cost = ZeroCost::Allowed;
    }
    if other.look_alikes == LookAlikes::Allowed {
        one.look_alikes = LookAlikes::Allowed;
    }
    one
}

/// Two voter tables; the rows of the second's ballots come after those of the first.
fn both(mut one: VoterTable, mut other: VoterTable, rows: usize) -> VoterTable {
    let (before, after) = (one.ids.len(), other.ids.len());
    for (name, _) in &other.columns {
        if !one.columns.iter().any(|(known, _)| known == name) {
            one.columns
                .push((name.clone(), vec![String::new(); before]));
        }
    }
    for (name, cells) in &mut one.columns {
        let own = other.columns.iter_mut().find(|(known, _)| known == name);
        match own {
            Some((_, more)) => cells.append(more),
            None => cells.resize(before + after, String::new()),
        }
    }
    one.ids.append(&mut other.ids);
    one.ballots
        .extend(other.ballots.into_iter().map(|row| row + rows));
    one
}
