//! An election as a document: what serde reads and writes.
//!
//! Everything is named by its external id, and reading goes through the same builder as everything else,
//! so a document cannot smuggle in an election that the builder would refuse.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::exact::Ratio;

use super::aggregate::Aggregate;
use super::area::Area;
use super::ballot::{Ballot, BallotKind, Stance};
use super::check::{Problem, Problems};
use super::date::Date;
use super::election::Election;
use super::id::BallotIx;
use super::instance::{ExclusiveGroup, Instance, LookAlikes, ZeroCost};
use super::instance_builder::InstanceBuilder;
use super::limits::BallotLimits;
use super::money::Money;
use super::points::Points;
use super::profile::{BallotView, Entry, Profile};
use super::project::Project;
use super::voter_class::VoterClass;
use super::voters::{Column, Voters};

/// The serde form of an [`Election`]; the tests hold both to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct ElectionDocument {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) edition: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) begins: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ends: Option<Date>,
    pub(super) budget: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) granularity: Option<Money>,
    #[serde(default)]
    pub(super) zero_cost: ZeroCost,
    #[serde(default)]
    pub(super) look_alikes: LookAlikes,
    #[serde(default)]
    pub(super) limits: BallotLimits,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) areas: Vec<Area>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<ExclusiveGroup>,
    pub(super) projects: Vec<Project>,
    pub(super) kind: BallotKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) scale: Vec<String>,
    pub(super) ballots: Vec<BallotRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) aggregates: Vec<Aggregate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) voters: Option<VoterTable>,
}

/// A distinct ballot with the number of voters who cast it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BallotRow {
    pub(super) ballot: Ballot,
    pub(super) count: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) weight: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) endowment: Option<Ratio>,
}

/// The voter table: ids, the number of each voter's ballot in `ballots` (from 0), further columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct VoterTable {
    pub(super) ids: Vec<String>,
    pub(super) ballots: Vec<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) columns: Vec<(String, Vec<String>)>,
}

impl ElectionDocument {
    /// The instance, with no ballots and no voters.
    pub(super) fn without_votes(election: &Election) -> ElectionDocument {
        let (instance, profile) = (election.instance(), election.profile());
        ElectionDocument {
            name: instance.name().to_owned(),
            edition: instance.edition().to_owned(),
            currency: instance.currency().to_owned(),
            begins: instance.begins(),
            ends: instance.ends(),
            budget: instance.budget(),
            granularity: instance.granularity(),
            zero_cost: instance.zero_cost(),
            look_alikes: instance.look_alikes(),
            limits: instance.limits().clone(),
            areas: instance.areas().to_vec(),
            groups: instance.groups().to_vec(),
            projects: instance.projects().to_vec(),
            kind: profile.kind(),
            scale: profile.scale().to_vec(),
            ballots: Vec::new(),
            aggregates: election.aggregates().to_vec(),
            voters: None,
        }
    }

    /// The same without the projects' places in the published list, which follow the order of a file.
    pub(super) fn without_positions(mut self) -> ElectionDocument {
        self.projects
            .iter_mut()
            .for_each(|project| project.position = None);
        self
    }
}

impl From<&Election> for ElectionDocument {
    fn from(election: &Election) -> ElectionDocument {
        let (instance, profile) = (election.instance(), election.profile());
        let ballots = profile
            .ballots()
            .map(|ballot| row_of(instance, profile, ballot))
            .collect();
        let voters = election.voters().map(|voters| VoterTable {
            ids: owned(voters.ids()),
            ballots: voters
                .ballots()
                .iter()
                .map(|ballot| ballot.index())
                .collect(),
            columns: voters
                .columns()
                .iter()
                .map(|(name, column)| (name.clone(), owned(column)))
                .collect(),
        });
        ElectionDocument {
            ballots,
            voters,
            ..ElectionDocument::without_votes(election)
        }
    }
}

fn owned(column: &Column) -> Vec<String> {
    column.iter().map(str::to_owned).collect()
}

fn row_of(instance: &Instance, profile: &Profile, ballot: BallotView<'_>) -> BallotRow {
    let ordinary = VoterClass::default();
    let class = profile.classes().get(ballot.class()).unwrap_or(&ordinary);
    let other = |value: &Ratio, usual: &Ratio| (value != usual).then(|| value.clone());
    BallotRow {
        ballot: ballot_of(instance, profile, ballot),
        count: ballot.count(),
        weight: other(&class.weight, &ordinary.weight),
        endowment: other(&class.endowment, &ordinary.endowment),
    }
}

fn ballot_of(instance: &Instance, profile: &Profile, ballot: BallotView<'_>) -> Ballot {
    let id = |entry: &Entry| instance.id_of(entry.project).to_owned();
    match profile.kind() {
        BallotKind::Approval => {
            Ballot::Approval(ballot.entries().map(|entry| id(&entry)).collect())
        }
        BallotKind::Ranked => {
            let mut tiers: Vec<(i64, Vec<String>)> = Vec::new();
            for entry in ballot.entries() {
                match tiers.last_mut() {
                    Some((tier, projects)) if *tier == entry.weight => projects.push(id(&entry)),
                    _ => tiers.push((entry.weight, vec![id(&entry)])),
                }
            }
            Ballot::Ranked(tiers.into_iter().map(|(_, projects)| projects).collect())
        }
        BallotKind::Points => Ballot::Points(
            ballot
                .entries()
                .map(|entry| {
                    (
                        id(&entry),
                        Points::from_millionths(entry.weight).unwrap_or_default(),
                    )
                })
                .collect(),
        ),
        BallotKind::Grades => {
            let grade = |entry: &Entry| {
                usize::try_from(entry.weight)
                    .ok()
                    .and_then(|grade| profile.scale().get(grade))
                    .cloned()
                    .unwrap_or_default()
            };
            Ballot::Grades(
                ballot
                    .entries()
                    .map(|entry| (id(&entry), grade(&entry)))
                    .collect(),
            )
        }
        BallotKind::Signed => Ballot::Signed(
            ballot
                .entries()
                .map(|entry| {
                    (
                        id(&entry),
                        if entry.weight > 0 {
                            Stance::For
                        } else {
                            Stance::Against
                        },
                    )
                })
                .collect(),
        ),
    }
}

impl TryFrom<ElectionDocument> for Election {
    type Error = Problems;

    fn try_from(document: ElectionDocument) -> Result<Election, Problems> {
        let mut instance = Instance::builder()
            .name(document.name)
            .edition(document.edition)
            .currency(document.currency)
            .days(document.begins, document.ends)
            .budget(document.budget)
            .zero_cost(document.zero_cost)
            .look_alikes(document.look_alikes)
            .limits(document.limits);
        if let Some(granularity) = document.granularity {
            instance = instance.granularity(granularity);
        }
        for project in document.projects {
            instance.push_project(project);
        }
        let instance = document
            .areas
            .into_iter()
            .fold(instance, InstanceBuilder::area);
        let instance = document
            .groups
            .into_iter()
            .fold(instance, InstanceBuilder::group);
        let mut builder = Election::builder()
            .instance(instance)
            .kind(document.kind)
            .scale(document.scale);
        for BallotRow {
            ballot,
            count,
            weight,
            endowment,
        } in document.ballots
        {
            let ordinary = VoterClass::default();
            let class = VoterClass {
                weight: weight.unwrap_or(ordinary.weight),
                endowment: endowment.unwrap_or(ordinary.endowment),
            };
            builder = builder.weighted(ballot, count, class);
        }
        let (election, became) = builder.build_rows()?;
        let election = match document.voters {
            None => election,
            Some(table) => with_voters(&election, &table, &became)?,
        };
        election.with_aggregates(document.aggregates)
    }
}

/// The voter table refers to ballots by their row in the document; `became` tells what each row is now.
fn with_voters(
    election: &Election,
    table: &VoterTable,
    became: &[BallotIx],
) -> Result<Election, Problems> {
    let bad = |why: String| Problems::from(Problem::BadVoters { why });
    let ballots = table
        .ballots
        .iter()
        .map(|&row| {
            became
                .get(row)
                .copied()
                .ok_or_else(|| bad(format!("there is no ballot number {row}")))
        })
        .collect::<Result<_, _>>()?;
    let column = |cells: &[String]| cells.iter().map(String::as_str).collect::<Column>();
    let columns = table
        .columns
        .iter()
        .map(|(name, cells)| (name.clone(), column(cells)))
        .collect();
    let voters = Voters::new(column(&table.ids), ballots, columns)
        .map_err(|error| bad(error.to_string()))?;
    Election::new(
        election.instance().clone(),
        election.profile().clone(),
        Some(voters),
    )
}

impl Serialize for Election {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ElectionDocument::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Election {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Election, D::Error> {
        ElectionDocument::deserialize(deserializer)?
            .try_into()
            .map_err(de::Error::custom)
    }
}
